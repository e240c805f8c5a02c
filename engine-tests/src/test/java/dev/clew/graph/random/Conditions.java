package dev.clew.graph.random;

import dev.clew.flow.Run;
import dev.clew.flow.TaskContext;
import java.util.concurrent.Callable;

/** What nodes of a random graph do beside their work, none of which changes what they come to. */
public interface Conditions {
    /**
     * Whether a node asks each time it runs.
     *
     * @param place the nodes that the graph of the node is in, each with a slash behind it
     */
    boolean asks(String place, int node);

    /** Asks before the work. */
    void ask(String execution, Run run);

    /** Does the work, or fails. */
    <T> T execute(String execution, TaskContext context, Callable<T> work) throws Exception;
}
