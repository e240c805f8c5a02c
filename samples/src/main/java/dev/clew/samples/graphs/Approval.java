package dev.clew.samples.graphs;

import static dev.clew.annotations.Node.START;
import static dev.clew.samples.graphs.LetterUpdate.fresh;
import static dev.clew.samples.graphs.LetterUpdate.update;

import dev.clew.annotations.Input;
import dev.clew.annotations.Node;
import dev.clew.annotations.Output;
import dev.clew.annotations.State;
import dev.clew.annotations.StateGraph;
import dev.clew.flow.RunConfig;
import dev.clew.flow.RunResult;
import dev.clew.graph.GraphWorkflow;
import dev.clew.graph.StateSnapshot;
import dev.clew.interrupt.Command;
import dev.clew.samples.shared.Terminal;
import dev.clew.sqlite.Sqlite;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A run pauses before the node that cannot be undone; a person reads the state, changes it, and lets the run proceed. */
@StateGraph(Approval.Letter.class)
public class Approval {
    @State
    public record Letter(
            String complaint,
            @Nullable String draft,
            @Nullable String sent) {}

    /** Writes letters. */
    public interface Model {
        String answer(String complaint);
    }

    private final Model model;

    Approval(Model model) {
        this.model = model;
    }

    @Input
    LetterUpdate begin(String complaint) {
        return fresh().complaint(complaint);
    }

    @Node(after = START, writes = "draft")
    String write(String complaint) {
        return model.answer(complaint);
    }

    @Node(after = "write", writes = "sent")
    String send(String draft) {
        return "sent: " + draft;
    }

    @Output
    String result(String sent) {
        return sent;
    }

    public static void main(String... args) {
        try (var db = Sqlite.open(Terminal.database(args));
                var graph = ApprovalGraph.builder(new Approval(Approval::answer))
                        .checkpointer(db.checkpointer())
                        .build()) {
            GraphWorkflow<String, String, Letter> letters = graph.workflow();
            RunConfig thread = RunConfig.thread("graph-approval");
            if (letters.snapshot("graph-approval").next().isEmpty()) {
                letters.invoke("My lamp is broken.", thread.pauseBefore(ApprovalNode.SEND));
            }
            StateSnapshot<Letter> paused = letters.snapshot("graph-approval");
            System.out.println("next is " + paused.next() + ", the draft: "
                    + paused.values().draft());
            Optional<String> text = Terminal.askOrPark("Send it? Press enter, or write a better one");
            if (text.isEmpty()) {
                return;
            }
            if (!text.get().isEmpty()) {
                letters.updateState(thread, update().draft(text.get()), ApprovalNode.WRITE);
            }
            RunResult<String> result = letters.invoke(Command.proceed(), thread);
            System.out.println(result.value());
        }
    }

    /** A model that needs no network, and no manners. */
    static String answer(String complaint) {
        return "That is your own fault.";
    }
}
