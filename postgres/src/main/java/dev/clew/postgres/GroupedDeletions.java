package dev.clew.postgres;

import dev.clew.checkpoint.CheckpointException;
import dev.clew.checkpoint.Deletion;
import java.sql.SQLException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;

/**
 * Deletions that callers need not wait for one by one: those that come while a group is stored are the next group. A thread carries
 * them out, and ends when none is left. Thread-safe.
 */
final class GroupedDeletions {
    private static final int MOST_IN_A_GROUP = 500;

    private final Pool pool;
    private final StoreTime time;

    // Guarded by itself, as is whether there is a thread.
    private final ArrayDeque<Asked> waiting = new ArrayDeque<>();
    private boolean working;

    GroupedDeletions(Pool pool, StoreTime time) {
        this.pool = pool;
        this.time = time;
    }

    private record Asked(Deletion deletion, CompletableFuture<Boolean> done) {}

    CompletableFuture<Boolean> submit(Deletion deletion) {
        Asked asked = new Asked(deletion, new CompletableFuture<>());
        synchronized (waiting) {
            waiting.add(asked);
            if (!working) {
                Thread thread = new Thread(null, this::run, "clew-postgres-deletions", 0, false);
                thread.setDaemon(true);
                thread.setContextClassLoader(GroupedDeletions.class.getClassLoader());
                thread.start();
                working = true;
            }
        }
        return asked.done();
    }

    private void run() {
        for (List<Asked> group = next(); !group.isEmpty(); group = next()) {
            try {
                carryOut(group);
            } catch (RuntimeException | Error broken) {
                CheckpointException why = broken instanceof CheckpointException known
                        ? known
                        : new CheckpointException("deleting failed", broken);
                group.forEach(asked -> asked.done().completeExceptionally(why));
            }
        }
    }

    private List<Asked> next() {
        synchronized (waiting) {
            List<Asked> group = new ArrayList<>();
            while (!waiting.isEmpty() && group.size() < MOST_IN_A_GROUP) {
                group.add(waiting.remove());
            }
            working = !group.isEmpty();
            return group;
        }
    }

    private void carryOut(List<Asked> group) {
        Map<String, Deletion> shared = new TreeMap<>();
        for (Asked asked : group) {
            if (Deletions.sharesTransaction(asked.deletion())) {
                shared.putIfAbsent(asked.deletion().threadId(), asked.deletion());
            }
        }
        Set<String> deleted = shared.isEmpty() ? Set.of() : together(List.copyOf(shared.values()));
        for (Asked asked : group) {
            boolean isDone = deleted.contains(asked.deletion().threadId())
                    && asked.deletion().equals(shared.get(asked.deletion().threadId()));
            if (isDone) {
                asked.done().complete(true);
            } else {
                deleteAlone(asked);
            }
        }
    }

    /** If the server refuses it because of one of them, none is deleted so; each is tried alone. */
    private Set<String> together(List<Deletion> deletions) {
        try {
            return pool.call("deleting", session -> Deletions.applyAll(session, deletions, time));
        } catch (CheckpointException failed) {
            if (failed.getCause() instanceof SQLException refused && !PostgresFailures.isConnectionLost(refused)) {
                return Set.of();
            }
            throw failed;
        }
    }

    private void deleteAlone(Asked asked) {
        try {
            asked.done().complete(pool.call("deleting", session -> Deletions.apply(session, asked.deletion(), time)));
        } catch (CheckpointException failed) {
            asked.done().completeExceptionally(failed);
        }
    }
}
