package dev.clew.engine.core;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Which step wins a race, and what it means that a timer is due. The first outcome in the log wins. A timer takes a place in
 * the log only in a race; if it is joined alone, it settles without an entry. The run's lock guards it.
 */
public final class Races {
    private final RunCore core;

    Races(RunCore core) {
        this.core = core;
    }

    /** What a scope does next that races steps. */
    public sealed interface Next {
        /** It waits until this step, whose outcome is first in the log, is settled. */
        record Won(CoreStep step) implements Next {}

        /** It lets this timer, which was due first, take its place in the log. */
        record Fires(CoreStep timer) implements Next {}

        /** It waits for the first outcome. */
        record Waits() implements Next {}
    }

    /** What a scope does next that races these steps. Under the lock, so that no outcome is overlooked for a later one. */
    public Next next(List<? extends CoreStep> raced, long now) {
        CoreStep first = null;
        for (CoreStep step : raced) {
            boolean earlier = first == null || step.seq() < first.seq();
            first = step.isPlaced() && earlier ? step : first;
        }
        if (first != null) {
            return new Next.Won(first);
        }
        CoreStep timer = firstDue(raced, now);
        return timer == null ? new Next.Waits() : new Next.Fires(timer);
    }

    private static @Nullable CoreStep firstDue(List<? extends CoreStep> raced, long now) {
        CoreStep first = null;
        for (CoreStep step : raced) {
            // One that was joined outside a race before has settled without an entry.
            boolean joined = step.isTimer() && step.phase() == StepPhase.SETTLED && !step.isPlaced();
            boolean earlier = first == null || step.due() < first.due();
            first = (joined || isDue(step, now)) && earlier ? step : first;
        }
        return first;
    }

    private static boolean isDue(CoreStep step, long now) {
        return step.isTimer() && step.phase() == StepPhase.DORMANT && step.due() <= now;
    }

    /** A race is decided: the others are losers, which end with their scope. */
    public void decided(List<? extends CoreStep> raced, CoreStep winner) {
        for (CoreStep step : raced) {
            step.lost(step != winner);
        }
    }

    /** A step is joined, so that it is no loser. On its scope's own thread. */
    public void joined(CoreStep step) {
        step.lost(false);
    }

    // --- timers ---

    /** What the alarm of a timer means. */
    public enum Ring {
        /** Nothing: no scope waits for the timer. It stays open, and the next join or cancel decides, as in a replay. */
        NOTHING,
        /** It settles without an entry. */
        PASSES,
        /** It is raced, so that it takes its place in the log, and then settles. */
        TAKES_PLACE
    }

    /** The alarm of a timer rang. */
    public Ring rang(CoreStep timer) {
        if (timer.phase() != StepPhase.DORMANT || !timer.isAwaited()) {
            return Ring.NOTHING;
        }
        return timer.isRaced() ? Ring.TAKES_PLACE : Ring.PASSES;
    }

    /** Settles those of these steps that are timers and due. They are joined outside a race. */
    public void passDue(List<? extends CoreStep> joined, long now, Object outcome) {
        for (CoreStep step : joined) {
            if (isDue(step, now)) {
                passes(step, outcome);
            }
        }
    }

    /** A timer that is joined outside a race is due: it settles without an entry. */
    public void passes(CoreStep timer, Object outcome) {
        if (timer.phase() == StepPhase.DORMANT && core.stopped() == null) {
            timer.passed();
            core.settle(timer, outcome);
        }
    }

    /** A raced timer has its place in the log. One that had settled before keeps its outcome. */
    public void tookPlace(CoreStep timer, Object outcome) {
        if (timer.phase() == StepPhase.PLACED && core.stopped() == null) {
            core.settle(timer, outcome);
        }
    }
}
