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
import java.util.List;

/** Routing: a model says what a letter is about, as a record, and plain Java decides who answers it. */
public class Routing {
    public enum Desk {
        BILLING,
        REPAIRS,
        PRAISE
    }

    public record Route(Desk desk, String reason) {}

    private final ChatModel model;

    Routing(ChatModel model) {
        this.model = model;
    }

    @Task(retry = @Retry(maxAttempts = 3))
    Route route(String letter) throws IOException {
        return Structured.ask(model, Route.class, "Which desk is this letter for, and why? " + letter);
    }

    @Task
    String answer(String instruction, String letter) {
        return model.chat(instruction + " Answer this letter in one sentence: " + letter);
    }

    @Entrypoint
    String reply(String letter, RoutingTasks tasks) {
        Route route = tasks.route(letter).join();
        String instruction = switch (route.desk()) {
            case BILLING -> "You check invoices. Be exact.";
            case REPAIRS -> "You repair things. Offer a date.";
            case PRAISE -> "You thank people. Be brief.";
        };
        return route.desk() + ": " + tasks.answer(instruction, letter).join();
    }

    public static void main(String... args) {
        Routing flow = new Routing(ModelChoice.or(SCRIPT));
        try (var db = Sqlite.open(Terminal.database(args));
                var graph = RoutingGraph.builder(flow)
                        .checkpointer(db.checkpointer())
                        .build()) {
            int number = 1;
            for (String letter : List.of("I was charged twice in May.", "The lamp flickers.", "Lovely shop!")) {
                var result = graph.reply().invoke(letter, RunConfig.once("routing-" + number++));
                System.out.println(letter + "\n  -> " + result.value());
            }
        }
    }

    private static final ScriptedModel SCRIPT = new ScriptedModel()
            .when(
                    "Which desk is this letter for, and why? I was charged",
                    "{\"desk\":\"BILLING\",\"reason\":\"money\"}")
            .when("Which desk is this letter for, and why? The lamp", "{\"desk\":\"REPAIRS\",\"reason\":\"broken\"}")
            .when("Which desk", "{\"desk\":\"PRAISE\",\"reason\":\"kind words\"}")
            .when("You check invoices", "We return the second payment of May today.")
            .when("You repair things", "Bring it in on Tuesday, it takes ten minutes.")
            .when("You thank people", "Thank you, that made our day!");
}
