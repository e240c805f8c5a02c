package dev.clew.engine.core;

import java.util.List;

/** What a blocked scope waits for: all of some steps, or the first of them. Guarded by the run's lock. */
public final class Wait {
    private final CoreScope scope;
    private final List<? extends CoreStep> steps;
    private final boolean race;
    private int unrested;
    private boolean endedOne;

    public Wait(CoreScope scope, List<? extends CoreStep> steps, boolean race) {
        this.scope = scope;
        this.steps = steps;
        this.race = race;
    }

    /** Counts what has come to rest already, and has the others notify it. */
    void begin() {
        for (CoreStep step : steps) {
            if (step.atRest()) {
                endedOne |= step.phase().isOver();
            } else {
                unrested++;
                step.waitedBy(this);
            }
        }
    }

    void end() {
        for (CoreStep step : steps) {
            step.forget(this);
        }
    }

    public List<? extends CoreStep> steps() {
        return steps;
    }

    boolean isRace() {
        return race;
    }

    boolean isOver() {
        return unrested == 0 || race && endedOne;
    }

    void rested(CoreStep step, RunCore core) {
        unrested--;
        endedOne |= step.phase().isOver();
        if (isOver()) {
            core.resume(scope);
        }
    }

    /** One of its steps was parked and runs again. */
    void unrested(CoreStep step) {
        if (steps.contains(step)) {
            unrested++;
            step.waitedBy(this);
        }
    }

    /** The paths of the timers among its steps that are open. */
    List<String> timers() {
        return steps.stream()
                .filter(step -> step.isTimer() && step.phase() == StepPhase.DORMANT)
                .<String>map(CoreStep::path)
                .toList();
    }
}
