package dev.clew.graph.plan;

import org.jspecify.annotations.Nullable;

/**
 * Executions of one node that follow one another in a superstep: one for an edge, or one for each of some records.
 *
 * @param node the name of the node
 * @param first which execution of the node the first is, counted from 1 in the run
 * @param sent the records, or null where edges lead to it
 */
public record Due(String node, int first, @Nullable Sent sent) {
    /** How many executions there are. */
    public int count() {
        return sent == null ? 1 : sent.count();
    }
}
