package dev.clew.engine.active;

import static dev.clew.engine.world.EngineLog.LOG;

import dev.clew.checkpoint.CheckpointException;
import dev.clew.checkpoint.CheckpointRecord;
import dev.clew.checkpoint.Checkpointer;
import dev.clew.checkpoint.Head;
import dev.clew.checkpoint.LogRecord;
import dev.clew.checkpoint.RunRecord;
import dev.clew.checkpoint.Write;
import dev.clew.engine.core.Suspension;
import dev.clew.engine.format.FailureFormat;
import dev.clew.engine.format.Places;
import dev.clew.engine.format.UnreadablePrevious;
import dev.clew.engine.log.LogEntry;
import dev.clew.engine.log.RunLog;
import dev.clew.engine.log.StepLog;
import dev.clew.engine.log.StepPath;
import dev.clew.engine.request.TakenRequest;
import dev.clew.engine.run.Activation;
import dev.clew.engine.run.Journal;
import dev.clew.engine.run.Outcome;
import dev.clew.engine.run.Session;
import dev.clew.engine.stored.Checkpoints;
import dev.clew.engine.stored.LoggedBreakpoint;
import dev.clew.engine.stored.Metadata;
import dev.clew.engine.stored.SavedValues;
import dev.clew.engine.stored.Subjects;
import dev.clew.engine.stored.Undone;
import dev.clew.engine.world.Time;
import dev.clew.flow.Final;
import dev.clew.flow.NodeRef;
import dev.clew.flow.RequestRefusedException;
import dev.clew.flow.RequestRefusedException.Reason;
import dev.clew.flow.RunResult;
import dev.clew.flow.WorkflowCancelledException;
import dev.clew.flow.WorkflowFailedException;
import dev.clew.interrupt.AnswerRefusedException;
import dev.clew.interrupt.PendingInterrupt;
import dev.clew.spi.WorkflowSpec;
import dev.clew.state.CheckpointSource;
import dev.clew.state.ThreadStatus;
import dev.clew.task.Failure;
import dev.clew.value.ClewException;
import dev.clew.value.Codec;
import dev.clew.value.CodecException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Writes how an activation ends: in one last, durable write, which also gives the thread back. */
public final class RunCompletion<O extends @Nullable Object> {
    /** What becomes of a run that is not stored when its graph is closed. */
    public static final String LOST =
            " ended because its graph was closed; nothing of it is stored, so nothing can continue it:"
                    + " call the workflow again, on a graph with a checkpointer if its runs are to survive";

    /** The claim that ends does not count as one that made no progress. */
    private static final int UNCOUNTED = -1;

    private final Session session;
    private final Activation activation;
    private final WorkflowSpec<?, O> spec;
    private final Journal journal;
    private final Codec codec;

    @SuppressWarnings("unchecked")
    public RunCompletion(Session session) {
        this.session = session;
        this.activation = session.activation();
        this.spec = (WorkflowSpec<?, O>) activation.workflow().spec();
        this.journal = session.journal();
        this.codec = session.values().codec();
    }

    public RunEnd<O> end() {
        try {
            return write(verdict());
        } catch (ClewException unwritten) {
            journal.close();
            return new RunEnd.Failed<>(unwritten, null);
        } catch (RuntimeException | Error broken) {
            journal.close();
            session.fault(broken);
            return new RunEnd.Failed<>(broken, null);
        }
    }

    private Verdict verdict() {
        return Verdict.of(new Verdict.Known(
                session.sealed(), session.runner().outcomes().rootEnd(), session.worst(), session.why()));
    }

    private RunEnd<O> write(Verdict verdict) {
        if (verdict instanceof Verdict.Completed completed) {
            return session.undoes() ? undone() : completed(completed.value());
        } else if (verdict instanceof Verdict.Failed failed && session.undoes()) {
            // Whatever keeps it from undoing: the run is to be undone, and goes on with that once the reason is gone.
            return session.durable() ? blocked(failed.thrown()) : ended(failed.thrown());
        } else if (verdict instanceof Verdict.Failed failed) {
            return failed(failed.thrown(), failed.failure());
        } else if (verdict instanceof Verdict.Blocked blocked) {
            Throwable why = blocked.why() == null ? unexplained(Suspension.Reason.MISMATCH) : blocked.why();
            return isPassedOn(why) ? new RunEnd.PassedOn<>() : blocked(why);
        } else if (verdict instanceof Verdict.Cancelled) {
            return cancelled();
        } else if (verdict instanceof Verdict.Undoing) {
            return undoing(List.of(), LogEntry.UndoCause.BODY);
        } else if (verdict instanceof Verdict.Stopped stopped) {
            return stopped(stopped.why());
        } else if (verdict instanceof Verdict.GivenBack back) {
            return givenBack(back.reason(), back.why());
        }
        return paused();
    }

    // --- stopped from outside ---

    private RunEnd<O> cancelled() {
        finish(List.of(), activation.run().with(ThreadStatus.CANCELLED, null), ThreadStatus.CANCELLED);
        session.events().tell((l, r) -> l.runCancelled(r));
        return new RunEnd.Failed<>(new WorkflowCancelledException(session.where()), null);
    }

    /** Writes nothing: the log is lost to this activation. */
    private RunEnd<O> stopped(@Nullable Throwable why) {
        journal.close();
        return ended(why == null ? new RequestRefusedException(Reason.CLOSED, session.where() + " lost its log") : why);
    }

    private RunEnd<O> givenBack(Suspension.Reason reason, @Nullable Throwable why) {
        release(reason == Suspension.Reason.SHUTDOWN ? UNCOUNTED : 0);
        if (reason == Suspension.Reason.SHUTDOWN) {
            return new RunEnd.Failed<>(new RequestRefusedException(Reason.CLOSED, session.where() + closed()), null);
        }
        return ended(why == null ? unexplained(reason) : why);
    }

    private RunEnd<O> ended(Throwable error) {
        session.events().tell((l, r) -> l.runFailed(r, error));
        return new RunEnd.Failed<>(error, null);
    }

    private IllegalStateException unexplained(Suspension.Reason reason) {
        return new IllegalStateException(session.where() + " was stopped: " + reason);
    }

    private String closed() {
        return session.durable()
                ? " was sealed because its graph was closed; it is recoverable: recover() or Command.proceed() continues it"
                : LOST;
    }

    /**
     * Gives the thread back as it is: crashed, with everything that was recorded.
     *
     * @param stalls what is added when the next claim counts those that made no progress
     */
    private void release(int stalls) {
        try {
            tryToRelease(stalls);
        } catch (CheckpointException unwritten) {
            // The caller must get what ended the run, not this.
            LOG.debug("{} could not be given back", session.where(), unwritten);
        }
    }

    private void tryToRelease(int stalls) {
        boolean exit = activation.durability() == dev.clew.flow.Durability.EXIT;
        boolean changes = exit || stalls != 0;
        journal.finish(
                List.of(),
                held -> new Write(
                        activation.run().runId(),
                        held,
                        exit ? activation.run() : null,
                        exit ? opening() : List.of(),
                        changes ? head(executing(), openingId(), null).stalled(stalls) : null,
                        true));
    }

    private ThreadStatus executing() {
        return session.undoes() ? ThreadStatus.UNDOING : ThreadStatus.RUNNING;
    }

    // --- undone ---

    /** The body is over. The run sleeps until now, so that whoever wakes it undoes what it has done. */
    private RunEnd<O> undoing(List<LogEntry> last, LogEntry.UndoCause cause) {
        long now = session.time().micros();
        List<LogEntry> entries = new ArrayList<>(last);
        entries.add(new LogEntry.Undoing(StepPath.ROOT, now, cause));
        if (!session.durable()) {
            session.locked(() -> entries.forEach(log()::apply));
            return new RunEnd.Undoing<>();
        }
        Instant due = Time.toInstant(now);
        RunRecord run = activation.run().with(ThreadStatus.SLEEPING, null);
        Head head = head(ThreadStatus.SLEEPING, openingId(), due);
        journal.finish(entries, held -> new Write(run.runId(), held, run, opening(), head, true));
        session.events().tell((l, r) -> l.runSleeping(r, due));
        return new RunEnd.Asleep<>(due);
    }

    private RunEnd<O> undone() {
        finish(List.of(), activation.run().with(ThreadStatus.UNDONE, null), ThreadStatus.UNDONE);
        session.events().tell((l, r) -> l.runUndone(r));
        try {
            return new RunEnd.Result<>(
                    Undone.result(
                            session.where(),
                            activation.threadId(),
                            activation.run().runId(),
                            log().undoCause(),
                            bodyFailure()),
                    null);
        } catch (WorkflowFailedException failed) {
            session.broadcast().failed(failed.failure());
            return new RunEnd.Failed<>(failed, null);
        }
    }

    /** How the body failed, if it did. */
    private @Nullable Failure bodyFailure() {
        if (log().root().memo() instanceof Outcome.Failed here) {
            return here.failure();
        }
        byte[] failure = log().root().failure();
        return failure == null || !session.durable()
                ? null
                : FailureFormat.read(session.reveal("failure", StepPath.ROOT, failure));
    }

    // --- ended by itself ---

    private RunEnd<O> completed(@Nullable Object returned) {
        @Nullable Object value = returned instanceof Final<?, ?> both ? both.value() : returned;
        if (!session.durable()) {
            session.broadcast().completed(value, null);
            session.events().tell((l, r) -> l.runCompleted(r));
            return new RunEnd.Result<>(result(value), null);
        }
        byte[] output;
        @Nullable Object joined;
        CheckpointRecord loop;
        try {
            output = session.values().encode(value, spec.outputType());
            joined = session.values().joined(value, output, spec.outputType());
            loop = loop(returned, output);
        } catch (CodecException unencodable) {
            return failed(unencodable, null);
        }
        RunRecord run = activation.run().completed(loop.id());
        Head head = new Head(ThreadStatus.IDLE, run.runId(), loop.id(), null, 0);
        journal.finish(List.of(), held -> new Write(run.runId(), held, run, withOpening(loop), head, true));
        session.broadcast().completed(joined, loop);
        session.events().tell((l, r) -> l.runCompleted(r));
        return new RunEnd.Result<>(result(joined), null);
    }

    @SuppressWarnings({"unchecked", "NullAway"})
    private RunResult<O> result(@Nullable Object value) {
        return new RunResult.Completed<>(
                (O) value, activation.threadId(), activation.run().runId());
    }

    private CheckpointRecord loop(@Nullable Object returned, byte[] output) {
        CheckpointRecord opening = activation.opening();
        String id = Checkpoints.nextId(opening, session.time());
        Map<String, byte[]> values = new HashMap<>();
        if (spec.outputOfSaved().isEmpty()) {
            values.put(Checkpoints.OUTPUT, protect(Checkpoints.OUTPUT, id, output));
        }
        values.putAll(session.memories().at(id));
        new Subjects(new Checkpoints(Objects.requireNonNull(session.settings().checkpointer()), codec))
                .put(activation.config(), activation.threadId(), opening, id, values);
        Map<String, String> stored = new Metadata(codec).stored(activation.threadId(), id, metadata(opening), values);
        if (returned instanceof Final<?, ?> both && spec.savedType().isPresent()) {
            save(id, values, both.saved());
        }
        return new CheckpointRecord(
                id,
                activation.run().runId(),
                opening == null ? null : opening.id(),
                CheckpointSource.LOOP,
                opening == null ? 0 : opening.step() + 1,
                Time.toInstant(session.time().micros()),
                values,
                stored);
    }

    private void save(String id, Map<String, byte[]> values, @Nullable Object saved) {
        Checkpoints checkpoints =
                new Checkpoints(Objects.requireNonNull(session.settings().checkpointer()), codec);
        Object previous = activation.previous();
        new SavedValues<>(checkpoints, activation.threadId(), spec)
                .put(id, values, saved, activation.opening(), previous instanceof UnreadablePrevious ? null : previous);
    }

    /** What the run was opened with, and what was added when it was continued. */
    private Map<String, String> metadata(@Nullable CheckpointRecord opening) {
        return Metadata.merged(
                opening == null ? null : new Metadata(codec).clear(activation.threadId(), opening),
                activation.config().metadata());
    }

    private byte[] protect(String name, String id, byte[] clear) {
        return codec.protect(clear, Places.checkpoint(name, activation.threadId(), id));
    }

    /** @param described the failure as it is recorded; null if it is to be made here */
    private RunEnd<O> failed(Throwable thrown, @Nullable Failure described) {
        Failure failure = described == null ? session.values().failure(thrown, StepPath.ROOT, 1) : described;
        byte[] stored =
                session.protect("failure", StepPath.ROOT, session.values().encode(failure));
        LogEntry entry = new LogEntry.Failed(
                StepPath.ROOT,
                session.time().micros(),
                session.runner().outcomes().rootStartedAt(),
                LogEntry.Call.of(0),
                failure.attempts(),
                stored);
        if (described != null && spec.undoesOnFailure()) {
            session.locked(() -> log().root().memo(new Outcome.Failed(failure, thrown)));
            return undoing(List.of(entry), LogEntry.UndoCause.FAILURE);
        }
        finish(List.of(entry), activation.run().with(ThreadStatus.FAILED, null), ThreadStatus.FAILED);
        session.broadcast().failed(failure);
        WorkflowFailedException error = new WorkflowFailedException(session.where(), failure, thrown);
        return ended(error);
    }

    /** Whether workers of another deployment get the run, since the code of this one does not fit it. */
    private boolean isPassedOn(Throwable mismatch) {
        TakenRequest taken = activation.taken();
        if (taken == null || !taken.isForAnother(session.where(), mismatch)) {
            return false;
        }
        release(UNCOUNTED);
        return true;
    }

    private RunEnd<O> blocked(Throwable mismatch) {
        byte[] text = String.valueOf(mismatch.getMessage()).getBytes(StandardCharsets.UTF_8);
        byte[] detail = codec.protect(
                text, Places.run(activation.threadId(), activation.run().runId()));
        finish(List.of(), activation.run().with(ThreadStatus.BLOCKED, detail), ThreadStatus.BLOCKED);
        return ended(mismatch);
    }

    private RunEnd<O> paused() {
        List<StepLog> questions = journal.read(log()::pendingQuestions);
        List<PendingInterrupt<?, ?>> pending =
                questions.stream().<PendingInterrupt<?, ?>>map(session::pending).toList();
        List<NodeRef> breakpoint = LoggedBreakpoint.nodes(
                journal.read(log()::pendingBreakpoints),
                activation.threadId(),
                activation.run().runId(),
                codec);
        boolean sleeps = pending.isEmpty() && breakpoint.isEmpty();
        long due = Math.min(
                journal.read(() -> log().nextDue(session.activatedAt(), session.awaitedTimers(), session.leftParked())),
                session.runner().detached().nextLook());
        // A run that asks nothing must not sleep for ever.
        if (sleeps && due == Long.MAX_VALUE) {
            due = session.time().micros();
        }
        Instant wakeAt = due == Long.MAX_VALUE ? null : Time.toInstant(due);
        ThreadStatus status = sleeps ? ThreadStatus.SLEEPING : ThreadStatus.INTERRUPTED;
        RunRecord run = activation.run().with(status, null);
        LogEntry pause = new LogEntry.Paused(StepPath.ROOT, session.time().micros());
        journal.finish(
                List.of(pause),
                held -> new Write(run.runId(), held, run, opening(), head(status, openingId(), wakeAt), true));
        if (!sleeps && answersCame()) {
            Instant now = Time.toInstant(session.time().micros());
            session.events().tell((l, r) -> l.runSleeping(r, now));
            return new RunEnd.Asleep<>(now);
        }
        if (sleeps) {
            Instant until = wakeAt == null ? Time.toInstant(session.time().micros()) : wakeAt;
            session.events().tell((l, r) -> l.runSleeping(r, until));
            return new RunEnd.Asleep<>(until);
        }
        return interrupted(pending, breakpoint, wakeAt);
    }

    /** The run waits for a person, and callers are told for what. */
    private RunEnd<O> interrupted(
            List<PendingInterrupt<?, ?>> pending, List<NodeRef> breakpoint, @Nullable Instant wakeAt) {
        session.broadcast().interrupted(pending);
        session.events().tell((l, r) -> l.runInterrupted(r, pending));
        AnswerRefusedException refused = session.refused();
        if (refused != null) {
            return new RunEnd.Failed<>(
                    new AnswerRefusedException(activation.threadId(), refused.reason(), refused.why(), pending),
                    wakeAt);
        }
        return new RunEnd.Result<>(
                new RunResult.Interrupted<>(
                        pending,
                        breakpoint,
                        activation.threadId(),
                        activation.run().runId()),
                wakeAt);
    }

    /** Whether another process left answers just before the pause: then the run is due at once, and its callers wait on. */
    private boolean answersCame() {
        Checkpointer store = session.settings().checkpointer();
        try {
            return store != null
                    && store.thread(activation.threadId())
                            .filter(thread -> activation
                                            .run()
                                            .runId()
                                            .equals(thread.head().runId())
                                    && thread.answersWait())
                            .isPresent();
        } catch (CheckpointException unwell) {
            // The store has set the thread's alarm: whoever recovers it finds the answers.
            return false;
        }
    }

    private RunLog log() {
        return journal.log();
    }

    private void finish(List<LogEntry> last, RunRecord run, ThreadStatus status) {
        journal.finish(last, held -> write(held, run, status));
    }

    private Write write(List<LogRecord> held, RunRecord run, ThreadStatus status) {
        return new Write(run.runId(), held, run, opening(), head(status, openingId(), null), true);
    }

    private Head head(ThreadStatus status, String checkpointId, @Nullable Instant wakeAt) {
        return new Head(status, activation.run().runId(), checkpointId, wakeAt, 0);
    }

    private String openingId() {
        CheckpointRecord opening = activation.opening();
        return opening == null ? "" : opening.id();
    }

    private List<CheckpointRecord> opening() {
        return session.exitPoint().opening();
    }

    private List<CheckpointRecord> withOpening(CheckpointRecord loop) {
        List<CheckpointRecord> opening = opening();
        return opening.isEmpty() ? List.of(loop) : List.of(opening.get(0), loop);
    }
}
