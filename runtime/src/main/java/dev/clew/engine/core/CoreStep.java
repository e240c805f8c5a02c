package dev.clew.engine.core;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** One called step, as the core knows it. The run's lock guards it where nothing else is said; {@link RunCore} changes it. */
public abstract class CoreStep {
    private final String path;
    private final int ordinal;
    private final int depth;
    private final Kind kind;

    private StepPhase phase = StepPhase.CALLED;
    private boolean granted;
    private boolean follows;
    private boolean loser;
    private int failedAttempts;
    private long due;
    /** Most steps are never waited for, so that the list is made by the first wait. */
    private List<Wait> waits = List.of();

    private @Nullable CoreAttempt attempt;
    private @Nullable Object outcome;
    private Suspension.@Nullable Reason parkedBy;

    /** The moment for which it is among those that the run waits for; −1 for none. */
    private long queuedFor = -1;

    /** The outcome's place in the log. */
    private volatile long seq = -1;

    /** When its outcome was recorded, in microseconds. */
    private volatile long at;

    /** What matters of a step to the core. */
    public enum Kind {
        ROOT,
        SCOPE,
        /** A leaf that the thread which joins it can run. */
        LEAF,
        /** A leaf with a time limit, or a workflow on a thread of its own. */
        APART,
        TIMER
    }

    protected CoreStep(String path, int ordinal, int depth, Kind kind) {
        this.path = path;
        this.ordinal = ordinal;
        this.depth = depth;
        this.kind = kind;
    }

    public final String path() {
        return path;
    }

    public final int ordinal() {
        return ordinal;
    }

    public final int depth() {
        return depth;
    }

    public final boolean isRoot() {
        return kind == Kind.ROOT;
    }

    public final boolean isTimer() {
        return kind == Kind.TIMER;
    }

    // --- what it is doing ---

    public final StepPhase phase() {
        return phase;
    }

    final void phase(StepPhase next) {
        phase = next;
    }

    public final boolean atRest() {
        return phase.isOver() || phase == StepPhase.PARKED;
    }

    /** Why it is parked; null if it is not. */
    public final Suspension.@Nullable Reason parkedBy() {
        return parkedBy;
    }

    final void parkedBy(Suspension.@Nullable Reason reason) {
        parkedBy = reason;
    }

    public final @Nullable Object result() {
        return outcome;
    }

    /** Gives the outcome in another form, as when it was decoded. On the thread of the scope that joins it. */
    protected final void result(@Nullable Object now) {
        outcome = now;
    }

    public final @Nullable CoreAttempt newest() {
        return attempt;
    }

    final void newest(CoreAttempt begun) {
        attempt = begun;
    }

    public final int failedAttempts() {
        return failedAttempts;
    }

    /** So many attempts have failed. */
    final void failedAttempts(int failed) {
        failedAttempts = failed;
    }

    /** When it goes on, in microseconds. */
    public final long due() {
        return due;
    }

    final void due(long at) {
        due = at;
    }

    final boolean queuesFor(long moment) {
        boolean other = queuedFor != moment;
        queuedFor = moment;
        return other;
    }

    final void unqueued(long moment) {
        queuedFor = queuedFor == moment ? -1 : queuedFor;
    }

    // --- permits, followers, races ---

    /** Whether it has a permit, for whoever takes it, even if it was cancelled meanwhile. */
    public final boolean isGranted() {
        return granted;
    }

    final void grant(boolean has) {
        granted = has;
    }

    /** Whether it waits until another step of its cache key ends, or that is not yet decided. */
    final boolean isFollower() {
        return follows;
    }

    final void follows(boolean another) {
        follows = another;
    }

    /** Whether it can be run by the thread that joins it. */
    final boolean isInlineable() {
        return kind == Kind.LEAF && phase.isQueued() && !follows;
    }

    public final boolean isLoser() {
        return loser;
    }

    /** Whether another step has won against it. On its scope's own thread. */
    final void lost(boolean against) {
        loser = against;
    }

    // --- its place in the log ---

    public final boolean isPlaced() {
        return seq >= 0;
    }

    /** Its outcome has this place in the log, and was recorded at this moment, in microseconds. */
    final void place(long place, long recordedAt) {
        seq = place;
        at = recordedAt;
    }

    /** It is a timer that passed, at the moment for which it was set. */
    final void passed() {
        at = due;
    }

    /** The outcome's place; the greatest number if it has none. */
    public final long seq() {
        return seq < 0 ? Long.MAX_VALUE : seq;
    }

    public final long at() {
        return at;
    }

    // --- who waits for it ---

    final void end(Object with) {
        outcome = with;
        parkedBy = null;
    }

    final void notifyWaits(RunCore core) {
        if (waits.isEmpty()) {
            return;
        }
        List<Wait> notified = waits;
        waits = List.of();
        for (Wait wait : notified) {
            wait.rested(this, core);
        }
    }

    final void waitedBy(Wait wait) {
        if (waits.isEmpty()) {
            waits = new ArrayList<>(1);
        }
        waits.add(wait);
    }

    final void forget(Wait wait) {
        if (!waits.isEmpty()) {
            waits.remove(wait);
        }
    }

    public final boolean isAwaited() {
        return !waits.isEmpty();
    }

    public final boolean isRaced() {
        return waits.stream().anyMatch(Wait::isRace);
    }
}
