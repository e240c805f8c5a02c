package dev.clew.spi;

import dev.clew.flow.RunConfig;
import dev.clew.flow.Workflow;
import org.jspecify.annotations.Nullable;

/**
 * A workflow that no graph of this process runs, and that bodies can call all the same: it says by which steps. {@code run.invoke} and
 * {@code run.child} record it as a child of the calling scope.
 *
 * <p>Thread-safe. Implemented by Clew alone.
 *
 * <pre>{@code
 * Essay essay = run.invoke(remote, "rain");   // remote is a ChildWorkflow
 * }</pre>
 *
 * @param <I> the input's type
 * @param <O> the type of the value that callers get
 */
public interface ChildWorkflow<I, O extends @Nullable Object> extends Workflow<I, O> {
    /**
     * The child that starts the workflow and waits for its value.
     *
     * @param own the thread and the run that the caller names; null for ids made of the caller's step
     */
    WorkflowSpec<I, O> asChild(@Nullable RunConfig own);

    /** The child that starts the workflow, does not wait, and gives the id of its run. */
    WorkflowSpec<I, String> asLaunched(@Nullable RunConfig own);
}
