package dev.clew.samples.people;

import dev.clew.annotations.Entrypoint;
import dev.clew.annotations.Task;
import dev.clew.flow.Run;
import dev.clew.flow.RunConfig;
import dev.clew.flow.RunResult;
import dev.clew.interrupt.InterruptKey;
import dev.clew.samples.shared.ModelChoice;
import dev.clew.samples.shared.ScriptedModel;
import dev.clew.samples.shared.Terminal;
import dev.clew.sqlite.Sqlite;
import dev.langchain4j.model.chat.ChatModel;
import java.util.Optional;

/** A person edits what a model drafted, and may wait as long as she likes with it; only her text goes out. */
public class EditDraft {
    public record Draft(String text) {}

    public static final InterruptKey<Draft, Draft> EDIT = InterruptKey.of("edit", Draft.class, Draft.class);

    private final ChatModel model;

    EditDraft(ChatModel model) {
        this.model = model;
    }

    @Task
    Draft write(String occasion) {
        return new Draft(model.chat("Write an invitation of one sentence: " + occasion));
    }

    @Task
    String send(Draft draft) {
        return "sent: " + draft.text();
    }

    @Entrypoint
    String invite(String occasion, EditDraftTasks tasks, Run run) {
        Draft draft = tasks.write(occasion).join();
        Draft edited = run.interrupt(EDIT, draft);
        return tasks.send(edited).join();
    }

    public static void main(String... args) {
        try (var db = Sqlite.open(Terminal.database(args));
                var graph = EditDraftGraph.builder(new EditDraft(ModelChoice.or(SCRIPT)))
                        .checkpointer(db.checkpointer())
                        .build()) {
            var invite = graph.invite();
            RunConfig job = RunConfig.once("edit-draft");
            RunResult<String> result = invite.invoke("the opening of the labyrinth on Friday", job);
            while (result instanceof RunResult.Interrupted<String> pause) {
                var question = pause.only(EDIT);
                Optional<String> text =
                        Terminal.askOrPark(question.value().text() + "\nYour text, or nothing to send it:");
                if (text.isEmpty()) {
                    return;
                }
                Draft edited = text.get().isEmpty() ? question.value() : new Draft(text.get());
                result = invite.invoke(question.answer(edited), job);
            }
            System.out.println(result.value());
        }
    }

    private static final ScriptedModel SCRIPT =
            new ScriptedModel().when("Write an invitation", "Come and get lost with us on Friday!");
}
