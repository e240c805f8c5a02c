package dev.clew.checkpoint;

import dev.clew.state.ThreadStatus;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A run's row: how it was opened and how far it is.
 *
 * <pre>{@code
 * RunRecord run = checkpointer.run("essay-1", runId).orElseThrow();
 * }</pre>
 *
 * @param runId unique within the thread
 * @param number which of the thread's runs it is, counted from 1 in the order in which they were opened. A copy of the thread
 *     keeps it; a fork is a new run
 * @param inputCheckpoint the input or fork checkpoint that opened the run
 * @param outputCheckpoint the loop checkpoint of a completed run, or null
 * @param seed what {@code run.random()} is seeded with; inherited by forks with memo
 * @param startedAt what {@code run.now()} starts at; inherited by forks with memo
 * @param status what the run is doing; never {@link ThreadStatus#CRASHED}
 * @param detail why it failed or is blocked, protected bytes of the engine's; or null
 */
public record RunRecord(
        String runId,
        int number,
        String inputCheckpoint,
        @Nullable String outputCheckpoint,
        long seed,
        Instant startedAt,
        ThreadStatus status,
        byte @Nullable [] detail) {

    /** The same run with another status. */
    public RunRecord with(ThreadStatus newStatus, byte @Nullable [] newDetail) {
        return new RunRecord(runId, number, inputCheckpoint, outputCheckpoint, seed, startedAt, newStatus, newDetail);
    }

    /** The same run, completed with this loop checkpoint. */
    public RunRecord completed(String checkpointId) {
        return new RunRecord(runId, number, inputCheckpoint, checkpointId, seed, startedAt, ThreadStatus.IDLE, null);
    }
}
