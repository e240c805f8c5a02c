package dev.clew.engine;

import dev.clew.engine.log.LogEntry;
import dev.clew.engine.log.StepLog;
import dev.clew.flow.StepKind;
import dev.clew.task.Failure;
import dev.clew.task.RetryPolicy;
import dev.clew.task.TaskFailedException;
import dev.clew.task.TaskTimeoutException;
import dev.clew.value.ClewException;
import dev.clew.value.CodecException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadLocalRandom;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Takes a session's steps from their call to their outcome: replayed, queued, attempted, retried, settled. */
final class StepRunner {
    private static final Logger LOG = LoggerFactory.getLogger("dev.clew");

    private final Session session;
    private final EngineSettings settings;
    private final Outcomes outcomes;
    private final CachedTasks cached;

    StepRunner(Session session, EngineSettings settings) {
        this.session = session;
        this.settings = settings;
        this.outcomes = new Outcomes(session);
        this.cached = new CachedTasks(session, this, settings.cache());
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
            if (due > now()) {
                sleep(step, due);
            } else {
                queue(step);
            }
        });
        enqueued(step);
    }

    private void replayed(Step step, StepLog recorded) {
        step.place(recorded.outcomeSeq());
        step.at = recorded.at();
        step.settle(outcomes.recorded(step, recorded));
        session.events().stepReplayed(step, recorded.attempts());
        session.broadcast().replayed(step);
    }

    /** Begins the run itself. */
    void beginRoot(Step root, long due) {
        queueOrSleep(root, due);
    }

    /** Begins a timer; {@code duration} counts from now unless the log has its deadline. */
    void beginTimer(Step timer, @Nullable StepLog recorded, Duration duration) {
        if (recorded != null && !recorded.dropped()) {
            if (recorded.done()) {
                replayed(timer, recorded);
                return;
            }
            session.locked(() -> dormantTimer(timer, recorded.deadline()));
            return;
        }
        long set = now();
        long due = set + Time.microsOf(duration);
        Journal.Placed placed =
                session.journal().append(timer, call -> new LogEntry.TimerSet(timer.path(), set, call, due));
        session.journal().await(placed);
        session.locked(() -> dormantTimer(timer, due));
    }

    private static void dormantTimer(Step timer, long due) {
        timer.state = Step.State.DORMANT;
        timer.due = due;
    }

    // --- queueing; these need the lock ---

    private void queue(Step step) {
        step.state = Step.State.QUEUED;
        step.granted = false;
        step.follows = cached.mayFollow(step);
        step.due = 0;
        session.activated();
    }

    private void sleep(Step step, long due) {
        step.state = Step.State.DORMANT;
        step.due = due;
        session.sleeps(step);
        step.alarm = session.time().after(Duration.ofNanos((due - now()) * 1000), () -> hand(() -> awake(step)));
    }

    // --- queueing, without the lock ---

    void enqueued(Step step) {
        if (step.state != Step.State.QUEUED) {
            return;
        }
        if (step.isRoot()) {
            hand(() -> runQueued(step));
        } else if (cached.admits(step)) {
            session.acquirePermit(step.depth(), () -> granted(step));
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

    private void granted(Step step) {
        boolean wanted = session.lockedGet(() -> {
            boolean waits = step.state == Step.State.QUEUED && !step.granted && session.sealed() == null;
            step.granted |= waits;
            return waits;
        });
        if (wanted) {
            hand(() -> runQueued(step));
        } else {
            session.releasePermit();
        }
    }

    void hand(Runnable work) {
        try {
            settings.executor().execute(settings.decorated(work));
        } catch (RejectedExecutionException closed) {
            session.stop(Suspension.Reason.SHUTDOWN, closed);
        }
    }

    private void runQueued(Step step) {
        boolean permit = session.lockedGet(step::takePermit);
        boolean mine = session.lockedGet(() -> {
            boolean runs = step.state == Step.State.QUEUED && (permit || step.isRoot()) && session.sealed() == null;
            step.state = runs ? Step.State.RUNNING : step.state;
            return runs;
        });
        if (mine) {
            run(step, permit);
        } else if (permit) {
            session.releasePermit();
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
            if (!step.stealable() || session.sealed() != null) {
                return null;
            }
            if (!step.granted && rootJoins && !session.tryAcquirePermit()) {
                return null;
            }
            step.state = Step.State.RUNNING;
            joiner.inLeaf(true);
            return step.takePermit() || rootJoins;
        });
        if (permit == null) {
            return;
        }
        try {
            settings.decorated(() -> run(step, permit)).run();
        } finally {
            session.locked(() -> joiner.inLeaf(false));
        }
    }

    // --- attempts ---

    private void run(Step step, boolean permit) {
        if (cached.answers(step)) {
            if (permit) {
                session.releasePermit();
            }
            return;
        }
        Attempt attempt;
        try {
            attempt = new Attempt(session, step, step.failedAttempts + 1);
            restart(attempt);
        } catch (Suspension closed) {
            session.stop(closed.reason(), closed.why());
            if (permit) {
                session.releasePermit();
            }
            return;
        }
        boolean wanted = session.lockedGet(() -> begins(attempt, permit));
        if (!wanted) {
            session.releasePermit(attempt);
            return;
        }
        session.events().stepStarted(step, attempt.number());
        if (!step.isRoot()) {
            session.broadcast().started(step, attempt.number());
        }
        long began = session.time().nanos();
        Object result = null;
        Throwable thrown = null;
        Frame frame = attempt.frame();
        Frame around = CurrentScope.enter(frame);
        try {
            if (frame != null) {
                frame.enter(Thread.currentThread());
            }
            result = step.spec().body().run(attempt);
            if (frame != null) {
                frame.returned();
            }
        } catch (Throwable t) {
            thrown = t;
            if (frame != null) {
                frame.threw(t);
            }
        } finally {
            CurrentScope.leave(around);
        }
        ended(attempt, result, thrown, began);
    }

    /** Starts an attempt's life; false where its step was cancelled, or the run stopped, just before. Under the lock. */
    private boolean begins(Attempt attempt, boolean permit) {
        Step step = attempt.step();
        attempt.permit = permit;
        if (session.sealed() != null) {
            return false;
        }
        if (step.state != Step.State.RUNNING) {
            session.deactivated();
            return false;
        }
        step.attempt = attempt;
        attempt.startedOn(Thread.currentThread());
        attempt.clock().resume();
        session.runs(attempt);
        watch(attempt);
        return true;
    }

    /** A new attempt of a failed scope forgets that scope's trailing failures. */
    private void restart(Attempt attempt) {
        Step step = attempt.step();
        if (!step.spec().isScope()) {
            return;
        }
        Journal journal = session.journal();
        journal.read(() -> {
            StepLog log = step.isRoot() ? journal.log().root() : journal.log().find(step.path());
            if (log.restartDue() || step.isRoot() && log.done()) {
                int number = step.isRoot() && log.done() ? 1 : attempt.number();
                journal.append(new LogEntry.Restarted(
                        step.path(),
                        now(),
                        number,
                        journal.log().scope(step.path()).trailingFailures()));
            }
            return true;
        });
    }

    private void ended(Attempt attempt, @Nullable Object result, @Nullable Throwable thrown, long began) {
        Step step = attempt.step();
        boolean mine = session.lockedGet(() -> {
            boolean counted = attempt.live && session.stopsRunning(attempt);
            attempt.live = false;
            attempt.leftByThread();
            session.unwatch(attempt);
            return counted;
        });
        if (mine) {
            guarded(step, () -> decide(attempt, result, thrown, began));
        }
        session.releasePermit(attempt);
    }

    /** What the engine does with an attempt's end: a log that is closed, or a fault of its own, stops the run. */
    private void guarded(Step step, Runnable ending) {
        try {
            ending.run();
        } catch (Suspension closed) {
            session.stop(closed.reason(), closed.why());
        } catch (Throwable broken) {
            LOG.error("the engine failed at step '{}' in {}", step.path(), session.where(), broken);
            session.stop(Suspension.Reason.CRASHED, broken);
        } finally {
            cached.left(step);
        }
    }

    private void decide(Attempt attempt, @Nullable Object result, @Nullable Throwable thrown, long began) {
        Step step = attempt.step();
        Frame frame = attempt.frame();
        Suspension seal = frame == null ? null : frame.seal();
        if (seal == null && thrown instanceof Suspension raised) {
            seal = raised;
        }
        if (seal != null) {
            if (!(thrown instanceof Error)) {
                LOG.warn(
                        "the code of {} swallowed the signal that unwinds it for a pause; it is parked all the same; let errors"
                                + " pass, and do not catch Throwable around durable calls",
                        frame == null ? session.where() : frame.where());
            }
            park(step, seal);
        } else if (thrown == null) {
            succeeded(attempt, result, session.time().nanos() - began);
        } else if (thrown instanceof Error && !(thrown instanceof AssertionError)) {
            session.stop(Suspension.Reason.CRASHED, thrown);
        } else {
            failed(attempt, thrown);
        }
    }

    private void park(Step step, Suspension seal) {
        session.locked(() -> {
            session.parked(seal);
            step.park(seal.reason());
            if (step.isRoot()) {
                session.rootEnded();
            } else {
                session.deactivated();
            }
        });
    }

    private void succeeded(Attempt attempt, @Nullable Object result, long tookNanos) {
        Step step = attempt.step();
        if (step.isRoot()) {
            outcomes.rootReturned(result);
            session.locked(session::rootEnded);
            return;
        }
        Outcome.Value outcome;
        try {
            outcome = outcomes.success(step, attempt.number(), result);
        } catch (CodecException unencodable) {
            failed(attempt, unencodable);
            return;
        }
        if (outcome != null) {
            cached.keep(step, result);
            session.events().stepSucceeded(step, attempt.number(), tookNanos);
            session.broadcast().succeeded(step, outcome.value(), false);
        }
        settle(step, outcome);
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

    void failed(Attempt attempt, Throwable thrown) {
        Step step = attempt.step();
        int attempts = attempt.number();
        Failure failure = outcomes.failure(thrown, step, attempts);
        Optional<RetryPolicy> retry = policy(step, thrown);
        if (retry.isPresent() && attempts < retry.get().maxAttempts()) {
            Duration delay =
                    retry.get().delay(attempts, ThreadLocalRandom.current().nextDouble());
            long due = now() + Time.microsOf(delay);
            outcomes.attemptFailed(step, attempts, due, failure);
            session.events().stepRetried(step, attempts, failure, delay);
            session.broadcast().retried(step, attempts, failure, delay);
            session.locked(() -> {
                step.failedAttempts = attempts;
                if (step.state != Step.State.SETTLED) {
                    sleep(step, due);
                }
                session.deactivated();
            });
            return;
        }
        if (step.isRoot()) {
            outcomes.rootThrew(thrown, failure);
            session.locked(session::rootEnded);
            return;
        }
        Outcome outcome = outcomes.failed(step, attempts, failure, original(thrown));
        if (outcome != null) {
            session.events().stepFailed(step, attempts, failure);
            session.broadcast().failed(step, failure);
        }
        settle(step, outcome);
    }

    private Throwable original(Throwable thrown) {
        Throwable original = session.original(thrown);
        return original == null ? thrown : original;
    }

    /** The first policy that is about such a failure. Clew's own exceptions, timeouts and failed steps apart, are never retried. */
    private static Optional<RetryPolicy> policy(Step step, Throwable thrown) {
        boolean ours = thrown instanceof ClewException
                && !(thrown instanceof TaskTimeoutException)
                && !(thrown instanceof TaskFailedException);
        if (ours) {
            return Optional.empty();
        }
        try {
            return step.spec().retry().stream().filter(p -> p.matches(thrown)).findFirst();
        } catch (RuntimeException undecided) {
            LOG.warn("a retry predicate of step '{}' threw, so the failure is not retried", step.path(), undecided);
            return Optional.empty();
        }
    }

    // --- timeouts ---

    /** Sets the alarm of an executing attempt. Under the lock. */
    void watch(Attempt attempt) {
        if (attempt.live && attempt.clock().limited()) {
            attempt.alarm = session.time().after(attempt.clock().remaining(), () -> hand(() -> maybeTimedOut(attempt)));
        }
    }

    private void maybeTimedOut(Attempt attempt) {
        Step step = attempt.step();
        boolean timedOut = session.lockedGet(() -> {
            Frame frame = attempt.frame();
            if (!attempt.live || attempt.alarm == null || frame != null && frame.blockedOn() != null) {
                return false;
            }
            if (!attempt.clock().remaining().isNegative()
                    && !attempt.clock().remaining().isZero()) {
                watch(attempt);
                return false;
            }
            abandon(attempt);
            return true;
        });
        if (timedOut) {
            session.releasePermit(attempt);
            TaskTimeoutException timeout = new TaskTimeoutException(
                    "attempt " + attempt.number() + " of step '" + step.path() + "' in " + session.where() + " passed "
                            + attempt.clock().passed() + "; it was interrupted and abandoned");
            guarded(step, () -> failed(attempt, timeout));
        }
    }

    /** Ends an attempt's life from outside; what its scope left running goes on. Under the lock. */
    private void abandon(Attempt attempt) {
        attempt.live = false;
        session.stopsRunning(attempt);
        session.unwatch(attempt);
        Frame frame = attempt.frame();
        if (frame != null) {
            frame.leaveRunning(attempt.step().left());
            frame.kill(new Suspension(Suspension.Reason.ABANDONED, null));
        }
        attempt.interrupt();
    }

    // --- cancelling ---

    boolean cancel(Step step, Frame by) {
        boolean settled = session.lockedGet(() -> step.state == Step.State.SETTLED);
        Journal.Placed placed = settled ? null : outcomes.cancelled(step);
        if (placed == null) {
            by.await(List.of(step), false);
            return step.outcome instanceof Outcome.Cancelled;
        }
        List<Attempt> abandoned = new ArrayList<>();
        session.locked(() -> {
            cancelBelow(step, abandoned);
            end(step, abandoned);
        });
        abandoned.forEach(session::releasePermit);
        cached.leftSettled();
        session.journal().await(placed);
        return true;
    }

    /** Ends steps that were outrun in a scope that failed; the log says nothing of it. */
    void discard(List<Step> losers) {
        List<Attempt> abandoned = new ArrayList<>();
        session.locked(() -> losers.forEach(loser -> endUnrecorded(loser, abandoned)));
        abandoned.forEach(session::releasePermit);
        cached.leftSettled();
    }

    private void endUnrecorded(Step step, List<Attempt> abandoned) {
        if (!step.atRest()) {
            step.place(Long.MAX_VALUE - 1);
            cancelBelow(step, abandoned);
            end(step, abandoned);
        }
    }

    private void end(Step step, List<Attempt> abandoned) {
        Attempt attempt = step.attempt;
        boolean executing = step.state == Step.State.QUEUED;
        if (step.state == Step.State.RUNNING && attempt != null && attempt.live) {
            executing = attempt.frame() == null || !attempt.frame().isBlocked();
            abandon(attempt);
            abandoned.add(attempt);
        }
        if (step.alarm != null) {
            step.alarm.cancel(false);
        }
        session.awakes(step);
        if (!step.atRest() || step.state == Step.State.PARKED) {
            step.settle(new Outcome.Cancelled());
        }
        if (executing) {
            session.deactivated();
        }
    }

    private void cancelBelow(Step step, List<Attempt> abandoned) {
        Attempt attempt = step.attempt;
        if (attempt == null || attempt.frame() == null || !attempt.live) {
            return;
        }
        for (Step below : List.copyOf(attempt.frame().open())) {
            endUnrecorded(below, abandoned);
        }
    }

    // --- timers ---

    /** Sets the alarms of the timers that a blocked scope waits for. Under the lock. */
    void watchTimers(Wait wait) {
        for (Step step : wait.steps()) {
            if (step.kind() == StepKind.TIMER && step.state == Step.State.DORMANT && step.alarm == null) {
                Duration left = Duration.ofNanos(Math.max(0, step.due - now()) * 1000);
                step.alarm = session.time().after(left, () -> hand(() -> due(step)));
            }
        }
    }

    private void due(Step timer) {
        try {
            // Nobody waits for it any more: it stays open, so that whoever joins or cancels it next decides as replay
            // does.
            @Nullable
            Boolean raced = session.lockedGet(() -> {
                timer.alarm = null;
                return timer.state == Step.State.DORMANT && timer.awaited() ? timer.raced() : null;
            });
            if (raced != null) {
                fire(timer, raced);
            }
        } catch (Suspension closed) {
            session.stop(closed.reason(), closed.why());
        }
    }

    /** A due timer settles; in a race it takes its place in the log first. */
    private void fire(Step timer, boolean raced) {
        timer.at = timer.due;
        if (raced) {
            outcomes.fired(timer);
        } else {
            outcomes.elapsed(timer);
        }
        session.locked(() -> {
            if (timer.state == Step.State.DORMANT && session.sealed() == null) {
                timer.settle(new Outcome.Value(null));
            }
        });
    }

    /** Settles what is due among joined timers. */
    void settleDue(List<Step> steps) {
        for (Step step : steps) {
            if (isDue(step)) {
                fire(step, false);
            }
        }
    }

    /** Lets the timer of a race that was due first take its place; false where none is due. */
    boolean fireDue(List<Step> steps) {
        Optional<Step> first = steps.stream()
                .filter(step -> isDue(step) || wasJoined(step))
                .min(Comparator.comparingLong(step -> step.due));
        first.ifPresent(timer -> fire(timer, true));
        return first.isPresent();
    }

    /** A timer that was joined outside a race has settled without an entry. */
    private static boolean wasJoined(Step step) {
        return step.kind() == StepKind.TIMER && step.state == Step.State.SETTLED && !step.placed();
    }

    /** The private timer of a join that came in time. */
    void outrun(Step timer) {
        Journal.Placed placed = outcomes.cancelled(timer);
        if (placed != null) {
            session.journal().await(placed);
        }
        session.locked(() -> {
            if (timer.alarm != null) {
                timer.alarm.cancel(false);
            }
            if (!timer.atRest()) {
                timer.settle(new Outcome.Cancelled());
            }
        });
    }

    private boolean isDue(Step step) {
        return step.kind() == StepKind.TIMER && step.state == Step.State.DORMANT && step.due <= now();
    }

    Outcomes outcomes() {
        return outcomes;
    }

    CachedTasks cached() {
        return cached;
    }
}
