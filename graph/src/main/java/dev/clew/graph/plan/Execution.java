package dev.clew.graph.plan;

import org.jspecify.annotations.Nullable;

/**
 * One execution of a node.
 *
 * @param node the name of the node
 * @param number which execution of the node, counted from 1 in the run
 * @param source the one record that it gets, or null where edges lead to it
 */
public record Execution(String node, int number, @Nullable Sent source) {
    /** As messages and paths name it: {@code search#3}. */
    public String label() {
        return node + "#" + number;
    }
}
