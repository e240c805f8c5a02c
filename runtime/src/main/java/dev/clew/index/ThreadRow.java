package dev.clew.index;

import dev.clew.state.ThreadStatus;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A thread as the index has it, and what it was doing when it was read.
 *
 * <pre>{@code
 * ThreadRow row = index.find("chat-1").orElseThrow();
 * }</pre>
 *
 * @param info what was attached to it; its workflow is that of the thread's runs, once it ran
 * @param revision rises with each change of {@code info}
 * @param createdAt when it was created or ran first, by the store's clock
 * @param changedAt when {@code info} or the row of its newest run changed last, by the store's clock
 * @param status as {@link dev.clew.checkpoint.ThreadRecord#status()} tells; null if it never ran
 * @param runId its newest run; null if there is none
 * @param checkpointId its newest checkpoint; null if it never ran
 * @param isRequested whether a request of it is DELAYED, READY, WAITING or TAKEN
 */
public record ThreadRow(
        ThreadInfo info,
        long revision,
        Instant createdAt,
        Instant changedAt,
        @Nullable ThreadStatus status,
        @Nullable String runId,
        @Nullable String checkpointId,
        boolean isRequested) {

    /**
     * The same with what the row of its thread says.
     *
     * @param newestCheckpoint empty while the thread is being copied
     */
    public ThreadRow running(
            String workflow, ThreadStatus now, @Nullable String newestRun, String newestCheckpoint, Instant updatedAt) {
        ThreadInfo named =
                new ThreadInfo(info.threadId(), workflow, info.metadata(), info.labels(), info.isTemporary());
        return new ThreadRow(
                named,
                revision,
                createdAt,
                updatedAt.isAfter(changedAt) ? updatedAt : changedAt,
                now,
                newestRun,
                newestCheckpoint.isEmpty() ? null : newestCheckpoint,
                isRequested);
    }

    /** The same with or without a request. */
    public ThreadRow requested(boolean waits) {
        return new ThreadRow(info, revision, createdAt, changedAt, status, runId, checkpointId, waits);
    }

    /** What it is doing. */
    public ThreadActivity activity() {
        return ThreadActivity.of(status, isRequested);
    }
}
