package dev.clew.testing;

import dev.clew.Graph;
import dev.clew.GraphBuilder;
import dev.clew.flow.Workflow;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The code of workflows that a lab knows: what reads their runs, and replays them.
 *
 * @param workflows those that are meant of a graph that the builder made
 */
record Code<G extends Graph>(Supplier<GraphBuilder<G>> builder, Function<G, Stream<Workflow<?, ?>>> workflows) {
    /** The workflow of a graph that has this stored name; null if it is not meant. */
    @Nullable
    Workflow<?, ?> named(G graph, String name) {
        return workflows
                .apply(graph)
                .filter(workflow ->
                        workflow.name().equals(name) || workflow.formerly().contains(name))
                .findFirst()
                .orElse(null);
    }
}
