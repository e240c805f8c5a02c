package dev.clew.index;

import dev.clew.state.RunStatus;
import dev.clew.state.ThreadStatus;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * How a request ended: how its run rested next, or why it was not opened.
 *
 * <pre>{@code
 * boolean isPaused = request.end() != null && request.end().status() == RunStatus.INTERRUPTED;
 * }</pre>
 *
 * @param at when, by the store's clock
 * @param status how the run rested; {@code REFUSED}, or {@code CANCELLED} without a checkpoint, if it was not opened
 * @param checkpointId the thread's newest checkpoint then; null if the run was not opened
 * @param seq how many entries the run's log had then; 0 if it was not opened
 */
public record RequestEnd(
        Instant at, RunStatus status, @Nullable String checkpointId, long seq) {

    /**
     * Whether the requests of a run end when its thread is released.
     *
     * @param head the head's stored status
     * @param answersWait whether answers wait for the run
     */
    public static boolean isRest(ThreadStatus head, boolean answersWait) {
        return switch (head) {
            case IDLE, FAILED, CANCELLED, UNDONE, BLOCKED, STUCK -> true;
            case INTERRUPTED -> !answersWait;
            case RUNNING, UNDOING, SLEEPING, ANSWERED, CRASHED -> false;
        };
    }
}
