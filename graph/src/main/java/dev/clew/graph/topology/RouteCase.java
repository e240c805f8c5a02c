package dev.clew.graph.topology;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One thing that a node may answer with when it routes.
 *
 * <pre>{@code
 * RouteCase.to("AGAIN", List.of("write"));   // an enum's constant with @To("write")
 * RouteCase.sent("Query", "search");         // a record that the node 'search' takes
 * RouteCase.end("DONE");                     // a constant with @End
 * }</pre>
 *
 * @param label the name of the constant or of the record's class; for a plain name of a node, that name
 * @param targets the nodes that it runs without giving them anything
 * @param taker the node that takes it, or null where it carries nothing
 */
public record RouteCase(
        String label, List<String> targets, @Nullable String taker) {
    public RouteCase {
        targets = List.copyOf(targets);
    }

    /** A case that runs these nodes and carries nothing. */
    public static RouteCase to(String label, List<String> targets) {
        return new RouteCase(label, targets, null);
    }

    /** A case that is sent to the node that takes it. */
    public static RouteCase sent(String label, String taker) {
        return new RouteCase(label, List.of(), taker);
    }

    /** A case that ends the branch. */
    public static RouteCase end(String label) {
        return new RouteCase(label, List.of(), null);
    }

    /** Whether it runs nothing. */
    public boolean isEnd() {
        return targets.isEmpty() && taker == null;
    }
}
