package dev.clew.state;

import java.time.Instant;
import java.util.Optional;

/**
 * A thread as a listing shows it. Immutable. Accessors may be added; implemented by Clew alone.
 *
 * <pre>{@code
 * for (ThreadSummary thread : graph.threads(ThreadQuery.all().status(ThreadStatus.INTERRUPTED))) {
 *   System.out.println(thread.threadId() + " waits since " + thread.updatedAt());
 * }
 * }</pre>
 */
public interface ThreadSummary {
    /** The thread's name. */
    String threadId();

    /** The stored name of the workflow that the thread is bound to. */
    String workflow();

    /** What the thread was doing when it was listed. */
    ThreadStatus status();

    /** Its newest run; empty for a thread that only has checkpoints made by hand. */
    Optional<String> runId();

    /** When a parked run continues by itself. */
    Optional<Instant> wakeAt();

    /**
     * When the thread is deleted, by the store's clock, as {@link dev.clew.flow.RunConfig#deleteWhenDone(java.time.Duration)} said; empty
     * as long as its run is not over, or if it stays.
     */
    Optional<Instant> deleteAt();

    /** When the thread first ran, by the store's clock. */
    Instant createdAt();

    /** When the thread last changed, by the store's clock. */
    Instant updatedAt();
}
