package dev.clew.graph.random;

import dev.clew.graph.random.Behaviour.State;
import java.util.List;

/**
 * How a random graph ended.
 *
 * @param how END, LIMIT, or CLASH with the components
 * @param state the state then
 * @param trace the executions of each superstep: node and record
 * @param waiting the joins that wait, with those that have come
 */
record Ending(String how, State state, List<List<String>> trace, List<String> waiting) {
    static final int SUPERSTEPS = 14;
    static final int EXECUTIONS = 60;
}
