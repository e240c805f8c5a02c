package dev.clew.engine.run;

import dev.clew.engine.core.CoreScope;
import dev.clew.engine.core.Suspension;
import dev.clew.engine.log.LogEntry;
import dev.clew.engine.log.ScopeLog;
import dev.clew.flow.Run;
import dev.clew.spi.Scope;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One attempt of a scope, as its session knows it: its thread, whether that runs a leaf, and which failures its body has observed.
 * Confined to the scope's own thread, except where the session's lock is named.
 */
public abstract class ScopeAttempt extends CoreScope implements Scope {
    private final Session session;
    private final Step step;
    private final Attempt attempt;
    private final int id;

    private @Nullable Thread owner;
    private volatile boolean left;
    private boolean inLeaf;

    /** Failures in the order in which this attempt observed them; guarded by the session's lock. */
    private final List<LogEntry.Observed> observed = new ArrayList<>();

    private int acknowledged;

    /** The exceptions that said that the limit of a join had passed, with the ordinal of its timer. */
    private Map<Throwable, Integer> passedLimits = Map.of();

    protected ScopeAttempt(Session session, Step step, Attempt attempt) {
        super(step);
        this.session = session;
        this.step = step;
        this.attempt = attempt;
        this.id = session.nextScopeAttemptId();
    }

    public final Session session() {
        return session;
    }

    public final Step step() {
        return step;
    }

    public final Attempt attempt() {
        return attempt;
    }

    /** Tells the attempts of scopes of a session apart. */
    public final int id() {
        return id;
    }

    final int depth() {
        return step.depth();
    }

    public final String where() {
        return session.where() + (step.path().isEmpty() ? "" : " at step '" + step.path() + "'");
    }

    // --- its body ---

    /** The handle that its body holds. */
    protected abstract Run run();

    /** What is recorded of its scope. */
    public abstract ScopeLog log();

    /** Whether its next call may be recorded. */
    protected abstract boolean isReplaying();

    /** The body returned: joins what was called, ends the losers, and looks for what the code no longer calls. */
    protected abstract void returned();

    /**
     * The body threw: what it called runs to its end, and later failures are suppressed in the first. What was outrun is
     * stopped and not recorded, so that a new attempt races anew. An error that ends the run waits for nothing. If an effect that
     * must not happen twice waits for a person, so does the scope.
     *
     * @return what ends the attempt
     */
    protected abstract Throwable threw(Throwable first);

    /**
     * Waits until a step has its outcome. If it is parked, seals this scope and throws; that is decided under the lock, so
     * that an answer that comes now finds the step parked, or this scope sealed.
     */
    protected abstract void awaitSettled(Step step);

    // --- its thread ---

    /** Whether the calling thread is its own. */
    public final boolean isHere() {
        return Thread.currentThread() == owner;
    }

    final void enter(Thread thread) {
        owner = thread;
    }

    /** Its code has ended: whatever is still called is called too late. */
    final void leave() {
        left = true;
    }

    public final boolean hasLeft() {
        return left;
    }

    /** Whether its thread runs a leaf that it joins. On its own thread. */
    public final boolean isInLeaf() {
        return inLeaf;
    }

    /** Its thread runs a leaf that it joins, or is back: meanwhile the scope waits. Under the session's lock. */
    final void inLeaf(boolean running) {
        inLeaf = running;
        if (running) {
            attempt.clock().pause();
            session.runner().limits().unwatch(attempt);
        } else if (attempt.isLive()) {
            attempt.clock().resume();
            session.runner().limits().watch(attempt);
        }
    }

    /** Its thread has something to do again. Under the session's lock. */
    final void resume() {
        session.witness().unblocked();
        session.waiting().unpark(owner);
    }

    /** Seals this scope from its own thread. */
    public final Suspension sealed(Suspension by) {
        session.locked(() -> session.core().seal(this, by));
        return by;
    }

    // --- observed failures ---

    /** Later calls say that they came after this failure, or after this limit of a join passed. */
    protected final void observeFailure(Step failed, int nextOrdinal) {
        if (!failed.failureObserved) {
            failed.failureObserved = true;
            session.lockedGet(() -> observed.add(new LogEntry.Observed(failed.ordinal(), nextOrdinal)));
        }
    }

    public final int observedMark() {
        return observed.size();
    }

    /** The failures that entries of calls made up to this mark must note, and no entry has noted. Under the session's lock. */
    public final List<LogEntry.Observed> takeObserved(int mark) {
        if (acknowledged >= mark) {
            return List.of();
        }
        List<LogEntry.Observed> taken = List.copyOf(observed.subList(acknowledged, mark));
        acknowledged = mark;
        return taken;
    }

    /** The same call, with the failures that no entry has noted up to now. Under the session's lock. */
    final LogEntry.Call noting(LogEntry.Call call) {
        List<LogEntry.Observed> unnoted = takeObserved(observed.size());
        if (unnoted.isEmpty()) {
            return call;
        }
        List<LogEntry.Observed> all = new ArrayList<>(call.observedFailures());
        all.addAll(unnoted);
        return new LogEntry.Call(call.ordinal(), call.digest(), call.signature(), List.copyOf(all), call.arguments());
    }

    /** The limit of a join has passed, and the body is told so with this exception. */
    public final void limitPassed(Throwable late, Step timer) {
        passedLimits = passedLimits.isEmpty() ? new IdentityHashMap<>(1) : passedLimits;
        passedLimits.put(late, timer.ordinal());
    }

    /** The ordinal of the timer whose passing this exception told, or null. */
    final @Nullable Integer limitThatPassed(Throwable thrown) {
        return passedLimits.get(thrown);
    }
}
