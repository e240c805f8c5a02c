package dev.clew.schedule;

import java.time.Instant;
import java.util.Optional;

/**
 * The moments at which a schedule fires. Immutable and thread-safe.
 *
 * <p>The same ticks always give the same moments: nothing here reads a clock, and nothing depends on when a process was
 * started. The text is stored with the schedule, and every worker reads it again by a {@link TicksReader}. So an
 * implementation of your own needs a reader that all workers have.
 *
 * <pre>{@code
 * Ticks quarters = Every.of(Duration.ofMinutes(15));
 * Instant next = quarters.next(Instant.now()).orElseThrow();
 * }</pre>
 */
public interface Ticks {
    /** Returns the first tick after this moment; empty if there is none. */
    Optional<Instant> next(Instant after);

    /**
     * Returns the stored form: the {@linkplain TicksReader#kind kind}, a colon, and what that reader reads. Equal ticks have
     * equal texts. Once it was stored, a text keeps its meaning.
     */
    String text();
}
