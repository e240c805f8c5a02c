package dev.clew.graph;

import dev.clew.flow.Workflow;
import dev.clew.graph.topology.Topology;
import org.jspecify.annotations.Nullable;

/**
 * A graph, ready to run: a workflow whose body runs the nodes in supersteps. Immutable and thread-safe. Implemented by Clew
 * alone: methods will be added.
 *
 * <pre>{@code
 * GraphWorkflow<String, Draft, ResearchState> research = graph.workflow();
 * RunResult<Draft> result = research.invoke("rain", RunConfig.thread("r-1"));
 * }</pre>
 *
 * @param <I> what callers give
 * @param <O> what callers get
 * @param <S> the state
 */
public interface GraphWorkflow<I, O extends @Nullable Object, S> extends Workflow<I, O> {
    /** The graph's nodes and all that may follow on what. */
    Topology topology();

    /** The graph as a Mermaid diagram. */
    String diagram();
}
