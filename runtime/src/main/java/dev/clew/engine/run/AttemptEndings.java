package dev.clew.engine.run;

import static dev.clew.engine.world.EngineLog.LOG;

import dev.clew.engine.core.AttemptEnd;
import dev.clew.engine.core.CoreStep;
import dev.clew.engine.core.Suspension;
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

/** Does what the end of an attempt means: its step gets an outcome, a further attempt or a pause, or the run ends. */
public final class AttemptEndings {
    private final Session session;
    private final StepRunner runner;

    AttemptEndings(Session session, StepRunner runner) {
        this.session = session;
        this.runner = runner;
    }

    /** A leaf returned: its attempt ends, and it has its outcome, in one use of the lock. */
    void leafReturned(Attempt attempt, @Nullable Object result, long began) {
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
                publishLeaf(attempt, recorded, took);
            }
        });
    }

    private Outcomes.@Nullable Recorded endLeaf(
            Attempt attempt, Outcomes.Success success, byte @Nullable [] arguments) {
        boolean[] permit = {false}; // set under the lock, and given back once that is free, whatever was thrown
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

    /** Places a leaf's outcome. If nothing needs to wait for it, and no reader is told, it is settled at once. Under the lock. */
    private Outcomes.@Nullable Recorded placed(Attempt attempt, Outcomes.Success success, byte @Nullable [] arguments) {
        Step step = attempt.step();
        Outcomes.Recorded recorded = runner.outcomes().place(step, success, arguments);
        if (recorded != null && recorded.durable() == null && attempt.joiner() == null && session.isUnheard()) {
            session.core().settle(step, recorded.outcome());
        } else if (recorded != null
                && attempt.joiner() != null
                && !runner.completions().isBusyWith(step)) {
            Journal.awaitedHere(recorded.durable());
        }
        return recorded;
    }

    /** Publishes a leaf's outcome, and then settles the leaf. A joiner's thread does that with its next use of the lock. */
    private void publishLeaf(Attempt attempt, Outcomes.Recorded recorded, long took) {
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

    private void publish(Attempt attempt, Outcome.Value outcome, long took) {
        Step step = attempt.step();
        session.events().stepSucceeded(step, attempt.number(), took);
        session.broadcast().succeeded(step, outcome.value());
    }

    /** Any other attempt ended, or a leaf's failed: decides what that means, unless the attempt was abandoned before. */
    void ended(Attempt attempt, @Nullable Object result, @Nullable Throwable thrown, long began) {
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
        runner.limits().unwatch(attempt);
        return counted;
    }

    /** Does what follows an end. A log that is closed, or a fault of the engine's own, stops the run. */
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
        ScopeAttempt scope = attempt.scopeAttempt();
        AttemptEnd end = AttemptEnd.of(attempt, thrown);
        if (end instanceof AttemptEnd.Unwound unwound) {
            if (unwound.swallowed()) {
                swallowed(scope == null ? session.where() : scope.where());
            }
            park(attempt, unwound.by());
        } else if (end instanceof AttemptEnd.Returned) {
            succeeded(attempt, result, session.time().nanos() - began);
        } else if (end instanceof AttemptEnd.Crashed crashed) {
            session.stop(Suspension.Reason.CRASHED, crashed.error());
        } else if (end instanceof AttemptEnd.Failed failed) {
            if (scope != null) {
                Causes.record(session, scope, failed.thrown());
            }
            failed(attempt, failed.thrown());
        }
    }

    /** Reports that a scope's code caught what unwinds it. */
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

    private void succeeded(Attempt attempt, @Nullable Object result, long took) {
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
            publish(attempt, recorded.outcome(), took);
        });
        if (published) {
            runner.settle(step, recorded.outcome());
        }
    }

    /** An attempt failed with this, or was abandoned because a limit of it passed: retries the step, or lets it fail. */
    void failed(Attempt attempt, Throwable thrown) {
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

    /** The first policy that matches such a failure; null if none does. */
    private static @Nullable RetryPolicy policy(Step step, Throwable thrown) {
        if (isNeverRetried(thrown)) {
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

    /** Clew's own exceptions come again with each attempt, except timeouts and the failures of other steps. */
    private static boolean isNeverRetried(Throwable thrown) {
        return thrown instanceof ClewException
                && !(thrown instanceof TaskTimeoutException)
                && !(thrown instanceof TaskFailedException);
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
        long due = Time.due(session.time().micros(), delay);
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
}
