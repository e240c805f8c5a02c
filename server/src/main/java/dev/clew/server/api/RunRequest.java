package dev.clew.server.api;

import dev.clew.flow.RunHandle;
import dev.clew.flow.RunResult;
import dev.clew.index.RequestEnd;
import dev.clew.server.catalog.Served;
import dev.clew.server.view.Scalars;
import dev.clew.spi.RequestedWorkflow.Requested;
import dev.clew.state.RunStatus;
import java.time.Instant;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * A request, as it was found in the store; or a run that no client of a server asked for, as if it were one.
 *
 * @param requested null if it is a run that no client asked for
 * @param createdAt when it was stored, or its run began
 */
record RunRequest(
        Served served,
        Scalars scalars,
        String threadId,
        String requestId,
        String runId,
        RequestContent content,
        @Nullable Requested<Object> requested,
        Instant createdAt) {
    /** How it ended; null while it is under way, and if no client asked for it. */
    @Nullable
    RequestEnd end() {
        return requested == null ? null : requested.record().end();
    }

    Instant changedAt() {
        RequestEnd end = end();
        return end == null ? createdAt : end.at();
    }

    private RunHandle<Object> handle() {
        return served.workflow().handle(runId, threadId);
    }

    /** How it ended, as soon as it has. Cancelling the future ends the wait alone. */
    CompletableFuture<Outcome> outcome() {
        CompletableFuture<RunResult<Object>> result =
                requested == null ? handle().resultAsync() : requested.resultAsync();
        return EndedWait.of(
                result.thenApply(rests -> Outcome.of(served, scalars, rests, this::endNow))
                        .exceptionally(Outcome::of),
                result);
    }

    private @Nullable RequestEnd endNow() {
        return served.store()
                .requests()
                .find(threadId, requestId)
                .map(now -> now.end())
                .orElse(null);
    }

    /** How it is doing, as clients read it. */
    String status() {
        RequestEnd end = end();
        if (end != null) {
            return status(end.status(), Outcome.SUCCESS);
        }
        return status(handle().status(), requested == null ? Outcome.SUCCESS : Outcome.RUNNING);
    }

    private static String status(RunStatus status, String ofPause) {
        return switch (status) {
            case QUEUED, HELD -> Outcome.PENDING;
            case RUNNING, SLEEPING -> Outcome.RUNNING;
            case INTERRUPTED -> ofPause;
            case COMPLETED -> Outcome.SUCCESS;
            case FAILED, BLOCKED, STUCK, REFUSED -> Outcome.ERROR;
            case CANCELLED, UNDONE -> Outcome.INTERRUPTED;
        };
    }

    /** What its run is doing, whatever became of that since the request ended. */
    RunStatus runStatus() {
        return handle().status();
    }

    /** Cancels its run, also if the request ended because that waits; false if there is nothing to cancel. */
    boolean cancelRun() {
        return handle().cancel();
    }

    boolean isUnderWay() {
        return requested == null ? Outcome.PENDING.equals(status()) || Outcome.RUNNING.equals(status()) : end() == null;
    }

    /** Cancels what it asked for; false if there is nothing to cancel any more. */
    boolean cancel() {
        return requested == null ? isUnderWay() && handle().cancel() : requested.cancel();
    }
}
