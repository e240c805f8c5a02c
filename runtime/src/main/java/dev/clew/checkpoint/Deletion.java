package dev.clew.checkpoint;

import dev.clew.value.IllegalRequestException;
import java.util.Set;

/**
 * What to delete of a thread.
 *
 * <pre>{@code
 * checkpointer.delete(Deletion.thread("essay-1", record.epoch()));
 * }</pre>
 *
 * @param threadId which thread
 * @param expectedEpoch the epoch of the row that the decision was made on
 * @param runIds the runs to delete with their logs and checkpoints; empty for the whole thread
 */
public record Deletion(String threadId, long expectedEpoch, Set<String> runIds) {
    public Deletion {
        runIds = Set.copyOf(runIds);
    }

    /** All of a thread. */
    public static Deletion thread(String threadId, long expectedEpoch) {
        return new Deletion(threadId, expectedEpoch, Set.of());
    }

    /** Some runs of a thread. */
    public static Deletion runs(String threadId, long expectedEpoch, Set<String> runIds) {
        if (runIds.isEmpty()) {
            throw new IllegalRequestException(
                    "no runs are named to delete; Deletion.thread(…) deletes the whole thread");
        }
        return new Deletion(threadId, expectedEpoch, runIds);
    }
}
