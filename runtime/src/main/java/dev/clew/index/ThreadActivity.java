package dev.clew.index;

import dev.clew.state.ThreadStatus;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What a thread is doing, as coarsely as a list of threads is filtered by it. It is never stored: it is derived from the
 * thread's row and its requests.
 *
 * <pre>{@code
 * ThreadActivity now = ThreadActivity.of(row.status(), row.isRequested());
 * }</pre>
 */
public enum ThreadActivity {
    /** Nothing is to be done: it never ran, or its newest run is complete, cancelled or undone. */
    IDLE,
    /** A run executes, sleeps or is about to continue, or a request waits for a worker. */
    BUSY,
    /** Its newest run waits for answers, or at a breakpoint. */
    INTERRUPTED,
    /** Its newest run failed, crashed, is blocked or stuck, and nothing is about to continue it. */
    ERROR;

    /**
     * What a thread is doing.
     *
     * @param status its status; null if it never ran
     * @param isRequested whether a request of it is DELAYED, READY, WAITING or TAKEN
     */
    public static ThreadActivity of(@Nullable ThreadStatus status, boolean isRequested) {
        if (isRequested) {
            return BUSY;
        }
        return status == null
                ? IDLE
                : switch (status) {
                    case IDLE, CANCELLED, UNDONE -> IDLE;
                    case RUNNING, SLEEPING, ANSWERED, UNDOING -> BUSY;
                    case INTERRUPTED -> INTERRUPTED;
                    case FAILED, CRASHED, BLOCKED, STUCK -> ERROR;
                };
    }

    /** The stored statuses of threads that may do this. One that has requests, or never ran, may do it whatever its status. */
    Set<ThreadStatus> statuses() {
        return switch (this) {
            case IDLE -> Set.of(ThreadStatus.IDLE, ThreadStatus.CANCELLED, ThreadStatus.UNDONE);
            // Answers may wait for a run that is stored as paused.
            case BUSY ->
                Set.of(
                        ThreadStatus.RUNNING,
                        ThreadStatus.UNDOING,
                        ThreadStatus.SLEEPING,
                        ThreadStatus.ANSWERED,
                        ThreadStatus.INTERRUPTED);
            case INTERRUPTED -> Set.of(ThreadStatus.INTERRUPTED);
            // A run whose owner is gone is stored as it was.
            case ERROR ->
                Set.of(
                        ThreadStatus.FAILED,
                        ThreadStatus.BLOCKED,
                        ThreadStatus.STUCK,
                        ThreadStatus.RUNNING,
                        ThreadStatus.UNDOING);
        };
    }
}
