package dev.clew.engine.stored;

import dev.clew.checkpoint.Checkpointer;
import dev.clew.checkpoint.Deletion;
import dev.clew.checkpoint.ThreadRecord;
import dev.clew.state.ThreadStatus;
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
