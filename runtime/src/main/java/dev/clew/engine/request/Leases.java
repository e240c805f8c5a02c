package dev.clew.engine.request;

import static dev.clew.engine.world.EngineLog.LOG;

import dev.clew.checkpoint.CheckpointException;
import dev.clew.checkpoint.Checkpointer;
import dev.clew.checkpoint.Claim;
import dev.clew.checkpoint.LeaseLostException;
import dev.clew.checkpoint.LeaseState;
import dev.clew.checkpoint.StorageLostException;
import dev.clew.checkpoint.ThreadRecord;
import dev.clew.engine.world.Repeating;
import dev.clew.engine.world.Time;
import dev.clew.state.ThreadQuery;
import dev.clew.value.Spans;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Renews the claims of running runs, three times a lease, and stops the runs whose claims other processes may take soon.
 *
 * <p>Two threads do that. One renews, many claims in one call, and may hang in a store that does not answer. The other only
 * looks at the monotonic clock: it stops a run if the last renewal that succeeded was sent so long ago that the lease is
 * about to end.
 */
public final class Leases implements AutoCloseable {
    /** How many claims one call renews at most. */
    private static final int BATCH = 500;

    private static final long MOST_MARGIN = Duration.ofSeconds(2).toNanos();
    private static final long MOST_PAUSE = Duration.ofSeconds(1).toNanos();

    private final @Nullable Checkpointer store;
    private final Duration lease;
    private final Duration longestPause;
    private final Time time;

    /** In an order that does not depend on chance, so that simulations repeat and no two processes lock in a circle. */
    private final Map<Claim, Kept> kept =
            new ConcurrentSkipListMap<>(Comparator.comparing(Claim::threadId).thenComparing(Claim::epoch));

    private @Nullable Repeating renewer;
    private @Nullable Repeating watchdog;

    /**
     * The leases of one graph.
     *
     * @param store null for a graph without one, which keeps no claims
     * @param lease how long a claim holds without renewal
     * @param longestPause how long other processes' requests may wait for this one to look
     */
    public Leases(@Nullable Checkpointer store, Duration lease, Duration longestPause, Time time) {
        this.store = store;
        this.lease = lease;
        this.longestPause = longestPause;
        this.time = time;
    }

    private static final class Kept {
        private final LeaseHolder holder;
        private volatile long renewedAt;
        private volatile Instant renewedOn;
        private volatile @Nullable Throwable stopped;

        Kept(LeaseHolder holder, Sent claimed) {
            this.holder = holder;
            this.renewedAt = claimed.at();
            this.renewedOn = claimed.on();
        }

        void stop(Throwable why) {
            stopped = why;
            holder.lost(why);
        }
    }

    /**
     * When a claim or a renewal was sent: its lease lasts from then on at least.
     *
     * @param at by the monotonic clock
     * @param on by the wall clock
     */
    public record Sent(long at, Instant on) {}

    /** Now, for what is sent next. */
    public Sent sending() {
        return new Sent(time.nanos(), time.world().now());
    }

    /** Renews a claim from now on. A process that was frozen since the claim was sent has what is left of its lease. */
    public void keep(Claim claim, Sent claimed, LeaseHolder holder) {
        kept.put(claim, new Kept(holder, claimed));
        start();
    }

    public void drop(Claim claim) {
        kept.remove(claim);
    }

    private synchronized void start() {
        if (renewer != null) {
            return;
        }
        renewer = time.every(Duration.ofMillis(pause()), "clew-leases", this::tick);
        watchdog = time.every(Duration.ofNanos(watchPause()), "clew-lease-watchdog", this::watch);
    }

    private long pause() {
        return Math.max(1, Math.min(Spans.nanos(lease) / 3_000_000, longestPause.toMillis()));
    }

    private void tick() {
        Checkpointer keeper = store;
        if (keeper == null || kept.isEmpty()) {
            return;
        }
        long now = time.nanos();
        Map<Claim, Kept> due = new LinkedHashMap<>();
        Map<Claim, Kept> others = new LinkedHashMap<>();
        kept.forEach((claim, held) -> {
            boolean isDue = now - held.renewedAt >= Spans.nanos(lease) / 3;
            (isDue ? due : others).put(claim, held);
        });
        batches(due).forEach(batch -> guarded(batch, () -> renew(keeper, batch)));
        batches(others).forEach(batch -> guarded(batch, () -> read(keeper, batch)));
    }

    private static List<Map<Claim, Kept>> batches(Map<Claim, Kept> claims) {
        List<Map<Claim, Kept>> batches = new ArrayList<>();
        claims.forEach((claim, held) -> {
            if (batches.isEmpty() || batches.get(batches.size() - 1).size() == BATCH) {
                batches.add(new LinkedHashMap<>());
            }
            batches.get(batches.size() - 1).put(claim, held);
        });
        return batches;
    }

    private void guarded(Map<Claim, Kept> batch, Runnable work) {
        try {
            work.run();
        } catch (StorageLostException lost) {
            batch.values().forEach(held -> held.stop(lost));
        } catch (RuntimeException | Error broken) {
            LOG.warn(
                    "the claims of {} threads, among them '{}', could not be renewed",
                    batch.size(),
                    batch.keySet().iterator().next().threadId(),
                    broken);
        }
    }

    private void renew(Checkpointer keeper, Map<Claim, Kept> batch) {
        Sent sent = sending();
        Map<Claim, LeaseState> found = keeper.renew(batch.keySet(), lease);
        batch.forEach((claim, held) -> {
            LeaseState state = found.get(claim);
            if (state == null) {
                LOG.warn("the claim of thread '{}' could not be renewed: its row is locked", claim.threadId());
            } else if (state != LeaseState.LOST) {
                held.renewedAt = sent.at();
                held.renewedOn = sent.on();
                notifyHolder(held, state == LeaseState.CANCEL_REQUESTED, state == LeaseState.ANSWERS_WAIT);
            } else if (kept.containsKey(claim)) {
                held.stop(new LeaseLostException(claim));
            }
        });
        time.synchronize();
    }

    /** Looks for requests to cancel and for answers, without a write. */
    private void read(Checkpointer keeper, Map<Claim, Kept> batch) {
        ThreadQuery query = ThreadQuery.all()
                .ids(batch.keySet().stream().map(Claim::threadId).collect(Collectors.toSet()))
                .limit(batch.size());
        Map<String, ThreadRecord> rows =
                keeper.threads(query).stream().collect(Collectors.toMap(ThreadRecord::threadId, row -> row));
        batch.forEach((claim, held) -> {
            ThreadRecord row = rows.get(claim.threadId());
            if (row != null && row.epoch() == claim.epoch()) {
                notifyHolder(held, row.cancelRequested(), row.answersWait());
            }
        });
    }

    private static void notifyHolder(Kept held, boolean cancel, boolean answers) {
        if (cancel) {
            held.holder.cancel();
        } else if (answers) {
            held.holder.fetchAnswers();
        }
    }

    /**
     * Returns if a run may begin now what another owner might begin as well. Two looks at clocks, as long as its renewals are in time; the store is
     * asked if one is overdue. The wall clock counts, too: it goes on while a machine is suspended.
     *
     * @throws CheckpointException if the lease has ended by this process's clock, or another process owns the thread
     */
    public void require(Claim claim) {
        Kept held = kept.get(claim);
        Checkpointer keeper = store;
        if (held == null || keeper == null) {
            throw new LeaseLostException(claim);
        }
        if (!isOver(held) && isOverdue(held)) {
            renew(keeper, Map.of(claim, held));
        }
        if (held.stopped instanceof CheckpointException why) {
            throw why;
        } else if (isOver(held) || isOverdue(held)) {
            throw unrenewed(claim, held);
        }
    }

    private boolean isOver(Kept held) {
        return held.stopped != null || time.nanos() - held.renewedAt >= Spans.nanos(lease) - margin();
    }

    private boolean isOverdue(Kept held) {
        return time.nanos() - held.renewedAt >= Spans.nanos(lease) / 2
                || Duration.between(held.renewedOn, time.world().now()).compareTo(lease.dividedBy(2)) >= 0;
    }

    private CheckpointException unrenewed(Claim claim, Kept held) {
        return new LeaseLostException(claim, Duration.ofNanos(time.nanos() - held.renewedAt));
    }

    /** How long before the end of its lease a run must stop: it may have to unwind, and clocks run unevenly. */
    private long margin() {
        return Math.min(MOST_MARGIN, Spans.nanos(lease) / 6);
    }

    private long watchPause() {
        return Math.max(1_000_000, Math.min(MOST_PAUSE, margin() / 2));
    }

    private void watch() {
        kept.forEach((claim, held) -> {
            if (held.stopped == null && isOver(held)) {
                held.stop(unrenewed(claim, held));
            }
        });
    }

    @Override
    public synchronized void close() {
        if (renewer != null) {
            renewer.close();
        }
        if (watchdog != null) {
            watchdog.close();
        }
    }
}
