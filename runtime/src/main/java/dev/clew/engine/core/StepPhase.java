package dev.clew.engine.core;

import java.util.EnumMap;
import java.util.EnumSet;
import java.util.Map;
import java.util.Set;

/** What a step is doing in one activation of its run, and what it can do next. */
public enum StepPhase {
    /** It is called, and not yet begun. Whoever cancels its scope may settle it. */
    CALLED,
    /** It waits for a permit, or for the leader of its cache key. */
    WAITING,
    /** It has a permit, and waits for a thread. */
    OFFERED,
    /** An attempt executes, or is blocked in a durable call. */
    RUNNING,
    /** A timer that is not due, a failed attempt with the next one due later, or a child on a thread of its own. */
    DORMANT,
    /** Its outcome has its place in the log, and is not yet as durable as the run promises. */
    PLACED,
    /** It has its outcome. */
    SETTLED,
    /** It will not go on in this activation, unless an answer comes for it. */
    PARKED,
    /** Its scope failed and stopped it. The log says nothing of that. */
    DISCARDED;

    /** Whether a step in this state does something, so that its run is not at rest. A blocked scope is an exception. */
    public boolean isActive() {
        return this == WAITING || this == OFFERED || this == RUNNING || this == PLACED;
    }

    public boolean isQueued() {
        return this == WAITING || this == OFFERED;
    }

    /** Whether it has an outcome for those who wait for it, or will never have one. */
    public boolean isOver() {
        return this == SETTLED || this == DISCARDED;
    }

    /** The table, made once: a run asks it several times for each step. */
    private static final Map<StepPhase, Set<StepPhase>> NEXT = new EnumMap<>(StepPhase.class);

    static {
        for (StepPhase phase : values()) {
            NEXT.put(phase, phase.followers());
        }
    }

    /** Whether a step can go from this state to another one. */
    public boolean leadsTo(StepPhase next) {
        Set<StepPhase> followers = NEXT.get(this);
        return followers != null && followers.contains(next);
    }

    /** The states that can follow this one. */
    private Set<StepPhase> followers() {
        return switch (this) {
            case CALLED -> EnumSet.of(WAITING, DORMANT, PLACED, SETTLED, PARKED, DISCARDED);
            case WAITING -> EnumSet.of(OFFERED, RUNNING, PLACED, DISCARDED);
            case OFFERED -> EnumSet.of(RUNNING, PLACED, DISCARDED);
            case RUNNING -> EnumSet.of(DORMANT, PLACED, SETTLED, PARKED, DISCARDED);
            case DORMANT -> EnumSet.of(WAITING, PLACED, SETTLED, DISCARDED);
            case PLACED -> EnumSet.of(SETTLED);
            case PARKED -> EnumSet.of(WAITING, PLACED);
            case SETTLED, DISCARDED -> EnumSet.noneOf(StepPhase.class);
        };
    }
}
