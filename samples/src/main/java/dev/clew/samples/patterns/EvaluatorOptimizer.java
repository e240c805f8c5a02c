package dev.clew.samples.patterns;

import dev.clew.annotations.Entrypoint;
import dev.clew.annotations.Retry;
import dev.clew.annotations.Task;
import dev.clew.flow.RunConfig;
import dev.clew.samples.shared.ModelChoice;
import dev.clew.samples.shared.ScriptedModel;
import dev.clew.samples.shared.Structured;
import dev.clew.samples.shared.Terminal;
import dev.clew.sqlite.Sqlite;
import dev.langchain4j.model.chat.ChatModel;
import java.io.IOException;

/** Evaluator and optimizer: one model writes, another one judges, until the judge is content or patience ends. */
public class EvaluatorOptimizer {
    private static final int MOST_ROUNDS = 3;

    public record Grade(boolean funny, String feedback) {}

    public record Joke(String text, int rounds) {}

    private final ChatModel model;

    EvaluatorOptimizer(ChatModel model) {
        this.model = model;
    }

    @Task
    String write(String topic, String feedback) {
        String wish = feedback.isEmpty() ? "" : " Mind this feedback: " + feedback;
        return model.chat("Tell a one-line joke about " + topic + "." + wish);
    }

    @Task(retry = @Retry(maxAttempts = 3))
    Grade grade(String joke) throws IOException {
        return Structured.ask(model, Grade.class, "Is this joke funny? If not, what would help? " + joke);
    }

    @Entrypoint
    Joke joke(String topic, EvaluatorOptimizerTasks tasks) {
        String joke = tasks.write(topic, "").join();
        for (int round = 1; ; round++) {
            Grade grade = tasks.grade(joke).join();
            if (grade.funny() || round == MOST_ROUNDS) {
                return new Joke(joke, round);
            }
            joke = tasks.write(topic, grade.feedback()).join();
        }
    }

    public static void main(String... args) {
        EvaluatorOptimizer flow = new EvaluatorOptimizer(ModelChoice.or(SCRIPT));
        try (var db = Sqlite.open(Terminal.database(args));
                var graph = EvaluatorOptimizerGraph.builder(flow)
                        .checkpointer(db.checkpointer())
                        .build()) {
            Joke joke = graph.joke()
                    .invoke("threads", RunConfig.once("evaluator-optimizer"))
                    .value();
            System.out.println(joke.text() + "\n  (round " + joke.rounds() + ")");
        }
    }

    private static final ScriptedModel SCRIPT = new ScriptedModel()
            .when(
                    "mind this feedback",
                    "My threads never deadlock: they just wait for each other to say something first.")
            .when("tell a one-line joke", "A thread walks into a bar.")
            .when("walks into a bar", "{\"funny\": false, \"feedback\": \"It has no second half.\"}")
            .when("Is this joke funny?", "{\"funny\": true, \"feedback\": \"\"}");
}
