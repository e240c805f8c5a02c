package dev.clew.samples.graphs;

import static dev.clew.annotations.Node.START;
import static dev.clew.samples.graphs.StoryUpdate.fresh;
import static dev.clew.samples.graphs.StoryUpdate.update;

import dev.clew.annotations.Input;
import dev.clew.annotations.Node;
import dev.clew.annotations.Output;
import dev.clew.annotations.State;
import dev.clew.annotations.StateGraph;
import dev.clew.flow.RunConfig;
import dev.clew.graph.GraphWorkflow;
import dev.clew.graph.StateSnapshot;
import dev.clew.interrupt.Command;
import dev.clew.samples.shared.Terminal;
import dev.clew.sqlite.Sqlite;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/** Time travel: every superstep of a thread can be read, run again from there, or given another state first. */
@StateGraph(TimeTravel.Story.class)
public class TimeTravel {
    @State
    public record Story(
            String hero, @Nullable String way, @Nullable String end) {}

    /** Tells stories; asked again, it may say something else. */
    public interface Model {
        String choose(String hero);

        String end(String hero, String way);
    }

    private final Model model;

    TimeTravel(Model model) {
        this.model = model;
    }

    @Input
    StoryUpdate begin(String hero) {
        return fresh().hero(hero);
    }

    @Node(after = START, writes = "way")
    String choose(String hero) {
        return model.choose(hero);
    }

    @Node(after = "choose", writes = "end")
    String end(String hero, String way) {
        return model.end(hero, way);
    }

    @Output
    String told(String end) {
        return end;
    }

    public static void main(String... args) {
        try (var db = Sqlite.open(Terminal.database(args));
                var graph = TimeTravelGraph.builder(new TimeTravel(new Bard()))
                        .checkpointer(db.checkpointer())
                        .build()) {
            GraphWorkflow<String, String, Story> tell = graph.workflow();
            RunConfig thread = RunConfig.thread("graph-time-travel");
            System.out.println("told: " + tell.invoke("Theseus", thread).value());

            StateSnapshot<Story> before = before(tell, "end");
            tell.fork(before.config()); // the same state; its nodes run again
            System.out.println(
                    "again: " + tell.invoke(Command.proceed(), thread).value());

            tell.updateState(before.config(), update().way("right"), TimeTravelNode.CHOOSE); // another state
            System.out.println(
                    "what if: " + tell.invoke(Command.proceed(), thread).value());

            System.out.println("the first run can be read still:");
            tell.snapshots(before.config())
                    .forEach(step -> System.out.println("  " + step.values() + ", then " + step.next()));
        }
    }

    /** The newest state in which this node was next. */
    private static StateSnapshot<Story> before(GraphWorkflow<String, String, Story> tell, String node) {
        return tell.snapshots("graph-time-travel")
                .filter(step -> step.next().equals(List.of(node)))
                .findFirst()
                .orElseThrow();
    }

    /** A model that needs no network. */
    static final class Bard implements Model {
        private final AtomicInteger told = new AtomicInteger();

        @Override
        public String choose(String hero) {
            return "left";
        }

        @Override
        public String end(String hero, String way) {
            return hero + " turned " + way + ENDS.get(told.getAndIncrement() % ENDS.size());
        }
    }

    private static final List<String> ENDS =
            List.of(" and met the Minotaur.", " and lost his thread.", " and came out among olive trees.");
}
