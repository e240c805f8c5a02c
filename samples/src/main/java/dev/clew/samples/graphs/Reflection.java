package dev.clew.samples.graphs;

import static dev.clew.annotations.Node.START;
import static dev.clew.samples.graphs.PoemUpdate.fresh;

import dev.clew.annotations.End;
import dev.clew.annotations.Input;
import dev.clew.annotations.Node;
import dev.clew.annotations.Output;
import dev.clew.annotations.State;
import dev.clew.annotations.StateGraph;
import dev.clew.annotations.Sum;
import dev.clew.flow.RunConfig;
import dev.clew.graph.Superstep;
import dev.clew.samples.shared.Terminal;
import dev.clew.sqlite.Sqlite;
import org.jspecify.annotations.Nullable;

/** A model writes and criticises in a loop, which ends in time: the critic sees how many supersteps are left. */
@StateGraph(Reflection.Poem.class)
public class Reflection {
    @State
    public record Poem(
            String topic, @Nullable String draft, @Sum int revisions) {}

    public sealed interface Verdict {
        @End
        record Good() implements Verdict {}

        record Weak(String why) implements Verdict {}
    }

    /** Writes and criticises. */
    public interface Model {
        String write(String topic);

        Verdict judge(String draft);

        String improve(String draft, String why);
    }

    private final Model model;

    Reflection(Model model) {
        this.model = model;
    }

    /** With a model that needs no network. */
    public static Reflection offline() {
        return new Reflection(new Critic());
    }

    @Input
    PoemUpdate begin(String topic) {
        return fresh().topic(topic);
    }

    @Node(after = START, writes = "draft")
    String write(String topic) {
        return model.write(topic);
    }

    @Node(afterAny = {"write", "improve"})
    Verdict judge(String draft, Superstep superstep) {
        boolean isTimeForAnother = superstep.remaining() >= 2; // to improve, and to judge that
        return isTimeForAnother ? model.judge(draft) : new Verdict.Good();
    }

    @Node
    PoemUpdate improve(Verdict.Weak weak, String draft) {
        return PoemUpdate.update().draft(model.improve(draft, weak.why())).revisions(1);
    }

    @Output
    String result(String draft, int revisions) {
        return draft + " (" + revisions + " revisions)";
    }

    public static void main(String... args) {
        try (var db = Sqlite.open(Terminal.database(args));
                var graph = ReflectionGraph.builder(Reflection.offline())
                        .checkpointer(db.checkpointer())
                        .build()) {
            for (int most : new int[] {4, 100}) {
                RunConfig thread = RunConfig.thread("reflection").maxSupersteps(most);
                System.out.println("at most " + most + " supersteps: "
                        + graph.workflow().invoke("rain", thread).value());
            }
        }
    }

    /** A model that needs no network, and likes three exclamation marks. */
    static final class Critic implements Model {
        @Override
        public String write(String topic) {
            return "O " + topic;
        }

        @Override
        public Verdict judge(String draft) {
            return draft.endsWith("!!!") ? new Verdict.Good() : new Verdict.Weak("too quiet");
        }

        @Override
        public String improve(String draft, String why) {
            return draft + "!";
        }
    }
}
