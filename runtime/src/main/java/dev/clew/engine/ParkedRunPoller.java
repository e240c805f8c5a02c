package dev.clew.engine;

import dev.clew.engine.follow.ThreadWatch;
import dev.clew.engine.world.Repeating;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.IntPredicate;
import org.jspecify.annotations.Nullable;

/**
 * Polls the store for the runs that are parked here and that callers wait for: another process may cancel or resume one
 * without a signal to this graph. Polls only while there are such runs.
 */
final class ParkedRunPoller {
    /** How many runs are looked at in a round, in turns, so that a store is not asked for thousands of rows a second. */
    private static final int A_ROUND = 100;

    private final Engine engine;
    private final IntPredicate look;
    private final AtomicBoolean looking = new AtomicBoolean();

    /** Guarded by this object; null while nothing is polled. */
    private @Nullable Repeating rounds;

    /** @param look looks at this many runs at most; returns whether there are any */
    ParkedRunPoller(Engine engine, IntPredicate look) {
        this.engine = engine;
        this.look = look;
    }

    /** A caller waits for a parked run. */
    synchronized void begin() {
        if (rounds == null && !engine.isClosed()) {
            rounds = engine.settings().time().every(ThreadWatch.Pace.PARKED.shortest(), "clew-parked", this::handOn);
        }
    }

    private synchronized void end() {
        if (rounds != null) {
            rounds.close();
            rounds = null;
        }
    }

    /** The timer's thread only hands the round over, because looking may take long. */
    private void handOn() {
        if (looking.compareAndSet(false, true)) {
            engine.hand(this::once, this::gaveUp);
        }
    }

    /** The executor takes no work; callers of parked runs still have the alarms. */
    private void gaveUp(Throwable why) {
        Engine.LOG.warn("the runs that are parked here are polled no more", why);
        looking.set(false);
        end();
    }

    private void once() {
        boolean more = true;
        try {
            more = !engine.isClosed() && look.test(A_ROUND);
        } catch (RuntimeException | Error unreadable) {
            Engine.LOG.debug("the runs that are parked here could not be polled", unreadable);
        } finally {
            looking.set(false);
        }
        if (more) {
            return;
        }
        end();
        // A caller who came between the look and this found that the poller was running.
        if (!engine.isClosed() && look.test(0)) {
            begin();
        }
    }
}
