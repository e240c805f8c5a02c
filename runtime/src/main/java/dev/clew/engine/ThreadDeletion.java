package dev.clew.engine;

import dev.clew.checkpoint.Checkpointer;
import dev.clew.checkpoint.Deletion;
import dev.clew.checkpoint.ThreadRecord;
import dev.clew.checkpoint.ThreadStatus;
import dev.clew.value.ClewException;
import java.util.Optional;

/** Removes all that is stored of a thread, unless somebody runs it. */
record ThreadDeletion(Checkpointer store, Claims claims) {
    private static final int ATTEMPTS = 10;

    void delete(String threadId) {
        for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
            Optional<ThreadRecord> row = store.thread(threadId);
            if (row.isEmpty()) {
                return;
            }
            Optional<ThreadStatus> status = claims.judge(store, row.get());
            if (status.filter(s -> s == ThreadStatus.RUNNING).isPresent()) {
                throw claims.busy(row.get());
            }
            if (status.isPresent()
                    && store.delete(Deletion.thread(threadId, row.get().epoch()))) {
                return;
            }
        }
        throw new ClewException(
                "thread '" + threadId + "' changed again and again while it was to be deleted; try later");
    }
}
