package dev.clew.engine.follow;

import static dev.clew.engine.world.EngineLog.LOG;

import dev.clew.engine.world.Repeating;
import dev.clew.engine.world.Time;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.BiConsumer;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.function.IntPredicate;
import org.jspecify.annotations.Nullable;

/**
 * Polls the store for the runs that are parked here and that callers wait for: another process may cancel or resume one
 * without a signal to this graph. Polls only while there are such runs.
 */
public final class ParkedRunPoller {
    /** How many runs are looked at in a round, in turns, so that a store is not asked for thousands of rows a second. */
    private static final int A_ROUND = 100;

    private final Time time;
    private final BiConsumer<Runnable, Consumer<Throwable>> executor;
    private final BooleanSupplier closed;
    private final IntPredicate look;
    private final AtomicBoolean looking = new AtomicBoolean();

    /** Guarded by this object; null while nothing is polled. */
    private @Nullable Repeating rounds;

    /**
     * A poller that is at rest.
     *
     * @param executor runs a round; gets it with a consumer for what leaves it
     * @param closed whether the graph is closed
     * @param look looks at this many runs at most; returns whether there are any
     */
    public ParkedRunPoller(
            Time time, BiConsumer<Runnable, Consumer<Throwable>> executor, BooleanSupplier closed, IntPredicate look) {
        this.time = time;
        this.executor = executor;
        this.closed = closed;
        this.look = look;
    }

    /** A caller waits for a parked run. */
    public synchronized void begin() {
        if (rounds == null && !closed.getAsBoolean()) {
            rounds = time.every(ThreadWatch.Pace.PARKED.shortest(), "clew-parked", this::handOn);
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
            executor.accept(this::once, this::gaveUp);
        }
    }

    /** The executor takes no work; callers of parked runs still have the alarms. */
    private void gaveUp(Throwable why) {
        LOG.warn("the runs that are parked here are polled no more", why);
        looking.set(false);
        end();
    }

    private void once() {
        boolean more = true;
        try {
            more = !closed.getAsBoolean() && look.test(A_ROUND);
        } catch (RuntimeException | Error unreadable) {
            LOG.debug("the runs that are parked here could not be polled", unreadable);
        } finally {
            looking.set(false);
        }
        if (more) {
            return;
        }
        end();
        // A caller who came between the look and this found that the poller was running.
        if (!closed.getAsBoolean() && look.test(0)) {
            begin();
        }
    }
}
