package dev.clew.engine.world;

import java.time.Duration;
import java.time.Instant;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * A store's clock as a process has it: what the store said last, carried on by the monotonic clock of the process. So a
 * process whose own wall clock is wrong writes the same times as the others.
 *
 * <p>What the store says is true at some time between the question and the answer. A clock between the two is
 * left alone, so that slow answers do not make it jump. One that is behind is set forward; one that is ahead stands still
 * until the store has caught up.
 */
final class StoreClock {
    private static final long MOMENT = Duration.ofSeconds(1).toNanos();

    private final Supplier<Instant> store;
    private final LongSupplier nanos;

    /** Null before the first, and while it is replaced: then readers wait for the lock. */
    private volatile @Nullable Reading reading;

    /** The newest, guarded by this object's monitor. */
    private @Nullable Reading newest;

    private volatile boolean read;
    private volatile long asked;

    StoreClock(Supplier<Instant> store, LongSupplier nanos) {
        this.store = store;
        this.nanos = nanos;
    }

    /** A clock that shows {@code micros} at {@code nanos}, and never less than {@code floor}. */
    private record Reading(long micros, long nanos, long floor) {
        long at(long now) {
            return Math.max(floor, micros + (now - nanos) / 1_000);
        }
    }

    /** Now. Only the very first call asks the store. */
    long micros() {
        long now = nanos.getAsLong();
        Reading known = reading;
        return known == null ? settled().at(nanos.getAsLong()) : known.at(now);
    }

    /** Asks the store, unless it was asked a moment ago. */
    void synchronize() {
        if (!read || nanos.getAsLong() - asked >= MOMENT) {
            ask();
        }
    }

    private Reading settled() {
        if (!read) {
            ask();
        }
        synchronized (this) {
            if (newest == null) {
                throw new IllegalStateException("the store's clock was asked, and there is no reading");
            }
            return newest;
        }
    }

    private void ask() {
        long sent = nanos.getAsLong();
        asked = sent;
        long micros = Time.toMicros(store.get());
        adopt(micros, sent, nanos.getAsLong());
        read = true;
    }

    private synchronized void adopt(long micros, long sent, long received) {
        Reading before = newest;
        // From here on the old clock is not read. A reader that did looked at the time before, so it saw no more than
        // `running`.
        reading = null;
        long now = nanos.getAsLong();
        long earliest = micros + (now - received) / 1_000;
        if (before == null) {
            newest = new Reading(earliest, now, Long.MIN_VALUE);
        } else {
            long running = before.at(now);
            long latest = micros + (now - sent) / 1_000;
            newest = new Reading(Math.min(Math.max(running, earliest), latest), now, running);
        }
        reading = newest;
    }
}
