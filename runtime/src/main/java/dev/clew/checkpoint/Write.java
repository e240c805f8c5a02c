package dev.clew.checkpoint;

import dev.clew.index.RequestRecord;
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
 * @param takenAnswers the questions of {@code runId} whose waiting answers the store forgets, because this write brings
 *     them into the log, or no question takes them any more
 * @param request a request to store, of {@code runId} or the run that is opened; or null. An id that the thread has fails the
 *     write with {@link RequestTakenException}
 */
public record Write(
        @Nullable String runId,
        List<LogRecord> log,
        @Nullable RunRecord run,
        List<CheckpointRecord> checkpoints,
        @Nullable Head head,
        boolean release,
        List<String> takenAnswers,
        @Nullable RequestRecord request) {
    public Write {
        log = List.copyOf(log);
        checkpoints = List.copyOf(checkpoints);
        takenAnswers = List.copyOf(takenAnswers);
    }

    /** A write without a request. */
    public Write(
            @Nullable String runId,
            List<LogRecord> log,
            @Nullable RunRecord run,
            List<CheckpointRecord> checkpoints,
            @Nullable Head head,
            boolean release,
            List<String> takenAnswers) {
        this(runId, log, run, checkpoints, head, release, takenAnswers, null);
    }

    /** A write that takes no waiting answers. */
    public Write(
            @Nullable String runId,
            List<LogRecord> log,
            @Nullable RunRecord run,
            List<CheckpointRecord> checkpoints,
            @Nullable Head head,
            boolean release) {
        this(runId, log, run, checkpoints, head, release, List.of());
    }

    /** The same, and this request is stored; null for none. */
    public Write with(@Nullable RequestRecord stored) {
        return new Write(runId, log, run, checkpoints, head, release, takenAnswers, stored);
    }

    /** Appends to a run's log and changes nothing else. */
    public static Write log(String runId, List<LogRecord> records) {
        return new Write(runId, records, null, List.of(), null, false);
    }
}
