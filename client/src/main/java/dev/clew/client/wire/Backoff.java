package dev.clew.client.wire;

import dev.clew.value.WaitInterruptedException;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** The growing pauses between tries of one call, for as long as its patience lasts: from the first try that failed. Used by one thread. */
final class Backoff {
    private static final long FIRST_MILLIS = 100;
    private static final long LONGEST_MILLIS = 5_000;

    private final Duration patience;
    private @Nullable Long began;
    private long pause = FIRST_MILLIS;

    Backoff(Duration patience) {
        this.patience = patience;
    }

    /** The server answered: patience begins anew. */
    void reset() {
        began = null;
        pause = FIRST_MILLIS;
    }

    /** Waits before the next try, or throws why the last one failed if the patience is over. */
    void pauseOrThrow(IOException why) throws IOException {
        if (!pauses(Duration.ZERO)) {
            throw why;
        }
    }

    /** Waits before the next try, or throws what the server said if the patience is over. */
    void pauseOrThrow(ServerFault why) {
        if (!pauses(why.retryAfter().orElse(Duration.ZERO))) {
            throw why;
        }
    }

    /** Waits before the next look at something that may last, until this moment of {@link System#nanoTime} at most. */
    void pause(@Nullable Long until) {
        long next = next();
        sleep(
                until == null
                        ? next
                        : Math.max(0, Math.min(next, TimeUnit.NANOSECONDS.toMillis(until - System.nanoTime()))));
    }

    private boolean pauses(Duration atLeast) {
        if (began == null) {
            began = System.nanoTime();
        }
        long left = patience.toMillis() - TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - began);
        long next = Math.max(atLeast.toMillis(), next());
        if (left < next) {
            return false;
        }
        sleep(next);
        return true;
    }

    /** Clients that were cut off together come back at different times. */
    private long next() {
        long next = pause / 2 + ThreadLocalRandom.current().nextLong(pause / 2 + 1);
        pause = Math.min(LONGEST_MILLIS, pause * 2);
        return next;
    }

    private static void sleep(long millis) {
        try {
            Thread.sleep(millis);
        } catch (InterruptedException stop) {
            Thread.currentThread().interrupt();
            throw new WaitInterruptedException("interrupted while a server was away; the run goes on at the server");
        }
    }
}
