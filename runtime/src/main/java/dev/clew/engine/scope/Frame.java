package dev.clew.engine.scope;

import dev.clew.engine.core.Suspension;
import dev.clew.engine.core.Wait;
import dev.clew.engine.log.LogEntry;
import dev.clew.engine.log.ScopeLog;
import dev.clew.engine.run.Attempt;
import dev.clew.engine.run.DetachedCall;
import dev.clew.engine.run.Outcome;
import dev.clew.engine.run.ScopeAttempt;
import dev.clew.engine.run.Session;
import dev.clew.engine.run.Step;
import dev.clew.engine.setup.Contexts;
import dev.clew.engine.world.Time;
import dev.clew.flow.NonDeterminismException;
import dev.clew.flow.Run;
import dev.clew.spi.TaskSpec;
import dev.clew.spi.WorkflowSpec;
import dev.clew.state.StepKind;
import dev.clew.task.FutureGroup;
import dev.clew.task.TaskFuture;
import dev.clew.value.ClewException;
import dev.clew.value.TypeRef;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * What executes the code of one scope attempt: passes each durable call to its part of the engine, and blocks the thread in those that
 * wait. The core knows the same attempt as a {@code CoreScope}, the session as a {@link ScopeAttempt}, and generated code as a
 * {@code Scope}. Confined to the scope's own thread, except where the session's lock is named.
 */
public final class Frame extends ScopeAttempt implements FutureGroup {
    private final Session session;
    private final Step step;
    private final Attempt attempt;
    private final CallCheck check;
    private final Replay replay;
    private final FrameRun run;
    private final Notes notes;
    private final Calls calls;
    private final FrameEnd end;

    /** What {@code run.now()} returns, in microseconds: when the run began, or the newest outcome that the body has seen. */
    private long now;

    Frame(Session session, Step step, Attempt attempt) {
        super(session, step, attempt);
        this.session = session;
        this.step = step;
        this.attempt = attempt;
        this.check = new CallCheck(this);
        this.replay = new Replay(session, this, step.path());
        this.calls = new Calls(session, this, replay);
        this.run = new FrameRun(session, this, attempt);
        this.notes = new Notes(session, this);
        this.end = new FrameEnd(session, this);
        this.now = session.startedAt();
    }

    @Override
    protected Run run() {
        return run;
    }

    @Override
    public ScopeLog log() {
        return replay.log();
    }

    Replay replay() {
        return replay;
    }

    Calls calls() {
        return calls;
    }

    /** Refuses a durable call that this attempt must not make now. */
    void check(String call) {
        check.check(call, null);
    }

    /** The same for a call of what has a name. */
    void check(String kind, String name) {
        check.check(kind, name);
    }

    // --- calls of steps ---

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

    private Step start(StepKind kind, TaskSpec<?> spec, @Nullable Object[] arguments, Contexts contexts) {
        return session.engineSide(() -> calls.start(kind, spec, arguments, contexts));
    }

    /** Calls a workflow on a thread of its own. */
    TaskFuture<?> detached(DetachedCall call, @Nullable Object input) {
        return new StepFuture<>(this, session.engineSide(() -> calls.detached(call, input)));
    }

    Step startTimer(String name, Duration duration) {
        return session.engineSide(() -> calls.timer(name, duration));
    }

    /** A call as its next log entry has it, with the failures that the scope had observed before it was made. */
    LogEntry.Call call(int ordinal, byte[] digest, int mark) {
        return new LogEntry.Call(ordinal, digest, "", takeObserved(mark));
    }

    // --- other durable calls ---

    @Override
    public <T extends @Nullable Object> T note(String key, TypeRef<T> type, Supplier<? extends T> make) {
        check("note", key);
        return notes.note(key, type, make);
    }

    @Override
    public boolean isNoted(String key) {
        check("note", key);
        return notes.isNoted(key);
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

    boolean patched(String id) {
        check("patched");
        return session.engineSide(() -> replay.patched(id, calls.next()));
    }

    // --- the log and the code ---

    @Override
    public boolean isStored() {
        return session.durable();
    }

    @Override
    public boolean isRecorded(TaskSpec<?> task) {
        check("task", task.name());
        return session.lockedGet(() -> calls.isRecorded(task));
    }

    @Override
    protected boolean isReplaying() {
        return session.lockedGet(() -> calls.next() < replay.log().end());
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

    /** Seals this scope if the code does not match the log, and throws what unwinds it. */
    <T extends @Nullable Object> T sealingMismatches(Supplier<T> matching) {
        try {
            return matching.get();
        } catch (NonDeterminismException mismatch) {
            throw sealed(new Suspension(Suspension.Reason.MISMATCH, mismatch));
        }
    }

    // --- time ---

    @Override
    public Instant time() {
        return Time.toInstant(session.time().micros());
    }

    long now() {
        return now;
    }

    void sawTime(long at) {
        now = Math.max(now, at);
    }

    // --- joins ---

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

    @Nullable
    Object join(Step joined, Duration timeout) {
        check("join");
        return session.engineSide(() -> Joins.within(this, joined, timeout));
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

    boolean cancel(Step cancelled) {
        check("cancel");
        boolean gone = session.engineSide(() -> session.runner().cancellations().cancel(cancelled, this));
        if (gone) {
            joined(List.of(cancelled));
        }
        return gone;
    }

    /** Notes that steps were joined together: those that have an outcome are not open any more. */
    void joined(List<Step> together) {
        session.locked(() -> session.core().joined(this, together));
    }

    /** Notes what the body learns by joining a step: it is not open any more, its time has passed, and perhaps it failed. */
    void observe(Step rested) {
        if (isOpen(rested)) {
            joined(List.of(rested));
        }
        sawTime(rested.at());
        if (rested.outcome() instanceof Outcome.Failed) {
            observeFailure(rested);
        }
    }

    /** Notes that the body has seen this failure, or that this limit of a join passed: later calls say that they came after it. */
    void observeFailure(Step failed) {
        observeFailure(failed, calls.next());
    }

    // --- waiting ---

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
                session.runner().limits().unwatch(attempt);
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
                session.runner().limits().watch(attempt);
            }
        });
        if (interrupted) {
            session.waiting().interrupt(Thread.currentThread());
        }
        requireUnsealed();
    }

    /** Settles the leaf that this thread ran last, if it is not settled. On the scope's own thread. */
    void settleNow() {
        if (hasInline()) {
            session.locked(() -> session.core().settleInline(this));
        }
    }

    void requireUnsealed() {
        Suspension by = seal();
        if (by != null) {
            throw by.again();
        }
    }

    @Override
    protected void awaitSettled(Step step) {
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

    // --- the end ---

    @Override
    protected void returned() {
        end.returned();
    }

    @Override
    protected Throwable threw(Throwable first) {
        return end.threw(first);
    }
}
