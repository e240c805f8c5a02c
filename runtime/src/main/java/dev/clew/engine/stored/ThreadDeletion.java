package dev.clew.engine.stored;

import dev.clew.checkpoint.Checkpointer;
import dev.clew.checkpoint.Deletion;
import dev.clew.checkpoint.ThreadRecord;
import dev.clew.state.ThreadStatus;
import java.time.Instant;
import java.util.Optional;

/** Removes all that is stored of a thread, unless a process executes it. */
public record ThreadDeletion(Checkpointer store, Claims claims) {
    public void delete(String threadId) {
        boolean unused = claims.changeThread(
                store,
                threadId,
                "its deletion",
                row -> Optional.of(true).filter(gone -> row.map(this::deleted).orElseGet(() -> deletedLine(threadId))));
    }

    /** Does so if the thread is to be deleted at this moment or before; whether it did. */
    public boolean deleteIfDue(String threadId, Instant now) {
        return claims.changeThread(
                store,
                threadId,
                "its deletion",
                row -> row.isPresent() && isDue(row.get(), now)
                        ? Optional.of(true).filter(gone -> deleted(row.get()))
                        : Optional.of(false));
    }

    private static boolean isDue(ThreadRecord thread, Instant now) {
        Instant at = thread.head().deleteAt();
        return thread.lease() == null && at != null && !at.isAfter(now);
    }

    /** A thread that never ran may have requests in a queue. False if it ran meanwhile. */
    private boolean deletedLine(String threadId) {
        return store.delete(Deletion.thread(threadId, 0));
    }

    /** False if the thread has to be read again. */
    private boolean deleted(ThreadRecord thread) {
        Optional<ThreadStatus> status = claims.judge(store, thread);
        if (status.filter(s -> s == ThreadStatus.RUNNING).isPresent()) {
            throw claims.busy(thread);
        }
        return status.isPresent() && store.delete(Deletion.thread(thread.threadId(), thread.epoch()));
    }
}
