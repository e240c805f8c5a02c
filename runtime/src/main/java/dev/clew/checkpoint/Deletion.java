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
 * @param keptCheckpoints checkpoints of these runs that stay, because later ones are stored as changes of them
 * @param looseCheckpoints checkpoints without a run that are deleted, too; ids of other checkpoints are ignored
 * @param onlyUnrequested whether nothing is deleted if the thread has a request in a queue that is not over
 */
public record Deletion(
        String threadId,
        long expectedEpoch,
        Set<String> runIds,
        Set<String> keptCheckpoints,
        Set<String> looseCheckpoints,
        boolean onlyUnrequested) {
    public Deletion {
        runIds = Set.copyOf(runIds);
        keptCheckpoints = Set.copyOf(keptCheckpoints);
        looseCheckpoints = Set.copyOf(looseCheckpoints);
    }

    /** All of a thread. */
    public static Deletion thread(String threadId, long expectedEpoch) {
        return new Deletion(threadId, expectedEpoch, Set.of(), Set.of(), Set.of(), false);
    }

    /** Some runs of a thread. */
    public static Deletion runs(String threadId, long expectedEpoch, Set<String> runIds) {
        if (runIds.isEmpty()) {
            throw new IllegalRequestException(
                    "no runs are named to delete; Deletion.thread(…) deletes the whole thread");
        }
        return new Deletion(threadId, expectedEpoch, runIds, Set.of(), Set.of(), false);
    }

    /** The same, but these checkpoints of the runs stay; they have no run then. */
    public Deletion keeping(Set<String> checkpointIds) {
        return new Deletion(threadId, expectedEpoch, runIds, checkpointIds, looseCheckpoints, onlyUnrequested);
    }

    /** The same, and these checkpoints, which have no run. */
    public Deletion andLoose(Set<String> checkpointIds) {
        return new Deletion(threadId, expectedEpoch, runIds, keptCheckpoints, checkpointIds, onlyUnrequested);
    }

    /** The same, but only if no request of a queue waits for the thread: else nothing is deleted. */
    public Deletion unlessRequested() {
        return new Deletion(threadId, expectedEpoch, runIds, keptCheckpoints, looseCheckpoints, true);
    }
}
