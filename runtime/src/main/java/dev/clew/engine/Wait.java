package dev.clew.engine;

import dev.clew.state.StepKind;
import java.util.List;

/** What a blocked scope waits for: all of some steps, or the first of them. Guarded by the session's lock. */
final class Wait {
    private final Frame frame;
    private final List<Step> steps;
    private final boolean race;
    private int unrested;
    private boolean settledOne;

    Wait(Frame frame, List<Step> steps, boolean race) {
        this.frame = frame;
        this.steps = steps;
        this.race = race;
    }

    /** Counts what has come to rest already, and asks the others to tell. */
    void begin() {
        for (Step step : steps) {
            if (step.atRest()) {
                settledOne |= step.state == Step.State.SETTLED;
            } else {
                unrested++;
                step.waitedBy(this);
            }
        }
    }

    void end() {
        for (Step step : steps) {
            step.forget(this);
        }
    }

    List<Step> steps() {
        return steps;
    }

    boolean isRace() {
        return race;
    }

    boolean over() {
        return unrested == 0 || race && settledOne;
    }

    void restedOne(Step step) {
        unrested--;
        settledOne |= step.state == Step.State.SETTLED;
        if (over()) {
            frame.wake();
        }
    }

    /** One of its steps was parked and runs again. */
    void unrested(Step step) {
        if (steps.contains(step)) {
            unrested++;
            step.waitedBy(this);
        }
    }

    /** The paths of the timers among its steps that are open. */
    List<String> timers() {
        return steps.stream()
                .filter(step -> step.kind() == StepKind.TIMER && step.state == Step.State.DORMANT)
                .map(Step::path)
                .toList();
    }

    /** When the first of its dormant steps is due, in microseconds; the greatest number for none. */
    long nextDue() {
        long next = Long.MAX_VALUE;
        for (Step step : steps) {
            if (step.state == Step.State.DORMANT) {
                next = Math.min(next, step.due);
            }
        }
        return next;
    }
}
