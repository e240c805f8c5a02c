package dev.clew.engine.run;

import dev.clew.engine.core.RunCore;
import dev.clew.engine.core.Suspension;
import dev.clew.engine.format.MembersCodec;
import dev.clew.engine.format.Places;
import dev.clew.engine.format.UnreadablePrevious;
import dev.clew.engine.format.Values;
import dev.clew.engine.log.StepLog;
import dev.clew.engine.log.StepPath;
import dev.clew.engine.setup.EngineSettings;
import dev.clew.engine.setup.Permits;
import dev.clew.engine.world.Time;
import dev.clew.engine.world.Waiting;
import dev.clew.engine.world.Witness;
import dev.clew.flow.RequestRefusedException;
import dev.clew.flow.RequestRefusedException.Reason;
import dev.clew.flow.StepLimitException;
import dev.clew.interrupt.PendingInterrupt;
import dev.clew.spi.TaskSpec;
import dev.clew.state.StepKind;
import dev.clew.value.Codec;
import dev.clew.value.TypeRef;
import java.util.Arrays;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * One activation of a run: from its opening or resuming until it rests, which means that nothing in it can go on by itself.
 * Holds what the steps of the activation share, begins its body, and stops it. Thread-safe; {@link RunLock} says what its lock
 * guards.
 */
public final class Session {
    private final Activation activation;
    private final EngineSettings settings;
    private final Scopes scopes;
    private final EndListener onEnd;
    private final Faults faults;
    private final RunLock lock;
    private final LogWriter writer;
    private final Journal journal;
    private final Values values;
    private final Events events;
    private final Broadcast broadcast;
    private final Memories memories;
    private final StepRunner runner;
    private final RunPermits permits;
    private final LiveAnswers answers;
    private final ExitPoint exitPoint;
    private final AtomicInteger scopeAttemptIds = new AtomicInteger();
    private final AtomicLong steps = new AtomicLong();
    private final long activatedAt;
    private final int depth;
    private final boolean undoes;
    private final boolean protects;

    // Guarded by the lock.
    private Map<Throwable, Throwable> originals = Map.of();
    private boolean forgotten;
    private boolean cancelled;

    public Session(Activation activation, EngineSettings settings, Scopes scopes, EndListener onEnd) {
        this.activation = activation;
        this.undoes = activation.log().isUndoing();
        this.protects = MembersCodec.protects(settings.codec());
        this.settings = settings;
        this.scopes = scopes;
        this.onEnd = onEnd;
        this.activatedAt = settings.time().micros();
        boolean durable = activation.claim() != null;
        this.values = new Values(settings.codec(), durable, settings.stackTraces());
        this.faults = new Faults(this, settings.executor());
        this.lock = new RunLock(this, settings);
        this.writer = new LogWriter(
                activation.run().runId(),
                activation.durability(),
                settings.checkpointer(),
                activation.claim(),
                settings.waiting(),
                broken -> faults.runApart(() -> stop(Suspension.Reason.STORAGE, broken)));
        this.journal = new Journal(activation.log(), writer, lock.core(), this::lockedGet);
        this.events = new Events(settings.listener(), activation.info(), this::pending);
        OptionalInt limit = activation.config().maxConcurrency();
        this.permits = new RunPermits(this, settings.permits(), limit.isEmpty() ? null : new Permits(limit.getAsInt()));
        this.broadcast = new Broadcast(this);
        this.memories = new Memories(this);
        this.runner = new StepRunner(this, settings);
        this.answers = new LiveAnswers(this);
        this.exitPoint = new ExitPoint(activation);
        Attempt caller = CurrentAttempt.inCode();
        this.depth = caller == null ? 0 : caller.session().depth(caller.step());
    }

    /** Called once, when the activation is over, on the thread that ended last. */
    public interface EndListener {
        void ended(Session session);
    }

    // --- the body ---

    /** Begins the run's body, or what undoes the run. */
    public void start() {
        TaskSpec<?> spec = undoes ? scopes.undoing(this) : activation.workflow().rootSpec();
        Values.Arguments arguments = undoes ? values.unstored(List.of()) : activation.arguments(values);
        Step root = new Step(
                new Step.Call(StepKind.CHILD, spec, StepPath.ROOT, 0, arguments), null, 0, activation.contexts());
        locked(() -> core().beginRun(root));
        StepLog recorded = journal.log().root();
        broadcast.began(root);
        runner.beginRoot(root, recorded);
    }

    /** The run is at rest, or was stopped, and no thread is in it any more. Without the lock. */
    void over() {
        waiting().point();
        if (core().stopped() != null) {
            runner.cached().leftAll();
        }
        onEnd.ended(this);
    }

    // --- the lock ---

    public void locked(Runnable change) {
        lockedGet(() -> {
            change.run();
            return true;
        });
    }

    /** Changes states under the run's lock; {@link RunLock#use} says what follows. */
    public <T extends @Nullable Object> T lockedGet(Supplier<T> change) {
        return lock.use(change);
    }

    /** What its steps are doing. Under the lock, or once the session is over. */
    public RunCore core() {
        return lock.core();
    }

    // --- stopping ---

    /** Ends the activation at once: every scope is sealed, every attempt abandoned and interrupted. */
    public void stop(Suspension.Reason reason, @Nullable Throwable because) {
        locked(() -> core().stop(new Suspension(reason, because)));
        runner.cached().leftAll();
    }

    /**
     * The graph is being closed: as soon as the run only waits, it rests, however short the wait is. What is stored of it
     * says when it is due. A run that is not stored can only be stopped.
     */
    public void drain() {
        locked(() -> {
            if (durable()) {
                core().drain();
            } else {
                core().drainUnstored(new Suspension(Suspension.Reason.SHUTDOWN, null));
            }
        });
    }

    /** Ends the activation as if the process had died: nothing is written any more. */
    public void crash() {
        journal.close();
        stop(
                Suspension.Reason.STORAGE,
                new RequestRefusedException(Reason.CLOSED, where() + " was dropped from memory"));
    }

    /**
     * Cancels the run, unless it is being undone. If its end is being written already, {@link #forget} says that a cancel came.
     *
     * @return false if nothing here can cancel it: it is being undone, or the graph has forgotten it
     */
    public boolean cancel() {
        if (undoes) {
            return false;
        }
        boolean here = lockedGet(() -> {
            cancelled = true;
            return !forgotten;
        });
        stop(Suspension.Reason.CANCELLED, null);
        return here;
    }

    /**
     * Notes that the run's end is written, and that the graph forgets the session.
     *
     * @return whether a cancel came until now, in time or too late
     */
    public boolean forget() {
        return lockedGet(() -> {
            forgotten = true;
            return cancelled;
        });
    }

    /**
     * Ends the activation for a fault on the engine's side, and logs it once. A closed log and a lost store are no faults:
     * they stop the run for their own reason.
     */
    public void fault(Throwable thrown) {
        faults.stop(thrown);
    }

    /** Does the engine's part of a durable call. An error in it is a fault of the engine's side, and unwinds the caller. */
    public <T extends @Nullable Object> T engineSide(Supplier<T> part) {
        return faults.stopIn(part);
    }

    /** Whether {@link #fault} has logged a fault. */
    boolean isFaulted() {
        return faults.any();
    }

    // --- the run ---

    public Activation activation() {
        return activation;
    }

    public String threadId() {
        return activation.threadId();
    }

    public String runId() {
        return activation.run().runId();
    }

    /** Names the run in messages: its workflow, thread and id. */
    public String where() {
        return activation.where();
    }

    public long seed() {
        return activation.run().seed();
    }

    public long startedAt() {
        return Time.toMicros(activation.run().startedAt());
    }

    public long activatedAt() {
        return activatedAt;
    }

    /** Whether the body of the run is over, and this activation undoes what the run has done. */
    public boolean undoes() {
        return undoes;
    }

    /** Whether the run is stored. */
    public boolean durable() {
        return values.encoding();
    }

    /** Makes durable what is recorded, whatever the run promises; false if nothing is stored. */
    public boolean flush() {
        if (durable()) {
            journal.flush(exitPoint::goingOn);
        }
        return durable();
    }

    // --- its steps ---

    /** Names a step over attempts, crashes and replays, across threads and runs. */
    String stepId(String path) {
        return threadId() + '/' + runId() + '/' + path;
    }

    /** How deep a step is, counted from the caller's own run where a task invoked this one: the deepest comes first. */
    public int depth(Step step) {
        return depth + step.depth();
    }

    int nextScopeAttemptId() {
        return scopeAttemptIds.incrementAndGet();
    }

    /** Counts a call, and seals the scope that made it if the run has made too many. */
    public void countStep(ScopeAttempt scope) {
        long limit = activation.config().maxSteps();
        if (!undoes && steps.incrementAndGet() > limit) {
            throw scope.sealed(new Suspension(Suspension.Reason.STEP_LIMIT, new StepLimitException(where(), limit)));
        }
    }

    /** Tells a test's witness of a call. */
    public void called(String path, int ordinal, List<TypeRef<?>> types, @Nullable Object... arguments) {
        Witness witness = witness();
        if (witness != Witness.NOBODY) {
            witness.called(new Witness.Call(threadId(), runId(), path, ordinal, types, Arrays.asList(arguments)));
        }
    }

    /** What a body gets as {@code @Previous}. */
    @Nullable
    Object previous(Step step) {
        if (step.isRoot() && activation.previous() instanceof UnreadablePrevious unreadable) {
            throw unreadable.why();
        }
        return step.isRoot() ? activation.previous() : memories.previous(step);
    }

    /** Encrypts a part of a step for its place in the store, if the run is stored. */
    public byte[] protect(String kind, String path, byte[] clear) {
        return durable() && protects ? values.codec().protect(clear, place(kind, path)) : clear;
    }

    /** Decrypts what {@link #protect} has made. */
    public byte[] reveal(String kind, String path, byte[] stored) {
        return durable() && protects ? values.codec().reveal(stored, place(kind, path)) : stored;
    }

    private Codec.Place place(String kind, String path) {
        return Places.step(kind, threadId(), runId(), path);
    }

    public PendingInterrupt<?, ?> pending(StepLog question) {
        return activation.pending(question, values.codec());
    }

    /** Whether an answer came after the last pause, so that no body has taken it before. */
    public boolean isFresh(StepLog answered) {
        return lockedGet(() -> journal.log().isFresh(answered));
    }

    /** Keeps a failure's original for the caller of the run, out of the body's sight. */
    public void remember(Throwable thrown, @Nullable Throwable original) {
        if (original != null) {
            locked(() -> {
                originals = originals.isEmpty() ? new IdentityHashMap<>(1) : originals;
                originals.put(thrown, original);
            });
        }
    }

    @Nullable
    Throwable original(Throwable thrown) {
        return lockedGet(() -> originals.get(thrown));
    }

    // --- its parts ---

    /** What does the rest: runs steps, and knows those who do. */
    public StepRunner runner() {
        return runner;
    }

    public Journal journal() {
        return journal;
    }

    LogWriter writer() {
        return writer;
    }

    public Values values() {
        return values;
    }

    public RunPermits permits() {
        return permits;
    }

    public LiveAnswers answers() {
        return answers;
    }

    public Memories memories() {
        return memories;
    }

    public ExitPoint exitPoint() {
        return exitPoint;
    }

    public Events events() {
        return events;
    }

    public Broadcast broadcast() {
        return broadcast;
    }

    /** Whether no listener and no reader of a stream is told of its steps. */
    boolean isUnheard() {
        return settings.listener() == null && broadcast.isUnheard();
    }

    Scopes scopes() {
        return scopes;
    }

    // --- its graph ---

    public EngineSettings settings() {
        return settings;
    }

    public Time time() {
        return settings.time();
    }

    public Waiting waiting() {
        return settings.waiting();
    }

    public Witness witness() {
        return settings.time().world().witness();
    }

    /** Whether a mismatch of code and log is only logged where that is possible. */
    public boolean warnOnly() {
        return settings.warnOnly();
    }
}
