package dev.clew.engine.run;

import static dev.clew.engine.world.EngineLog.LOG;

import dev.clew.checkpoint.CheckpointRecord;
import dev.clew.checkpoint.Checkpointer;
import dev.clew.engine.core.CoreAttempt;
import dev.clew.engine.core.CoreScope;
import dev.clew.engine.core.CoreStep;
import dev.clew.engine.core.Effects;
import dev.clew.engine.core.RunCore;
import dev.clew.engine.core.Suspension;
import dev.clew.engine.format.Places;
import dev.clew.engine.format.UnreadablePrevious;
import dev.clew.engine.format.Values;
import dev.clew.engine.log.StepLog;
import dev.clew.engine.log.StepPath;
import dev.clew.engine.setup.EngineSettings;
import dev.clew.engine.setup.Permits;
import dev.clew.engine.stored.Checkpoints;
import dev.clew.engine.stored.SavedValues;
import dev.clew.engine.stored.Shown;
import dev.clew.engine.world.LastResort;
import dev.clew.engine.world.Time;
import dev.clew.engine.world.Waiting;
import dev.clew.engine.world.Witness;
import dev.clew.flow.RequestRefusedException;
import dev.clew.flow.RequestRefusedException.Reason;
import dev.clew.flow.StepLimitException;
import dev.clew.interrupt.AnswerRefusedException;
import dev.clew.interrupt.PendingInterrupt;
import dev.clew.spi.TaskSpec;
import dev.clew.state.StepKind;
import dev.clew.value.Codec;
import dev.clew.value.TypeRef;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * One activation of a run: from its opening or resuming until it rests. Holds what its steps share, and knows when
 * nothing in it can go on by itself.
 *
 * <p>Its lock guards the states of steps, attempts and seals, the log, and the places of outcomes in it. No store, codec,
 * listener or other code of users runs under it.
 */
public final class Session implements Effects {
    private final Activation activation;
    private final EngineSettings settings;
    private final Scopes scopes;
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
    private final ReentrantLock lock;
    private final AtomicInteger frameIds = new AtomicInteger();
    private final AtomicLong steps = new AtomicLong();
    private final IdentityHashMap<Throwable, Throwable> originals = new IdentityHashMap<>();
    private final AtomicBoolean faulted = new AtomicBoolean();
    private final long activatedAt;
    private final int depth;
    private final boolean undoes;

    // Guarded by the lock.
    private final RunCore core = new RunCore(this, new Outcome.Cancelled());

    /** The permits that are free once the lock is. */
    private int freePermits;

    private boolean left;
    private boolean cancelled;
    private @Nullable AnswerRefusedException refused;

    public Session(Activation activation, EngineSettings settings, Scopes scopes, Consumers consumers) {
        this.activation = activation;
        this.undoes = activation.log().isUndoing();
        this.settings = settings;
        this.scopes = scopes;
        this.lock = settings.waiting().lock();
        this.activatedAt = settings.time().micros();
        boolean durable = activation.claim() != null;
        this.values = new Values(settings.codec(), durable, settings.stackTraces());
        this.writer = new LogWriter(
                activation.run().runId(),
                activation.durability(),
                settings.checkpointer(),
                activation.claim(),
                settings.waiting(),
                broken -> hand(() -> stop(Suspension.Reason.STORAGE, broken)));
        this.journal = new Journal(activation.log(), writer, core, this::lockedGet);
        this.events = new Events(settings.listener(), activation.info(), this::pending);
        OptionalInt limit = activation.config().maxConcurrency();
        this.permits = new RunPermits(this, settings.permits(), limit.isEmpty() ? null : new Permits(limit.getAsInt()));
        this.broadcast = new Broadcast(this);
        this.memories = new Memories(this);
        this.runner = new StepRunner(this, settings);
        this.answers = new LiveAnswers(this);
        this.exitPoint = new ExitPoint(activation);
        this.onEnd = consumers;
        Attempt caller = CurrentAttempt.inCode();
        this.depth = caller == null ? 0 : caller.session().depth(caller.step());
    }

    /** Who is told that the activation is over; called once, on the thread that ended last. */
    public interface Consumers {
        void ended(Session session);
    }

    private final Consumers onEnd;

    // --- what is fixed ---

    public Activation activation() {
        return activation;
    }

    public EngineSettings settings() {
        return settings;
    }

    Scopes scopes() {
        return scopes;
    }

    public Journal journal() {
        return journal;
    }

    public Values values() {
        return values;
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

    public ExitPoint exitPoint() {
        return exitPoint;
    }

    /** Whether the body of the run is over, and this activation undoes what the run has done. */
    public boolean undoes() {
        return undoes;
    }

    /** Makes durable what is recorded, whatever the run promises; false if nothing is stored. */
    public boolean flush() {
        if (durable()) {
            journal.flush(exitPoint::goingOn);
        }
        return durable();
    }

    /** Names a step over attempts, crashes and replays, across threads and runs. */
    String stepId(String path) {
        return threadId() + '/' + runId() + '/' + path;
    }

    /** The value of the thread's last completed run, or null. */
    @Nullable
    Object valueSoFar() {
        Checkpointer store = settings.checkpointer();
        Optional<CheckpointRecord> base = memories.base();
        return store == null
                ? null
                : Shown.of(
                                new SavedValues<>(
                                        new Checkpoints(store, settings.codec()),
                                        threadId(),
                                        activation.workflow().spec()),
                                base.orElse(null))
                        .value();
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

    public void called(String path, int ordinal, List<TypeRef<?>> types, @Nullable Object... arguments) {
        Witness witness = witness();
        if (witness != Witness.NOBODY) {
            witness.called(new Witness.Call(threadId(), runId(), path, ordinal, types, Arrays.asList(arguments)));
        }
    }

    public RunPermits permits() {
        return permits;
    }

    /** How deep a step is, counted from the caller's own run where a task invoked this one: the deepest comes first. */
    public int depth(Step step) {
        return depth + step.depth();
    }

    public StepRunner runner() {
        return runner;
    }

    public LiveAnswers answers() {
        return answers;
    }

    public String threadId() {
        return activation.threadId();
    }

    public String runId() {
        return activation.run().runId();
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

    public boolean durable() {
        return values.encoding();
    }

    public boolean warnOnly() {
        return settings.warnOnly();
    }

    public String where() {
        return activation.where();
    }

    int nextFrameId() {
        return frameIds.incrementAndGet();
    }

    public Memories memories() {
        return memories;
    }

    @Nullable
    Object previous(Step step) {
        if (step.isRoot() && activation.previous() instanceof UnreadablePrevious unreadable) {
            throw unreadable.why();
        }
        return step.isRoot() ? activation.previous() : memories.previous(step);
    }

    public byte[] protect(String kind, String path, byte[] clear) {
        return durable() ? values.codec().protect(clear, place(kind, path)) : clear;
    }

    public byte[] reveal(String kind, String path, byte[] stored) {
        return durable() ? values.codec().reveal(stored, place(kind, path)) : stored;
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

    public void countStep(ScopeAttempt frame) {
        long limit = activation.config().maxSteps();
        if (!undoes && steps.incrementAndGet() > limit) {
            throw frame.sealed(new Suspension(Suspension.Reason.STEP_LIMIT, new StepLimitException(where(), limit)));
        }
    }

    /** Keeps a failure's original for the caller of the run, out of the body's sight. */
    public void remember(Throwable thrown, @Nullable Throwable original) {
        if (original != null) {
            locked(() -> originals.put(thrown, original));
        }
    }

    @Nullable
    Throwable original(Throwable thrown) {
        return lockedGet(() -> originals.get(thrown));
    }

    /** Begins the run's body, or what undoes the run. */
    public void start() {
        TaskSpec<?> spec = undoes ? scopes.undoing(this) : activation.workflow().rootSpec();
        Values.Arguments arguments = undoes ? values.unstored(List.of()) : activation.arguments(values);
        Step root = new Step(
                new Step.Call(StepKind.CHILD, spec, StepPath.ROOT, 0, arguments), null, 0, activation.contexts());
        locked(() -> core.begin(root));
        StepLog recorded = journal.log().root();
        broadcast.began(root);
        runner.beginRoot(root, recorded);
    }

    // --- the lock ---

    public void locked(Runnable change) {
        lockedGet(() -> {
            change.run();
            return true;
        });
    }

    /** Changes states. Once the lock is free, writes what was put into the log, and sees whether the run is at rest. */
    public <T extends @Nullable Object> T lockedGet(Supplier<T> change) {
        boolean over = false;
        boolean writes = false;
        int permitsFreed = 0;
        lock.lock();
        try {
            return change.get();
        } finally {
            try {
                if (lock.getHoldCount() == 1) {
                    over = atRest();
                    writes = writer.hasNew();
                    permitsFreed = freePermits;
                    freePermits = 0;
                }
            } finally {
                lock.unlock();
            }
            if (writes) {
                writer.drain();
            }
            for (int i = 0; i < permitsFreed; i++) {
                permits.release();
            }
            if (over) {
                waiting().point();
                if (core.stopped() != null) {
                    runner.cached().leftAll();
                }
                onEnd.ended(this);
            }
        }
    }

    private boolean atRest() {
        return !core.isBusy() && core.rests(Time.due(time().micros(), parkAfter()));
    }

    /** How long a wait may be for the run to stay in memory; one that is not stored has no other place. */
    private Duration parkAfter() {
        return settings.checkpointer() == null ? ChronoUnit.FOREVER.getDuration() : settings.parkAfter();
    }

    // --- what the core wants done ---

    @Override
    public void resume(CoreScope scope) {
        ((ScopeAttempt) scope).resume();
    }

    @Override
    public void abandon(CoreAttempt abandoned) {
        Attempt attempt = (Attempt) abandoned;
        unwatch(attempt);
        attempt.interrupt();
    }

    @Override
    public void givePermit() {
        freePermits++;
    }

    @Override
    public void clearAlarm(CoreStep step) {
        Future<?> alarm = ((Step) step).alarm;
        if (alarm != null) {
            alarm.cancel(false);
        }
    }

    /** What its steps are doing. Under the lock. */
    public RunCore core() {
        return core;
    }

    /** Keeps the session from coming to rest until {@link #letGo}; false if it is over. */
    boolean hold() {
        return lockedGet(core::hold);
    }

    /** Lets the scopes of answered questions run, and the session come to rest once nothing executes. */
    void letGo(List<String> answered) {
        List<Step> next = new ArrayList<>();
        locked(() -> {
            core.letGo();
            for (String question : answered) {
                CoreStep parked = core.answered(question);
                if (parked != null) {
                    next.add(runner.requeued((Step) parked));
                }
            }
        });
        next.forEach(runner::enqueued);
    }

    public void refused(AnswerRefusedException.Reason reason, String text) {
        locked(() -> refused = new AnswerRefusedException(threadId(), reason, text, List.of()));
    }

    // --- how it ended; read once it is over ---

    /** The paths of the timers that its scopes waited for when they were unwound; no other timer makes the run go on. */
    public Set<String> awaitedTimers() {
        return core.awaitedTimers();
    }

    /** The paths of the steps that this activation left as they rested before. */
    public Set<String> leftParked() {
        return core.leftParked();
    }

    public Suspension.@Nullable Reason worst() {
        return core.worst();
    }

    @Nullable
    public Throwable why() {
        return core.why();
    }

    @Nullable
    public AnswerRefusedException refused() {
        return refused;
    }

    @Nullable
    public Suspension sealed() {
        return core.stopped();
    }

    /** Nothing more may begin in this activation. Under the lock. */
    boolean isOver() {
        return core.isOver();
    }

    // --- stopping ---

    /** Ends the activation at once: every scope is sealed, every attempt abandoned and interrupted. */
    public void stop(Suspension.Reason reason, @Nullable Throwable because) {
        stop(new Suspension(reason, because));
    }

    /**
     * The graph is being closed: as soon as the run only waits, it rests, however short the wait is. What is stored of it
     * says when it is due. A run that is not stored can only be stopped.
     */
    public void drain() {
        locked(() -> {
            if (durable()) {
                core.drain();
            } else {
                core.drainUnstored(new Suspension(Suspension.Reason.SHUTDOWN, null));
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
     * Cancels the run, unless it is being undone. Where its end is being written already, {@link #leave} tells of it; false where the graph had
     * forgotten it by then.
     */
    public boolean cancel() {
        if (undoes) {
            return false;
        }
        boolean here = lockedGet(() -> {
            cancelled = true;
            return !left;
        });
        stop(Suspension.Reason.CANCELLED, null);
        return here;
    }

    /** Its end is written, and the graph has forgotten it. Whether it was cancelled until now, in time or too late. */
    public boolean leave() {
        return lockedGet(() -> {
            left = true;
            return cancelled;
        });
    }

    private void stop(Suspension by) {
        locked(() -> core.stop(by));
        runner.cached().leftAll();
    }

    /**
     * Ends the activation for a fault on the engine's side, and logs it once. A closed log and a lost store are no faults:
     * they stop the run for their own reason.
     */
    public void fault(Throwable thrown) {
        if (thrown instanceof Suspension closed) {
            stop(closed.reason(), closed.why());
            return;
        }
        if (faulted.compareAndSet(false, true)) {
            LOG.error("the engine failed in {}; the run stops and is recoverable", where(), thrown);
        } else {
            LOG.debug("the engine failed again in {}", where(), thrown);
        }
        stop(Suspension.Reason.CRASHED, thrown);
    }

    /**
     * Does the engine's part of a durable call. An error in it is a fault of the engine's side, whatever its class: the code
     * that made the call gets the signal to unwind, so that no outcome of its own comes of it.
     */
    public <T extends @Nullable Object> T engineSide(Supplier<T> part) {
        try {
            return part.get();
        } catch (Suspension unwinding) {
            throw unwinding;
        } catch (Error broken) {
            fault(broken);
            throw new Suspension(Suspension.Reason.CRASHED, broken);
        }
    }

    /** Whether {@link #fault} has logged a fault. */
    boolean isFaulted() {
        return faulted.get();
    }

    /** Runs work that must not wait for this thread's locks: on the executor, or here if it takes no work. */
    private void hand(Runnable work) {
        Runnable guarded = LastResort.around(work, this::fault);
        try {
            settings.executor().execute(guarded);
        } catch (Throwable refused) {
            guarded.run();
        }
    }

    // --- alarms ---

    public void watch(Attempt attempt) {
        runner.attempts().watch(attempt);
    }

    public void unwatch(Attempt attempt) {
        if (attempt.alarm != null) {
            attempt.alarm.cancel(false);
            attempt.alarm = null;
        }
    }
}
