package dev.clew.engine;

import dev.clew.engine.core.CoreScope;
import dev.clew.engine.core.Suspension;
import dev.clew.engine.core.Wait;
import dev.clew.engine.log.LogEntry;
import dev.clew.engine.log.ScopeLog;
import dev.clew.flow.Run;
import dev.clew.spi.Scope;
import dev.clew.spi.TaskSpec;
import dev.clew.spi.WorkflowSpec;
import dev.clew.state.StepKind;
import dev.clew.task.FutureGroup;
import dev.clew.task.IllegalStepException;
import dev.clew.task.TaskFuture;
import dev.clew.value.ClewException;
import dev.clew.value.TypeRef;
import java.time.Duration;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * One attempt of a scope: gives calls their identity, matches them with the log, and blocks its thread in durable
 * calls. Confined to the scope's own thread, except where the session's lock is named.
 */
final class Frame extends CoreScope implements Scope, FutureGroup {
    private final Session session;
    private final Step step;
    private final Attempt attempt;
    private final Replay replay;
    private final FrameRun run;
    private final Notes notes;
    private final Calls calls;

    private @Nullable Thread owner;
    private volatile boolean left;
    private boolean inLeaf;

    /** How many calls were made in the sealed scope. */
    private int refused;

    private long now;

    /** Failures in the order in which this attempt observed them; guarded by the session's lock. */
    private final List<LogEntry.Observed> observed = new ArrayList<>();

    private int acknowledged;

    /** The exceptions that said that the limit of a join had passed, with the ordinal of its timer. */
    private final IdentityHashMap<Throwable, Integer> passedLimits = new IdentityHashMap<>();

    Frame(Session session, Step step, Attempt attempt) {
        super(step);
        this.session = session;
        this.step = step;
        this.attempt = attempt;
        this.replay = new Replay(session, this, step.path(), session.nextFrameId());
        this.calls = new Calls(session, this, replay);
        this.run = new FrameRun(session, this, attempt);
        this.notes = new Notes(session, this);
        this.now = session.startedAt();
    }

    // --- what the session sees ---

    int depth() {
        return step.depth();
    }

    Step step() {
        return step;
    }

    Attempt attempt() {
        return attempt;
    }

    Run run() {
        return run;
    }

    /** Whether the calling thread is its own. */
    boolean isHere() {
        return Thread.currentThread() == owner;
    }

    void enter(Thread thread) {
        owner = thread;
    }

    /** Its code has ended: whatever is still called is called too late. */
    void leave() {
        left = true;
    }

    /** Whether its thread runs a leaf that it joins. On its own thread. */
    boolean isInLeaf() {
        return inLeaf;
    }

    /** Its thread runs a leaf that it joins, or is back: meanwhile the scope waits. Under the session's lock. */
    void inLeaf(boolean running) {
        inLeaf = running;
        if (running) {
            attempt.clock().pause();
            session.unwatch(attempt);
        } else if (attempt.isLive()) {
            attempt.clock().resume();
            session.watch(attempt);
        }
    }

    /** Its thread has something to do again. Under the session's lock. */
    void resume() {
        session.witness().unblocked();
        session.waiting().unpark(owner);
    }

    /** The failures that entries of calls made up to this mark must note, and no entry has noted. Under the session's lock. */
    List<LogEntry.Observed> takeObserved(int mark) {
        if (acknowledged >= mark) {
            return List.of();
        }
        List<LogEntry.Observed> taken = List.copyOf(observed.subList(acknowledged, mark));
        acknowledged = mark;
        return taken;
    }

    /** The same call, with the failures that no entry has noted up to now. Under the session's lock. */
    LogEntry.Call noting(LogEntry.Call call) {
        List<LogEntry.Observed> unnoted = takeObserved(observed.size());
        if (unnoted.isEmpty()) {
            return call;
        }
        List<LogEntry.Observed> all = new ArrayList<>(call.observedFailures());
        all.addAll(unnoted);
        return new LogEntry.Call(call.ordinal(), call.digest(), call.signature(), List.copyOf(all), call.arguments());
    }

    /** The limit of a join has passed, and the body is told so with this exception. */
    void limitPassed(Throwable late, Step timer) {
        passedLimits.put(late, timer.ordinal());
    }

    /** The ordinal of the timer whose passing this exception told, or null. */
    @Nullable
    Integer limitThatPassed(Throwable thrown) {
        return passedLimits.get(thrown);
    }

    // --- calls ---

    /** Refuses calls from a foreign thread, inside a leaf, and in a sealed scope. */
    void check(String call) {
        if (left) {
            throw new IllegalStepException(
                    call + " in " + where()
                            + " was called after that attempt of the scope had ended; do not keep a scope's handles or futures");
        }
        if (Thread.currentThread() != owner) {
            throw new IllegalStepException(
                    call + " in " + where() + " was called on thread '"
                            + Thread.currentThread().getName()
                            + "', which is not the scope's own; durable calls must come in an order that"
                            + " replay can repeat: call them in a plain loop on the scope's thread, collect the futures, then join them");
        }
        if (inLeaf) {
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

    String where() {
        return session.where() + (step.path().isEmpty() ? "" : " at step '" + step.path() + "'");
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

    int observedMark() {
        return observed.size();
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

    /**
     * Waits until a step has its outcome. If it is parked, seals this scope and throws; that is decided under the lock, so
     * that an answer that comes now finds the step parked, or this scope sealed.
     */
    void settled(Step step) {
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

    /** Seals this scope from its own thread. */
    Suspension sealed(Suspension by) {
        session.locked(() -> session.core().seal(this, by));
        return by;
    }

    boolean isReplaying() {
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

    Session session() {
        return session;
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
        if (!failed.failureObserved) {
            failed.failureObserved = true;
            session.lockedGet(() -> observed.add(new LogEntry.Observed(failed.ordinal(), calls.next())));
        }
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

    /** The body returned: joins what was called, ends the losers, and looks for what the code no longer calls. */
    void returned() {
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

    /**
     * The body threw: what it called runs to its end, and later failures are suppressed in the first. What was outrun is
     * stopped and not recorded, so that a new attempt races anew. An error that ends the run waits for nothing.
     */
    void threw(Throwable first) {
        settleNow();
        if (seal() != null || first instanceof Error && !(first instanceof AssertionError)) {
            return;
        }
        session.runner().cancellations().discardLosers(this);
        List<Step> rest = unjoined();
        try {
            await(rest, false);
        } catch (Suspension sealedMeanwhile) {
            return;
        }
        for (Step ended : rest) {
            if (ended.outcome() instanceof Outcome.Failed failed) {
                Joins.withSuppressed(first, new dev.clew.task.TaskFailedException(failed.failure()));
            }
        }
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

    ScopeLog log() {
        return replay.log();
    }

    LogEntry.Call call(int ordinal, byte[] digest, int mark) {
        return new LogEntry.Call(ordinal, digest, "", takeObserved(mark));
    }
}
