package dev.clew.engine;

import dev.clew.checkpoint.CheckpointRecord;
import dev.clew.checkpoint.Checkpointer;
import dev.clew.engine.format.Places;
import dev.clew.engine.log.StepLog;
import dev.clew.engine.log.StepPath;
import dev.clew.engine.stored.Checkpoints;
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
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
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
 * <p>Its lock guards the states of steps, attempts and seals. Lock order: the journal's lock may be held when this one
 * is not; neither is taken while the other is held, except this lock's holder never calls the journal.
 */
final class Session {
    private final Activation activation;
    private final EngineSettings settings;
    private final Journal journal;
    private final Values values;
    private final Events events;
    private final Broadcast broadcast;
    private final Memories memories;
    private final StepRunner runner;
    private final RunPermits permits;
    private final LiveAnswers answers;
    private final Reruns reruns = new Reruns(this);
    private final ReentrantLock lock;
    private final AtomicInteger frameIds = new AtomicInteger();
    private final AtomicLong steps = new AtomicLong();
    private final IdentityHashMap<Throwable, Throwable> originals = new IdentityHashMap<>();
    private final AtomicBoolean faulted = new AtomicBoolean();
    private final long activatedAt;
    private final int depth;

    // Guarded by the lock.
    private final Set<Frame> blocked = new LinkedHashSet<>();
    private final Set<Attempt> running = new LinkedHashSet<>();
    private final Set<Step> dormant = new LinkedHashSet<>();
    private final Set<String> awaited = new HashSet<>();
    private final Leftovers leftovers = new Leftovers();
    private @Nullable Step root;
    private int active;
    private int held;
    private boolean rootEnded;
    private boolean draining;
    private boolean ended;
    private boolean left;
    private boolean cancelled;
    private @Nullable Suspension sealed;
    private Suspension.@Nullable Reason worst;
    private @Nullable Throwable why;
    private @Nullable AnswerRefusedException refused;

    Session(Activation activation, EngineSettings settings, Consumers consumers) {
        this.activation = activation;
        this.settings = settings;
        this.lock = settings.waiting().lock();
        this.activatedAt = settings.time().micros();
        boolean durable = activation.claim() != null;
        this.values = new Values(settings.codec(), durable, settings.stackTraces());
        this.journal = new Journal(
                activation.log(),
                activation.run().runId(),
                activation.durability(),
                settings.checkpointer(),
                activation.claim(),
                settings.waiting(),
                broken -> hand(() -> stop(Suspension.Reason.STORAGE, broken)));
        this.events = new Events(settings.listener(), activation.info(), this::pending);
        OptionalInt limit = activation.config().maxConcurrency();
        this.permits = new RunPermits(this, settings.permits(), limit.isEmpty() ? null : new Permits(limit.getAsInt()));
        this.broadcast = new Broadcast(this);
        this.memories = new Memories(this);
        this.runner = new StepRunner(this, settings);
        this.answers = new LiveAnswers(this);
        this.onEnd = consumers;
        Attempt caller = CurrentAttempt.inCode();
        this.depth = caller == null ? 0 : caller.session().depth(caller.step());
    }

    /** Who is told that the activation is over; called once, on the thread that ended last. */
    interface Consumers {
        void ended(Session session);
    }

    private final Consumers onEnd;

    // --- what is fixed ---

    Activation activation() {
        return activation;
    }

    EngineSettings settings() {
        return settings;
    }

    Journal journal() {
        return journal;
    }

    Values values() {
        return values;
    }

    Events events() {
        return events;
    }

    Broadcast broadcast() {
        return broadcast;
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
                                new Checkpoints(store, settings.codec()),
                                threadId(),
                                base.orElse(null),
                                activation.workflow().outputType())
                        .value();
    }

    Time time() {
        return settings.time();
    }

    Waiting waiting() {
        return settings.waiting();
    }

    Witness witness() {
        return settings.time().world().witness();
    }

    void called(String path, int ordinal, List<TypeRef<?>> types, @Nullable Object... arguments) {
        Witness witness = witness();
        if (witness != Witness.NOBODY) {
            witness.called(new Witness.Call(threadId(), runId(), path, ordinal, types, Arrays.asList(arguments)));
        }
    }

    RunPermits permits() {
        return permits;
    }

    /** How deep a step is, counted from the caller's own run where a task invoked this one: the deepest comes first. */
    int depth(Step step) {
        return depth + step.depth();
    }

    StepRunner runner() {
        return runner;
    }

    LiveAnswers answers() {
        return answers;
    }

    String threadId() {
        return activation.threadId();
    }

    String runId() {
        return activation.run().runId();
    }

    long seed() {
        return activation.run().seed();
    }

    long startedAt() {
        return Time.toMicros(activation.run().startedAt());
    }

    long activatedAt() {
        return activatedAt;
    }

    boolean durable() {
        return values.encoding();
    }

    boolean warnOnly() {
        return settings.warnOnly();
    }

    String where() {
        return activation.where();
    }

    int nextFrameId() {
        return frameIds.incrementAndGet();
    }

    Memories memories() {
        return memories;
    }

    @Nullable
    Object previous(Step step) {
        if (step.isRoot() && activation.previous() instanceof UnreadablePrevious unreadable) {
            throw unreadable.why();
        }
        return step.isRoot() ? activation.previous() : memories.previous(step);
    }

    byte[] protect(String kind, String path, byte[] clear) {
        return durable() ? values.codec().protect(clear, place(kind, path)) : clear;
    }

    byte[] reveal(String kind, String path, byte[] stored) {
        return durable() ? values.codec().reveal(stored, place(kind, path)) : stored;
    }

    private Codec.Place place(String kind, String path) {
        return Places.step(kind, threadId(), runId(), path);
    }

    PendingInterrupt<?, ?> pending(StepLog question) {
        return activation.pending(question, values.codec());
    }

    /** Whether an answer came after the last pause, so that no body has taken it before. */
    boolean isFresh(StepLog answered) {
        return journal.read(() -> journal.log().isFresh(answered));
    }

    void countStep(Frame frame) {
        long limit = activation.config().maxSteps();
        if (steps.incrementAndGet() > limit) {
            throw frame.sealed(new Suspension(Suspension.Reason.STEP_LIMIT, new StepLimitException(where(), limit)));
        }
    }

    /** Keeps a failure's original for the caller of the run, out of the body's sight. */
    void remember(Throwable thrown, @Nullable Throwable original) {
        if (original != null) {
            locked(() -> originals.put(thrown, original));
        }
    }

    @Nullable
    Throwable original(Throwable thrown) {
        return lockedGet(() -> originals.get(thrown));
    }

    /** Begins the run's body. */
    void start() {
        TaskSpec<?> spec = activation.workflow().rootSpec();
        Step root = new Step(
                new Step.Call(StepKind.CHILD, spec, StepPath.ROOT, 0, activation.arguments(values)),
                null,
                0,
                activation.contexts());
        locked(() -> this.root = root);
        StepLog recorded = journal.log().root();
        root.failedAttempts = recorded.done() ? 0 : recorded.attempts();
        broadcast.began(root);
        runner.beginRoot(root, recorded.done() ? 0 : recorded.deadline());
    }

    // --- the lock ---

    void locked(Runnable change) {
        lockedGet(() -> {
            change.run();
            return true;
        });
    }

    /** Changes states; leaving the lock, sees whether the run has come to rest. */
    <T extends @Nullable Object> T lockedGet(Supplier<T> change) {
        boolean over = false;
        lock.lock();
        try {
            return change.get();
        } finally {
            try {
                over = lock.getHoldCount() == 1 && atRest();
            } finally {
                lock.unlock();
            }
            if (over) {
                waiting().point();
                onEnd.ended(this);
            }
        }
    }

    /**
     * Nothing executes any more. Then either something short is awaited; or scopes are blocked on what takes long, and
     * are unwound; or the run is at rest.
     */
    private boolean atRest() {
        if (active > 0 || held > 0 || ended) {
            return false;
        }
        boolean over = draining || sealed != null || runner.outcomes().rootEnd() != null;
        if (!over && nextDue() <= Time.due(time().micros(), parkAfter())) {
            return false;
        }
        if (!blocked.isEmpty()) {
            for (Frame frame : List.copyOf(blocked)) {
                awaited.addAll(frame.awaitedTimers());
                frame.seal(Suspension.parked());
            }
            return false;
        }
        ended = rootEnded || root != null && root.state == Step.State.DORMANT;
        if (ended) {
            silence();
        }
        return ended;
    }

    /** How long a wait may be for the run to stay in memory; one that is not stored has no other place. */
    private Duration parkAfter() {
        return settings.checkpointer() == null ? ChronoUnit.FOREVER.getDuration() : settings.parkAfter();
    }

    /** What sleeps will be woken by a later activation, not by this one. */
    private void silence() {
        for (Step step : dormant) {
            if (step.alarm != null) {
                step.alarm.cancel(false);
            }
        }
        dormant.clear();
    }

    private long nextDue() {
        long next = Long.MAX_VALUE;
        for (Step step : dormant) {
            next = Math.min(next, step.due);
        }
        for (Frame frame : blocked) {
            Wait wait = frame.blockedOn();
            next = wait == null ? next : Math.min(next, wait.nextDue());
        }
        return next;
    }

    // --- counted by the lock's holder ---

    void activated() {
        active++;
    }

    void deactivated() {
        active--;
    }

    void sleeps(Step step) {
        dormant.add(step);
    }

    void awakes(Step step) {
        dormant.remove(step);
    }

    /** Keeps the session from coming to rest until {@link #letGo}; false if it is over. */
    boolean hold() {
        return lockedGet(() -> {
            boolean open = !isOver() && root != null;
            held += open ? 1 : 0;
            return open;
        });
    }

    /** Lets the scopes of answered questions run, and the session come to rest once nothing executes. */
    void letGo(List<String> answered) {
        List<Step> next = new ArrayList<>();
        locked(() -> {
            held--;
            Step from = root;
            if (from == null || isOver()) {
                return;
            }
            for (String question : answered) {
                Step parked = reruns.wake(from, question);
                if (parked != null) {
                    next.add(parked);
                }
            }
        });
        next.forEach(runner::enqueued);
    }

    /** A marked step was parked: finds what runs again in its place. */
    @Nullable
    Step wake(Step marked) {
        marked.again = false;
        Step from = root;
        return from == null || isOver() ? null : reruns.wake(from, StepPath.child(marked.path(), "ask"));
    }

    /** A parked step is queued again, and the scopes that wait for it go on waiting. */
    void unparked(Step step) {
        step.parkedBy = null;
        for (Frame frame : blocked) {
            Wait wait = frame.blockedOn();
            if (wait != null) {
                wait.unrested(step);
            }
        }
        rootEnded &= !step.isRoot();
        runner.queue(step);
    }

    Leftovers leftovers() {
        return leftovers;
    }

    void runs(Attempt attempt) {
        running.add(attempt);
    }

    boolean stopsRunning(Attempt attempt) {
        return running.remove(attempt);
    }

    void block(Frame frame, Wait wait) {
        frame.attempt().clock().pause();
        unwatch(frame.attempt());
        blocked.add(frame);
        active--;
        runner.timers().watch(wait);
    }

    void unblock(Frame frame, boolean counted) {
        blocked.remove(frame);
        witness().unblocked();
        if (counted) {
            active++;
        }
    }

    void rootEnded() {
        rootEnded = true;
        active--;
    }

    /** A step came to rest without an outcome; the strongest reason decides how the run ends. */
    void parked(Suspension by) {
        if (worst == null || by.reason().compareTo(worst) > 0) {
            worst = by.reason();
            why = by.why();
        }
    }

    void refused(AnswerRefusedException.Reason reason, String text) {
        locked(() -> refused = new AnswerRefusedException(threadId(), reason, text, List.of()));
    }

    // --- how it ended; read once it is over ---

    /** The paths of the timers that its scopes waited for when they were unwound; no other timer makes the run go on. */
    Set<String> awaitedTimers() {
        return awaited;
    }

    Suspension.@Nullable Reason worst() {
        return worst;
    }

    @Nullable
    Throwable why() {
        return why;
    }

    @Nullable
    AnswerRefusedException refused() {
        return refused;
    }

    @Nullable
    Suspension sealed() {
        return sealed;
    }

    /** Nothing more may begin in this activation. Under the lock. */
    boolean isOver() {
        return ended || sealed != null;
    }

    // --- stopping ---

    /** Ends the activation at once: every scope is sealed, every attempt abandoned and interrupted. */
    void stop(Suspension.Reason reason, @Nullable Throwable because) {
        stop(new Suspension(reason, because));
    }

    /**
     * The graph is being closed: as soon as the run only waits, it rests, however short the wait is. What is stored of it
     * says when it is due. A run that is not stored can only be stopped.
     */
    void drain() {
        boolean lost = lockedGet(() -> {
            draining = durable();
            return !draining && active == 0 && !ended;
        });
        if (lost) {
            stop(Suspension.Reason.SHUTDOWN, null);
        }
    }

    /** Ends the activation as if the process had died: nothing is written any more. */
    void crash() {
        journal.close();
        stop(
                Suspension.Reason.STORAGE,
                new RequestRefusedException(Reason.CLOSED, where() + " was dropped from memory"));
    }

    /**
     * Cancels the run. Where its end is being written already, {@link #leave} tells of it; false where the graph had
     * forgotten it by then.
     */
    boolean cancel() {
        boolean here = lockedGet(() -> {
            cancelled = true;
            return !left;
        });
        stop(Suspension.Reason.CANCELLED, null);
        return here;
    }

    /** Its end is written, and the graph has forgotten it. Whether it was cancelled until now, in time or too late. */
    boolean leave() {
        return lockedGet(() -> {
            left = true;
            return cancelled;
        });
    }

    private void stop(Suspension by) {
        List<Attempt> abandoned = new ArrayList<>();
        locked(() -> {
            if (ended || sealed != null) {
                return;
            }
            sealed = by;
            worst = by.reason();
            why = by.why();
            for (Attempt attempt : running) {
                attempt.live = false;
                Frame frame = attempt.frame();
                if (frame != null) {
                    frame.kill(by);
                }
                attempt.interrupt();
                abandoned.add(attempt);
            }
            running.clear();
            silence();
            blocked.clear();
            active = 0;
            rootEnded = true;
        });
        abandoned.forEach(permits::release);
        runner.cached().leftAll();
    }

    /**
     * Ends the activation for a fault on the engine's side, and logs it once. A closed log and a lost store are no faults:
     * they stop the run for their own reason.
     */
    void fault(Throwable thrown) {
        if (thrown instanceof Suspension closed) {
            stop(closed.reason(), closed.why());
            return;
        }
        if (faulted.compareAndSet(false, true)) {
            Engine.LOG.error("the engine failed in {}; the run stops and is recoverable", where(), thrown);
        } else {
            Engine.LOG.debug("the engine failed again in {}", where(), thrown);
        }
        stop(Suspension.Reason.CRASHED, thrown);
    }

    /**
     * Does the engine's part of a durable call. An error in it is a fault of the engine's side, whatever its class: the code
     * that made the call gets the signal to unwind, so that no outcome of its own comes of it.
     */
    <T extends @Nullable Object> T engineSide(Supplier<T> part) {
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

    void watch(Attempt attempt) {
        runner.attempts().watch(attempt);
    }

    void unwatch(Attempt attempt) {
        if (attempt.alarm != null) {
            attempt.alarm.cancel(false);
            attempt.alarm = null;
        }
    }
}
