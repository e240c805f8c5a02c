package dev.clew.engine;

import dev.clew.cache.CacheKey;
import dev.clew.engine.log.LogEntry;
import dev.clew.flow.RunListener.StepInfo;
import dev.clew.spi.TaskSpec;
import dev.clew.state.StepKind;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Future;
import org.jspecify.annotations.Nullable;

/** One called step, whatever the number of its attempts. Its session's lock guards it where nothing else is said. */
final class Step {
    private final StepKind kind;
    private final TaskSpec<?> spec;
    private final String path;
    private final int ordinal;
    private final int depth;
    private final Values.Arguments arguments;
    private final @Nullable Frame caller;
    private final int observedMark;
    private final Contexts contexts;

    private StepState state = StepState.CALLED;

    /** Whether it has a permit, for whoever takes it, even if it was cancelled meanwhile. */
    boolean granted;

    /** Whether it waits until another step of its cache key ends, or that is not yet decided. */
    boolean follows;

    /** Whether its scope goes on to other steps at once, and waits for all of them later. On the scope's own thread. */
    boolean joinedWithOthers;

    /** Whether an answer came for it while its attempt executed: if that parks, the step runs again. */
    boolean again;

    int failedAttempts;
    long due;

    /** The moment for which it is among those that the run waits for; −1 for none. */
    long queuedFor = -1;

    boolean loser;
    boolean failureObserved;

    @Nullable
    Attempt attempt;

    @Nullable
    Future<?> alarm;

    @Nullable
    Outcome outcome;

    /** Under what its result is cached; set before it is queued, null where it is not cached. */
    @Nullable
    CacheKey cacheKey;

    Suspension.@Nullable Reason parkedBy;
    private final List<Wait> waits = new ArrayList<>(1);

    /** The outcome's place in the log; written under the session's lock. */
    private volatile long seq = -1;

    /** When its outcome was recorded, in microseconds. */
    volatile long at;

    /** Whether an entry of this call has its arguments. */
    volatile boolean argumentsKept;

    /** The scope attempt that called it last. */
    volatile int frameId;

    Step(Call call, @Nullable Frame caller, int observedMark, Contexts contexts) {
        this.kind = call.kind();
        this.spec = call.spec();
        this.path = call.path();
        this.ordinal = call.ordinal();
        this.arguments = call.arguments();
        this.caller = caller;
        this.depth = caller == null ? 0 : caller.depth() + 1;
        this.observedMark = observedMark;
        this.contexts = contexts;
        this.frameId = caller == null ? 0 : caller.replay().frameId();
    }

    /** What identifies a call and what it is called with. */
    record Call(StepKind kind, TaskSpec<?> spec, String path, int ordinal, Values.Arguments arguments) {}

    StepKind kind() {
        return kind;
    }

    TaskSpec<?> spec() {
        return spec;
    }

    String path() {
        return path;
    }

    int ordinal() {
        return ordinal;
    }

    int depth() {
        return depth;
    }

    Values.Arguments arguments() {
        return arguments;
    }

    /** The scope attempt that called it; null for the run's root. */
    @Nullable
    Frame caller() {
        return caller;
    }

    Contexts contexts() {
        return contexts;
    }

    boolean isRoot() {
        return caller == null;
    }

    StepState state() {
        return state;
    }

    /** For {@link RunCore} alone. */
    void state(StepState next) {
        state = next;
    }

    boolean isTimer() {
        return kind == StepKind.TIMER;
    }

    /** Whether it can be run by the thread that joins it. */
    boolean stealable() {
        return state.isQueued()
                && !follows
                && !spec.isScope()
                && spec.timeout().isEmpty()
                && spec.idleTimeout().isEmpty();
    }

    /** Whether the calling thread is that of the scope that called it. */
    boolean isCalledHere() {
        return caller != null && caller.isHere();
    }

    /** Hands its permit over to whoever runs it, or gives it back; false where it has none. */
    boolean takePermit() {
        boolean had = granted;
        granted = false;
        return had;
    }

    boolean atRest() {
        return state.isOver() || state == StepState.PARKED;
    }

    /** What its entries say of the call. Under the session's lock. */
    LogEntry.Call call(String signature, byte @Nullable [] keptArguments) {
        List<LogEntry.Observed> observed = caller == null ? List.of() : caller.takeObserved(observedMark);
        return new LogEntry.Call(ordinal, arguments.digest(), signature, observed, keptArguments);
    }

    /** What its next entry keeps of its arguments; null if an entry has them, or none is to. Without a lock: it encrypts. */
    byte @Nullable [] keptArguments() {
        return caller == null || argumentsKept || spec.parameters().isEmpty()
                ? null
                : CalledWith.protect(caller.session(), this);
    }

    /** The same, with the failures that its scope has observed since the call. Under the session's lock. */
    LogEntry.Call noting(LogEntry.Call call) {
        return caller == null ? call : caller.noting(call);
    }

    boolean placed() {
        return seq >= 0;
    }

    void place(long at) {
        this.seq = at;
    }

    /** Where its outcome is in the log; the greatest number where it has none. */
    long seq() {
        return seq < 0 ? Long.MAX_VALUE : seq;
    }

    void notifyWaits() {
        for (Wait wait : List.copyOf(waits)) {
            wait.restedOne(this);
        }
        waits.clear();
    }

    void waitedBy(Wait wait) {
        waits.add(wait);
    }

    void forget(Wait wait) {
        waits.remove(wait);
    }

    boolean awaited() {
        return !waits.isEmpty();
    }

    boolean raced() {
        return waits.stream().anyMatch(Wait::isRace);
    }

    StepInfo info(int attemptNumber) {
        return new StepInfo(spec.name(), path, kind, attemptNumber);
    }
}
