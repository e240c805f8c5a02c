package dev.clew.engine.active;

import static dev.clew.engine.world.EngineLog.LOG;

import dev.clew.checkpoint.CheckpointException;
import dev.clew.checkpoint.CheckpointRecord;
import dev.clew.checkpoint.Checkpointer;
import dev.clew.checkpoint.ThreadRecord;
import dev.clew.engine.core.Suspension;
import dev.clew.engine.format.FailureFormat;
import dev.clew.engine.format.Places;
import dev.clew.engine.log.LogEntry;
import dev.clew.engine.log.RunLog;
import dev.clew.engine.log.StepLog;
import dev.clew.engine.log.StepPath;
import dev.clew.engine.request.TakenRequest;
import dev.clew.engine.run.Activation;
import dev.clew.engine.run.Journal;
import dev.clew.engine.run.Outcome;
import dev.clew.engine.run.Session;
import dev.clew.engine.stored.LoggedBreakpoint;
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
import dev.clew.state.ThreadStatus;
import dev.clew.task.Failure;
import dev.clew.value.ClewException;
import dev.clew.value.Codec;
import dev.clew.value.CodecException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Ends an activation of a run as its {@link Verdict} says: makes the {@link LastWrite}, tells listeners and readers, and says what
 * callers get.
 */
public final class RunCompletion<O extends @Nullable Object> {
    /** What becomes of a run that is not stored when its graph is closed. */
    public static final String LOST =
            " ended because its graph was closed; nothing of it is stored, so nothing can continue it:"
                    + " call the workflow again, on a graph with a checkpointer if its runs are to survive";

    /** Takes back that the claim counts as one that made no progress. */
    private static final int UNCOUNTED = -1;

    private final Session session;
    private final Activation activation;
    private final WorkflowSpec<?, O> spec;
    private final Journal journal;
    private final Codec codec;
    private final LastWrite lastWrite;

    @SuppressWarnings("unchecked")
    public RunCompletion(Session session) {
        this.session = session;
        this.activation = session.activation();
        this.spec = (WorkflowSpec<?, O>) activation.workflow().spec();
        this.journal = session.journal();
        this.codec = session.values().codec();
        this.lastWrite = new LastWrite(session);
    }

    public RunEnd<O> end() {
        try {
            return end(verdict());
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
                session.core().stopped(),
                session.runner().outcomes().rootEnd(),
                session.core().worst(),
                session.core().why()));
    }

    private RunEnd<O> end(Verdict verdict) {
        if (verdict instanceof Verdict.Completed completed) {
            return session.undoes() ? undone() : completed(completed.value());
        } else if (verdict instanceof Verdict.Failed failed && session.undoes()) {
            // Whatever keeps it from undoing: the run is to be undone, and goes on with that once the reason is gone.
            return session.durable() ? blocked(failed.thrown()) : thrown(failed.thrown());
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

    // --- ended by itself ---

    private RunEnd<O> completed(@Nullable Object returned) {
        @Nullable Object value = returned instanceof Final<?, ?> both ? both.value() : returned;
        if (!session.durable()) {
            return completed(value, null);
        }
        @Nullable Object joined;
        CheckpointRecord completion;
        try {
            byte[] output = session.values().encode(value, spec.outputType());
            joined = session.values().joined(value, output, spec.outputType());
            completion = new CompletionCheckpoint<>(session, spec).of(returned, output);
        } catch (CodecException unencodable) {
            return failed(unencodable, null);
        }
        lastWrite.completed(completion);
        return completed(joined, completion);
    }

    @SuppressWarnings({"unchecked", "NullAway"})
    private RunEnd<O> completed(@Nullable Object value, @Nullable CheckpointRecord completion) {
        session.broadcast().completed(value, completion);
        session.events().tell((l, r) -> l.runCompleted(r));
        return new RunEnd.Result<>(
                new RunResult.Completed<>(
                        (O) value, activation.threadId(), activation.run().runId()),
                null);
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
        lastWrite.ended(List.of(entry), ThreadStatus.FAILED, null, null);
        session.broadcast().failed(failure);
        return thrown(new WorkflowFailedException(session.where(), failure, thrown));
    }

    /** The code does not match the log. */
    private RunEnd<O> blocked(Throwable mismatch) {
        byte[] text = String.valueOf(mismatch.getMessage()).getBytes(StandardCharsets.UTF_8);
        byte[] detail = codec.protect(
                text, Places.run(activation.threadId(), activation.run().runId()));
        lastWrite.ended(List.of(), ThreadStatus.BLOCKED, detail, null);
        return thrown(mismatch);
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

    /** Callers get this error. */
    private RunEnd<O> thrown(Throwable error) {
        session.events().tell((l, r) -> l.runFailed(r, error));
        return new RunEnd.Failed<>(error, null);
    }

    // --- paused ---

    private RunEnd<O> paused() {
        List<StepLog> questions = journal.read(log()::pendingQuestions);
        List<PendingInterrupt<?, ?>> pending = new ArrayList<>(questions.size());
        questions.forEach(question -> pending.add(session.pending(question)));
        List<NodeRef> breakpoint = LoggedBreakpoint.nodes(
                journal.read(log()::pendingBreakpoints),
                activation.threadId(),
                activation.run().runId(),
                codec);
        boolean sleeps = pending.isEmpty() && breakpoint.isEmpty();
        Instant wakeAt = wakeAt(sleeps);
        LogEntry pause = new LogEntry.Paused(StepPath.ROOT, session.time().micros());
        lastWrite.ended(List.of(pause), sleeps ? ThreadStatus.SLEEPING : ThreadStatus.INTERRUPTED, null, wakeAt);
        if (sleeps) {
            return asleep(wakeAt == null ? now() : wakeAt);
        }
        return answersCame() ? asleep(now()) : interrupted(pending, breakpoint, wakeAt);
    }

    /** When the run goes on by itself; null if it does not. A run that asks nothing must not sleep for ever. */
    private @Nullable Instant wakeAt(boolean sleeps) {
        long due = Math.min(
                journal.read(() -> log().nextDue(
                                session.activatedAt(),
                                session.core().awaitedTimers(),
                                session.core().leftParked())),
                session.runner().detached().nextLook());
        if (due == Long.MAX_VALUE) {
            return sleeps ? now() : null;
        }
        return Time.toInstant(due);
    }

    private RunEnd<O> asleep(Instant until) {
        session.events().tell((l, r) -> l.runSleeping(r, until));
        return new RunEnd.Asleep<>(until);
    }

    /** Whether another process left answers just before the pause: then the run is due at once, and its callers wait on. */
    private boolean answersCame() {
        Checkpointer store = session.settings().checkpointer();
        try {
            return store != null
                    && store.thread(activation.threadId())
                            .filter(this::hasAnswers)
                            .isPresent();
        } catch (CheckpointException unwell) {
            // The store has set the thread's alarm: the next recovery of the thread finds the answers.
            return false;
        }
    }

    private boolean hasAnswers(ThreadRecord thread) {
        return thread.answersWait()
                && activation.run().runId().equals(thread.head().runId());
    }

    /** The run waits for a person, and callers are told for what. */
    private RunEnd<O> interrupted(
            List<PendingInterrupt<?, ?>> pending, List<NodeRef> breakpoint, @Nullable Instant wakeAt) {
        session.broadcast().interrupted(pending);
        session.events().tell((l, r) -> l.runInterrupted(r, pending));
        AnswerRefusedException refused = session.answers().refused();
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

    // --- undone ---

    /** The body is over. The run sleeps until now, so that the activation which wakes it undoes what it has done. */
    private RunEnd<O> undoing(List<LogEntry> last, LogEntry.UndoCause cause) {
        long now = session.time().micros();
        List<LogEntry> entries = new ArrayList<>(last);
        entries.add(new LogEntry.Undoing(StepPath.ROOT, now, cause));
        if (!session.durable()) {
            session.locked(() -> entries.forEach(log()::apply));
            return new RunEnd.Undoing<>();
        }
        Instant due = Time.toInstant(now);
        lastWrite.ended(entries, ThreadStatus.SLEEPING, null, due);
        return asleep(due);
    }

    private RunEnd<O> undone() {
        lastWrite.ended(List.of(), ThreadStatus.UNDONE, null, null);
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

    // --- stopped from outside ---

    private RunEnd<O> cancelled() {
        lastWrite.ended(List.of(), ThreadStatus.CANCELLED, null, null);
        session.events().tell((l, r) -> l.runCancelled(r));
        return new RunEnd.Failed<>(new WorkflowCancelledException(session.where()), null);
    }

    /** Writes nothing: the log is lost to this activation. */
    private RunEnd<O> stopped(@Nullable Throwable why) {
        journal.close();
        return thrown(
                why == null ? new RequestRefusedException(Reason.CLOSED, session.where() + " lost its log") : why);
    }

    private RunEnd<O> givenBack(Suspension.Reason reason, @Nullable Throwable why) {
        release(reason == Suspension.Reason.SHUTDOWN ? UNCOUNTED : 0);
        if (reason == Suspension.Reason.SHUTDOWN) {
            return new RunEnd.Failed<>(new RequestRefusedException(Reason.CLOSED, session.where() + closed()), null);
        }
        return thrown(why == null ? unexplained(reason) : why);
    }

    /** @param stalls as for {@link LastWrite#givenBack} */
    private void release(int stalls) {
        try {
            lastWrite.givenBack(stalls);
        } catch (CheckpointException unwritten) {
            // The caller must get what ended the run, not this.
            LOG.debug("{} could not be given back", session.where(), unwritten);
        }
    }

    private String closed() {
        return session.durable()
                ? " was sealed because its graph was closed; it is recoverable: recover() or Command.proceed() continues it"
                : LOST;
    }

    private IllegalStateException unexplained(Suspension.Reason reason) {
        return new IllegalStateException(session.where() + " was stopped: " + reason);
    }

    private RunLog log() {
        return journal.log();
    }

    private Instant now() {
        return Time.toInstant(session.time().micros());
    }
}
