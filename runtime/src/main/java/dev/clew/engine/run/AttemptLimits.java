package dev.clew.engine.run;

import dev.clew.task.TaskTimeoutException;
import java.time.Duration;

/** Ends attempts whose timeout or idle timeout has passed. An attempt has one alarm, which is set only while its clock runs. */
public final class AttemptLimits {
    /** The pause between two looks at an attempt whose limit has passed, but which may not be ended yet. */
    private static final Duration LOOK_AGAIN = Duration.ofMillis(50);

    private final Session session;
    private final StepRunner runner;

    AttemptLimits(Session session, StepRunner runner) {
        this.session = session;
        this.runner = runner;
    }

    /** Sets the alarm of an executing attempt. Under the lock. */
    public void watch(Attempt attempt) {
        if (attempt.isLive() && attempt.clock().limited()) {
            setAlarm(attempt, attempt.clock().remaining());
        }
    }

    /** Removes the alarm of an attempt, if it has one. Under the lock. */
    public void unwatch(Attempt attempt) {
        if (attempt.alarm != null) {
            attempt.alarm.cancel(false);
            attempt.alarm = null;
        }
    }

    private void setAlarm(Attempt attempt, Duration after) {
        attempt.alarm = session.time().whileOpen(after, () -> runner.hand(() -> rang(attempt)));
    }

    private void rang(Attempt attempt) {
        if (session.lockedGet(() -> timesOut(attempt))) {
            Step step = attempt.step();
            TaskTimeoutException timeout = new TaskTimeoutException(
                    "attempt " + attempt.number() + " of step '" + step.path() + "' in " + session.where() + " passed "
                            + attempt.clock().passed() + "; it was interrupted and abandoned");
            runner.endings().guarded(step, () -> runner.endings().failed(attempt, timeout));
        }
    }

    /** Abandons the attempt if a limit has passed; else looks again later, if it is still watched. Under the lock. */
    private boolean timesOut(Attempt attempt) {
        if (attempt.alarm == null) {
            return false;
        }
        Duration remaining = attempt.clock().remaining();
        if (!remaining.isNegative() && !remaining.isZero()) {
            watch(attempt);
            return false;
        }
        if (Cancellations.hasUnsettledEffectBelow(attempt)) {
            // Without its scope, nothing would find out what became of that effect.
            setAlarm(attempt, LOOK_AGAIN);
            return false;
        }
        return session.core().limitPassed(attempt);
    }
}
