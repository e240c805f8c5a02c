package dev.clew.spring;

import dev.clew.Graph;
import dev.clew.GraphBuilder;

/**
 * Builds the graphs of an application, as its properties and beans say.
 *
 * <pre>{@code
 * @Bean
 * EssayFlowGraph essays(ClewGraphs graphs, EssayFlow flow) {
 *   return graphs.build(EssayFlowGraph.builder(flow));
 * }
 * }</pre>
 *
 * <p>A graph that is a bean starts with the application: it recovers what a crash left behind, and takes work from queues. It is
 * closed when the application stops, after the web server and before the {@code DataSource}.
 *
 * <p>{@code @Context} parameters get the bean of their type, where there is one.
 */
public interface ClewGraphs {
    /**
     * Builds a graph with a checkpointer, cache, store, contexts and listeners of the application. It executes no queued run before
     * the application has started.
     *
     * @throws NoCheckpointerException if nothing says where threads are stored
     */
    <G extends Graph> G build(GraphBuilder<G> builder);

    /**
     * Gives a builder what does not depend on a place or a process: contexts from beans, and what {@link GraphCustomizer} beans say.
     * For a test that lets a {@code Lab} build the graph.
     *
     * @return the same builder
     */
    <G extends Graph> GraphBuilder<G> customize(GraphBuilder<G> builder);
}
