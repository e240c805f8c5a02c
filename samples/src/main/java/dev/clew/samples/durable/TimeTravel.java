package dev.clew.samples.durable;

import dev.clew.annotations.Entrypoint;
import dev.clew.annotations.Task;
import dev.clew.flow.Run;
import dev.clew.flow.RunConfig;
import dev.clew.flow.RunResult;
import dev.clew.interrupt.Command;
import dev.clew.interrupt.InterruptKey;
import dev.clew.samples.shared.ModelChoice;
import dev.clew.samples.shared.ScriptedModel;
import dev.clew.samples.shared.Terminal;
import dev.clew.sqlite.Sqlite;
import dev.clew.state.ForkPoint;
import dev.langchain4j.model.chat.ChatModel;

/** Time travel: a finished run is forked just before a question, and answered otherwise. Both stories stay readable. */
public class TimeTravel {
    public static final InterruptKey<String, String> TURN = InterruptKey.of("turn", String.class, String.class);

    private final ChatModel model;

    TimeTravel(ChatModel model) {
        this.model = model;
    }

    @Task
    String begin(String hero) {
        System.out.println("(writing a beginning)");
        return model.chat("Begin a story in one sentence; the hero stands at a fork of the way: " + hero);
    }

    @Task
    String end(String beginning, String turn) {
        return model.chat("End this story in one sentence, the hero turns " + turn + ": " + beginning);
    }

    @Entrypoint
    String tell(String hero, TimeTravelTasks tasks, Run run) {
        String beginning = tasks.begin(hero).join();
        String turn = run.interrupt(TURN, beginning + " Left or right?");
        return beginning + " " + tasks.end(beginning, turn).join();
    }

    public static void main(String... args) {
        try (var db = Sqlite.open(Terminal.database(args));
                var graph = TimeTravelGraph.builder(new TimeTravel(ModelChoice.or(SCRIPT)))
                        .checkpointer(db.checkpointer())
                        .build()) {
            var tell = graph.tell();
            RunConfig thread = RunConfig.thread("time-travel");
            tell.invoke("Theseus", thread);
            RunResult<String> told = tell.invoke(Command.resume("left"), thread);
            System.out.println("told: " + told.value());

            RunConfig branch = tell.fork(thread, ForkPoint.before("ask:turn#1"));
            tell.invoke(Command.proceed(), branch); // replays up to there, and asks again
            RunResult<String> other = tell.invoke(Command.resume("right"), thread);
            System.out.println("what if: " + other.value());
            System.out.println("both are in the thread's history, the newest first:");
            tell.history("time-travel")
                    .forEach(entry -> System.out.println("  " + entry.source() + " " + entry.value()));
        }
    }

    private static final ScriptedModel SCRIPT = new ScriptedModel()
            .when("Begin a story", "Theseus came to a place where the way forks.")
            .when("turns left", "He met the Minotaur, and won.")
            .when("turns right", "He came out among olive trees, and went home.");
}
