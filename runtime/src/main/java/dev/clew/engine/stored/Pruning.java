package dev.clew.engine.stored;

import dev.clew.checkpoint.CheckpointException;
import dev.clew.checkpoint.CheckpointRecord;
import dev.clew.checkpoint.Checkpointer;
import dev.clew.checkpoint.Deletion;
import dev.clew.checkpoint.ThreadRecord;
import dev.clew.flow.Retention;
import dev.clew.state.CheckpointQuery;
import dev.clew.state.CheckpointSource;
import dev.clew.state.ThreadQuery;
import dev.clew.value.Spans;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/**
 * Removes old runs of threads, once. Kept in any case: the newest run, finished or not, and the run whose result is the
 * thread's value and the next run's {@code @Previous}; and runs that nobody knows the outcome of an effect of, since their log is the
 * only trace of it. Of a removed run those checkpoints stay whose values later ones change;
 * they go when no later one does any more.
 */
public final class Pruning {
    private static final int PAGE = 1_000;

    private final Checkpointer store;
    private final Claims claims;
    private final Rule rule;

    private int failures;
    private @Nullable CheckpointException firstFailure;
    private @Nullable String failedThread;

    private Pruning(Checkpointer store, Claims claims, Rule rule) {
        this.store = store;
        this.claims = claims;
        this.rule = rule;
    }

    /** Whether a run may go, by how many are newer and when its newest checkpoint was made. */
    private interface Rule {
        boolean removes(int newer, Instant newest);
    }

    public static Pruning keepLast(Checkpointer store, Claims claims, int runs) {
        return new Pruning(store, claims, (newer, newest) -> newer >= runs);
    }

    public static Pruning keepSince(Checkpointer store, Claims claims, Instant moment) {
        return new Pruning(store, claims, (newer, newest) -> newest.isBefore(moment));
    }

    /** What a policy keeps, at this moment. */
    public static Pruning keep(Checkpointer store, Claims claims, Retention policy, Instant now) {
        Instant since = policy.age().map(age -> Spans.before(now, age)).orElse(Instant.MAX);
        int runs = policy.newest().orElse(0);
        return new Pruning(store, claims, (newer, newest) -> newer >= runs && newest.isBefore(since));
    }

    /**
     * Applies it to all threads of these workflows; gives how many runs were removed. A thread that cannot be read or
     * changed does not keep the others from it.
     *
     * @throws CheckpointException at the end, if there were such threads
     */
    public int applyToAll(Collection<String> workflows) {
        if (workflows.isEmpty()) {
            return 0;
        }
        ThreadQuery query =
                ThreadQuery.all().workflow(workflows.toArray(String[]::new)).limit(PAGE);
        int removed = 0;
        List<ThreadRecord> page = store.threads(query);
        while (!page.isEmpty()) {
            removed += removed(page);
            page = store.threads(query.after(page.get(page.size() - 1).threadId()));
        }
        if (firstFailure != null) {
            throw new CheckpointException(
                    failures + " threads could not be pruned, among them '" + failedThread + "': "
                            + firstFailure.getMessage(),
                    firstFailure);
        }
        return removed;
    }

    /** What was asked for of one thread, and what comes of it. */
    private record Asked(String threadId, int runs, CompletionStage<Boolean> done) {
        /** Waits, and returns how many runs were removed. */
        int removed() {
            try {
                return done.toCompletableFuture().join() ? runs : 0;
            } catch (CompletionException failed) {
                throw failed.getCause() instanceof CheckpointException broken ? broken : failed;
            }
        }
    }

    /** Asks for the deletions of all these threads, so that they share commits, and waits for them. */
    private int removed(List<ThreadRecord> page) {
        List<Asked> asked = new ArrayList<>();
        for (ThreadRecord thread : page) {
            try {
                ask(thread).ifPresent(asked::add);
            } catch (CheckpointException broken) {
                failed(thread.threadId(), broken);
            }
        }
        int removed = 0;
        for (Asked one : asked) {
            try {
                removed += one.removed();
            } catch (CheckpointException broken) {
                failed(one.threadId(), broken);
            }
        }
        return removed;
    }

    private void failed(String threadId, CheckpointException broken) {
        failures++;
        if (firstFailure == null) {
            firstFailure = broken;
            failedThread = threadId;
        }
    }

    public int applyTo(String threadId) {
        return store.thread(threadId).flatMap(this::ask).map(Asked::removed).orElse(0);
    }

    /** Empty if nothing is to be removed. A thread that is owned, or changes meanwhile, is left for the next time. */
    private Optional<Asked> ask(ThreadRecord thread) {
        boolean hasOldRuns = thread.runs() > 1; // known without a look at its checkpoints
        if (!hasOldRuns || thread.lease() != null || claims.begun(thread.threadId())) {
            return Optional.empty();
        }
        List<CheckpointRecord> checkpoints = store.checkpoints(CheckpointQuery.of(thread.threadId()));
        Set<String> old = old(thread, checkpoints);
        return old.isEmpty()
                ? Optional.empty()
                : Optional.of(
                        new Asked(thread.threadId(), old.size(), store.submit(deletion(thread, old, checkpoints))));
    }

    private static Deletion deletion(ThreadRecord thread, Set<String> old, List<CheckpointRecord> checkpoints) {
        Set<String> needed = needed(old, checkpoints);
        Set<String> kept = new HashSet<>();
        Set<String> loose = new HashSet<>();
        for (CheckpointRecord checkpoint : checkpoints) {
            boolean isNeeded = needed.contains(checkpoint.id());
            if (isNeeded && old.contains(checkpoint.runId())) {
                kept.add(checkpoint.id());
            } else if (!isNeeded && isLeft(checkpoint)) {
                loose.add(checkpoint.id());
            }
        }
        return Deletion.runs(thread.threadId(), thread.epoch(), old)
                .keeping(kept)
                .andLoose(loose);
    }

    /** The checkpoints whose values later ones change that stay; a link leads to an older one. */
    private static Set<String> needed(Set<String> old, List<CheckpointRecord> newestFirst) {
        Set<String> needed = new HashSet<>();
        for (CheckpointRecord checkpoint : newestFirst) {
            boolean stays = !isLeft(checkpoint) && !old.contains(checkpoint.runId());
            if (stays || needed.contains(checkpoint.id())) {
                Optional.ofNullable(Chain.of(checkpoint)).map(Chain::link).ifPresent(needed::add);
            }
        }
        return needed;
    }

    /** Whether a checkpoint is what a deleted run has left, because a later one changes its value. */
    public static boolean isLeft(CheckpointRecord checkpoint) {
        boolean byHand = checkpoint.source() == CheckpointSource.UPDATE
                || checkpoint.source() == CheckpointSource.FORK && !SavedValues.hasOwn(checkpoint);
        return checkpoint.runId() == null && !byHand;
    }

    private Set<String> old(ThreadRecord thread, List<CheckpointRecord> newestFirst) {
        Map<String, Instant> runs = new LinkedHashMap<>();
        Map<String, CheckpointRecord> byId = new HashMap<>();
        for (CheckpointRecord checkpoint : newestFirst) {
            byId.put(checkpoint.id(), checkpoint);
            if (checkpoint.runId() != null) {
                runs.putIfAbsent(checkpoint.runId(), checkpoint.createdAt());
            }
        }
        Set<String> old = new HashSet<>();
        int newer = 0;
        for (Map.Entry<String, Instant> run : runs.entrySet()) {
            if (rule.removes(newer++, run.getValue())) {
                old.add(run.getKey());
            }
        }
        Optional.ofNullable(thread.head().runId()).ifPresent(old::remove);
        Optional.ofNullable(byId.get(thread.head().checkpointId()))
                .map(Checkpoints::baseId)
                .map(byId::get)
                .map(CheckpointRecord::runId)
                .ifPresent(old::remove);
        UnsettledEffects effects = new UnsettledEffects(store);
        old.removeIf(run -> effects.any(thread.threadId(), run));
        return old;
    }
}
