package dev.clew.state;

/**
 * What a thread is doing, as far as its head run tells.
 *
 * <pre>{@code
 * graph.threads(ThreadQuery.all().status(ThreadStatus.INTERRUPTED))
 * }</pre>
 */
public enum ThreadStatus {
    /** Its last run completed, or it was only updated by hand. */
    IDLE,
    /** A run is owned and executing. */
    RUNNING,
    /** A run is paused on at least one question. */
    INTERRUPTED,
    /**
     * An answer was stored, and the run has not continued with it: nobody executes the run, or no longer. {@code recover()}
     * or {@code Command.proceed()} continues it.
     */
    ANSWERED,
    /** A run waits for a timer or a late retry, and holds no thread and no lease. */
    SLEEPING,
    /** The last run failed; {@code Command.proceed()} makes a new attempt. */
    FAILED,
    /** A run was executing and its owner is gone; {@code recover()} or {@code Command.proceed()} continues it. Never stored: it is read off the lease. */
    CRASHED,
    /** The code did not match the log; {@code Command.proceed()} after a fix goes on. */
    BLOCKED,
    /** Several claims in a row made no progress; a person should look, then {@code Command.proceed()}. */
    STUCK,
    /** The last run was cancelled. */
    CANCELLED,
    /** A run is owned, and its effects are being undone. If its owner is gone it is CRASHED, and continues likewise. */
    UNDOING,
    /** The effects of the last run were undone; what it recorded stays readable, and nothing continues it. */
    UNDONE;

    /** Whether a run is owned and executing, be it its body or what undoes it. */
    public boolean isExecuting() {
        return this == RUNNING || this == UNDOING;
    }

    /** Whether the last run is over, so that nothing of it can be continued. */
    public boolean isOver() {
        return this == IDLE || this == CANCELLED || this == UNDONE;
    }
}
