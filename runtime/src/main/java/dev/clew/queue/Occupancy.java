package dev.clew.queue;

import dev.clew.state.ThreadStatus;

/**
 * Whether a thread can open a new run.
 *
 * <pre>{@code
 * Occupancy now = Occupancy.of(head.status(), lease != null);
 * }</pre>
 */
public enum Occupancy {
    /** It never ran, or its newest run is over. */
    FREE,
    /** Its newest run waits for a person; a request may abandon it, or end. */
    PAUSED,
    /** Its newest run executes, sleeps, or is about to be continued. */
    OCCUPIED;

    /** Returns what a thread is whose newest run has this stored status. */
    public static Occupancy of(ThreadStatus status, boolean owned) {
        if (owned) {
            return OCCUPIED;
        }
        return switch (status) {
            case IDLE, FAILED, CANCELLED, UNDONE -> FREE;
            case INTERRUPTED, BLOCKED, STUCK -> PAUSED;
            case RUNNING, UNDOING, SLEEPING, ANSWERED, CRASHED -> OCCUPIED;
        };
    }
}
