package dev.clew.graph;

import dev.clew.graph.plan.Plan;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A place in a run of a graph, between two supersteps.
 *
 * @param values the state
 * @param superstep how many supersteps have made it
 * @param done the superstep before; null after the input
 * @param next what is due; null if nothing is planned, because the run had not got so far
 * @param executed how often each node was executed before it, by its present name
 */
record Stage(
        StateValues values,
        int superstep,
        @Nullable Plan done,
        @Nullable Plan next,
        Map<String, Integer> executed) {
    Stage {
        executed = Map.copyOf(executed);
    }

    /** Whether nothing is due. */
    boolean isEnd() {
        return next == null || next.isEnd();
    }
}
