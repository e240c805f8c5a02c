package dev.clew.engine.active;

import dev.clew.checkpoint.Checkpointer;
import dev.clew.engine.edit.StoredThreads;
import dev.clew.engine.host.Host;
import dev.clew.engine.request.Request;
import dev.clew.engine.request.TakenRequest;
import dev.clew.engine.run.RunWorkflow;
import dev.clew.flow.RunConfig;
import dev.clew.flow.RunResult;
import dev.clew.spi.WorkflowSpec;
import java.util.concurrent.CompletableFuture;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/** The engine of a graph, as those see it who begin its runs, continue them, or wait for them. */
public interface RunningHost extends Host {
    Workflows workflows();

    Activations activations();

    Sleepers sleepers();

    Backlog backlog();

    DueDeletions deletions();

    Streams streams();

    Taps taps();

    /** The threads of a workflow of this graph, as their logs have them. */
    StoredThreads threads(WorkflowSpec<?, ?> spec);

    /**
     * Admits a request whose result goes here; who wants to hear of it is known by that.
     *
     * @param taken the request that a worker took from a queue; null if a caller makes it
     */
    <O extends @Nullable Object> CompletableFuture<RunResult<O>> admit(
            RunWorkflow<?, O> workflow,
            Request request,
            RunConfig config,
            CompletableFuture<RunResult<O>> result,
            @Nullable TakenRequest taken);

    default <O extends @Nullable Object> CompletableFuture<RunResult<O>> admit(
            RunWorkflow<?, O> workflow, Request request, RunConfig config, CompletableFuture<RunResult<O>> result) {
        return admit(workflow, request, config, result, null);
    }

    /** Waits for a run that somebody executes or has parked, here or elsewhere; where nobody is left, it is woken. */
    <O extends @Nullable Object> void join(
            RunWorkflow<?, O> workflow,
            String threadId,
            String runId,
            Runnable wake,
            CompletableFuture<RunResult<O>> result);

    /**
     * Cancels a run that is not executed here (any more): the one that is meant, or the thread's newest.
     *
     * @param isMeant asked once the thread was read
     */
    boolean cancelElsewhere(
            Checkpointer store,
            RunWorkflow<?, ?> workflow,
            String threadId,
            @Nullable String onlyRun,
            BooleanSupplier isMeant);

    default boolean cancelElsewhere(
            Checkpointer store, RunWorkflow<?, ?> workflow, String threadId, @Nullable String onlyRun) {
        return cancelElsewhere(store, workflow, threadId, onlyRun, () -> true);
    }
}
