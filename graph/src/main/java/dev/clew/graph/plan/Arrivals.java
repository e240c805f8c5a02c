package dev.clew.graph.plan;

import java.util.List;

/**
 * What a join has of those that it waits for.
 *
 * @param join the name of the node that waits
 * @param members the nodes that have run since it last ran for this join, in the order of their declaration
 */
public record Arrivals(String join, List<String> members) {
    public Arrivals {
        members = List.copyOf(members);
    }
}
