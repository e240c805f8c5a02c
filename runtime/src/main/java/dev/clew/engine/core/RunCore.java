package dev.clew.engine.core;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What the steps and scopes of one activation are doing, and when the run is at rest. The only class that changes a step's
 * phase. It has no threads, locks, stores or clocks: what it wants done goes to {@link CoreCallbacks}. Outcomes are plain objects
 * to it, because nothing that it decides depends on what they hold. Not thread-safe: the run's lock guards it.
 */
public final class RunCore {
    /** The place of an outcome that the log does not have: behind all that it has, and before a step that has none. */
    private static final long AFTER_ALL_PLACES = Long.MAX_VALUE - 1;

    private final CoreCallbacks callbacks;
    private final Object cancelled;
    private final DueSteps due = new DueSteps();
    private final OrphanedSteps orphans = new OrphanedSteps();
    private final Reruns reruns = new Reruns(this, orphans);
    private final Races races = new Races(this);
    private final Set<CoreScope> blocked = new LinkedHashSet<>();
    private final Set<CoreAttempt> running = new LinkedHashSet<>();
    private Set<String> awaitedTimers = Set.of();

    /** The steps that rest as they did before, whose scopes were not unwound because they did not run. */
    private final Set<String> leftParked = new HashSet<>();

    /** The questions that were answered in this activation, in that order. */
    private final List<String> answers = new ArrayList<>();

    private @Nullable CoreStep root;

    /** How many steps do something, those whose scope is blocked included. */
    private int active;

    /** How many threads keep the run from coming to rest. */
    private int holds;

    private boolean draining;

    /** What stops the run as soon as it only waits; null if it may rest. */
    private @Nullable Suspension lostAtRest;

    /** Whether it has come to rest: no step does anything any more. */
    private boolean ended;

    /** Why the activation was stopped from outside. */
    private @Nullable Suspension stopped;

    /** The strongest reason for which a step rests without an outcome, and what is known of it. */
    private Suspension.@Nullable Reason worst;

    private @Nullable Throwable why;

    /** @param cancelled the outcome of steps that are ended before their time */
    public RunCore(CoreCallbacks callbacks, Object cancelled) {
        this.callbacks = callbacks;
        this.cancelled = cancelled;
    }

    /** Who wins races, and what timers mean. */
    public Races races() {
        return races;
    }

    // --- calls ---

    /** The run's own body is called. */
    public void beginRun(CoreStep body) {
        root = body;
    }

    /** A scope has called a step. */
    public void open(CoreScope scope, CoreStep step) {
        requireAlive(scope);
        scope.open().add(step);
    }

    /** A scope has joined or cancelled these steps: those that have an outcome are not open any more. */
    public void joined(CoreScope scope, List<? extends CoreStep> steps) {
        for (CoreStep step : steps) {
            if (step.phase().isOver()) {
                scope.open().remove(step);
            }
        }
    }

    /** A scope has adopted a step that is not what it calls. */
    public void refuse(CoreScope scope, CoreStep adopted) {
        scope.open().remove(adopted);
    }

    /** Whether no attempt has left steps behind. Any thread may ask. */
    public boolean hasNoOrphans() {
        return orphans.isEmpty();
    }

    /** A scope calls what an attempt before it left running: that step is its own from now on. Null if there is none. */
    public @Nullable CoreStep adopt(CoreScope scope, String path) {
        requireAlive(scope);
        CoreStep orphan = orphans.take(path);
        if (orphan != null) {
            scope.open().add(orphan);
        }
        return orphan;
    }

    /** An attempt that was abandoned while it called has left already what it leaves: it begins nothing more. */
    private static void requireAlive(CoreScope scope) {
        Suspension seal = scope.seal();
        if (scope.isDead() && seal != null) {
            throw seal.again();
        }
    }

    // --- from the call to the attempt ---

    /** The log has a called step's outcome, at this place: it settles with that, unless it was ended while it was called. */
    public void replay(CoreStep step, long seq, long at, Object outcome) {
        step.place(seq, at);
        if (step.phase() == StepPhase.CALLED) {
            settle(step, outcome);
        }
    }

    /**
     * A called step is to run once it is due. It does nothing if it was ended while it was called.
     *
     * @param failed how many attempts of it have failed
     * @param follows as for {@link #queue}
     * @return whether it sleeps until then
     */
    public boolean start(CoreStep step, int failed, long dueAt, long now, boolean follows) {
        step.failedAttempts(failed);
        if (step.atRest()) {
            return false;
        } else if (dueAt > now) {
            return sleep(step, dueAt);
        }
        queue(step, follows);
        return false;
    }

    /**
     * A called step is to run.
     *
     * @param follows whether another step of its cache key may have to end first
     */
    public void queue(CoreStep step, boolean follows) {
        to(step, StepPhase.WAITING);
        requeued(step, follows);
    }

    /** A step that waits anew has no permit. */
    public void requeued(CoreStep step, boolean follows) {
        step.grant(false);
        step.follows(follows);
        step.due(0);
    }

    /** A step leads those of its cache key; false if it need not run any more. */
    public boolean leads(CoreStep step) {
        step.follows(false);
        return step.phase().isQueued() && stopped == null;
    }

    /** Whether a step still waits for the leader of its cache key. */
    public boolean isFollowing(CoreStep step) {
        return step.phase().isQueued() && step.isFollower() && stopped == null;
    }

    /** There is a permit for a step; false if it is not waiting any more. */
    public boolean offer(CoreStep step) {
        boolean waits = step.phase() == StepPhase.WAITING && !isOver();
        if (waits) {
            to(step, StepPhase.OFFERED);
            step.grant(true);
        }
        return waits;
    }

    /**
     * What a thread has taken.
     *
     * @param permit whether it has the step's permit, to use it or give it back
     * @param runs whether it runs the step
     */
    public record Taken(boolean permit, boolean runs) {}

    /** A thread takes a step that has a permit, or the run's body. */
    public Taken take(CoreStep step) {
        boolean permit = takePermit(step);
        boolean runs = step.phase().isQueued() && (permit || step.isRoot()) && !isOver();
        if (runs) {
            to(step, StepPhase.RUNNING);
        }
        return new Taken(permit, runs);
    }

    private static boolean takePermit(CoreStep step) {
        boolean had = step.isGranted();
        step.grant(false);
        return had;
    }

    /** Whether the thread that joins a leaf could run it. */
    public boolean isInlineable(CoreStep step) {
        return step.isInlineable() && !isOver();
    }

    /** The thread that joins a leaf runs it; gives whether it has a permit of its own. */
    public boolean takeInline(CoreStep step) {
        to(step, StepPhase.RUNNING);
        return takePermit(step);
    }

    /** An attempt begins; false if its step was ended, or the run stopped, just before. */
    public boolean begin(CoreAttempt attempt, boolean permit) {
        attempt.permit(permit);
        attempt.beganAfter(answers.size());
        CoreStep step = attempt.coreStep();
        boolean begins = !isOver() && step.phase() == StepPhase.RUNNING;
        if (begins) {
            step.newest(attempt);
            running.add(attempt);
        }
        return begins;
    }

    // --- from the attempt to the outcome ---

    /** A thread leaves its attempt; false if that was abandoned before. */
    public boolean leave(CoreAttempt attempt) {
        boolean counted = attempt.isLive() && running.remove(attempt);
        attempt.die();
        return counted;
    }

    /** Takes an attempt's permit from it; false if it has none. */
    public boolean takePermit(CoreAttempt attempt) {
        boolean has = attempt.hasPermit();
        attempt.permit(false);
        return has;
    }

    /** Gives a permit to an attempt that gave its own back; false if it is over and gets none. */
    public boolean returnPermit(CoreAttempt attempt) {
        attempt.permit(attempt.isLive());
        return attempt.isLive();
    }

    /** An attempt failed. Its body has waited for its steps, but one that was parked may run again since, for an answer: that goes on. */
    public void failed(CoreAttempt attempt) {
        CoreScope scope = attempt.coreScope();
        if (scope != null) {
            leaveRunning(scope);
        }
    }

    /**
     * What follows a failed attempt.
     *
     * @param most how many attempts are made if they fail so; 0 if such a failure is not retried
     */
    public AttemptEnd.Next afterFailure(CoreStep step, int made, int most) {
        return AttemptEnd.Next.of(step, made, most);
    }

    /** The next attempt of a step begins at this moment; false if the step was ended meanwhile. */
    public boolean retry(CoreStep step, int failed, long dueAt) {
        step.failedAttempts(failed);
        return sleep(step, dueAt);
    }

    /** A limit of an attempt passed, so that it is abandoned; false if it is over, or its scope waits, which is not limited. */
    public boolean limitPassed(CoreAttempt attempt) {
        CoreScope scope = attempt.coreScope();
        boolean passed = attempt.isLive() && (scope == null || scope.blockedOn() == null);
        if (passed) {
            abandon(attempt);
        }
        return passed;
    }

    /** A step's outcome has its place in the log. */
    public void place(CoreStep step, long seq, long at) {
        step.place(seq, at);
        if (!step.phase().isOver()) {
            to(step, StepPhase.PLACED);
        }
    }

    /** Settles a step with its outcome. */
    public void settle(CoreStep step, Object outcome) {
        end(step, StepPhase.SETTLED, outcome);
    }

    private void end(CoreStep step, StepPhase as, Object outcome) {
        to(step, as);
        step.end(outcome);
        step.notifyWaits(this);
    }

    /** Settles a step whose outcome may come late; false if the run is over, so that its next activation replays it. */
    public boolean settleLate(CoreStep step, Object outcome) {
        boolean settles = step.phase() == StepPhase.PLACED && !isOver();
        if (settles) {
            settle(step, outcome);
        }
        return settles;
    }

    /** The run's body has ended. */
    public void rootEnded(CoreStep body) {
        to(body, StepPhase.SETTLED);
    }

    /**
     * Settles the leaf that a scope's own thread ran last. Nothing else can join it, and an outcome that has its place cannot
     * change, so that this needs no use of the lock of its own.
     */
    public void settleInline(CoreScope scope) {
        CoreStep ran = scope.takeInline();
        Object outcome = scope.takeInlineOutcome();
        if (ran != null && outcome != null && ran.phase() == StepPhase.PLACED) {
            settle(ran, outcome);
            scope.open().remove(ran);
        }
    }

    /** Puts a step to sleep until this moment, in microseconds; false if it was ended before. */
    public boolean sleep(CoreStep step, long until) {
        boolean sleeps = step.phase() == StepPhase.CALLED || step.phase() == StepPhase.RUNNING;
        if (sleeps) {
            step.due(until);
            to(step, StepPhase.DORMANT);
        }
        return sleeps;
    }

    /** Whether a step sleeps, and its run goes on. */
    public boolean sleeps(CoreStep step) {
        return step.phase() == StepPhase.DORMANT && !isOver();
    }

    /** Gives a sleeping step another moment. */
    public void sleepOn(CoreStep step, long until) {
        step.due(until);
        due.add(step);
    }

    /**
     * Lets a sleeping step wait for a permit; false if it does not sleep any more.
     *
     * @param follows as for {@link #queue}
     */
    public boolean wake(CoreStep step, boolean follows) {
        boolean wakes = sleeps(step);
        if (wakes) {
            queue(step, follows);
        }
        return wakes;
    }

    // --- parking ---

    /** A called step waits for an answer, as the log says: it does not run yet. */
    public void parkCalled(CoreStep step, int failed) {
        leftParked.add(step.path());
        step.failedAttempts(failed);
        park(step, Suspension.parked());
    }

    /** A step comes to rest without an outcome; the strongest reason decides how the run ends. */
    private void park(CoreStep step, Suspension by) {
        if (worst == null || by.reason().compareTo(worst) > 0) {
            worst = by.reason();
            why = by.why();
        }
        if (step.phase() == StepPhase.CALLED || step.phase() == StepPhase.RUNNING) {
            to(step, StepPhase.PARKED);
            step.parkedBy(by.reason());
            step.notifyWaits(this);
        }
    }

    /** An attempt was unwound; gives the steps that run again, because answers for them came since it began. */
    public List<CoreStep> parkAttempt(CoreAttempt attempt, Suspension by) {
        CoreStep step = attempt.coreStep();
        CoreScope scope = attempt.coreScope();
        if (scope != null) {
            leaveOpen(scope);
        }
        park(step, by);
        List<CoreStep> again = new ArrayList<>();
        for (String question : answers.subList(attempt.answersBefore(), answers.size())) {
            if (step.isRoot() || question.startsWith(step.path() + "/")) {
                CoreStep parked = rerun(question);
                if (parked != null) {
                    again.add(parked);
                }
            }
        }
        return again;
    }

    /** A question was answered: gives the step that runs again for it, or null. */
    public @Nullable CoreStep answered(String question) {
        answers.add(question);
        return rerun(question);
    }

    private @Nullable CoreStep rerun(String question) {
        return root == null || isOver() ? null : reruns.rerun(root, question);
    }

    /** A parked step waits for a permit again, and the scopes that wait for it go on waiting. */
    void unpark(CoreStep step) {
        step.parkedBy(null);
        for (CoreScope scope : blocked) {
            Wait wait = scope.blockedOn();
            if (wait != null) {
                wait.unrested(step);
            }
        }
        to(step, StepPhase.WAITING);
    }

    /** This attempt is over: what it leaves running is joined by the attempt that calls it next. */
    private void leaveRunning(CoreScope scope) {
        for (CoreStep called : scope.open()) {
            if (!called.atRest()) {
                orphans.add(called);
            }
        }
    }

    /** This attempt is parked: what it leaves running or parked is joined by the next attempt. */
    private void leaveOpen(CoreScope scope) {
        leaveRunning(scope);
        for (CoreStep called : scope.open()) {
            if (called.parkedBy() == Suspension.Reason.PARKED) {
                orphans.add(called);
            }
        }
    }

    // --- ends before their time ---

    /** Ends a step's attempt, and everything below it, and settles it: it was cancelled, and that has its place in the log. */
    public void cancel(CoreStep step) {
        discardBelow(step);
        abandonNewest(step);
        settle(step, cancelled);
    }

    /** A scope failed: what it called and was outrun is ended, and the log says nothing of it, so that a new attempt races anew. */
    public void discardLosers(CoreScope scope) {
        scope.called(true).forEach(this::discard);
    }

    /** Ends a step, and everything below it, of which the log says nothing. */
    private void discard(CoreStep step) {
        if (step.phase() == StepPhase.PARKED) {
            discardBelow(step);
        } else if (!step.atRest() && !step.isPlaced()) {
            step.place(AFTER_ALL_PLACES, step.at());
            discardBelow(step);
            abandonNewest(step);
            end(step, StepPhase.DISCARDED, cancelled);
        }
    }

    /** Ends what a scope has called, and what an earlier attempt of it left behind, even if it has not begun again. */
    private void discardBelow(CoreStep step) {
        CoreAttempt attempt = step.newest();
        CoreScope scope = attempt == null ? null : attempt.coreScope();
        if (attempt != null && scope != null && attempt.isLive()) {
            List.copyOf(scope.open()).forEach(this::discard);
        }
        if (!orphans.isEmpty()) {
            orphans.takeBelow(step.path()).forEach(this::discard);
        }
    }

    private void abandonNewest(CoreStep step) {
        CoreAttempt attempt = step.newest();
        if (attempt != null && attempt.isLive()) {
            abandon(attempt);
        }
        callbacks.clearAlarm(step);
    }

    /** Ends an attempt's life from outside; what its scope left running goes on. */
    private void abandon(CoreAttempt attempt) {
        running.remove(attempt);
        CoreScope scope = attempt.coreScope();
        if (scope != null) {
            leaveRunning(scope);
        }
        kill(attempt, new Suspension(Suspension.Reason.ABANDONED, null));
    }

    private void kill(CoreAttempt attempt, Suspension by) {
        attempt.die();
        CoreScope scope = attempt.coreScope();
        if (scope != null) {
            scope.die();
            if (scope.seal() == null) {
                scope.seal(by);
            }
            Wait wait = scope.blockedOn();
            if (wait != null) {
                // A timer that passes from now on is nobody's any more.
                wait.end();
            }
            resume(scope);
        }
        callbacks.abandon(attempt);
        if (takePermit(attempt)) {
            callbacks.givePermit();
        }
    }

    // --- scopes that wait ---

    /** A scope is about to wait; false if it need not. Throws if it is sealed. */
    public boolean await(CoreScope scope, Wait wait) {
        Suspension seal = scope.seal();
        if (seal != null) {
            throw seal.again();
        }
        wait.begin();
        if (wait.isOver()) {
            wait.end();
            return false;
        }
        scope.block(wait);
        blocked.add(scope);
        wait.steps().forEach(due::addTimer);
        return true;
    }

    /** A scope that waited goes on. */
    public void resumed(CoreScope scope, Wait wait) {
        wait.end();
        scope.waitsNoMore();
    }

    /** Lets a scope go on that waits. */
    void resume(CoreScope scope) {
        if (scope.isBlocked()) {
            scope.unblock();
            blocked.remove(scope);
            callbacks.resume(scope);
        }
    }

    /** Seals a scope, and lets it go on to be unwound if it waits. */
    public void seal(CoreScope scope, Suspension by) {
        Suspension seal = scope.seal();
        if (seal == null || by.reason().compareTo(seal.reason()) > 0) {
            scope.seal(by);
        }
        resume(scope);
    }

    /** Seals a scope that joins a step which is parked; null if the step is not. */
    public @Nullable Suspension sealIfParked(CoreScope scope, CoreStep joined) {
        Suspension.Reason reason = joined.parkedBy();
        if (reason == null) {
            return null;
        }
        Suspension by = new Suspension(reason, null);
        seal(scope, by);
        return by;
    }

    /** Seals a scope that waits for the first of steps which are all parked; null if one goes on. */
    public @Nullable Suspension sealIfAllParked(CoreScope scope, List<? extends CoreStep> raced) {
        Suspension by = null;
        for (CoreStep step : raced) {
            Suspension.Reason reason = step.parkedBy();
            if (step.phase() != StepPhase.PARKED || reason == null) {
                return null;
            }
            by = new Suspension(reason, null);
        }
        if (by != null) {
            seal(scope, by);
        }
        return by;
    }

    // --- rest ---

    /** Keeps the run from coming to rest until {@link #letGo}; false if it is over. */
    public boolean hold() {
        boolean open = !isOver() && root != null;
        holds += open ? 1 : 0;
        return open;
    }

    /** Ends what {@link #hold} began. */
    public void letGo() {
        holds--;
    }

    /** From now on the run rests as soon as it only waits, however short the wait is. */
    public void drain() {
        draining = true;
    }

    /** From now on the run is stopped as soon as it only waits: it is not stored, so it has no place to rest at. */
    public void drainUnstored(Suspension by) {
        lostAtRest = by;
    }

    /** Whether an attempt executes that is not blocked, or an outcome is on its way. */
    public boolean isActive() {
        return active > blocked.size();
    }

    /** Whether the run could come to rest now: it has not yet, nothing keeps it from that, and nothing is active. */
    public boolean mayRest() {
        return !ended && holds == 0 && (stopped != null || !isActive());
    }

    /**
     * Brings the run to rest, if it may rest. As long as scopes wait for something that comes within the horizon, it does not. If
     * they wait for longer, they are sealed: they unwind, and the next call finds them gone.
     *
     * @param horizon the last moment that the run may wait for in memory, in microseconds
     * @return whether the activation ended with this call
     */
    public boolean comesToRest(long horizon) {
        if (!mayRest()) {
            return false;
        }
        if (lostAtRest != null) {
            stop(lostAtRest);
        }
        boolean over =
                draining || stopped != null || root != null && root.phase().isOver();
        if (!over && due.next() <= horizon) {
            return false;
        }
        if (!blocked.isEmpty()) {
            for (CoreScope scope : List.copyOf(blocked)) {
                awaitedTimers = awaitedTimers.isEmpty() ? new HashSet<>() : awaitedTimers;
                awaitedTimers.addAll(scope.awaitedTimers());
                seal(scope, Suspension.parked());
            }
            return false;
        }
        ended = stopped != null || root != null && (root.atRest() || root.phase() == StepPhase.DORMANT);
        if (ended) {
            due.sleeping().forEach(callbacks::clearAlarm);
        }
        return ended;
    }

    // --- the end ---

    /** Ends the activation at once: every scope is sealed, every attempt abandoned. */
    public void stop(Suspension by) {
        if (isOver()) {
            return;
        }
        stopped = by;
        worst = by.reason();
        why = by.why();
        List<CoreAttempt> abandoned = new ArrayList<>(running);
        running.clear();
        abandoned.forEach(attempt -> kill(attempt, by));
        due.sleeping().forEach(callbacks::clearAlarm);
        blocked.clear();
    }

    /** Whether the run has come to rest, or was stopped: nothing more may begin in this activation. */
    public boolean isOver() {
        return ended || stopped != null;
    }

    /** Whether the run has come to rest. One that was stopped comes to rest a little later. */
    public boolean isEnded() {
        return ended;
    }

    /** Why the activation was stopped from outside; null if it was not. */
    public @Nullable Suspension stopped() {
        return stopped;
    }

    /** The strongest reason for which a step rests without an outcome; null if none does. */
    public Suspension.@Nullable Reason worst() {
        return worst;
    }

    /** What is known of the {@link #worst} reason. */
    public @Nullable Throwable why() {
        return why;
    }

    /** The paths of the timers that its scopes waited for when they were unwound; no other timer makes the run go on. */
    public Set<String> awaitedTimers() {
        return awaitedTimers;
    }

    /** The paths of the steps that this activation left as they rested before. */
    public Set<String> leftParked() {
        return leftParked;
    }

    // --- the table ---

    private void to(CoreStep step, StepPhase next) {
        StepPhase before = step.phase();
        if (!before.leadsTo(next)) {
            throw new IllegalStateException("step '" + step.path() + "' cannot go from " + before + " to " + next);
        }
        active += (next.isActive() ? 1 : 0) - (before.isActive() ? 1 : 0);
        step.phase(next);
        if (next == StepPhase.DORMANT && !step.isTimer()) {
            due.add(step);
        }
    }
}
