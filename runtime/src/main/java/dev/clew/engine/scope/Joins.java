package dev.clew.engine.scope;

import dev.clew.engine.core.Races;
import dev.clew.engine.core.Suspension;
import dev.clew.engine.run.Outcome;
import dev.clew.engine.run.Session;
import dev.clew.engine.run.Step;
import dev.clew.task.TaskCancelledException;
import dev.clew.task.TaskFailedException;
import dev.clew.task.TaskFuture;
import dev.clew.task.TaskTimeoutException;
import dev.clew.value.ClewException;
import dev.clew.value.CodecException;
import dev.clew.value.IllegalRequestException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What waiting for steps gives a scope: values, failures, winners. On the scope's own thread. */
final class Joins {
    private Joins() {}

    /** The value of a step at rest. */
    static @Nullable Object value(Frame frame, Step step) {
        frame.awaitSettled(step);
        frame.observe(step);
        Outcome outcome = step.outcome();
        if (outcome instanceof Outcome.Stored stored) {
            return decoded(frame, step, stored).value();
        }
        if (outcome instanceof Outcome.Value value) {
            return value.value();
        }
        if (outcome instanceof Outcome.Failed failed) {
            TaskFailedException thrown = new TaskFailedException(failed.failure());
            frame.session().remember(thrown, failed.original());
            throw thrown;
        }
        throw new TaskCancelledException("step '" + step.path() + "' in " + frame.where() + " was cancelled");
    }

    /** What cannot be read as what the code now wants is a mismatch: a body that caught it could go another way. */
    private static Outcome.Value decoded(Frame frame, Step step, Outcome.Stored stored) {
        try {
            Outcome.Value decoded = frame.session().runner().outcomes().decode(step, stored);
            step.decoded(decoded);
            return decoded;
        } catch (CodecException changed) {
            throw frame.sealed(new Suspension(
                    Suspension.Reason.MISMATCH,
                    new CodecException(
                            "what step '" + step.path() + "' in " + frame.where()
                                    + " was recorded with does not fit its type any more (" + changed.getMessage()
                                    + "); keep the old names, or give the codec a migration, then Command.proceed() goes on",
                            changed.path(),
                            changed)));
        }
    }

    static @Nullable Object within(Frame frame, Step step, Duration timeout) {
        if (timeout.isNegative() || timeout.isZero()) {
            throw new IllegalRequestException("a join's timeout must be positive, not " + timeout);
        }
        Step timer = frame.startTimer("join", timeout);
        Step winner = race(frame, List.of(step, timer));
        if (winner == timer) {
            frame.sawTime(timer.at());
            frame.observeFailure(timer);
            TaskTimeoutException late = new TaskTimeoutException("step '" + step.path() + "' in " + frame.where()
                    + " did not end within " + timeout + "; it goes on, and can be joined again");
            frame.limitPassed(late, timer);
            throw late;
        }
        frame.session().runner().timers().outrun(timer);
        return value(frame, step);
    }

    @SuppressWarnings({"unchecked", "NullAway"})
    static <R extends @Nullable Object> List<R> all(Frame frame, List<? extends TaskFuture<? extends R>> futures) {
        List<Step> steps = steps(frame, futures);
        for (Step step : steps) {
            frame.session().core().races().joined(step);
            step.joinedWithOthers = true;
            frame.session().runner().steal(step, frame);
        }
        frame.await(steps, false);
        frame.joined(steps);
        List<R> values = new ArrayList<>(steps.size());
        ClewException first = null;
        for (Step step : steps) {
            try {
                values.add((R) value(frame, step));
            } catch (ClewException failed) {
                first = withSuppressed(first, failed);
            }
        }
        if (first != null) {
            throw first;
        }
        return java.util.Collections.unmodifiableList(values);
    }

    /** Returns the candidate whose outcome is first in the log: the same object that the caller passed. */
    @SuppressWarnings("unchecked")
    static <R extends @Nullable Object> TaskFuture<R> any(
            Frame frame, List<? extends TaskFuture<? extends R>> futures) {
        List<Step> steps = steps(frame, futures);
        Step winner = race(frame, steps);
        return (TaskFuture<R>) futures.get(steps.indexOf(winner));
    }

    /** The step whose outcome is first in the log. */
    private static Step race(Frame frame, List<Step> steps) {
        Session session = frame.session();
        while (true) {
            Races.Next next = session.lockedGet(
                    () -> session.core().races().next(steps, session.time().micros()));
            if (next instanceof Races.Next.Won won) {
                Step first = (Step) won.step();
                frame.await(List.of(first), false);
                session.core().races().decided(steps, first);
                return first;
            } else if (next instanceof Races.Next.Fires fires) {
                session.runner().timers().takePlace((Step) fires.timer());
            } else {
                frame.await(steps, true);
                frame.requireOneGoesOn(steps);
            }
        }
    }

    private static List<Step> steps(Frame frame, List<? extends TaskFuture<?>> futures) {
        List<Step> steps = new ArrayList<>(futures.size());
        for (TaskFuture<?> future : futures) {
            if (!(future instanceof StepFuture<?> ours) || ours.frame() != frame) {
                throw new IllegalRequestException("allOf and anyOf in " + frame.where()
                        + " take only futures of that scope; join the others in the scope that called them");
            }
            steps.add(ours.step());
        }
        return steps;
    }

    static <T extends Throwable> T withSuppressed(@Nullable T first, T next) {
        if (first == null) {
            return next;
        }
        if (first != next) {
            first.addSuppressed(next);
        }
        return first;
    }
}
