package dev.clew.engine;

import dev.clew.checkpoint.Checkpointer;
import dev.clew.checkpoint.Claim;
import dev.clew.checkpoint.LeaseLostException;
import dev.clew.checkpoint.LeaseState;
import dev.clew.checkpoint.StorageLostException;
import dev.clew.engine.follow.ThreadWatch;
import dev.clew.engine.world.Repeating;
import dev.clew.value.ClewException;
import dev.clew.value.Spans;
import java.time.Duration;
import java.util.Comparator;
import java.util.Map;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Renews the claims of running runs, three times a lease, on a thread of its own. A run whose claim is lost, or could
 * not be renewed for a whole lease by this process's own clock, is stopped before somebody else can be its owner.
 */
final class Leases implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger("dev.clew");

    private final EngineSettings settings;
    private final BiConsumer<Session, Throwable> onLost;
    private final Consumer<Session> onCancel;
    private final Consumer<Session> onAnswers;
    /** In an order that does not depend on chance, so that simulations repeat. */
    private final Map<Claim, Kept> kept =
            new ConcurrentSkipListMap<>(Comparator.comparing(Claim::threadId).thenComparing(Claim::epoch));

    private @Nullable Repeating renewer;

    Leases(
            EngineSettings settings,
            BiConsumer<Session, Throwable> onLost,
            Consumer<Session> onCancel,
            Consumer<Session> onAnswers) {
        this.settings = settings;
        this.onLost = onLost;
        this.onCancel = onCancel;
        this.onAnswers = onAnswers;
    }

    private static final class Kept {
        private final Session session;
        private volatile long renewedAt;

        Kept(Session session, long renewedAt) {
            this.session = session;
            this.renewedAt = renewedAt;
        }
    }

    void keep(Claim claim, Session session) {
        kept.put(claim, new Kept(session, settings.time().nanos()));
        start();
    }

    void drop(Claim claim) {
        kept.remove(claim);
    }

    private synchronized void start() {
        if (renewer != null) {
            return;
        }
        renewer = settings.time().every(Duration.ofMillis(pause()), "clew-leases", this::tick);
    }

    private long pause() {
        return Math.max(
                1,
                Math.min(
                        Spans.nanos(settings.lease()) / 3_000_000,
                        ThreadWatch.Pace.EXECUTED.shortest().toMillis()));
    }

    private void tick() {
        Checkpointer store = settings.checkpointer();
        if (store == null) {
            return;
        }
        kept.forEach((claim, held) -> {
            try {
                tick(store, claim, held);
            } catch (RuntimeException | Error broken) {
                if (broken instanceof StorageLostException) {
                    onLost.accept(held.session, broken);
                } else {
                    LOG.warn("the claim of thread '{}' could not be renewed", claim.threadId(), broken);
                    expireLocally(claim, held);
                }
            }
        });
    }

    private void tick(Checkpointer store, Claim claim, Kept held) {
        long now = settings.time().nanos();
        boolean due = now - held.renewedAt >= Spans.nanos(settings.lease()) / 3;
        if (!due) {
            store.thread(claim.threadId())
                    .filter(thread -> thread.epoch() == claim.epoch())
                    .ifPresent(thread -> hear(held, thread.cancelRequested(), thread.answersWait()));
            return;
        }
        LeaseState state = store.renew(claim, settings.lease());
        if (state == LeaseState.LOST) {
            if (kept.containsKey(claim)) {
                onLost.accept(held.session, new LeaseLostException(claim));
            }
            return;
        }
        held.renewedAt = now;
        hear(held, state == LeaseState.CANCEL_REQUESTED, state == LeaseState.ANSWERS_WAIT);
    }

    private void hear(Kept held, boolean cancel, boolean answers) {
        if (cancel) {
            onCancel.accept(held.session);
        } else if (answers) {
            onAnswers.accept(held.session);
        }
    }

    private void expireLocally(Claim claim, Kept held) {
        Duration unrenewed = Duration.ofNanos(settings.time().nanos() - held.renewedAt);
        Duration byTheNextLook = unrenewed.plusMillis(pause());
        if (byTheNextLook.compareTo(settings.lease()) >= 0) {
            onLost.accept(
                    held.session,
                    new ClewException("the claim of thread '" + claim.threadId() + "' could not be renewed for "
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
