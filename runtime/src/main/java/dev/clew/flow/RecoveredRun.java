package dev.clew.flow;

import dev.clew.value.ClewException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;

/**
 * A run that {@code recover()} made go on. The run belongs to the graph: dropping this handle changes nothing.
 *
 * <pre>{@code
 * for (RecoveredRun run : graph.recover().runs()) {
 *   RunResult<?> result = run.join();
 * }
 * }</pre>
 *
 * @param threadId whose run
 * @param workflow the workflow's stored name
 * @param result completes as the run does: with its value, with what it waits for, or with the error that {@code
 *     invoke} would throw. A run that another process took first is followed there
 */
public record RecoveredRun(String threadId, String workflow, CompletableFuture<RunResult<?>> result) {
    /**
     * Waits until the run completes or pauses.
     *
     * @throws ClewException whatever {@code invoke} would throw of this run, {@link WorkflowFailedException} for one
     */
    public RunResult<?> join() {
        try {
            return result.join();
        } catch (CompletionException failed) {
            Throwable cause = failed.getCause();
            if (cause instanceof Error error) {
                throw error;
            }
            throw cause instanceof RuntimeException known
                    ? known
                    : new RunStoppedException("the recovered run failed", cause);
        }
    }

    @Override
    public String toString() {
        return "RecoveredRun[thread '" + threadId + "', workflow '" + workflow + "']";
    }
}
