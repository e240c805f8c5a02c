package dev.clew.postgres;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/** The server's clock: its last reading, carried on by the monotonic clock of the process, and read again now and then. */
final class ServerClock extends Clock {
    private static final long FRESH_NANOS = Duration.ofSeconds(5).toNanos();

    private final Pool pool;
    private final StoreTime time;
    private final ZoneId zone;
    private final AtomicReference<@Nullable Reading> last = new AtomicReference<>();

    ServerClock(Pool pool, StoreTime time) {
        this(pool, time, ZoneOffset.UTC);
    }

    private ServerClock(Pool pool, StoreTime time, ZoneId zone) {
        this.pool = pool;
        this.time = time;
        this.zone = zone;
    }

    /** @param at the process's monotonic clock when the answer came */
    private record Reading(Instant moment, long at) {}

    @Override
    public Instant instant() {
        Reading known = last.get();
        long elapsed = known == null ? 0 : System.nanoTime() - known.at();
        if (known == null || elapsed > FRESH_NANOS) {
            Instant read = pool.call("reading the clock", time::read);
            last.set(new Reading(read, System.nanoTime()));
            return read;
        }
        return known.moment().plusNanos(elapsed);
    }

    @Override
    public ZoneId getZone() {
        return zone;
    }

    @Override
    public Clock withZone(ZoneId other) {
        return new ServerClock(pool, time, other);
    }
}
