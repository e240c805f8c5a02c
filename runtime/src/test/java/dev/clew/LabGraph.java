package dev.clew;

import dev.clew.engine.Engine;
import dev.clew.engine.Time;
import dev.clew.engine.Waiting;
import dev.clew.flow.Workflow;
import dev.clew.flow.WorkflowSpec;
import java.time.Duration;

/** A graph of one hand-written spec, with its engine in reach. */
public final class LabGraph extends Graph {
    private final Engine engine;

    LabGraph(Wiring wiring) {
        super(wiring);
        this.engine = wiring.engine();
    }

    public static GraphBuilder<LabGraph> builder() {
        return GraphBuilder.of(LabGraph::new);
    }

    /** A builder whose graph's claims hold so long without renewal. */
    public static GraphBuilder<LabGraph> lease(GraphBuilder<LabGraph> builder, Duration lease) {
        return builder.lease(lease);
    }

    /** A builder whose graph lives by this clock. */
    public static GraphBuilder<LabGraph> time(GraphBuilder<LabGraph> builder, Time time) {
        return builder.time(time);
    }

    /** A builder whose graph lives by another clock, and whose threads wait as they are told. */
    public static GraphBuilder<LabGraph> under(GraphBuilder<LabGraph> builder, Time time, Waiting waiting) {
        return builder.under(time, waiting);
    }

    public <I, O> Workflow<I, O> add(WorkflowSpec<I, O> spec) {
        return workflow(spec);
    }

    public Engine engine() {
        return engine;
    }
}
