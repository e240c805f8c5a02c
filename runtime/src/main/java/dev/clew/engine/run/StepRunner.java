package dev.clew.engine.run;

import dev.clew.engine.core.RunCore;
import dev.clew.engine.log.LogEntry;
import dev.clew.engine.log.StepLog;
import dev.clew.engine.setup.EngineSettings;
import dev.clew.engine.world.Time;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Takes a session's steps from their call to a thread that runs them: answered from the log, parked, asleep, or queued. */
public final class StepRunner {
    private final Session session;
    private final Outcomes outcomes;
    private final CachedTasks cached;
    private final Attempts attempts;
    private final AttemptEndings endings;
    private final AttemptLimits limits;
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
        this.endings = new AttemptEndings(session, this);
        this.limits = new AttemptLimits(session, this);
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
    public void begin(Step step, @Nullable StepLog recorded) {
        if (recorded != null && !recorded.dropped() && recorded.done()) {
            replayed(step, recorded);
            return;
        }
        long due = 0;
        int failed = 0;
        if (recorded != null && !recorded.dropped()) {
            failed = recorded.attempts();
            due = recorded.deadline();
            if (session.time().world().leavesParked()
                    && session.lockedGet(() -> session.journal().log().stillParked(recorded, now()))) {
                session.locked(() -> session.core().parkCalled(step, recorded.attempts()));
                return;
            }
        } else if (step.spec().isScope()) {
            session.journal().append(step, call -> new LogEntry.Opened(step.path(), now(), call));
        }
        cached.called(step);
        start(step, failed, due);
    }

    private void start(Step step, int failed, long due) {
        session.locked(() -> {
            if (session.core().start(step, failed, due, now(), cached.mayFollow(step))) {
                setAlarm(step, due);
            }
        });
        enqueued(step);
    }

    void replayed(Step step, StepLog recorded) {
        Outcome outcome = outcomes.recorded(step, recorded);
        session.locked(() -> settleRecorded(step, recorded, outcome));
        toldReplayed(step, recorded);
    }

    /** Settles a step with what is recorded of it. Under the lock. */
    public void settleRecorded(Step step, StepLog recorded, Outcome outcome) {
        session.core().replay(step, recorded.outcomeSeq(), recorded.at(), outcome);
    }

    public void toldReplayed(Step step, StepLog recorded) {
        session.events().stepReplayed(step, recorded.attempts());
        session.broadcast().replayed(step, recorded);
    }

    /** Begins the run itself. */
    void beginRoot(Step root, StepLog recorded) {
        start(root, recorded.done() ? 0 : recorded.attempts(), recorded.done() ? 0 : recorded.deadline());
    }

    // --- queueing; these need the lock ---

    /** A parked step waits for a permit again. */
    Step requeued(Step step) {
        session.core().requeued(step, cached.mayFollow(step));
        return step;
    }

    /** The next attempt of a step begins at this moment. */
    void retry(Step step, int failed, long due) {
        if (session.core().retry(step, failed, due)) {
            setAlarm(step, due);
        }
    }

    private void setAlarm(Step step, long due) {
        step.alarm = session.time().whileOpen(Time.left(due, now()), () -> hand(() -> wake(step)));
    }

    // --- queueing, without the lock ---

    public void enqueued(Step step) {
        if (!step.phase().isQueued()) {
            return;
        }
        if (step.isRoot()) {
            hand(() -> runQueued(step));
        } else if (cached.admits(step)) {
            Runnable work = dispatch.decorated(() -> runQueued(step));
            session.permits().acquire(session.depth(step), () -> granted(step, work));
        }
    }

    private void wake(Step step) {
        if (session.lockedGet(() -> session.core().wake(step, cached.mayFollow(step)))) {
            enqueued(step);
        }
    }

    private void granted(Step step, Runnable work) {
        boolean wanted = session.lockedGet(() -> session.core().offer(step));
        if (wanted) {
            offered(step, work);
        } else {
            session.permits().release();
        }
    }

    /** A step has a permit: brings it to a thread. */
    public void offered(Step step) {
        offered(step, dispatch.decorated(() -> runQueued(step)));
    }

    private void offered(Step step, Runnable work) {
        if (handOver == null) {
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
        if (step.isPlainLeaf()) {
            attempts.takeLeaf(step);
            return;
        }
        RunCore.Taken taken = session.lockedGet(() -> session.core().take(step));
        if (taken.runs()) {
            attempts.run(step, taken.permit());
        } else if (taken.permit()) {
            session.permits().release();
        }
    }

    /** A scope is about to wait for others: what it called must not wait for it. */
    public void beforeWait() {
        if (handOver != null) {
            handOver.letGo();
        }
    }

    /** Runs an unstarted leaf on the thread that is about to wait for it. */
    public void steal(Step step, ScopeAttempt joiner) {
        if (!step.phase().isQueued()) {
            return;
        }
        // An interrupt of the joiner's own code is kept out of the leaf, and of nothing else.
        boolean around = session.waiting().interrupted();
        try {
            Attempt attempt = new Attempt(session, step, step.failedAttempts() + 1, joiner);
            Stolen stolen = session.lockedGet(() -> stolen(step, joiner, attempt));
            if (stolen == null) {
                return;
            }
            if (handOver != null) {
                handOver.took();
            }
            session.waiting().point();
            dispatch.decorated(() -> {
                        if (stolen.begun()) {
                            attempts.runBegun(attempt);
                        } else {
                            attempts.run(step, stolen.permit());
                        }
                    })
                    .run();
        } finally {
            if (joiner.isInLeaf()) {
                session.locked(() -> joiner.inLeaf(false));
            }
            if (around) {
                session.waiting().interrupt(Thread.currentThread());
            }
        }
    }

    /** @param begun whether its attempt has begun; one that the cache may answer has not */
    private record Stolen(boolean permit, boolean begun) {}

    /** Takes a leaf for the thread that joins it; null if it must wait. Under the lock. */
    private @Nullable Stolen stolen(Step step, ScopeAttempt joiner, Attempt attempt) {
        RunCore core = session.core();
        core.settleInline(joiner);
        boolean rootJoins = joiner.step().isRoot();
        if (!core.isInlineable(step)) {
            return null;
        }
        if (!step.isGranted() && rootJoins && !session.permits().tryAcquire()) {
            return null;
        }
        boolean permit = core.takeInline(step) || rootJoins;
        joiner.inLeaf(true);
        return new Stolen(permit, step.cacheKey == null && attempts.begins(attempt, permit));
    }

    /** Whether the calling thread has other steps to run, so that it should wait for nothing. */
    boolean isBusy() {
        return handOver != null && handOver.isTaking() && handOver.holds();
    }

    /** Gives steps the outcomes that were placed, in one use of the lock. */
    void settle(List<Completions.Ready> steps) {
        session.locked(() -> steps.forEach(ready -> session.core().settle(ready.step(), ready.outcome())));
    }

    /** Gives a step the outcome that was placed. */
    void settle(Step step, Outcome outcome) {
        session.locked(() -> session.core().settle(step, outcome));
    }

    // --- who does the rest ---

    public Outcomes outcomes() {
        return outcomes;
    }

    CachedTasks cached() {
        return cached;
    }

    Completions completions() {
        return completions;
    }

    public AttemptEndings endings() {
        return endings;
    }

    public AttemptLimits limits() {
        return limits;
    }

    public Timers timers() {
        return timers;
    }

    public Cancellations cancellations() {
        return cancellations;
    }

    public Detached detached() {
        return detached;
    }
}
