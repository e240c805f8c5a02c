package dev.clew.engine;

import dev.clew.engine.world.Repeating;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.IntPredicate;
import org.jspecify.annotations.Nullable;

/**
 * Looks now and then after the runs that sleep here and that somebody waits for: another process may cancel one, or make
 * it go on, and nobody tells us. Keeps watch only while there is somebody to keep it for.
 */
final class Vigil {
    private static final Duration PAUSE = Duration.ofSeconds(1);

    /** So many runs are looked after at a time, in turns: a store is not asked for thousands of rows a second. */
    private static final int AT_A_TIME = 100;

    private final Engine engine;
    private final IntPredicate look;
    private final AtomicBoolean looking = new AtomicBoolean();

    /** Guarded by this object; null while no watch is kept. */
    private @Nullable Repeating watch;

    /** @param look looks after at most so many, and says whether there is anybody left */
    Vigil(Engine engine, IntPredicate look) {
        this.engine = engine;
        this.look = look;
    }

    /** Somebody waits for a run that sleeps. */
    synchronized void begin() {
        if (watch == null && !engine.isClosed()) {
            watch = engine.settings().time().every(PAUSE, "clew-vigil", this::handOn);
        }
    }

    private synchronized void end() {
        if (watch != null) {
            watch.close();
            watch = null;
        }
    }

    /** The watch only rings; looking may take long. */
    private void handOn() {
        if (looking.compareAndSet(false, true)) {
            engine.hand(this::once, this::gaveUp);
        }
    }

    /** The executor takes no work; callers of parked runs still have the alarms. */
    private void gaveUp(Throwable why) {
        Engine.LOG.warn("runs that sleep here are looked after no more", why);
        looking.set(false);
        end();
    }

    private void once() {
        boolean more = true;
        try {
            more = !engine.isClosed() && look.test(AT_A_TIME);
        } catch (RuntimeException | Error unreadable) {
            Engine.LOG.debug("runs that sleep here could not be looked after", unreadable);
        } finally {
            looking.set(false);
        }
        if (more) {
            return;
        }
        end();
        // Who came between the look and this found the watch kept.
        if (!engine.isClosed() && look.test(0)) {
            begin();
        }
    }
}
