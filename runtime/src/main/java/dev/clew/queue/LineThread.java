package dev.clew.queue;

import dev.clew.state.ThreadStatus;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What a thread is, for its line.
 *
 * <pre>{@code
 * Line line = Line.of(LineThread.NONE, rows);
 * }</pre>
 *
 * @param status the stored status of its newest run
 * @param runId its newest run; null if it never ran
 * @param wakeAt when that run is due by itself; null for never
 * @param owned whether the thread is owned
 * @param isCancelled whether its newest run was asked to end, and has not ended
 */
public record LineThread(
        ThreadStatus status,
        @Nullable String runId,
        @Nullable Instant wakeAt,
        Owned owned,
        boolean isCancelled) {
    /** Whether a thread is owned. */
    public enum Owned {
        NOT,
        /** By an owner whose lease has not expired. */
        HELD,
        /** By an owner whose lease has expired. */
        EXPIRED
    }

    /** A thread that does not exist. */
    public static final LineThread NONE = new LineThread(ThreadStatus.IDLE, null, null, Owned.NOT, false);

    /** A thread that is owned, of which no more need be known. */
    public static final LineThread OWNED = new LineThread(ThreadStatus.RUNNING, null, null, Owned.HELD, false);

    /** Whether it can open a new run. A run without owner that was asked to end does not keep it from that. */
    Occupancy occupancy() {
        boolean ends = isCancelled && owned != Owned.HELD;
        return ends ? Occupancy.FREE : Occupancy.of(status, owned == Owned.HELD);
    }

    /** Whether a run has to end before the thread is free. */
    boolean isBusy() {
        return owned != Owned.NOT || Occupancy.of(status, false) != Occupancy.FREE;
    }

    /** The same, whose run was asked to end. */
    LineThread cancelled() {
        return new LineThread(status, runId, wakeAt, owned, true);
    }

    /** Whether the newest run is parked, and not due. */
    boolean isParked(Instant now) {
        boolean due = wakeAt != null && !wakeAt.isAfter(now);
        return (status == ThreadStatus.SLEEPING || status == ThreadStatus.INTERRUPTED) && !due;
    }
}
