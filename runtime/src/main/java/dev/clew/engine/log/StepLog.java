package dev.clew.engine.log;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** What the log says of one step so far. Guarded by the run's journal while the run lives. */
public final class StepLog {
    /** How far a step is, as far as the log knows. */
    public enum Status {
        /** Called, and waiting: a timer that is set, a question that is open, a failed attempt with another one due. */
        WAITING,
        SUCCEEDED,
        FAILED,
        CANCELLED
    }

    private final String path;
    private LogEntry.Call call;
    private Status status = Status.WAITING;
    private byte @Nullable [] value;
    private byte @Nullable [] failure;
    private int attempts;
    private boolean cached;
    private @Nullable Object memo;
    private int reachedBy;
    private boolean restart;
    private int restartedAttempt;
    private long newestSeq = -1;
    private long outcomeSeq = -1;
    private long at;
    private long startedAt = LogEntry.NOT_STARTED;
    private long deadline;
    private LogEntry.@Nullable Asked asked;
    private long askedSeq = -1;
    private boolean askedAnew;
    private List<Earlier> earlier = List.of();
    private boolean dropped;
    private boolean advisory;
    private boolean left;
    private boolean remembers;
    private byte @Nullable [] saved;
    private @Nullable ScopeLog scope;

    StepLog(String path, LogEntry.Call call) {
        this.path = path;
        this.call = call;
    }

    void outcome(Status outcome, long seq, long recordedAt) {
        status = outcome;
        outcomeSeq = seq;
        at = recordedAt;
        dropped = false;
        deadline = 0;
    }

    /** Another entry is about it. */
    void recorded(long seq) {
        newestSeq = seq;
    }

    void opened(long recordedAt) {
        at = recordedAt;
        started(recordedAt);
    }

    /** It began at this moment, if it had not begun before. */
    void started(long moment) {
        if (startedAt == LogEntry.NOT_STARTED) {
            startedAt = moment;
        }
    }

    /** A later entry of the same call says the same of it. */
    void called(LogEntry.Call by) {
        boolean keeps = by.arguments() == null && Arrays.equals(by.digest(), call.digest());
        this.call = keeps ? by.with(call.arguments()) : by;
        this.dropped = false;
    }

    void attemptFailed(int failedAttempts, long nextDue, byte[] why, long recordedAt) {
        attempts = failedAttempts;
        deadline = nextDue;
        failure = why;
        at = recordedAt;
        restart = true;
    }

    void attempts(int made) {
        this.attempts = made;
    }

    void value(byte[] bytes, boolean fromCache) {
        this.value = bytes;
        this.cached = fromCache;
    }

    void remembered(byte @Nullable [] bytes) {
        this.remembers = true;
        this.saved = bytes;
    }

    /** Whether it is a child that has completed and remembers what it saved. */
    boolean remembers() {
        return remembers && status == Status.SUCCEEDED;
    }

    /** What it saved, protected, where that is not its value; else null. */
    public byte @Nullable [] saved() {
        return saved;
    }

    void failure(byte[] bytes) {
        this.failure = bytes;
    }

    void deadline(long due, long recordedAt) {
        this.deadline = due;
        this.at = recordedAt;
        started(recordedAt);
    }

    /**
     * An answer to a question that was asked anew since.
     *
     * @param question the question as it was when it was answered
     * @param answer protected
     * @param at when the answer was recorded, in microseconds
     */
    public record Earlier(LogEntry.Asked question, byte[] answer, long at) {}

    void asked(LogEntry.Asked question, long seq) {
        LogEntry.Asked before = asked;
        byte[] answer = value;
        if (before != null && answer != null && status == Status.SUCCEEDED) {
            List<Earlier> all = new ArrayList<>(earlier);
            all.add(new Earlier(before, answer, at));
            earlier = List.copyOf(all);
        }
        askedAnew |= status != Status.WAITING;
        this.asked = question;
        this.askedSeq = seq;
        this.status = Status.WAITING;
        this.value = null;
        this.at = question.at();
        started(question.at());
        this.deadline = question.deadline() == null ? 0 : question.deadline();
    }

    void reopened() {
        status = Status.WAITING;
        value = null;
        outcomeSeq = -1;
        deadline = asked == null || asked.deadline() == null ? 0 : asked.deadline();
    }

    /** Forgets a trailing failure; what is below stays, and begins anew. */
    void drop() {
        status = Status.WAITING;
        failure = null;
        attempts = 0;
        deadline = 0;
        outcomeSeq = -1;
        startedAt = LogEntry.NOT_STARTED;
        memo = null;
        dropped = true;
        restart = true;
        restartedAttempt = 0;
    }

    /** The steps in it, or itself, whose effect must not happen twice, and did or may have happened. */
    public Stream<StepLog> effects() {
        if (scope == null) {
            return Stream.empty();
        } else if (scope.mayHaveActed()) {
            return Stream.of(this);
        }
        return scope.steps().stream().flatMap(StepLog::effects);
    }

    /** Whether a step in it, or itself, has begun a {@code ONCE} body whose outcome is unknown. */
    public boolean hasUnsettledEffect() {
        return unsettledEffects().findAny().isPresent();
    }

    /** Those of {@link #effects} whose outcome is unknown. */
    public Stream<StepLog> unsettledEffects() {
        return effects().filter(effect -> !effect.done() && !effect.isSettledByHand());
    }

    private boolean isSettledByHand() {
        return scope != null && scope.isSettledByHand();
    }

    /** The run is being undone: it is open again, and how its body failed stays readable. */
    void undone() {
        status = Status.WAITING;
        attempts = 0;
        deadline = 0;
        outcomeSeq = -1;
        restart = false;
        restartedAttempt = 0;
    }

    /** A new attempt of its scope may call it again, or do without it. */
    void advise() {
        advisory = true;
    }

    /** The body that called it is over, and what it did is undone. */
    void leave() {
        left = !advisory;
        advisory = true;
    }

    /** Whether it is advisory only because the run is undone: it belongs to what the body did last. */
    public boolean isLeft() {
        return left;
    }

    /** A call of the new attempt fits it. */
    void calledAgain() {
        advisory = false;
        left = false;
    }

    void restarted(int attempt) {
        restart = false;
        restartedAttempt = attempt;
        deadline = 0;
        dropped = false;
    }

    ScopeLog openScope() {
        if (scope == null) {
            scope = new ScopeLog(path);
        }
        return scope;
    }

    public String path() {
        return path;
    }

    public LogEntry.Call call() {
        return call;
    }

    public Status status() {
        return status;
    }

    /** Whether there is an outcome: nothing more will be recorded of it, unless its scope is restarted. */
    public boolean done() {
        return status != Status.WAITING;
    }

    /** Whether its scope saw it fail: for good, or as the limit of a join that passed. */
    boolean isFailure() {
        return status == Status.FAILED || status == Status.SUCCEEDED && StepPath.isJoinLimit(path);
    }

    /** Whether its failure was dropped and nothing has taken its place; such a step counts as not called. */
    public boolean dropped() {
        return dropped;
    }

    /**
     * Whether a failed attempt of its scope called it, and the new attempt has not: it may, and need not. Until then nothing
     * in it is waited for.
     */
    public boolean advisory() {
        return advisory;
    }

    /** The protected value or answer; null where a question lapsed. */
    public byte @Nullable [] value() {
        return value;
    }

    /** The protected failure: of the step, or of its newest attempt. */
    public byte @Nullable [] failure() {
        return failure;
    }

    /** How many attempts have failed, or were made in all where there is an outcome. */
    public int attempts() {
        return attempts;
    }

    public boolean cached() {
        return cached;
    }

    /** Whether the next attempt of this scope is a new attempt of a failed one, not yet recorded as such. */
    public boolean restartDue() {
        return restart;
    }

    /** The attempt that the newest restart entry began; 0 for none. */
    public int restartedAttempt() {
        return restartedAttempt;
    }

    /** The place in the log of the newest entry about it, or −1. */
    long newestSeq() {
        return newestSeq;
    }

    /** The outcome's place in the log, or −1. */
    public long outcomeSeq() {
        return outcomeSeq;
    }

    /** When the newest entry about it was recorded, in microseconds. */
    public long at() {
        return at;
    }

    /**
     * When it began, in microseconds: its first attempt, or as a scope, timer or question when it was called. Of what a new
     * attempt of its scope forgot nothing counts. {@link LogEntry#NOT_STARTED} if it has not begun, or nothing is known of it.
     */
    public long startedAt() {
        return startedAt;
    }

    /** When a timer, a question or the next attempt is due, in microseconds; 0 for never. */
    public long deadline() {
        return deadline;
    }

    public LogEntry.@Nullable Asked asked() {
        return asked;
    }

    /** Whether it is a question that waits for its answer. */
    public boolean pendingQuestion() {
        return asked != null && status == Status.WAITING && !dropped && !advisory;
    }

    /** Whether it is a question that was answered and then asked again: calls after it were made with another answer. */
    public boolean askedAnew() {
        return askedAnew;
    }

    /** The answers that were given before it was asked anew, the oldest first. */
    public List<Earlier> earlier() {
        return earlier;
    }

    long askedSeq() {
        return askedSeq;
    }

    /** The outcome in memory, for runs that encode nothing. */
    public @Nullable Object memo() {
        return memo;
    }

    public void memo(Object outcome) {
        this.memo = outcome;
    }

    /** Which attempt of its scope called it last, so that what is left over can be told. */
    public boolean reached(int scopeAttempt) {
        return reachedBy == scopeAttempt;
    }

    public void reach(int scopeAttempt) {
        this.reachedBy = scopeAttempt;
    }

    /** What was recorded below it. */
    public @Nullable ScopeLog scope() {
        return scope;
    }
}
