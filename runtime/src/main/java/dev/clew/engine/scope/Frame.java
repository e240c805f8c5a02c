package dev.clew.engine.scope;

import dev.clew.engine.core.Suspension;
import dev.clew.engine.core.Wait;
import dev.clew.engine.log.LogEntry;
import dev.clew.engine.log.ScopeLog;
import dev.clew.engine.run.Attempt;
import dev.clew.engine.run.Cancellations;
import dev.clew.engine.run.DetachedCall;
import dev.clew.engine.run.Outcome;
import dev.clew.engine.run.ScopeAttempt;
import dev.clew.engine.run.Session;
import dev.clew.engine.run.Step;
import dev.clew.engine.setup.Contexts;
import dev.clew.engine.world.Time;
import dev.clew.flow.Run;
import dev.clew.spi.TaskSpec;
import dev.clew.spi.WorkflowSpec;
import dev.clew.state.StepKind;
import dev.clew.task.FutureGroup;
import dev.clew.task.IllegalStepException;
import dev.clew.task.TaskFuture;
import dev.clew.value.ClewException;
import dev.clew.value.TypeRef;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * What executes the code of one scope attempt: gives calls their identity, matches them with the log, and blocks its thread in
 * durable calls. Confined to the scope's own thread, except where the session's lock is named.
 */
public final class Frame extends ScopeAttempt implements FutureGroup {
    private final Session session;
    private final Step step;
    private final Attempt attempt;
    private final Replay replay;
    private final FrameRun run;
    private final Notes notes;
    private final Calls calls;

    /** How many calls were made in the sealed scope. */
    private int refused;

    private long now;

    Frame(Session session, Step step, Attempt attempt) {
        super(session, step, attempt);
        this.session = session;
        this.step = step;
        this.attempt = attempt;
        this.replay = new Replay(session, this, step.path());
        this.calls = new Calls(session, this, replay);
        this.run = new FrameRun(session, this, attempt);
        this.notes = new Notes(session, this);
        this.now = session.startedAt();
    }

    @Override
    protected Run run() {
        return run;
    }

    // --- calls ---

    /** Refuses calls from a foreign thread, inside a leaf, and in a sealed scope. */
    void check(String call) {
        if (hasLeft()) {
            throw new IllegalStepException(
                    call + " in " + where()
                            + " was called after that attempt of the scope had ended; do not keep a scope's handles or futures");
        }
        if (!isHere()) {
            throw new IllegalStepException(
                    call + " in " + where() + " was called on thread '"
                            + Thread.currentThread().getName()
                            + "', which is not the scope's own; durable calls must come in an order that"
                            + " replay can repeat: call them in a plain loop on the scope's thread, collect the futures, then join them");
        }
        if (isInLeaf()) {
            throw new IllegalStepException(
                    call + " in " + where()
                            + " was called inside a leaf task; declare the handle as a parameter of that task to make it a scope");
        }
        Suspension by = seal();
        if (by != null) {
            if (++refused > Runaway.MOST_REFUSALS) {
                Runaway.leaveAlone(this, by);
            }
            throw by.again();
        }
    }

    Calls calls() {
        return calls;
    }

    @Override
    public <R extends @Nullable Object> TaskFuture<R> call(TaskSpec<R> task, @Nullable Object... arguments) {
        return new StepFuture<>(this, start(task.kind(), task, arguments, step.contexts()));
    }

    @Override
    @SuppressWarnings("unchecked")
    public <O extends @Nullable Object> TaskFuture<O> child(WorkflowSpec<?, O> workflow, @Nullable Object input) {
        step.contexts().requireFor(workflow);
        return (TaskFuture<O>) child(workflow, input, step.contexts());
    }

    TaskFuture<?> child(WorkflowSpec<?, ?> workflow, @Nullable Object input, Contexts contexts) {
        @Nullable Object[] arguments = workflow.hasInput() ? new Object[] {input} : new Object[0];
        return new StepFuture<>(this, start(StepKind.CHILD, workflow.asChild(), arguments, contexts));
    }

    @Override
    public <T extends @Nullable Object> T note(String key, TypeRef<T> type, Supplier<? extends T> make) {
        check("note '" + key + "'");
        return notes.note(key, type, make);
    }

    @Override
    public boolean isNoted(String key) {
        check("note '" + key + "'");
        return notes.isNoted(key);
    }

    @Override
    public Instant time() {
        return Time.toInstant(session.time().micros());
    }

    @Override
    public boolean isRecorded(TaskSpec<?> task) {
        check("task '" + task.name() + "'");
        return session.lockedGet(() -> calls.isRecorded(task));
    }

    @Override
    public boolean isStored() {
        return session.durable();
    }

    @Override
    public boolean flush() {
        check("flush");
        return session.engineSide(session::flush);
    }

    @Override
    public void value(Supplier<? extends @Nullable Object> value) {
        check("value");
        if (step.isRoot()) {
            session.broadcast().value(value);
        }
    }

    @Override
    public void breakpoint(List<String> nodes) {
        check("breakpoint");
        session.engineSide(() -> BreakpointCalls.pause(session, this, nodes));
    }

    @Override
    public void block(ClewException why) {
        throw sealed(new Suspension(Suspension.Reason.MISMATCH, why));
    }

    @Override
    public void differs(ClewException why) {
        if (!session.warnOnly()) {
            block(why);
        }
        session.activation().workflow().mismatches().warn(String.valueOf(why.getMessage()));
    }

    private Step start(StepKind kind, TaskSpec<?> spec, @Nullable Object[] arguments, Contexts contexts) {
        return session.engineSide(() -> calls.start(kind, spec, arguments, contexts));
    }

    /** A workflow on a thread of its own. */
    TaskFuture<?> detached(DetachedCall call, @Nullable Object input) {
        return new StepFuture<>(this, session.engineSide(() -> calls.detached(call, input)));
    }

    Step startTimer(String name, Duration duration) {
        return session.engineSide(() -> calls.timer(name, duration));
    }

    Replay replay() {
        return replay;
    }

    /** A mismatch seals this scope before it is thrown. */
    <T extends @Nullable Object> T guarded(Supplier<T> matching) {
        try {
            return matching.get();
        } catch (dev.clew.flow.NonDeterminismException mismatch) {
            throw sealed(new Suspension(Suspension.Reason.MISMATCH, mismatch));
        }
    }

    @Override
    protected void settled(Step step) {
        while (!step.phase().isOver()) {
            requireNotParked(session.lockedGet(() -> session.core().sealIfParked(this, step)));
            await(List.of(step), false);
        }
    }

    /** Seals this scope and throws if all these steps are parked. */
    void requireOneGoesOn(List<Step> steps) {
        requireNotParked(session.lockedGet(() -> session.core().sealIfAllParked(this, steps)));
    }

    private static void requireNotParked(@Nullable Suspension parked) {
        if (parked != null) {
            throw parked;
        }
    }

    @Override
    protected boolean isReplaying() {
        return session.lockedGet(() -> calls.next() < replay.log().end());
    }

    boolean patched(String id) {
        check("patched");
        return session.engineSide(() -> replay.patched(id, calls.next()));
    }

    long now() {
        return now;
    }

    void sawTime(long at) {
        now = Math.max(now, at);
    }

    // --- waiting ---

    @Nullable
    Object join(Step joined) {
        check("join");
        session.core().races().joined(joined);
        session.runner().steal(joined, this);
        if (inlineOutcome(joined) instanceof Outcome.Value value) {
            sawTime(joined.at());
            return value.value();
        }
        return session.engineSide(() -> {
            if (!joined.phase().isOver()) {
                await(List.of(joined), false);
            }
            return Joins.value(this, joined);
        });
    }

    /** Settles the leaf that this thread ran last, if it is not settled. On the scope's own thread. */
    void settleNow() {
        if (hasInline()) {
            session.locked(() -> session.core().settleInline(this));
        }
    }

    @Nullable
    Object join(Step joined, Duration timeout) {
        check("join");
        return session.engineSide(() -> Joins.within(this, joined, timeout));
    }

    boolean cancel(Step cancelled) {
        check("cancel");
        boolean gone = session.engineSide(() -> session.runner().cancellations().cancel(cancelled, this));
        if (gone) {
            joined(List.of(cancelled));
        }
        return gone;
    }

    @Override
    public <R extends @Nullable Object> List<R> allOf(List<? extends TaskFuture<? extends R>> futures) {
        check("allOf");
        return session.engineSide(() -> Joins.all(this, futures));
    }

    @Override
    public <R extends @Nullable Object> TaskFuture<R> anyOf(List<? extends TaskFuture<? extends R>> futures) {
        check("anyOf");
        return session.engineSide(() -> Joins.any(this, futures));
    }

    /** Steps are joined together: those that have an outcome are not open any more. */
    void joined(List<Step> together) {
        session.locked(() -> session.core().joined(this, together));
    }

    /** What the joining of a step tells this scope: it is no longer open, its time passed, a failure was observed. */
    void observe(Step rested) {
        if (isOpen(rested)) {
            joined(List.of(rested));
        }
        sawTime(rested.at());
        if (rested.outcome() instanceof Outcome.Failed) {
            observeFailure(rested);
        }
    }

    /** Later calls say that they came after this failure, or after this limit of a join passed. */
    void observeFailure(Step failed) {
        observeFailure(failed, calls.next());
    }

    /** Blocks until all, or in a race the first, of the steps are at rest. */
    void await(List<Step> steps, boolean race) {
        settleNow();
        if (!race) {
            session.runner().timers().settleDue(steps);
        }
        Wait wait = new Wait(this, steps, race);
        boolean mustWait = session.lockedGet(() -> {
            boolean waits = session.core().await(this, wait);
            if (waits) {
                attempt.clock().pause();
                session.unwatch(attempt);
                session.runner().timers().watch(steps);
            }
            return waits;
        });
        if (!mustWait) {
            return;
        }
        session.runner().beforeWait();
        // Only now has the session seen whether the run is at rest, so only now may a test's clock move.
        session.witness().blocked();
        GivenBack permits = GivenBack.of(attempt);
        boolean interrupted = false;
        while (isBlocked()) {
            session.waiting().park(this);
            interrupted |= session.waiting().interrupted();
        }
        permits.takeBack();
        session.locked(() -> {
            session.core().resumed(this, wait);
            session.runner().timers().unwatch(steps);
            if (!isDead()) {
                attempt.clock().resume();
                session.watch(attempt);
            }
        });
        if (interrupted) {
            session.waiting().interrupt(Thread.currentThread());
        }
        requireUnsealed();
    }

    private void requireUnsealed() {
        Suspension by = seal();
        if (by != null) {
            throw by.again();
        }
    }

    // --- the end ---

    @Override
    protected void returned() {
        settleNow();
        if (seal() != null && attempt.isLive()) {
            // The body came this far although a durable call has thrown: it swallowed what that threw.
            session.runner().attempts().swallowed(where());
        }
        requireUnsealed();
        guarded(() -> {
            replay.requireNothingLeft();
            return true;
        });
        List<Step> rest = unjoined();
        if (!rest.isEmpty()) {
            session.witness().unjoined(where(), rest.stream().map(Step::path).toList());
        }
        await(rest, false);
        Throwable first = null;
        for (Step joined : rest) {
            try {
                Joins.value(this, joined);
            } catch (ClewException failed) {
                first = Joins.withSuppressed(first, failed);
            }
        }
        if (first instanceof RuntimeException failed) {
            throw failed;
        }
        endLosers();
    }

    @Override
    protected Throwable threw(Throwable first) {
        settleNow();
        if (seal() != null || first instanceof Error && !(first instanceof AssertionError)) {
            return first;
        }
        session.runner().cancellations().discardLosers(this);
        List<Step> rest = unjoined();
        try {
            await(rest, false);
            session.lockedGet(() -> Cancellations.unsettled(rest, this)).forEach(this::settled);
        } catch (Suspension sealedMeanwhile) {
            return sealedMeanwhile;
        }
        for (Step ended : rest) {
            if (ended.outcome() instanceof Outcome.Failed failed) {
                Joins.withSuppressed(first, new dev.clew.task.TaskFailedException(failed.failure()));
            }
        }
        return first;
    }

    private List<Step> unjoined() {
        return opened(false);
    }

    private void endLosers() {
        for (Step loser : opened(true)) {
            session.runner().cancellations().cancel(loser, this);
        }
    }

    private List<Step> opened(boolean losers) {
        return session.lockedGet(
                () -> called(losers).stream().map(Step.class::cast).toList());
    }

    @Override
    public ScopeLog log() {
        return replay.log();
    }

    LogEntry.Call call(int ordinal, byte[] digest, int mark) {
        return new LogEntry.Call(ordinal, digest, "", takeObserved(mark));
    }
}
