package dev.clew;

import dev.clew.engine.Engine;
import dev.clew.flow.Workflow;
import dev.clew.spi.Wiring;
import dev.clew.spi.WorkflowSpec;
import java.time.Duration;

/** A graph of one hand-written spec, with its engine in reach. */
public final class LabGraph extends Graph {
    private final Engine engine;

    LabGraph(Wiring wiring) {
        super(wiring);
        this.engine = Engine.of(wiring);
    }

    public static GraphBuilder<LabGraph> builder() {
        return GraphBuilder.of(LabGraph::new);
    }

    /** A builder of a client, which executes nothing. */
    public static GraphBuilder<LabGraph> client() {
        return GraphBuilder.client(LabGraph::new);
    }

    /** A builder whose graph's claims hold so long without renewal. */
    public static GraphBuilder<LabGraph> lease(GraphBuilder<LabGraph> builder, Duration lease) {
        return builder.lease(lease);
    }

    public <I, O> Workflow<I, O> add(WorkflowSpec<I, O> spec) {
        return workflow(spec);
    }

    public Engine engine() {
        return engine;
    }
}
