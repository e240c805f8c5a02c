package dev.clew.engine.run;

import dev.clew.cache.CacheKey;
import dev.clew.engine.core.CoreStep;
import dev.clew.engine.format.Values;
import dev.clew.engine.log.LogEntry;
import dev.clew.engine.setup.Contexts;
import dev.clew.flow.RunListener.StepInfo;
import dev.clew.spi.TaskSpec;
import dev.clew.state.StepKind;
import java.util.List;
import java.util.concurrent.Future;
import org.jspecify.annotations.Nullable;

/** One called step, whatever the number of its attempts: what it calls, beside what the core knows of it. */
public final class Step extends CoreStep {
    private final StepKind kind;
    private final TaskSpec<?> spec;
    private final Values.Arguments arguments;
    private final @Nullable ScopeAttempt caller;
    private final int observedMark;
    private final Contexts contexts;

    /** Whether its scope goes on to other steps at once, and waits for all of them later. On the scope's own thread. */
    public boolean joinedWithOthers;

    boolean failureObserved;

    /** Guarded by the session's lock. */
    @Nullable
    Future<?> alarm;

    /** Under what its result is cached; set before it is queued, null where it is not cached. */
    @Nullable
    CacheKey cacheKey;

    /** Whether an entry of this call has its arguments. */
    public volatile boolean argumentsKept;

    /** The scope attempt that called it last. */
    public volatile int callerId;

    public Step(Call call, @Nullable ScopeAttempt caller, int observedMark, Contexts contexts) {
        super(call.path(), call.ordinal(), caller == null ? 0 : caller.depth() + 1, kind(call, caller));
        this.kind = call.kind();
        this.spec = call.spec();
        this.arguments = call.arguments();
        this.caller = caller;
        this.observedMark = observedMark;
        this.contexts = contexts;
        this.callerId = caller == null ? 0 : caller.id();
    }

    private static Kind kind(Call call, @Nullable ScopeAttempt caller) {
        TaskSpec<?> spec = call.spec();
        if (caller == null) {
            return Kind.ROOT;
        } else if (call.kind() == StepKind.TIMER) {
            return Kind.TIMER;
        } else if (spec.isScope()) {
            return Kind.SCOPE;
        }
        return spec.timeout().isEmpty() && spec.idleTimeout().isEmpty() ? Kind.LEAF : Kind.APART;
    }

    /** What identifies a call and what it is called with. */
    public record Call(StepKind kind, TaskSpec<?> spec, String path, int ordinal, Values.Arguments arguments) {}

    StepKind kind() {
        return kind;
    }

    public TaskSpec<?> spec() {
        return spec;
    }

    public Values.Arguments arguments() {
        return arguments;
    }

    /** The scope attempt that called it; null for the run's root. */
    @Nullable
    ScopeAttempt caller() {
        return caller;
    }

    public Contexts contexts() {
        return contexts;
    }

    /** Its outcome; null if it has none. */
    @Nullable
    public Outcome outcome() {
        return (Outcome) result();
    }

    /** A stored outcome was decoded. On the thread of the scope that joins it. */
    public void decoded(Outcome.Value value) {
        result(value);
    }

    /** Whether it is a leaf that no cache can answer. */
    boolean isPlainLeaf() {
        return !spec.isScope() && cacheKey == null;
    }

    /** Whether the calling thread is that of the scope that called it. */
    boolean isCalledHere() {
        return caller != null && caller.isHere();
    }

    /** What its entries say of the call. Under the session's lock. */
    LogEntry.Call call(String signature, byte @Nullable [] keptArguments) {
        List<LogEntry.Observed> observed = caller == null ? List.of() : caller.takeObserved(observedMark);
        return new LogEntry.Call(ordinal(), arguments.digest(), signature, observed, keptArguments);
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

    StepInfo info(int attemptNumber) {
        return new StepInfo(spec.name(), path(), kind, attemptNumber);
    }
}
