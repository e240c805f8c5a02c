package dev.clew.engine.housekeeping;

import dev.clew.checkpoint.ThreadRecord;
import dev.clew.state.ThreadStatus;
import dev.clew.state.ThreadSummary;
import java.time.Instant;
import java.util.Optional;

/** What a thread's row tells readers; epoch, lease and head stay behind it. */
record ListedThread(ThreadRecord row) implements ThreadSummary {
    @Override
    public String threadId() {
        return row.threadId();
    }

    @Override
    public String workflow() {
        return row.workflow();
    }

    @Override
    public ThreadStatus status() {
        return row.status();
    }

    @Override
    public Optional<String> runId() {
        return Optional.ofNullable(row.head().runId());
    }

    @Override
    public Optional<Instant> wakeAt() {
        return Optional.ofNullable(row.head().wakeAt());
    }

    @Override
    public Optional<Instant> deleteAt() {
        return Optional.ofNullable(row.head().deleteAt());
    }

    @Override
    public Instant createdAt() {
        return row.createdAt();
    }

    @Override
    public Instant updatedAt() {
        return row.updatedAt();
    }

    @Override
    public String toString() {
        return "ThreadSummary[thread '" + threadId() + "', workflow '" + workflow() + "', " + status() + "]";
    }
}
