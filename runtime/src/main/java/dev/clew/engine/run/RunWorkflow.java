package dev.clew.engine.run;

import dev.clew.engine.world.Mismatches;
import dev.clew.flow.RunConfig;
import dev.clew.spi.TaskSpec;
import dev.clew.spi.WorkflowSpec;
import org.jspecify.annotations.Nullable;

/** The workflow of a run, as the sessions of its runs know it. */
public interface RunWorkflow<I, O extends @Nullable Object> {
    String name();

    WorkflowSpec<I, O> spec();

    /** The body of its runs, as a step. */
    TaskSpec<?> rootSpec();

    /** What is let pass of its runs' mismatches. */
    Mismatches mismatches();

    /** The graph that executes its runs. */
    RunGraph graph();

    /** A thread of its own on which a scope, of this graph or another one, calls this workflow. */
    ChildThread onThread(RunConfig config);
}
