package dev.clew.engine.caller;

import dev.clew.engine.run.CurrentAttempt;
import dev.clew.engine.run.ScopeAttempt;
import dev.clew.flow.RunStoppedException;
import dev.clew.task.IllegalStepException;
import dev.clew.value.WaitInterruptedException;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;

/** The thread of a caller: where it may call from, and how it waits. */
public final class CallerThread {
    private CallerThread() {}

    /**
     * Returns if the current thread does not execute the code of a scope.
     *
     * @throws IllegalStepException if it does
     */
    public static void requireOutsideScope(String workflow) {
        ScopeAttempt scope = CurrentAttempt.scope();
        if (scope != null) {
            throw new IllegalStepException(
                    "workflow '" + workflow + "' was invoked from the code of "
                            + scope.where()
                            + "; a scope calls another workflow as its child: use run.invoke(workflow, input) or run.child(workflow).start(input)");
        }
    }

    /**
     * Waits for a run of this workflow.
     *
     * @throws WaitInterruptedException if the thread is interrupted, or the future cancelled; the run goes on
     */
    public static <T> T await(String workflow, CompletableFuture<T> future) {
        requireOutsideScope(workflow);
        try {
            return future.get();
        } catch (InterruptedException stopWaiting) {
            if (future instanceof Promise<?> promise) {
                promise.callerLeft();
            }
            Thread.currentThread().interrupt();
            throw new WaitInterruptedException(
                    "the caller of workflow '" + workflow
                            + "' was interrupted while it waited; the run goes on, read its state or invoke again with the same runId");
        } catch (ExecutionException failed) {
            throw unchecked(failed.getCause() == null ? failed : failed.getCause());
        } catch (CancellationException cancelled) {
            throw new WaitInterruptedException(
                    "the wait for workflow '" + workflow + "' was cancelled; the run goes on", cancelled);
        }
    }

    private static RuntimeException unchecked(Throwable cause) {
        if (cause instanceof Error error) {
            throw error;
        }
        return cause instanceof RuntimeException runtime ? runtime : new RunStoppedException("the run failed", cause);
    }
}
