package dev.clew.engine.run;

import static dev.clew.engine.world.EngineLog.LOG;

import dev.clew.engine.core.AttemptEnd;
import dev.clew.engine.core.CoreStep;
import dev.clew.engine.core.RunCore;
import dev.clew.engine.core.Suspension;
import dev.clew.engine.log.LogEntry;
import dev.clew.engine.log.Restart;
import dev.clew.engine.log.StepLog;
import dev.clew.engine.setup.ContextLoader;
import dev.clew.engine.world.LogContext;
import dev.clew.engine.world.Time;
import dev.clew.model.ModelException;
import dev.clew.task.Failure;
import dev.clew.task.RetryPolicy;
import dev.clew.task.TaskFailedException;
import dev.clew.task.TaskTimeoutException;
import dev.clew.value.ClewException;
import dev.clew.value.CodecException;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Runs a session's attempts and decides what each one's end means: an outcome, a retry, a pause, or the end of the run. */
public final class Attempts {
    /** How often it is looked whether a limit that has passed may end its attempt. */
    private static final Duration LOOK_AGAIN = Duration.ofMillis(50);

    private final Session session;
    private final StepRunner runner;

    Attempts(Session session, StepRunner runner) {
        this.session = session;
        this.runner = runner;
    }

    private long now() {
        return session.time().micros();
    }

    /**
     * Runs an attempt on the calling thread, and keeps out of it an interrupt of the code that the thread runs around it.
     * Throws nothing: a fault of the engine's own stops the run.
     */
    void run(Step step, boolean permit) {
        boolean around = session.waiting().interrupted();
        Taken taken = new Taken(permit);
        try {
            run(step, permit, taken);
        } catch (Throwable broken) {
            session.fault(broken);
            taken.giveBack();
        } finally {
            if (around) {
                session.waiting().interrupt(Thread.currentThread());
            }
        }
    }

    /**
     * Takes a queued leaf that no cache answers, and runs it on the calling thread: its attempt begins in the same use of the
     * lock. Throws nothing, as {@link #run(Step, boolean)}.
     */
    void takeLeaf(Step step) {
        boolean around = session.waiting().interrupted();
        Attempt attempt = null;
        try {
            attempt = new Attempt(session, step, step.failedAttempts() + 1, null);
            if (takes(attempt)) {
                started(attempt);
            }
        } catch (Throwable broken) {
            session.fault(broken);
            giveBack(step, attempt);
        } finally {
            if (around) {
                session.waiting().interrupt(Thread.currentThread());
            }
        }
    }

    private boolean takes(Attempt attempt) {
        RunCore.Taken taken = session.lockedGet(() -> {
            RunCore.Taken made = session.core().take(attempt.step());
            return new RunCore.Taken(made.permit(), made.runs() && begins(attempt, made.permit()));
        });
        if (taken.permit() && !taken.runs()) {
            session.permits().release();
        }
        return taken.runs();
    }

    /** Gives back the permit of a step that was offered, or that of its attempt. */
    private void giveBack(Step step, @Nullable Attempt attempt) {
        if (session.lockedGet(() -> session.core().take(step)).permit()) {
            session.permits().release();
        } else if (attempt != null) {
            session.permits().release(attempt);
        }
    }

    /** The permit that an attempt began with: the attempt's own as soon as there is one. */
    private final class Taken {
        private boolean bare;
        private @Nullable Attempt attempt;

        Taken(boolean bare) {
            this.bare = bare;
        }

        void by(Attempt owner) {
            attempt = owner;
            bare = false;
        }

        void giveBack() {
            if (attempt != null) {
                session.permits().release(attempt);
            } else if (bare) {
                session.permits().release();
            }
        }
    }

    private void run(Step step, boolean permit, Taken taken) {
        if (runner.cached().answers(step)) {
            if (permit) {
                session.permits().release();
            }
            return;
        }
        Attempt attempt;
        try {
            attempt = new Attempt(session, step, step.failedAttempts() + 1, null);
            restart(attempt);
        } catch (Suspension closed) {
            session.stop(closed.reason(), closed.why());
            if (permit) {
                session.permits().release();
            }
            return;
        }
        boolean wanted = session.lockedGet(() -> begins(attempt, permit));
        taken.by(attempt);
        if (!wanted) {
            session.permits().release(attempt);
            return;
        }
        started(attempt);
    }

    /**
     * Runs an attempt that has begun, on the thread of the scope that joins it. Throws nothing: a fault of the engine's own
     * stops the run.
     */
    void runBegun(Attempt attempt) {
        try {
            started(attempt);
        } catch (Throwable broken) {
            session.fault(broken);
            session.permits().release(attempt);
        }
    }

    private void started(Attempt attempt) {
        Step step = attempt.step();
        session.events().stepStarted(step, attempt.number());
        if (!step.isRoot()) {
            session.broadcast().started(step, attempt.number());
        }
        CurrentAttempt.enter(attempt);
        try {
            execute(attempt);
        } finally {
            CurrentAttempt.leave(attempt);
        }
    }

    @SuppressWarnings("try") // the context is only to be closed
    private void execute(Attempt attempt) {
        Step step = attempt.step();
        long began = session.time().nanos();
        Object result = null;
        Throwable thrown = null;
        ScopeAttempt frame = attempt.frame();
        attempt.inCode(true);
        Thread thread = Thread.currentThread();
        ClassLoader loaderBefore =
                session.settings().loader().orOf(step.spec().body().getClass()).enter(thread);
        AutoCloseable entered = session.events().entered(step, attempt.number());
        try (LogContext unused = LogContext.enter(session.threadId(), session.runId(), step.path())) {
            if (frame != null) {
                frame.enter(Thread.currentThread());
            }
            result = session.time().world().body(step.spec()).run(attempt);
            if (frame != null) {
                session.engineSide(() -> {
                    frame.returned();
                    return true;
                });
            }
        } catch (Throwable t) {
            thrown = frame == null ? t : frame.threw(t);
        } finally {
            session.events().left(step, entered);
            ContextLoader.leave(thread, loaderBefore);
            attempt.inCode(false);
        }
        if (thrown == null && frame == null && step.cacheKey == null) {
            leafReturned(attempt, result, began);
        } else {
            ended(attempt, result, thrown, began);
        }
    }

    /** Starts an attempt's life; false if its step was ended, or the run stopped, just before. Under the lock. */
    boolean begins(Attempt attempt, boolean permit) {
        boolean begins = session.core().begin(attempt, permit);
        if (begins) {
            attempt.startedOn(Thread.currentThread(), now());
            attempt.clock().resume();
            watch(attempt);
        }
        return begins;
    }

    /** A new attempt of a failed scope forgets the failures that caused that scope's, or else its trailing ones. */
    private void restart(Attempt attempt) {
        Step step = attempt.step();
        if (!step.spec().isScope()) {
            return;
        }
        Journal journal = session.journal();
        session.locked(() -> {
            StepLog log = step.isRoot() ? journal.log().root() : journal.log().find(step.path());
            if (log.restartDue() || step.isRoot() && log.done()) {
                int number = step.isRoot() && log.done() ? 1 : attempt.number();
                Restart restart = journal.log().scope(step.path()).restart();
                Journal.Placed unused = journal.place(
                        new LogEntry.Restarted(step.path(), now(), number, restart.dropped(), restart.advisoryFrom()));
            }
        });
        journal.requireWritten();
    }

    private void ended(Attempt attempt, @Nullable Object result, @Nullable Throwable thrown, long began) {
        ended(attempt, () -> decide(attempt, result, thrown, began));
    }

    private void ended(Attempt attempt, Runnable decision) {
        boolean mine = session.lockedGet(() -> leave(attempt));
        if (mine) {
            guarded(attempt.step(), decision);
        }
        session.permits().release(attempt);
    }

    /** The thread leaves an attempt; false if that was abandoned before. Under the lock. */
    private boolean leave(Attempt attempt) {
        boolean counted = session.core().leave(attempt);
        attempt.leftByThread();
        session.unwatch(attempt);
        return counted;
    }

    /** A leaf returned: it ends, and has its outcome, in one use of the lock. */
    private void leafReturned(Attempt attempt, @Nullable Object result, long began) {
        long took = session.time().nanos() - began;
        Step step = attempt.step();
        Outcomes.Success success;
        byte[] arguments;
        try {
            success = runner.outcomes().success(step, attempt.number(), result);
            arguments = step.keptArguments();
        } catch (CodecException unencodable) {
            ended(attempt, () -> failed(attempt, unencodable));
            return;
        } catch (RuntimeException | Error broken) {
            ended(attempt, () -> session.fault(broken));
            return;
        }
        guarded(step, () -> {
            Outcomes.Recorded recorded = endLeaf(attempt, success, arguments);
            if (recorded != null) {
                session.journal().requireWritten();
                published(attempt, recorded, took);
            }
        });
    }

    /** Gives a leaf its outcome once that is published. The thread of its scope does that with its next use of the lock. */
    private void published(Attempt attempt, Outcomes.Recorded recorded, long took) {
        Step step = attempt.step();
        ScopeAttempt joiner = attempt.joiner();
        if (joiner == null && step.phase().isOver()) {
            return;
        }
        boolean published =
                runner.completions().publish(step, recorded, () -> publish(attempt, recorded.outcome(), took));
        if (published && joiner != null) {
            joiner.ranInline(step, recorded.outcome());
        } else if (published) {
            runner.settle(step, recorded.outcome());
        }
    }

    private Outcomes.@Nullable Recorded endLeaf(
            Attempt attempt, Outcomes.Success success, byte @Nullable [] arguments) {
        boolean[] permit = {false};
        try {
            return session.lockedGet(() -> {
                boolean mine = leave(attempt);
                permit[0] = session.core().takePermit(attempt);
                if (attempt.joiner() != null) {
                    attempt.joiner().inLeaf(false);
                }
                return mine ? placed(attempt, success, arguments) : null;
            });
        } finally {
            if (permit[0]) {
                session.permits().release();
            }
        }
    }

    /** Places a leaf's outcome. If nothing needs to wait for it, and nobody listens, the leaf has it at once. Under the lock. */
    private Outcomes.@Nullable Recorded placed(Attempt attempt, Outcomes.Success success, byte @Nullable [] arguments) {
        Step step = attempt.step();
        Outcomes.Recorded recorded = runner.outcomes().place(step, success, arguments);
        if (recorded != null && recorded.durable() == null && attempt.joiner() == null && session.isUnheard()) {
            session.core().settle(step, recorded.outcome());
        }
        return recorded;
    }

    private void publish(Attempt attempt, Outcome.Value outcome, long took) {
        Step step = attempt.step();
        session.events().stepSucceeded(step, attempt.number(), took);
        session.broadcast().succeeded(step, outcome.value());
    }

    /** What the engine does with an attempt's end: a log that is closed, or a fault of its own, stops the run. */
    void guarded(Step step, Runnable ending) {
        try {
            ending.run();
        } catch (Throwable broken) {
            session.fault(broken);
        } finally {
            runner.cached().left(step);
        }
    }

    private void decide(Attempt attempt, @Nullable Object result, @Nullable Throwable thrown, long began) {
        ScopeAttempt frame = attempt.frame();
        AttemptEnd end = AttemptEnd.of(attempt, thrown);
        if (end instanceof AttemptEnd.Unwound unwound) {
            if (unwound.swallowed()) {
                swallowed(frame == null ? session.where() : frame.where());
            }
            park(attempt, unwound.by());
        } else if (end instanceof AttemptEnd.Returned) {
            succeeded(attempt, result, session.time().nanos() - began);
        } else if (end instanceof AttemptEnd.Crashed crashed) {
            session.stop(Suspension.Reason.CRASHED, crashed.error());
        } else if (end instanceof AttemptEnd.Failed failed) {
            if (frame != null) {
                Causes.record(session, frame, failed.thrown());
            }
            failed(attempt, failed.thrown());
        }
    }

    public void swallowed(String where) {
        session.witness().swallowed(where);
        LOG.warn(
                "the code of {} swallowed the signal that unwinds it for a pause; it is parked all the same; let errors"
                        + " pass, and do not catch Throwable around durable calls",
                where);
    }

    private void park(Attempt attempt, Suspension seal) {
        List<CoreStep> again = session.lockedGet(() -> {
            List<CoreStep> parked = session.core().parkAttempt(attempt, seal);
            parked.forEach(step -> runner.requeued((Step) step));
            return parked;
        });
        again.forEach(step -> runner.enqueued((Step) step));
    }

    private void succeeded(Attempt attempt, @Nullable Object result, long tookNanos) {
        Step step = attempt.step();
        if (step.isRoot()) {
            runner.outcomes().rootReturned(result);
            rootEnded(step);
            return;
        }
        Outcomes.Recorded recorded;
        @Nullable Object value;
        try {
            value = session.memories().noted(step, result);
            recorded = runner.outcomes().recordSuccess(step, attempt.number(), value);
        } catch (CodecException unencodable) {
            failed(attempt, unencodable);
            return;
        }
        if (recorded == null) {
            return;
        }
        if (recorded.durable() != null) {
            // What waits for the disk holds no permit meanwhile.
            session.permits().release(attempt);
        }
        boolean published = runner.completions().publish(step, recorded, () -> {
            runner.cached().keep(step, value);
            publish(attempt, recorded.outcome(), tookNanos);
        });
        if (published) {
            runner.settle(step, recorded.outcome());
        }
    }

    private void failed(Attempt attempt, Throwable thrown) {
        session.locked(() -> session.core().failed(attempt));
        Step step = attempt.step();
        int attempts = attempt.number();
        Failure failure = runner.outcomes().failure(thrown, step, attempts);
        RetryPolicy policy = policy(step, thrown);
        int most = policy == null ? 0 : policy.maxAttempts();
        AttemptEnd.Next next = session.lockedGet(() -> session.core().afterFailure(step, attempts, most));
        if (next == AttemptEnd.Next.RETRY && policy != null) {
            retry(attempt, delay(policy, attempts, thrown), failure, thrown);
        } else if (next == AttemptEnd.Next.RUN_FAILURE) {
            runner.outcomes().rootThrew(thrown, failure, attempt.startedAt());
            rootEnded(step);
        } else if (next == AttemptEnd.Next.FAILURE) {
            failedForGood(attempt, failure, thrown);
        }
    }

    /** The policy's delay, or what the model asked to wait if that is longer. */
    private Duration delay(RetryPolicy policy, int attempts, Throwable thrown) {
        Duration delay = policy.delay(attempts, session.time().world().chance());
        Duration least = original(thrown) instanceof ModelException model
                ? model.retryAfter().orElse(Duration.ZERO)
                : Duration.ZERO;
        return delay.compareTo(least) < 0 ? least : delay;
    }

    private void retry(Attempt attempt, Duration delay, Failure failure, Throwable thrown) {
        Step step = attempt.step();
        int attempts = attempt.number();
        long due = Time.due(now(), delay);
        if (runner.outcomes().attemptFailed(step, attempts, due, failure)) {
            RunLogging.retried(step, session.where(), attempts, due, original(thrown));
            session.events().stepRetried(step, attempts, failure, delay);
            session.broadcast().voided(attempt);
            session.broadcast().retried(step, attempts, failure, delay);
            session.locked(() -> runner.retry(step, attempts, due));
        }
    }

    private void failedForGood(Attempt attempt, Failure failure, Throwable thrown) {
        Step step = attempt.step();
        Outcome outcome = runner.outcomes().failed(step, attempt.number(), failure, original(thrown));
        if (outcome != null) {
            session.events().stepFailed(step, attempt.number(), failure);
            session.broadcast().voided(attempt);
            session.broadcast().failed(step, failure);
            runner.settle(step, outcome);
        }
    }

    private void rootEnded(Step root) {
        session.locked(() -> session.core().rootEnded(root));
    }

    private Throwable original(Throwable thrown) {
        Throwable original = session.original(thrown);
        return original == null ? thrown : original;
    }

    /** The first policy that is about such a failure; null if none is. Clew's own exceptions, timeouts and failed steps apart, are never retried. */
    private static @Nullable RetryPolicy policy(Step step, Throwable thrown) {
        boolean ours = thrown instanceof ClewException
                && !(thrown instanceof TaskTimeoutException)
                && !(thrown instanceof TaskFailedException);
        if (ours) {
            return null;
        }
        try {
            return step.spec().retry().stream()
                    .filter(p -> p.matches(thrown))
                    .findFirst()
                    .orElse(null);
        } catch (RuntimeException undecided) {
            LOG.warn("a retry predicate of step '{}' threw, so the failure is not retried", step.path(), undecided);
            return null;
        }
    }

    // --- timeouts ---

    /** Sets the alarm of an executing attempt. Under the lock. */
    void watch(Attempt attempt) {
        if (attempt.isLive() && attempt.clock().limited()) {
            attempt.alarm = session.time()
                    .whileOpen(attempt.clock().remaining(), () -> runner.hand(() -> maybeTimedOut(attempt)));
        }
    }

    private void watchAgain(Attempt attempt) {
        attempt.alarm = session.time().whileOpen(LOOK_AGAIN, () -> runner.hand(() -> maybeTimedOut(attempt)));
    }

    private void maybeTimedOut(Attempt attempt) {
        Step step = attempt.step();
        boolean timedOut = session.lockedGet(() -> {
            if (attempt.alarm == null) {
                return false;
            }
            Duration remaining = attempt.clock().remaining();
            if (!remaining.isNegative() && !remaining.isZero()) {
                watch(attempt);
                return false;
            }
            if (Cancellations.hasUnsettledEffectBelow(attempt)) {
                // It would leave nobody who learns what became of that.
                watchAgain(attempt);
                return false;
            }
            return session.core().limitPassed(attempt);
        });
        if (timedOut) {
            TaskTimeoutException timeout = new TaskTimeoutException(
                    "attempt " + attempt.number() + " of step '" + step.path() + "' in " + session.where() + " passed "
                            + attempt.clock().passed() + "; it was interrupted and abandoned");
            guarded(step, () -> failed(attempt, timeout));
        }
    }
}
