package dev.clew.server.inspect;

import dev.clew.checkpoint.CheckpointRecord;
import dev.clew.checkpoint.Checkpointer;
import dev.clew.state.CheckpointQuery;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Checkpoints without their values, the newest first. Values are read with them, so few are read at once, and the list ends early if
 * they are large.
 *
 * @param rows the checkpoints, whose values are empty
 * @param bytes how long their values are
 * @param isAll whether none are older
 */
record CheckpointList(List<CheckpointRecord> rows, long bytes, boolean isAll) {
    private static final int PAGE = 20;

    /** After so many bytes of values the list ends. */
    private static final long MOST_BYTES = 64L << 20;

    /** @param limit how many at most */
    static CheckpointList read(Checkpointer store, CheckpointQuery query, int limit) {
        return read(store, query, limit, MOST_BYTES);
    }

    static CheckpointList read(Checkpointer store, CheckpointQuery query, int limit, long mostBytes) {
        List<CheckpointRecord> rows = new ArrayList<>();
        long bytes = 0;
        CheckpointQuery next = query;
        while (rows.size() < limit && bytes < mostBytes) {
            int wanted = Math.min(PAGE, limit - rows.size());
            List<CheckpointRecord> page = store.checkpoints(next.limit(wanted));
            for (CheckpointRecord one : page) {
                bytes += one.values().values().stream()
                        .mapToLong(value -> value.length)
                        .sum();
                rows.add(withoutValues(one));
            }
            if (page.size() < wanted) {
                return new CheckpointList(rows, bytes, true);
            }
            next = query.before(page.get(wanted - 1).id());
        }
        return new CheckpointList(rows, bytes, false);
    }

    CheckpointRecord last() {
        return rows.get(rows.size() - 1);
    }

    private static CheckpointRecord withoutValues(CheckpointRecord one) {
        return new CheckpointRecord(
                one.id(),
                one.runId(),
                one.parentId(),
                one.source(),
                one.step(),
                one.createdAt(),
                Map.of(),
                one.metadata());
    }
}
