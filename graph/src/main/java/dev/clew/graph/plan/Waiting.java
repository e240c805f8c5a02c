package dev.clew.graph.plan;

import java.util.ArrayList;
import java.util.List;

/**
 * A deferred node that waits until nothing else is left to run.
 *
 * @param node the name of the node
 * @param byEdge whether an edge, a join or a route without a record leads to it
 * @param sent the records that wait for it, in the order in which they were sent
 */
public record Waiting(String node, boolean byEdge, List<Sent> sent) {
    public Waiting {
        sent = List.copyOf(sent);
    }

    Waiting and(Waiting later) {
        List<Sent> both = new ArrayList<>(sent);
        both.addAll(later.sent);
        return new Waiting(node, byEdge || later.byEdge, both);
    }
}
