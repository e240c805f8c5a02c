package dev.clew.engine;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.PriorityQueue;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What the steps and scopes of one activation are doing, and whether the run is at rest. The only class that changes a
 * step's state. Calls no code but its own. Not thread-safe: the run's lock guards it.
 */
final class RunCore {
    private final PriorityQueue<Due> due = new PriorityQueue<>();
    private final Set<Frame> blocked = new LinkedHashSet<>();
    private final Set<String> awaitedTimers = new HashSet<>();
    private @Nullable Step root;

    /** How many steps do something, those whose scope is blocked included. */
    private int active;

    private int held;
    private boolean draining;
    private boolean ended;
    private @Nullable Suspension stopped;
    private Suspension.@Nullable Reason worst;
    private @Nullable Throwable why;

    /** A moment at which a dormant step goes on. */
    private record Due(long at, Step step) implements Comparable<Due> {
        @Override
        public int compareTo(Due other) {
            return Long.compare(at, other.at);
        }

        /** A timer counts only while a scope waits for it; a step may have been given another moment since. */
        boolean holds() {
            return step.state() == StepState.DORMANT && step.due == at && (!step.isTimer() || step.awaited());
        }
    }

    // --- steps ---

    void begin(Step first) {
        root = first;
    }

    @Nullable
    Step root() {
        return root;
    }

    /**
     * Changes a step's state.
     *
     * @throws IllegalStateException if the present state cannot be followed by this one
     */
    void to(Step step, StepState next) {
        StepState before = step.state();
        if (!before.next().contains(next)) {
            throw new IllegalStateException("step '" + step.path() + "' cannot go from " + before + " to " + next);
        }
        active += (next.isActive() ? 1 : 0) - (before.isActive() ? 1 : 0);
        step.state(next);
        if (next == StepState.DORMANT && !step.isTimer()) {
            isDue(step);
        }
    }

    /** Gives a waiting step a permit. */
    void offer(Step step) {
        to(step, StepState.OFFERED);
        step.granted = true;
    }

    /** Puts a step to sleep until this moment. */
    void sleep(Step step, long until) {
        step.due = until;
        to(step, StepState.DORMANT);
    }

    /** Gives a sleeping step another moment. */
    void sleepOn(Step step, long until) {
        step.due = until;
        isDue(step);
    }

    private void isDue(Step step) {
        if (step.queuedFor != step.due) {
            step.queuedFor = step.due;
            due.add(new Due(step.due, step));
        }
    }

    /** Settles a step with its outcome. */
    void settle(Step step, Outcome outcome) {
        end(step, StepState.SETTLED, outcome);
    }

    /** Ends a step of which the log says nothing. */
    void discard(Step step) {
        end(step, StepState.DISCARDED, new Outcome.Cancelled());
    }

    private void end(Step step, StepState as, Outcome outcome) {
        to(step, as);
        step.outcome = outcome;
        step.parkedBy = null;
        step.notifyWaits();
    }

    /** A step comes to rest without an outcome; the strongest reason decides how the run ends. */
    void park(Step step, Suspension by) {
        if (worst == null || by.reason().compareTo(worst) > 0) {
            worst = by.reason();
            why = by.why();
        }
        if (step.state() == StepState.CALLED || step.state() == StepState.RUNNING) {
            to(step, StepState.PARKED);
            step.parkedBy = by.reason();
            step.notifyWaits();
        }
    }

    /** A parked step is queued again, and the scopes that wait for it go on waiting. */
    void unpark(Step step) {
        step.parkedBy = null;
        for (Frame frame : blocked) {
            Wait wait = frame.blockedOn();
            if (wait != null) {
                wait.unrested(step);
            }
        }
        to(step, StepState.WAITING);
    }

    // --- scopes ---

    /** A scope waits. */
    void block(Frame frame, Wait wait) {
        blocked.add(frame);
        for (Step step : wait.steps()) {
            if (step.isTimer() && step.state() == StepState.DORMANT) {
                isDue(step);
            }
        }
    }

    void unblock(Frame frame) {
        blocked.remove(frame);
    }

    // --- rest ---

    /** Keeps the run from coming to rest until {@link #letGo}; false if it is over. */
    boolean hold() {
        boolean open = !isOver() && root != null;
        held += open ? 1 : 0;
        return open;
    }

    void letGo() {
        held--;
    }

    /** From now on the run rests as soon as it only waits, however short the wait is. */
    void drain() {
        draining = true;
    }

    /** Whether an attempt executes, or an outcome is on its way. */
    boolean isActive() {
        return active > blocked.size();
    }

    /** Whether there is nothing to be seen about rest: something executes, or the run is over already. */
    boolean isBusy() {
        return ended || held > 0 || stopped == null && isActive();
    }

    /** What a run does of which nothing executes. */
    enum Rest {
        /** It goes on by itself. */
        NONE,
        /** Its scopes wait for what takes long, and were sealed to be unwound. */
        UNWINDS,
        /** It is over in this activation. */
        ENDED
    }

    /**
     * Sees whether the run has come to rest. If only what takes long is awaited, seals the blocked scopes.
     *
     * @param horizon the last moment that the run may wait for in memory, in microseconds
     */
    Rest rest(long horizon) {
        if (isBusy()) {
            return Rest.NONE;
        }
        boolean over =
                draining || stopped != null || root != null && root.state().isOver();
        if (!over && nextDue() <= horizon) {
            return Rest.NONE;
        }
        if (!blocked.isEmpty()) {
            for (Frame frame : List.copyOf(blocked)) {
                awaitedTimers.addAll(frame.awaitedTimers());
                frame.seal(Suspension.parked());
            }
            return Rest.UNWINDS;
        }
        ended = stopped != null || root != null && (root.atRest() || root.state() == StepState.DORMANT);
        return ended ? Rest.ENDED : Rest.NONE;
    }

    private long nextDue() {
        while (!due.isEmpty() && !due.peek().holds()) {
            Due gone = due.remove();
            if (gone.step().queuedFor == gone.at()) {
                gone.step().queuedFor = -1;
            }
        }
        return due.isEmpty() ? Long.MAX_VALUE : due.peek().at();
    }

    /** The steps that sleep; to call off their alarms. */
    List<Step> dormant() {
        List<Step> dormant = new ArrayList<>();
        for (Due next : due) {
            if (next.step().state() == StepState.DORMANT) {
                dormant.add(next.step());
            }
        }
        return dormant;
    }

    // --- the end ---

    /** Ends the activation at once; false if it is over already. */
    boolean stop(Suspension by) {
        if (ended || stopped != null) {
            return false;
        }
        stopped = by;
        worst = by.reason();
        why = by.why();
        return true;
    }

    /** No scope waits any more: their attempts were abandoned. */
    void unblockAll() {
        blocked.clear();
    }

    /** Nothing more may begin in this activation. */
    boolean isOver() {
        return ended || stopped != null;
    }

    boolean isEnded() {
        return ended;
    }

    @Nullable
    Suspension stopped() {
        return stopped;
    }

    Suspension.@Nullable Reason worst() {
        return worst;
    }

    @Nullable
    Throwable why() {
        return why;
    }

    /** The paths of the timers that its scopes waited for when they were unwound; no other timer makes the run go on. */
    Set<String> awaitedTimers() {
        return awaitedTimers;
    }
}
