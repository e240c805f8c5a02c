package dev.clew.engine.run;

import dev.clew.engine.world.Time;
import dev.clew.value.Spans;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Counts down an attempt's run and idle timeouts. Waiting in a durable call stops it. Guarded by the session's lock,
 * except for {@link #beat}.
 */
public final class AttemptClock {
    private static final long NEVER = Long.MAX_VALUE;

    /** That of all attempts without a limit: it has nothing to count. */
    private static final AttemptClock UNLIMITED = new AttemptClock(NEVER, NEVER, null);

    private final @Nullable Time time;
    private final long idleLimit;
    private long left;
    private long runningSince;
    private volatile long lastBeat;

    private AttemptClock(long left, long idleLimit, @Nullable Time time) {
        this.time = time;
        this.left = left;
        this.idleLimit = idleLimit;
    }

    static AttemptClock of(Optional<Duration> timeout, Optional<Duration> idleTimeout, Time time) {
        return timeout.isEmpty() && idleTimeout.isEmpty()
                ? UNLIMITED
                : new AttemptClock(nanos(timeout), nanos(idleTimeout), time);
    }

    private static long nanos(Optional<Duration> limit) {
        return limit.isPresent() ? Spans.nanos(limit.get()) : NEVER;
    }

    public boolean limited() {
        return this != UNLIMITED;
    }

    public void resume() {
        if (time != null) {
            runningSince = time.nanos();
            lastBeat = runningSince;
        }
    }

    public void pause() {
        if (time != null && left != NEVER) {
            left -= time.nanos() - runningSince;
        }
    }

    /** Tells that the attempt makes progress; from any thread. */
    void beat() {
        if (time != null) {
            lastBeat = time.nanos();
        }
    }

    /** How long until a limit passes if nothing happens; zero or less when one has passed. */
    Duration remaining() {
        return Duration.ofNanos(Math.min(runLeft(), idleLeft()));
    }

    /** Which limit passed, for the message. */
    String passed() {
        return runLeft() <= 0 ? "its timeout" : "its idle timeout";
    }

    private long runLeft() {
        return time == null || left == NEVER ? NEVER : left - (time.nanos() - runningSince);
    }

    private long idleLeft() {
        return time == null || idleLimit == NEVER ? NEVER : idleLimit - (time.nanos() - lastBeat);
    }
}
