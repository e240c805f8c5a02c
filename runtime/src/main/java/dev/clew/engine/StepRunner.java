package dev.clew.engine;

import dev.clew.engine.log.LogEntry;
import dev.clew.engine.log.StepLog;
import dev.clew.engine.world.Time;
import org.jspecify.annotations.Nullable;

/** Takes a session's steps from their call to a thread that runs them: answered from the log, parked, asleep, or queued. */
final class StepRunner {
    private final Session session;
    private final Outcomes outcomes;
    private final CachedTasks cached;
    private final Attempts attempts;
    private final Timers timers;
    private final Cancellations cancellations;
    private final Dispatch dispatch;
    private final @Nullable HandOver handOver;
    private final Completions completions;
    private final Detached detached;

    StepRunner(Session session, EngineSettings settings) {
        this.session = session;
        this.outcomes = new Outcomes(session);
        this.cached = new CachedTasks(session, this, settings.cache());
        this.attempts = new Attempts(session, this);
        this.timers = new Timers(session, this);
        this.cancellations = new Cancellations(session, this);
        this.dispatch = new Dispatch(session, settings);
        // An executor of somebody else's gets everything at once: only it knows what is dear.
        this.handOver =
                settings.courier() == null ? null : new HandOver(settings.courier(), settings.waiting(), dispatch);
        this.completions = new Completions(session, this);
        this.detached = new Detached(session, this);
    }

    private long now() {
        return session.time().micros();
    }

    // --- from the call on ---

    /** Begins a called step: answers it from the log, leaves it parked, or lets it run. */
    void begin(Step step, @Nullable StepLog recorded) {
        if (recorded != null && !recorded.dropped() && recorded.done()) {
            replayed(step, recorded);
            return;
        }
        long due = 0;
        if (recorded != null && !recorded.dropped()) {
            step.failedAttempts = recorded.attempts();
            due = recorded.deadline();
            if (session.journal().read(() -> session.journal().log().stillParked(recorded, now()))) {
                session.locked(() -> {
                    step.park(Suspension.Reason.PARKED);
                    session.parked(Suspension.parked());
                });
                return;
            }
        } else if (step.spec().isScope()) {
            session.journal().append(step, call -> new LogEntry.Opened(step.path(), now(), call));
        }
        cached.called(step);
        queueOrSleep(step, due);
    }

    private void queueOrSleep(Step step, long due) {
        session.locked(() -> {
            if (step.atRest()) {
                // Its scope was cancelled while it was called.
                return;
            }
            if (due > now()) {
                sleep(step, due);
            } else {
                queue(step);
            }
        });
        enqueued(step);
    }

    void replayed(Step step, StepLog recorded) {
        step.place(recorded.outcomeSeq());
        step.at = recorded.at();
        step.settle(outcomes.recorded(step, recorded));
        session.events().stepReplayed(step, recorded.attempts());
        session.broadcast().replayed(step, recorded);
    }

    /** Begins the run itself. */
    void beginRoot(Step root, long due) {
        queueOrSleep(root, due);
    }

    // --- queueing; these need the lock ---

    void queue(Step step) {
        step.state = Step.State.QUEUED;
        step.granted = false;
        step.follows = cached.mayFollow(step);
        step.due = 0;
        session.activated();
    }

    void sleep(Step step, long due) {
        step.state = Step.State.DORMANT;
        step.due = due;
        session.sleeps(step);
        step.alarm = session.time().whileOpen(Time.left(due, now()), () -> hand(() -> awake(step)));
    }

    // --- queueing, without the lock ---

    void enqueued(Step step) {
        if (step.state != Step.State.QUEUED) {
            return;
        }
        if (step.isRoot()) {
            hand(() -> runQueued(step));
        } else if (cached.admits(step)) {
            Runnable work = dispatch.decorated(() -> runQueued(step));
            session.permits().acquire(session.depth(step), () -> granted(step, work));
        }
    }

    private void awake(Step step) {
        boolean queued = session.lockedGet(() -> {
            if (step.state != Step.State.DORMANT || session.isOver()) {
                return false;
            }
            session.awakes(step);
            queue(step);
            return true;
        });
        if (queued) {
            enqueued(step);
        }
    }

    private void granted(Step step, Runnable work) {
        boolean wanted = session.lockedGet(() -> {
            boolean waits = step.state == Step.State.QUEUED && !step.granted && !session.isOver();
            step.granted |= waits;
            return waits;
        });
        if (!wanted) {
            session.permits().release();
        } else if (handOver == null) {
            dispatch.execute(work);
        } else {
            handOver.hold(step, work);
            if (!step.isCalledHere() && !handOver.isTaking()) {
                handOver.letGo();
            }
        }
    }

    void hand(Runnable work) {
        dispatch.hand(work);
    }

    private void runQueued(Step step) {
        boolean permit = session.lockedGet(step::takePermit);
        boolean mine = session.lockedGet(() -> {
            boolean runs = step.state == Step.State.QUEUED && (permit || step.isRoot()) && !session.isOver();
            step.state = runs ? Step.State.RUNNING : step.state;
            return runs;
        });
        if (mine) {
            attempts.run(step, permit);
        } else if (permit) {
            session.permits().release();
        }
    }

    /** A scope is about to wait for others: what it called must not wait for it. */
    void beforeWait() {
        if (handOver != null) {
            handOver.letGo();
        }
    }

    /** Runs an unstarted leaf on the thread that is about to wait for it. */
    void steal(Step step, Frame joiner) {
        if (step.state != Step.State.QUEUED) {
            return;
        }
        boolean rootJoins = joiner.step().isRoot();
        @Nullable
        Boolean permit = session.lockedGet(() -> {
            if (!step.stealable() || session.isOver()) {
                return null;
            }
            if (!step.granted && rootJoins && !session.permits().tryAcquire()) {
                return null;
            }
            step.state = Step.State.RUNNING;
            joiner.inLeaf(true);
            return step.takePermit() || rootJoins;
        });
        if (permit == null) {
            return;
        }
        if (handOver != null) {
            handOver.took();
        }
        try {
            session.waiting().point();
            dispatch.decorated(() -> attempts.run(step, permit)).run();
        } finally {
            session.locked(() -> joiner.inLeaf(false));
        }
    }

    /** Whether the calling thread has other steps to run, so that it should wait for nothing. */
    boolean isBusy() {
        return handOver != null && handOver.isTaking() && handOver.holds();
    }

    /** Gives a step the outcome that was placed; with null, it was cancelled before that, and is no longer counted. */
    void settle(Step step, @Nullable Outcome outcome) {
        session.locked(() -> {
            if (outcome != null) {
                step.settle(outcome);
            }
            session.deactivated();
        });
    }

    // --- who does the rest ---

    Outcomes outcomes() {
        return outcomes;
    }

    CachedTasks cached() {
        return cached;
    }

    Completions completions() {
        return completions;
    }

    Attempts attempts() {
        return attempts;
    }

    Timers timers() {
        return timers;
    }

    Cancellations cancellations() {
        return cancellations;
    }

    Detached detached() {
        return detached;
    }
}
