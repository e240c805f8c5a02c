package dev.clew.samples.graphs;

import static dev.clew.annotations.Node.START;
import static dev.clew.samples.graphs.TicketUpdate.fresh;

import dev.clew.annotations.End;
import dev.clew.annotations.Input;
import dev.clew.annotations.Node;
import dev.clew.annotations.Output;
import dev.clew.annotations.State;
import dev.clew.annotations.StateGraph;
import dev.clew.flow.RunConfig;
import dev.clew.samples.shared.Terminal;
import dev.clew.sqlite.Sqlite;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A model decides which node answers: each case of a sealed type has its own, and carries what that node needs. */
@StateGraph(Router.Ticket.class)
public class Router {
    @State
    public record Ticket(String question, @Nullable String answer) {}

    /** Where a question goes. A case without a node, or with two, does not compile. */
    public sealed interface Desk {
        record Billing(String invoice) implements Desk {}

        record Technical(String device) implements Desk {}

        @End
        record Spam() implements Desk {}
    }

    /** Reads a question. */
    public interface Model {
        Desk classify(String question);
    }

    private final Model model;

    Router(Model model) {
        this.model = model;
    }

    @Input
    TicketUpdate open(String question) {
        return fresh().question(question);
    }

    @Node(after = START)
    Desk route(String question) {
        return model.classify(question);
    }

    @Node(writes = "answer")
    String bill(Desk.Billing billing) {
        return "Invoice " + billing.invoice() + " is paid.";
    }

    @Node(writes = "answer")
    String repair(Desk.Technical technical) {
        return "Switch the " + technical.device() + " off and on again.";
    }

    @Output
    String result(@Nullable String answer) {
        return answer == null ? "(no answer)" : answer;
    }

    public static void main(String... args) {
        try (var db = Sqlite.open(Terminal.database(args));
                var graph = RouterGraph.builder(new Router(Router::classify))
                        .checkpointer(db.checkpointer())
                        .build()) {
            for (String question : QUESTIONS) {
                String answer = graph.workflow()
                        .invoke(question, RunConfig.thread("graph-router"))
                        .value();
                System.out.println(question + " -> " + answer);
            }
        }
    }

    /** A model that needs no network. */
    static Desk classify(String question) {
        if (question.contains("invoice")) {
            return new Desk.Billing(question.replaceAll("\\D", ""));
        }
        return question.contains("printer") ? new Desk.Technical("printer") : new Desk.Spam();
    }

    private static final List<String> QUESTIONS =
            List.of("What about invoice 17?", "My printer is on fire", "You have won a yacht");
}
