package dev.clew.state;

import dev.clew.value.IllegalRequestException;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Which of a thread's checkpoints to list, newest first.
 *
 * <pre>{@code
 * CheckpointQuery.of("essay-1").before(checkpointId).metadata(Map.of("user", "ann")).limit(10)
 * }</pre>
 *
 * @param threadId whose
 * @param ids only these; empty for any
 * @param from only those with this id and newer ones, or null
 * @param before only those strictly older than this id, or null
 * @param metadata only those that have all these entries, equal
 * @param limit at most so many, at least 1
 */
public record CheckpointQuery(
        String threadId,
        Set<String> ids,
        @Nullable String from,
        @Nullable String before,
        Map<String, String> metadata,
        int limit) {
    public CheckpointQuery {
        if (limit < 1) {
            throw new IllegalRequestException("a query's limit must be at least 1, not " + limit);
        }
        ids = Set.copyOf(ids);
        metadata = Map.copyOf(metadata);
    }

    /** All of a thread's checkpoints. */
    public static CheckpointQuery of(String threadId) {
        return new CheckpointQuery(threadId, Set.of(), null, null, Map.of(), Integer.MAX_VALUE);
    }

    public CheckpointQuery id(String checkpointId) {
        return new CheckpointQuery(threadId, Set.of(checkpointId), from, before, metadata, limit);
    }

    /** Only these checkpoints; at least one. */
    public CheckpointQuery ids(Set<String> checkpointIds) {
        if (checkpointIds.isEmpty()) {
            throw new IllegalRequestException("no checkpoint ids are named to look for");
        }
        return new CheckpointQuery(threadId, checkpointIds, from, before, metadata, limit);
    }

    /** Only the checkpoint with this id and newer ones. */
    public CheckpointQuery from(String checkpointId) {
        return new CheckpointQuery(threadId, ids, checkpointId, before, metadata, limit);
    }

    public CheckpointQuery before(String checkpointId) {
        return new CheckpointQuery(threadId, ids, from, checkpointId, metadata, limit);
    }

    public CheckpointQuery metadata(Map<String, String> required) {
        return new CheckpointQuery(threadId, ids, from, before, required, limit);
    }

    public CheckpointQuery limit(int most) {
        return new CheckpointQuery(threadId, ids, from, before, metadata, most);
    }
}
