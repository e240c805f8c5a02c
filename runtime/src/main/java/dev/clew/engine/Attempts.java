package dev.clew.engine;

import dev.clew.engine.log.LogEntry;
import dev.clew.engine.log.Restart;
import dev.clew.engine.log.StepLog;
import dev.clew.engine.world.Time;
import dev.clew.task.Failure;
import dev.clew.task.RetryPolicy;
import dev.clew.task.TaskFailedException;
import dev.clew.task.TaskTimeoutException;
import dev.clew.value.ClewException;
import dev.clew.value.CodecException;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Runs a session's attempts and decides what each one's end means: an outcome, a retry, a pause, or the end of the run. */
final class Attempts {
    private static final Logger LOG = LoggerFactory.getLogger("dev.clew");

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
            attempt = new Attempt(session, step, step.failedAttempts + 1);
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
        Frame frame = attempt.frame();
        attempt.inCode(true);
        Thread thread = Thread.currentThread();
        ClassLoader loaderBefore =
                session.settings().loader().orOf(step.spec().body().getClass()).enter(thread);
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
            thrown = t;
            if (frame != null) {
                frame.threw(t);
            }
        } finally {
            ContextLoader.leave(thread, loaderBefore);
            attempt.inCode(false);
        }
        ended(attempt, result, thrown, began);
    }

    /** Starts an attempt's life; false where its step was cancelled, or the run stopped, just before. Under the lock. */
    private boolean begins(Attempt attempt, boolean permit) {
        Step step = attempt.step();
        attempt.permit = permit;
        if (session.isOver()) {
            return false;
        }
        if (step.state != Step.State.RUNNING) {
            session.deactivated();
            return false;
        }
        step.attempt = attempt;
        attempt.startedOn(Thread.currentThread());
        attempt.clock().resume();
        session.runs(attempt);
        watch(attempt);
        return true;
    }

    /** A new attempt of a failed scope forgets the failures that caused that scope's, or else its trailing ones. */
    private void restart(Attempt attempt) {
        Step step = attempt.step();
        if (!step.spec().isScope()) {
            return;
        }
        Journal journal = session.journal();
        journal.read(() -> {
            StepLog log = step.isRoot() ? journal.log().root() : journal.log().find(step.path());
            if (log.restartDue() || step.isRoot() && log.done()) {
                int number = step.isRoot() && log.done() ? 1 : attempt.number();
                Restart restart = journal.log().scope(step.path()).restart();
                journal.append(
                        new LogEntry.Restarted(step.path(), now(), number, restart.dropped(), restart.advisoryFrom()));
            }
            return true;
        });
    }

    private void ended(Attempt attempt, @Nullable Object result, @Nullable Throwable thrown, long began) {
        Step step = attempt.step();
        boolean mine = session.lockedGet(() -> {
            boolean counted = attempt.live && session.stopsRunning(attempt);
            attempt.live = false;
            attempt.leftByThread();
            session.unwatch(attempt);
            return counted;
        });
        if (mine) {
            guarded(step, () -> decide(attempt, result, thrown, began));
        }
        session.permits().release(attempt);
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
        Frame frame = attempt.frame();
        Suspension seal = frame == null ? null : frame.seal();
        if (seal == null && thrown instanceof Suspension raised) {
            seal = raised;
        }
        if (seal != null) {
            if (thrown != null && !(thrown instanceof Suspension)) {
                swallowed(frame == null ? session.where() : frame.where());
            }
            park(attempt, seal);
        } else if (thrown == null) {
            succeeded(attempt, result, session.time().nanos() - began);
        } else if (thrown instanceof Error && !(thrown instanceof AssertionError)) {
            session.stop(Suspension.Reason.CRASHED, thrown);
        } else {
            if (frame != null) {
                Causes.record(session, frame, thrown);
            }
            failed(attempt, thrown);
        }
    }

    void swallowed(String where) {
        session.witness().swallowed(where);
        LOG.warn(
                "the code of {} swallowed the signal that unwinds it for a pause; it is parked all the same; let errors"
                        + " pass, and do not catch Throwable around durable calls",
                where);
    }

    private void park(Attempt attempt, Suspension seal) {
        Step step = attempt.step();
        Frame frame = attempt.frame();
        Step next = session.lockedGet(() -> {
            if (frame != null) {
                frame.leaveOpen();
            }
            session.parked(seal);
            step.park(seal.reason());
            if (step.isRoot()) {
                session.rootEnded();
            } else {
                session.deactivated();
            }
            return step.again ? session.wake(step) : null;
        });
        if (next != null) {
            runner.enqueued(next);
        }
    }

    private void succeeded(Attempt attempt, @Nullable Object result, long tookNanos) {
        Step step = attempt.step();
        if (step.isRoot()) {
            runner.outcomes().rootReturned(result);
            session.locked(session::rootEnded);
            return;
        }
        Outcomes.Recorded recorded;
        @Nullable Object value;
        try {
            value = session.memories().noted(step, result);
            recorded = runner.outcomes().success(step, attempt.number(), value);
        } catch (CodecException unencodable) {
            failed(attempt, unencodable);
            return;
        }
        if (recorded == null) {
            runner.settle(step, null);
            return;
        }
        runner.completions().after(attempt, recorded.durable(), () -> {
            runner.cached().keep(step, value);
            session.events().stepSucceeded(step, attempt.number(), tookNanos);
            session.broadcast().succeeded(step, recorded.outcome().value());
            runner.settle(step, recorded.outcome());
        });
    }

    private void failed(Attempt attempt, Throwable thrown) {
        Step step = attempt.step();
        Frame frame = attempt.frame();
        if (frame != null) {
            // An answer may have made a parked step of it run again after the scope had waited for all.
            session.locked(frame::leaveRunning);
        }
        int attempts = attempt.number();
        Failure failure = runner.outcomes().failure(thrown, step, attempts);
        Optional<RetryPolicy> retry = policy(step, thrown);
        if (retry.isPresent() && attempts < retry.get().maxAttempts()) {
            Duration delay = retry.get().delay(attempts, session.time().world().chance());
            long due = Time.due(now(), delay);
            runner.outcomes().attemptFailed(step, attempts, due, failure);
            RunLogging.retried(step, session.where(), attempts, due, original(thrown));
            session.events().stepRetried(step, attempts, failure, delay);
            session.broadcast().retried(step, attempts, failure, delay);
            session.locked(() -> {
                step.failedAttempts = attempts;
                if (step.state != Step.State.SETTLED) {
                    runner.sleep(step, due);
                }
                session.deactivated();
            });
            return;
        }
        if (step.isRoot()) {
            runner.outcomes().rootThrew(thrown, failure);
            session.locked(session::rootEnded);
            return;
        }
        Outcome outcome = runner.outcomes().failed(step, attempts, failure, original(thrown));
        if (outcome != null) {
            session.events().stepFailed(step, attempts, failure);
            session.broadcast().failed(step, failure);
        }
        runner.settle(step, outcome);
    }

    private Throwable original(Throwable thrown) {
        Throwable original = session.original(thrown);
        return original == null ? thrown : original;
    }

    /** The first policy that is about such a failure. Clew's own exceptions, timeouts and failed steps apart, are never retried. */
    private static Optional<RetryPolicy> policy(Step step, Throwable thrown) {
        boolean ours = thrown instanceof ClewException
                && !(thrown instanceof TaskTimeoutException)
                && !(thrown instanceof TaskFailedException);
        if (ours) {
            return Optional.empty();
        }
        try {
            return step.spec().retry().stream().filter(p -> p.matches(thrown)).findFirst();
        } catch (RuntimeException undecided) {
            LOG.warn("a retry predicate of step '{}' threw, so the failure is not retried", step.path(), undecided);
            return Optional.empty();
        }
    }

    // --- timeouts ---

    /** Sets the alarm of an executing attempt. Under the lock. */
    void watch(Attempt attempt) {
        if (attempt.live && attempt.clock().limited()) {
            attempt.alarm = session.time()
                    .whileOpen(attempt.clock().remaining(), () -> runner.hand(() -> maybeTimedOut(attempt)));
        }
    }

    private void maybeTimedOut(Attempt attempt) {
        Step step = attempt.step();
        boolean timedOut = session.lockedGet(() -> {
            Frame frame = attempt.frame();
            if (!attempt.live || attempt.alarm == null || frame != null && frame.blockedOn() != null) {
                return false;
            }
            if (!attempt.clock().remaining().isNegative()
                    && !attempt.clock().remaining().isZero()) {
                watch(attempt);
                return false;
            }
            abandon(attempt);
            return true;
        });
        if (timedOut) {
            session.permits().release(attempt);
            TaskTimeoutException timeout = new TaskTimeoutException(
                    "attempt " + attempt.number() + " of step '" + step.path() + "' in " + session.where() + " passed "
                            + attempt.clock().passed() + "; it was interrupted and abandoned");
            guarded(step, () -> failed(attempt, timeout));
        }
    }

    /** Ends an attempt's life from outside; what its scope left running goes on. Under the lock. */
    void abandon(Attempt attempt) {
        attempt.live = false;
        session.stopsRunning(attempt);
        session.unwatch(attempt);
        Frame frame = attempt.frame();
        if (frame != null) {
            frame.leaveRunning();
            frame.kill(new Suspension(Suspension.Reason.ABANDONED, null));
        }
        attempt.interrupt();
    }
}
