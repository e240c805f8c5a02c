package dev.clew.engine.run;

import dev.clew.engine.world.Time;
import dev.clew.value.Spans;
import java.time.Duration;
import java.util.Optional;

/**
 * Counts down an attempt's run and idle timeouts. Waiting in a durable call stops it. Guarded by the session's lock,
 * except for {@link #beat}.
 */
public final class AttemptClock {
    private static final long NEVER = Long.MAX_VALUE;

    private final Time time;
    private final long idleLimit;
    private long left;
    private long runningSince;
    private volatile long lastBeat;

    AttemptClock(Optional<Duration> timeout, Optional<Duration> idleTimeout, Time time) {
        this.time = time;
        this.left = nanos(timeout);
        this.idleLimit = nanos(idleTimeout);
    }

    private static long nanos(Optional<Duration> limit) {
        return limit.isPresent() ? Spans.nanos(limit.get()) : NEVER;
    }

    public boolean limited() {
        return left != NEVER || idleLimit != NEVER;
    }

    public void resume() {
        runningSince = time.nanos();
        lastBeat = runningSince;
    }

    public void pause() {
        if (left != NEVER) {
            left -= time.nanos() - runningSince;
        }
    }

    /** Tells that the attempt makes progress; from any thread. */
    void beat() {
        lastBeat = time.nanos();
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
        return left == NEVER ? NEVER : left - (time.nanos() - runningSince);
    }

    private long idleLeft() {
        return idleLimit == NEVER ? NEVER : idleLimit - (time.nanos() - lastBeat);
    }
}
