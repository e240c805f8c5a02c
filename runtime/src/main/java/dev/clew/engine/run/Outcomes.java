package dev.clew.engine.run;

import dev.clew.engine.format.FailureFormat;
import dev.clew.engine.format.Values;
import dev.clew.engine.log.LogEntry;
import dev.clew.engine.log.StepLog;
import dev.clew.task.Failure;
import dev.clew.task.TaskFailedException;
import dev.clew.value.CodecException;
import java.util.concurrent.CompletionStage;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/** Records how steps end, as durably as the run promises, and reads back what was recorded. */
public final class Outcomes {
    private final Session session;
    private final Journal journal;
    private final Values values;
    private volatile @Nullable RootEnd rootEnd;
    private volatile long rootStartedAt = LogEntry.NOT_STARTED;

    Outcomes(Session session) {
        this.session = session;
        this.journal = session.journal();
        this.values = session.values();
    }

    /** How the body of the run ended; a thrown one with what is recorded of it. */
    public record RootEnd(
            @Nullable Object value,
            @Nullable Throwable thrown,
            @Nullable Failure failure) {}

    private long now() {
        return session.time().micros();
    }

    /** When the newest attempt of a step began. Under the lock. */
    private static long startedAt(Step step) {
        return step.newest() instanceof Attempt attempt ? attempt.startedAt() : LogEntry.NOT_STARTED;
    }

    /** An outcome that has its place in the log, and when it is durable; the stage is null where nobody needs to wait. */
    record Recorded(Outcome.Value outcome, @Nullable CompletionStage<Void> durable) {}

    /** A success that is ready to be recorded: what joiners get, and its stored bytes. */
    record Success(int attempts, Outcome.Value outcome, byte[] stored) {
        LogEntry entry(Step step, long at, LogEntry.Call call) {
            return new LogEntry.Succeeded(step.path(), at, startedAt(step), call, attempts, false, stored);
        }
    }

    /** @throws CodecException if the result has no stored form */
    Success success(Step step, int attempts, @Nullable Object result) {
        byte[] clear = values.encode(result, step.spec().resultType());
        Outcome.Value outcome =
                new Outcome.Value(values.joined(result, clear, step.spec().resultType()));
        return new Success(attempts, outcome, session.protect("step", step.path(), clear));
    }

    /** Records a success, without waiting for the disk; null if the step has another outcome by now. */
    @Nullable
    Recorded recordSuccess(Step step, int attempts, @Nullable Object result) {
        Success success = success(step, attempts, result);
        Journal.Placed placed = journal.outcome(step, call -> success.entry(step, now(), call));
        return placed == null ? null : recorded(placed, success);
    }

    private Recorded recorded(Journal.Placed placed, Success success) {
        remember(placed, success.outcome());
        return new Recorded(success.outcome(), placed.durable());
    }

    /** Places a success whose arguments were protected before; null if the step has another outcome. Under the lock. */
    @Nullable
    Recorded place(Step step, Success success, byte @Nullable [] arguments) {
        Journal.Placed placed = journal.placeOutcome(step, call -> success.entry(step, now(), call), arguments);
        return placed == null ? null : recorded(placed, success);
    }

    /** Records a success that the task cache gave; null where the step has another outcome by now. */
    @Nullable
    Outcome cached(Step step, byte[] clear, Outcome.Value value) {
        byte[] stored = session.protect("step", step.path(), clear);
        Journal.Placed placed = journal.outcome(
                step,
                call -> new LogEntry.Succeeded(
                        step.path(), now(), LogEntry.NOT_STARTED, call, step.failedAttempts(), true, stored));
        return settled(placed, value);
    }

    /** Records a failure for good; null where the step has another outcome by now. */
    @Nullable
    Outcome failed(Step step, int attempts, Failure failure, Throwable original) {
        byte[] stored = session.protect("failure", step.path(), values.encode(failure));
        Journal.Placed placed = journal.outcome(
                step, call -> new LogEntry.Failed(step.path(), now(), startedAt(step), call, attempts, stored));
        return settled(placed, new Outcome.Failed(failure, original));
    }

    private <T extends Outcome> @Nullable T settled(Journal.@Nullable Placed placed, T outcome) {
        if (placed == null) {
            return null;
        }
        remember(placed, outcome);
        journal.await(placed);
        return outcome;
    }

    /** What is not encoded is kept as it is, for as long as the log lives. */
    private void remember(Journal.Placed placed, Outcome outcome) {
        if (!session.durable()) {
            placed.step().memo(outcome);
        }
    }

    /** Records a failed attempt that another one follows; false if the step has its outcome by now. */
    boolean attemptFailed(Step step, int attempts, long due, Failure failure) {
        byte[] stored = session.protect("failure", step.path(), values.encode(failure));
        Journal.Placed placed = journal.attemptFailed(
                step,
                call -> new LogEntry.AttemptFailed(step.path(), now(), startedAt(step), call, attempts, due, stored));
        if (placed == null) {
            return false;
        }
        journal.await(placed);
        return true;
    }

    /**
     * Records a cancellation; null if the step has another outcome by now.
     *
     * @param may whether it may be; asked under the lock
     * @param then done before anything else can see that it was cancelled
     */
    Journal.@Nullable Placed cancelled(Step step, BooleanSupplier may, Runnable then) {
        Journal.Placed placed = journal.ended(
                step,
                may,
                call -> new LogEntry.Cancelled(step.path(), now(), startedAt(step), step.noting(call)),
                then);
        if (placed != null) {
            remember(placed, new Outcome.Cancelled());
        }
        return placed;
    }

    /** Records that a timer passed; false if it has its outcome by now. */
    boolean fired(Step timer) {
        byte[] nothing = session.protect(
                "step", timer.path(), values.encode(null, timer.spec().resultType()));
        Journal.Placed placed = journal.outcome(
                timer,
                call -> new LogEntry.Succeeded(
                        timer.path(), timer.due(), LogEntry.NOT_STARTED, call, 0, false, nothing));
        return settled(placed, new Outcome.Value(null)) != null;
    }

    /** Whether no codec is needed to know the outcome that is recorded of a step. */
    public boolean isReadAtOnce(StepLog log) {
        return log.done() && (log.status() != StepLog.Status.FAILED || log.memo() instanceof Outcome);
    }

    /** What is recorded of a step that has its outcome. */
    public Outcome recorded(Step step, StepLog log) {
        if (log.memo() instanceof Outcome kept) {
            return kept;
        }
        byte[] value = log.value();
        byte[] failure = log.failure();
        if (log.status() == StepLog.Status.SUCCEEDED && value != null) {
            return new Outcome.Stored(value);
        }
        if (log.status() == StepLog.Status.FAILED && failure != null) {
            return new Outcome.Failed(FailureFormat.read(session.reveal("failure", step.path(), failure)), null);
        }
        return new Outcome.Cancelled();
    }

    /**
     * The value of a settled step for who looks on, decoded if nobody joined it before; null where it has none, or one
     * that cannot be decoded, which is for the scope that joins it to say.
     */
    @Nullable
    Object value(Step step) {
        if (step.outcome() instanceof Outcome.Stored stored) {
            try {
                step.decoded(decode(step, stored));
            } catch (CodecException changed) {
                return null;
            }
        }
        return step.outcome() instanceof Outcome.Value value ? value.value() : null;
    }

    public Outcome.Value decode(Step step, Outcome.Stored stored) {
        byte[] clear = session.reveal("step", step.path(), stored.bytes());
        return new Outcome.Value(values.codec().decode(clear, step.spec().resultType()));
    }

    /**
     * The recorded form of what an attempt threw. A failed inner step keeps its classes and message, so that a handler
     * further out can tell what went wrong.
     */
    Failure failure(Throwable thrown, Step step, int attempts) {
        if (thrown instanceof TaskFailedException inner) {
            Failure first = inner.failure();
            return step.isRoot()
                    ? first
                    : new Failure(first.types(), first.message(), step.path(), attempts, first, first.stackTrace());
        }
        Failure live = values.failure(thrown, step.path(), attempts);
        return values.encoding() ? FailureFormat.read(FailureFormat.write(live)) : live;
    }

    void rootReturned(@Nullable Object value) {
        rootEnd = new RootEnd(value, null, null);
    }

    void rootThrew(Throwable thrown, Failure failure, long startedAt) {
        rootStartedAt = startedAt;
        Throwable original = session.original(thrown);
        rootEnd = new RootEnd(null, original == null ? thrown : original, failure);
    }

    /** When the attempt of the run's body began that threw. */
    public long rootStartedAt() {
        return rootStartedAt;
    }

    @Nullable
    public RootEnd rootEnd() {
        return rootEnd;
    }
}
