package dev.clew.engine.log;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One fact about a run, appended to its log and never changed. Times are microseconds since the epoch; bytes of values
 * and failures are protected by the codec.
 *
 * <p>An entry that ends an attempt says in {@code startedAt} when that attempt began. It is {@link #NOT_STARTED} if no
 * attempt ran, and in entries of older versions.
 */
public sealed interface LogEntry {
    /** In place of the moment at which an attempt began: none ran, or nothing is known of it. */
    long NOT_STARTED = 0;

    /** The step, or scope, that the entry is about. */
    String path();

    /** When it was recorded. */
    long at();

    /** A scope observed the failure of its call with this ordinal when it had made this many calls. */
    record Observed(int failure, int callsBefore) {}

    /**
     * What a call says of itself, whatever becomes of it, and what its scope had observed when it called.
     *
     * @param arguments an {@link ArgumentFormat}, protected; null where nothing is kept, and in further entries of a call
     */
    record Call(
            int ordinal,
            byte[] digest,
            String signature,
            List<Observed> observedFailures,
            byte @Nullable [] arguments) {
        static final byte[] NO_DIGEST = {};

        public Call(int ordinal, byte[] digest, String signature, List<Observed> observedFailures) {
            this(ordinal, digest, signature, observedFailures, null);
        }

        /** The same call, with what is kept of its arguments. */
        public Call with(byte @Nullable [] kept) {
            return new Call(ordinal, digest, signature, observedFailures, kept);
        }

        /** A call whose entries need not explain themselves. */
        public static Call of(int ordinal) {
            return new Call(ordinal, NO_DIGEST, "", List.of());
        }
    }

    /** Returns when the attempt that an entry ends began, or {@link #NOT_STARTED}. */
    static long startedAt(LogEntry entry) {
        if (entry instanceof Succeeded e) {
            return e.startedAt();
        } else if (entry instanceof Failed e) {
            return e.startedAt();
        } else if (entry instanceof Cancelled e) {
            return e.startedAt();
        } else if (entry instanceof AttemptFailed e) {
            return e.startedAt();
        }
        return NOT_STARTED;
    }

    /** The call that an entry places in its scope; null for the others. */
    static @Nullable Call callOf(LogEntry entry) {
        if (entry instanceof Succeeded e) {
            return e.call();
        } else if (entry instanceof Failed e) {
            return e.call();
        } else if (entry instanceof Cancelled e) {
            return e.call();
        } else if (entry instanceof AttemptFailed e) {
            return e.call();
        } else if (entry instanceof TimerSet e) {
            return e.call();
        } else if (entry instanceof Asked e) {
            return e.call();
        } else if (entry instanceof Opened e) {
            return e.call();
        } else if (entry instanceof CalledAgain e) {
            return e.call();
        }
        return null;
    }

    /** A scope was called: what is recorded below it follows. */
    record Opened(String path, long at, Call call) implements LogEntry {}

    /** A step succeeded with this value. */
    record Succeeded(String path, long at, long startedAt, Call call, int attempts, boolean cached, byte[] value)
            implements LogEntry {}

    /** A step, or at the root's path the run, failed for good. */
    record Failed(String path, long at, long startedAt, Call call, int attempts, byte[] failure) implements LogEntry {}

    /** A step was cancelled, or outrun in a race. */
    record Cancelled(String path, long at, long startedAt, Call call) implements LogEntry {}

    /** An attempt failed, and the next one is due. */
    record AttemptFailed(String path, long at, long startedAt, Call call, int attempts, long nextDue, byte[] failure)
            implements LogEntry {}

    /**
     * A scope, or at the root's path the run, is about to fail: these of its steps failed and caused it. The failures that
     * the scope observed and no call has noted are noted here.
     *
     * @param causes ordinals
     */
    record CausedBy(String path, long at, List<Integer> causes, List<Observed> observedFailures) implements LogEntry {}

    /**
     * A failed scope begins this attempt anew and forgets these steps.
     *
     * @param dropped ordinals
     * @param advisoryFrom the ordinal from which on recorded calls need not be repeated
     */
    record Restarted(String path, long at, int attempt, List<Integer> dropped, int advisoryFrom) implements LogEntry {
        /** No recorded call is advisory. */
        public static final int NONE_ADVISORY = Integer.MAX_VALUE;
    }

    /** A call of a new attempt fits a step that a failed attempt of its scope had called, and takes what is recorded of it. */
    record CalledAgain(String path, long at, Call call) implements LogEntry {}

    /** A timer was set. */
    record TimerSet(String path, long at, Call call, long deadline) implements LogEntry {}

    /**
     * A question was asked; it takes the place of one with other content at the same step.
     *
     * @param answerType the name of the class that an answer is read as
     * @param answerSchema the JSON Schema that an answer must fit; null if the codec cannot describe it, and in entries
     *     of older versions
     */
    record Asked(
            String path,
            long at,
            Call call,
            String id,
            String answerType,
            @Nullable String answerSchema,
            @Nullable Long deadline,
            byte[] question)
            implements LogEntry {}

    /** A question was answered. */
    record Answered(String path, long at, String id, byte[] value) implements LogEntry {}

    /** An answer did not pass the body's check; the question is open again. */
    record Reopened(String path, long at, String id) implements LogEntry {}

    /** A question's deadline passed. */
    record Lapsed(String path, long at, String id) implements LogEntry {}

    /** {@code run.patched(id)} was answered with true in this scope. */
    record Patched(String path, long at, int position) implements LogEntry {}

    /**
     * A scope noted a value under this key, beside its calls. It has no ordinal and is no step; the first one of a key
     * counts.
     *
     * @param path the scope's
     * @param value protected
     */
    record Noted(String path, long at, String key, byte[] value) implements LogEntry {}

    /** A crashed run was claimed again; {@code stalls} claims in a row, this one included, made no progress. */
    record Claimed(String path, long at, int stalls) implements LogEntry {}

    /** A child that is about to succeed is to remember this; with null, its value. It counts if the child succeeds. */
    record Remembered(String path, long at, byte @Nullable [] value) implements LogEntry {}

    /**
     * From now on the run undoes what it has done: its body is over, and nothing of it waits any more.
     *
     * @param cause why; an {@link UndoCause}
     */
    record Undoing(String path, long at, UndoCause cause) implements LogEntry {}

    /** Who decided that a run is undone. */
    enum UndoCause {
        /** A person, or a program outside. */
        COMMAND,
        /** The body. */
        BODY,
        /** The entrypoint says so of each failure of its body. */
        FAILURE
    }

    /** The run came to rest: everything below waits for what is pending. */
    record Paused(String path, long at) implements LogEntry {}
}
