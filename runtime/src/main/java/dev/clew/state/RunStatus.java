package dev.clew.state;

/**
 * What a run is doing, from the moment at which it was enqueued.
 *
 * <pre>{@code
 * boolean isOver = handle.status() == RunStatus.COMPLETED;
 * }</pre>
 */
public enum RunStatus {
    /** It waits for a worker, or for its thread. */
    QUEUED,
    /** Its turn came, and it cannot be opened; it holds its thread's line until it is cancelled. */
    HELD,
    /** A worker executes it, or it is about to continue. */
    RUNNING,
    /** It waits for a time, in a timer. */
    SLEEPING,
    /** It waits for answers. */
    INTERRUPTED,
    /** It completed. */
    COMPLETED,
    /** Its body failed. */
    FAILED,
    /** Its code does not fit what it has recorded; {@code Command.proceed()} continues it after a fix. */
    BLOCKED,
    /** It was claimed too often without progress; {@code Command.proceed()} continues it. */
    STUCK,
    /** It was cancelled, or had not ended when a newer run of its thread took its place. */
    CANCELLED,
    /** Its turn came, and it was refused. */
    REFUSED,
    /** What it had done was undone. */
    UNDONE;

    /** Returns what a run is doing whose row, or whose thread, has this status. */
    public static RunStatus of(ThreadStatus status) {
        return switch (status) {
            case IDLE -> COMPLETED;
            case RUNNING, CRASHED, ANSWERED, UNDOING -> RUNNING;
            case SLEEPING -> SLEEPING;
            case INTERRUPTED -> INTERRUPTED;
            case FAILED -> FAILED;
            case BLOCKED -> BLOCKED;
            case STUCK -> STUCK;
            case CANCELLED -> CANCELLED;
            case UNDONE -> UNDONE;
        };
    }
}
