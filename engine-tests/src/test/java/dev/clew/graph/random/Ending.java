package dev.clew.graph.random;

import dev.clew.graph.random.Behaviour.State;
import java.util.List;

/**
 * How a random graph ended.
 *
 * @param how END, LIMIT, or CLASH with the components
 * @param states the state at the beginning, and after each superstep that was folded
 * @param trace the executions of each superstep: node and record
 * @param waiting the joins that wait, with those that have come
 */
record Ending(String how, List<State> states, List<List<String>> trace, List<String> waiting) {
    Ending {
        states = List.copyOf(states);
    }

    static final int SUPERSTEPS = 14;
    static final int EXECUTIONS = 60;

    /** The state at the end. */
    State state() {
        return states.get(states.size() - 1);
    }
}
