package dev.clew.checkpoint;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What one atomic write changes in a thread.
 *
 * <pre>{@code
 * Write step = Write.log(runId, List.of(record));
 * Write done = new Write(runId, rest, run.completed(id), List.of(loop), idleHead, true);
 * }</pre>
 *
 * @param runId the run whose log is appended to, or null where {@code log} is empty
 * @param log entries to append, in order; an entry whose place is taken fails the write
 * @param run the run's row, inserted or replaced; or null to leave it
 * @param checkpoints checkpoints to insert
 * @param head what the thread's row says from now on; or null to leave it
 * @param release whether the claim ends with this write; it also clears a cancel request
 */
public record Write(
        @Nullable String runId,
        List<LogRecord> log,
        @Nullable RunRecord run,
        List<CheckpointRecord> checkpoints,
        @Nullable Head head,
        boolean release) {
    public Write {
        log = List.copyOf(log);
        checkpoints = List.copyOf(checkpoints);
    }

    /** Appends to a run's log and changes nothing else. */
    public static Write log(String runId, List<LogRecord> records) {
        return new Write(runId, records, null, List.of(), null, false);
    }
}
