package dev.clew.engine.request;

import dev.clew.checkpoint.CheckpointException;
import dev.clew.checkpoint.Checkpointer;
import dev.clew.checkpoint.Claim;
import dev.clew.checkpoint.LeaseLostException;
import dev.clew.checkpoint.LeaseState;
import dev.clew.checkpoint.StorageLostException;
import dev.clew.engine.world.Repeating;
import dev.clew.engine.world.Time;
import dev.clew.value.Spans;
import java.time.Duration;
import java.util.Comparator;
import java.util.Map;
import java.util.concurrent.ConcurrentSkipListMap;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Renews the claims of running runs, three times a lease, on a thread of its own. A run whose claim is lost, or could
 * not be renewed for a whole lease by this process's own clock, is stopped before another process can be its owner.
 */
public final class Leases implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger("dev.clew");

    private final @Nullable Checkpointer store;
    private final Duration lease;
    private final Duration longestPause;
    private final Time time;

    /** In an order that does not depend on chance, so that simulations repeat. */
    private final Map<Claim, Kept> kept =
            new ConcurrentSkipListMap<>(Comparator.comparing(Claim::threadId).thenComparing(Claim::epoch));

    private @Nullable Repeating renewer;

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

        Kept(LeaseHolder holder, long renewedAt) {
            this.holder = holder;
            this.renewedAt = renewedAt;
        }
    }

    public void keep(Claim claim, LeaseHolder holder) {
        kept.put(claim, new Kept(holder, time.nanos()));
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
    }

    private long pause() {
        return Math.max(1, Math.min(Spans.nanos(lease) / 3_000_000, longestPause.toMillis()));
    }

    private void tick() {
        Checkpointer keeper = store;
        if (keeper == null) {
            return;
        }
        kept.forEach((claim, held) -> {
            try {
                tick(keeper, claim, held);
            } catch (RuntimeException | Error broken) {
                if (broken instanceof StorageLostException) {
                    held.holder.lost(broken);
                } else {
                    LOG.warn("the claim of thread '{}' could not be renewed", claim.threadId(), broken);
                    expireLocally(claim, held);
                }
            }
        });
    }

    private void tick(Checkpointer keeper, Claim claim, Kept held) {
        long now = time.nanos();
        boolean due = now - held.renewedAt >= Spans.nanos(lease) / 3;
        if (!due) {
            keeper.thread(claim.threadId())
                    .filter(thread -> thread.epoch() == claim.epoch())
                    .ifPresent(thread -> hear(held, thread.cancelRequested(), thread.answersWait()));
            return;
        }
        LeaseState state = keeper.renew(claim, lease);
        if (state == LeaseState.LOST) {
            if (kept.containsKey(claim)) {
                held.holder.lost(new LeaseLostException(claim));
            }
            return;
        }
        held.renewedAt = now;
        hear(held, state == LeaseState.CANCEL_REQUESTED, state == LeaseState.ANSWERS_WAIT);
    }

    private void hear(Kept held, boolean cancel, boolean answers) {
        if (cancel) {
            held.holder.cancel();
        } else if (answers) {
            held.holder.fetchAnswers();
        }
    }

    private void expireLocally(Claim claim, Kept held) {
        Duration unrenewed = Duration.ofNanos(time.nanos() - held.renewedAt);
        Duration byTheNextLook = unrenewed.plusMillis(pause());
        if (byTheNextLook.compareTo(lease) >= 0) {
            held.holder.lost(
                    new CheckpointException("the claim of thread '" + claim.threadId() + "' could not be renewed for "
                            + unrenewed + ", so somebody else may own it by now; the run stopped and is recoverable"));
        }
    }

    @Override
    public synchronized void close() {
        if (renewer != null) {
            renewer.close();
        }
    }
}
