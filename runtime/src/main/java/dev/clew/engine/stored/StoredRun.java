package dev.clew.engine.stored;

import dev.clew.checkpoint.CheckpointException;
import dev.clew.checkpoint.CheckpointRecord;
import dev.clew.checkpoint.Checkpointer;
import dev.clew.checkpoint.Head;
import dev.clew.checkpoint.LogRecord;
import dev.clew.checkpoint.RunRecord;
import dev.clew.checkpoint.ThreadRecord;
import dev.clew.checkpoint.WaitingAnswer;
import dev.clew.engine.format.FailureFormat;
import dev.clew.engine.format.Places;
import dev.clew.engine.log.EntryFormat;
import dev.clew.engine.log.LogEntry;
import dev.clew.engine.log.RunLog;
import dev.clew.engine.log.StepLog;
import dev.clew.flow.NodeRef;
import dev.clew.flow.NonDeterminismException;
import dev.clew.flow.RunResult;
import dev.clew.flow.ThreadStuckException;
import dev.clew.flow.WorkflowCancelledException;
import dev.clew.flow.WorkflowFailedException;
import dev.clew.index.RequestEnd;
import dev.clew.interrupt.PendingInterrupt;
import dev.clew.spi.WorkflowSpec;
import dev.clew.state.RunStatus;
import dev.clew.state.ThreadStatus;
import dev.clew.task.Failure;
import dev.clew.value.Codec;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * A run as it is stored: its row, and its log in one range scan.
 *
 * @param log with the answers that wait for the run's owner; they count as given
 * @param waiting those answers: the next owner writes them into the stored log
 * @param waitingFor the questions of all that wait, also of those that no question takes any more
 */
public record StoredRun(
        String threadId,
        RunRecord run,
        RunLog log,
        Codec codec,
        List<LogEntry.Answered> waiting,
        List<String> waitingFor) {
    /** The head of a thread that has no run yet. */
    public static final Head NEVER_RAN = new Head(ThreadStatus.IDLE, null, "", null, 0);

    /** How many claims in a row may make no progress. */
    public static final int MAX_STALLS = 5;

    public StoredRun(String threadId, RunRecord run, RunLog log, Codec codec) {
        this(threadId, run, log, codec, List.of(), List.of());
    }

    public static StoredRun load(Checkpointer store, Codec codec, String threadId, String runId) {
        return load(store, codec, threadId, runId, true);
    }

    /** The newest run of a thread that was read before; where its row knows of no waiting answers, none are looked for. */
    public static StoredRun head(Checkpointer store, Codec codec, ThreadRecord thread, String runId) {
        return load(store, codec, thread.threadId(), runId, thread.answersWait());
    }

    /** A run for its {@link #result}: the log of one that is completed is not read, because the result is a checkpoint. */
    public static StoredRun forResult(Checkpointer store, Codec codec, ThreadRecord thread, String runId) {
        RunRecord run = row(store, thread.threadId(), runId);
        return completed(thread.threadId(), run, codec)
                .orElseGet(() -> load(store, codec, run, thread.threadId(), thread.answersWait()));
    }

    /** A completed run, which nothing changes any more, with no log; empty for any other. */
    public static Optional<StoredRun> completed(String threadId, RunRecord run, Codec codec) {
        return run.status() == ThreadStatus.IDLE
                ? Optional.of(new StoredRun(threadId, run, new RunLog(), codec))
                : Optional.empty();
    }

    /** A run as it was when it rested so, whatever it did since. */
    public static StoredRun rested(Checkpointer store, Codec codec, String threadId, String runId, RequestEnd end) {
        RunRecord run = row(store, threadId, runId);
        ThreadStatus status = atRest(end.status());
        RunLog log = new RunLog();
        if (!status.isOver()) {
            // A value and a cancellation are not in the log.
            AtomicLong read = new AtomicLong();
            scan(store, threadId, runId, read::getAndIncrement, entry -> {
                if (read.get() <= end.seq()) {
                    log.apply(entry);
                }
            });
        }
        byte[] detail = run.status() == status ? run.detail() : null;
        return new StoredRun(threadId, run.with(status, detail), log, codec);
    }

    private static ThreadStatus atRest(RunStatus status) {
        return switch (status) {
            case COMPLETED -> ThreadStatus.IDLE;
            case INTERRUPTED -> ThreadStatus.INTERRUPTED;
            case FAILED -> ThreadStatus.FAILED;
            case BLOCKED -> ThreadStatus.BLOCKED;
            case STUCK -> ThreadStatus.STUCK;
            case CANCELLED, REFUSED -> ThreadStatus.CANCELLED;
            case UNDONE -> ThreadStatus.UNDONE;
            case QUEUED, HELD, RUNNING, SLEEPING -> throw new IllegalStateException("no run rests as " + status);
        };
    }

    private static RunRecord row(Checkpointer store, String threadId, String runId) {
        return store.run(threadId, runId)
                .orElseThrow(() -> new CheckpointException("thread '" + threadId + "' names run '" + runId
                        + "', which is not there; the database is damaged"));
    }

    private static StoredRun load(Checkpointer store, Codec codec, String threadId, String runId, boolean answersWait) {
        return load(store, codec, row(store, threadId, runId), threadId, answersWait);
    }

    private static StoredRun load(
            Checkpointer store, Codec codec, RunRecord run, String threadId, boolean answersWait) {
        String runId = run.runId();
        // First, because their owner takes them into the log with one write.
        List<WaitingAnswer> left = answersWait ? store.answers(threadId, runId) : List.of();
        RunLog log = new RunLog();
        scan(store, threadId, runId, log::nextSeq, log::apply);
        if (left.isEmpty()) {
            return new StoredRun(threadId, run, log, codec);
        }
        List<LogEntry.Answered> waiting = answers(left, threadId).stream()
                .filter(answer -> log.awaits(answer.id()))
                .toList();
        waiting.forEach(log::apply);
        return new StoredRun(
                threadId,
                run,
                log,
                codec,
                waiting,
                left.stream().map(WaitingAnswer::question).toList());
    }

    /** The entries of answers that wait in the store. */
    public static List<LogEntry.Answered> answers(List<WaitingAnswer> waiting, String threadId) {
        List<LogEntry.Answered> entries = new ArrayList<>();
        for (WaitingAnswer answer : waiting) {
            String where =
                    "the answer that waits for question '" + answer.question() + "' of thread '" + threadId + "'";
            if (!(EntryFormat.read(answer.bytes(), where) instanceof LogEntry.Answered entry)) {
                throw new CheckpointException(where + " is no answer; restore the database from a backup");
            }
            entries.add(entry);
        }
        return entries;
    }

    /** The place that the next entry takes in the stored log. */
    long storedSeq() {
        return log.nextSeq() - waiting.size();
    }

    /** The records that append these entries to the stored log. */
    public List<LogRecord> records(List<? extends LogEntry> entries) {
        List<LogRecord> records = new ArrayList<>();
        for (LogEntry entry : entries) {
            records.add(new LogRecord(storedSeq() + records.size(), EntryFormat.write(entry)));
        }
        return records;
    }

    /** All entries of a run's log. */
    public static List<LogEntry> entries(Checkpointer store, String threadId, String runId) {
        List<LogEntry> entries = new ArrayList<>();
        scan(store, threadId, runId, entries::size, entries::add);
        return entries;
    }

    private static void scan(
            Checkpointer store, String threadId, String runId, LongSupplier next, Consumer<LogEntry> consumer) {
        store.scan(threadId, runId, 0, record -> {
            if (record.seq() != next.getAsLong()) {
                throw new CheckpointException("the log of thread '" + threadId + "', run '" + runId + "' has entry "
                        + record.seq() + " where " + next.getAsLong()
                        + " was expected; restore the database from a backup");
            }
            consumer.accept(EntryFormat.read(
                    record.bytes(),
                    () -> "entry " + record.seq() + " of thread '" + threadId + "', run '" + runId + "'"));
        });
    }

    /** Returns the run as its thread left it behind: one that had no end reads as cancelled. */
    public StoredRun abandoned() {
        boolean ended = run.status() == ThreadStatus.IDLE
                || run.status() == ThreadStatus.FAILED
                || run.status() == ThreadStatus.UNDONE;
        return ended
                ? this
                : new StoredRun(threadId, run.with(ThreadStatus.CANCELLED, null), log, codec, waiting, waitingFor);
    }

    public List<PendingInterrupt<?, ?>> pending() {
        return pending(log.pendingQuestions());
    }

    /** Decodes these questions for people. Without the lock of a running session: it calls the codec. */
    public List<PendingInterrupt<?, ?>> pending(List<StepLog> questions) {
        return questions.stream()
                .<PendingInterrupt<?, ?>>map(q -> PendingQuestions.of(q, threadId, run.runId(), codec))
                .toList();
    }

    /** The nodes of the breakpoints at which it waits. */
    public List<NodeRef> breakpoint() {
        return LoggedBreakpoint.nodes(log.pendingBreakpoints(), threadId, run.runId(), codec);
    }

    /** Why the run failed, or null. */
    @Nullable
    Failure failure() {
        byte[] failure = log.root().failure();
        return failure == null || !log.root().done() && !log.isUndoing()
                ? null
                : FailureFormat.read(codec.reveal(failure, Places.step("failure", threadId, run.runId(), "")));
    }

    /** Why the run is blocked, or null. */
    @Nullable
    String detail() {
        return detail(codec, threadId, run).orElse(null);
    }

    /** Why a run is blocked, or was cancelled; empty if its row does not say it. */
    public static Optional<String> detail(Codec codec, String threadId, RunRecord run) {
        return Optional.ofNullable(run.detail())
                .map(detail ->
                        new String(codec.reveal(detail, Places.run(threadId, run.runId())), StandardCharsets.UTF_8));
    }

    /** What a caller gets of a run that rests; the error of one that has no result is thrown. */
    public <O> RunResult<O> result(WorkflowSpec<?, O> spec, Checkpoints checkpoints) {
        String where = where(spec.name(), threadId, run.runId());
        switch (run.status()) {
            case IDLE -> {
                return completed(spec, checkpoints);
            }
            case INTERRUPTED -> {
                return new RunResult.Interrupted<>(pending(), breakpoint(), threadId, run.runId());
            }
            case UNDONE -> {
                return Undone.result(where, threadId, run.runId(), log.undoCause(), failure());
            }
            case CANCELLED -> throw new WorkflowCancelledException(where);
            case BLOCKED -> throw new NonDeterminismException(String.valueOf(detail()));
            case STUCK -> throw new ThreadStuckException(stuck(where));
            case FAILED -> {
                Failure failure = failure();
                throw new WorkflowFailedException(
                        where, failure == null ? new Failure(List.of("unknown"), null, "", 0, null) : failure, null);
            }
            default -> throw new IllegalStateException(where + " is " + run.status());
        }
    }

    /** How messages and the log name a run. */
    public static String where(String workflow, String threadId, String runId) {
        return (threadId.isEmpty() ? "" : "thread '" + threadId + "', ") + "workflow '" + workflow + "', run '" + runId
                + "'";
    }

    public static String stuck(String where) {
        return where + " is STUCK: " + MAX_STALLS
                + " claims in a row made no progress, so it probably kills its process; Command.proceed() tries again";
    }

    @SuppressWarnings("NullAway")
    private <O extends @Nullable Object> RunResult<O> completed(WorkflowSpec<?, O> spec, Checkpoints checkpoints) {
        String id = run.outputCheckpoint();
        CheckpointRecord loop = checkpoints.require(threadId, id == null ? "" : id);
        return new RunResult.Completed<>(
                new SavedValues<>(checkpoints, threadId, spec).output(loop), threadId, run.runId());
    }
}
