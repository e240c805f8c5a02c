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
 * @param wakeAt when a parked run is due by itself, or null
 * @param stalls how many claims in a row left no trace of themselves in the run's log; -1 if the last one does not count as one
 *     that made no progress, because its graph was closed
 */
public record Head(
        ThreadStatus status,
        @Nullable String runId,
        String checkpointId,
        @Nullable Instant wakeAt,
        int stalls) {

    /** The same head after so many claims that left no trace. */
    public Head stalled(int claims) {
        return new Head(status, runId, checkpointId, wakeAt, claims);
    }
}
