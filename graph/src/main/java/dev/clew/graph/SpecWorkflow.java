package dev.clew.graph;

import dev.clew.flow.Workflow;
import dev.clew.graph.topology.Topology;
import dev.clew.spi.ForwardingWorkflow;
import org.jspecify.annotations.Nullable;

/** A workflow that knows the graph that it runs. */
final class SpecWorkflow<I, O extends @Nullable Object, S> extends ForwardingWorkflow<I, O>
        implements GraphWorkflow<I, O, S> {
    private final GraphSpec<I, O, S> spec;

    SpecWorkflow(GraphSpec<I, O, S> spec, Workflow<I, O> workflow) {
        super(workflow);
        this.spec = spec;
    }

    @Override
    public Topology topology() {
        return spec.topology();
    }

    @Override
    public String diagram() {
        return spec.diagram();
    }
}
