package dev.clew.checkpoint;

import dev.clew.state.ThreadStatus;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What a thread's row says of its newest run.
 *
 * <pre>{@code
 * Head paused = new Head(ThreadStatus.INTERRUPTED, runId, checkpointId, null, 0);
 * }</pre>
 *
 * @param status the stored status; never {@link ThreadStatus#CRASHED}
 * @param runId the head run, or null where the thread only has checkpoints made by hand
 * @param checkpointId the newest checkpoint
 * @param dueAt when something is to be done by itself: a parked run continues, or the thread is deleted whose run is over; or null
 * @param stalls how many claims in a row left no trace of themselves in the run's log; -1 if the last one does not count as one
 *     that made no progress, because its graph was closed
 */
public record Head(
        ThreadStatus status,
        @Nullable String runId,
        String checkpointId,
        @Nullable Instant dueAt,
        int stalls) {

    /** The same head after so many claims that left no trace. */
    public Head stalled(int claims) {
        return new Head(status, runId, checkpointId, dueAt, claims);
    }

    /** When the run continues by itself; null if it does not. */
    public @Nullable Instant wakeAt() {
        return status.isOver() ? null : dueAt;
    }

    /** When the thread is deleted, because its run is over; null if it stays. */
    public @Nullable Instant deleteAt() {
        return status.isOver() ? dueAt : null;
    }
}
