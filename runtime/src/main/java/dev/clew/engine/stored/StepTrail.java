package dev.clew.engine.stored;

import dev.clew.engine.log.LogEntry;
import dev.clew.engine.log.StepPath;
import dev.clew.engine.world.Time;
import dev.clew.state.StepKind;
import dev.clew.state.TracedStep;
import dev.clew.state.TracedStep.Cause;
import dev.clew.task.Failure;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** What the entries about one step say, in their order, while a log is read. */
final class StepTrail {
    final List<TracedStep.Rerun> reruns = new ArrayList<>();
    private final List<LogEntry> ends = new ArrayList<>();
    private long firstAt;
    private long firstSeq = -1;
    private long endSeq = -1;
    private long endAt;
    private long beganAt;
    private long dueAt;
    private long questionSeq = -1;
    private long valueSeq = -1;

    void add(LogEntry entry, long seq) {
        if (firstSeq < 0) {
            firstSeq = seq;
            firstAt = entry.at();
        }
        if (entry instanceof LogEntry.AttemptFailed e) {
            ends.add(e);
            dueAt = e.nextDue();
            again(Cause.RETRIED, e.at());
        } else if (entry instanceof LogEntry.Succeeded || entry instanceof LogEntry.Answered) {
            valueSeq = seq;
            ended(entry, seq);
        } else if (entry instanceof LogEntry.Failed
                || entry instanceof LogEntry.Cancelled
                || entry instanceof LogEntry.Lapsed) {
            valueSeq = -1;
            ended(entry, seq);
        } else if (entry instanceof LogEntry.Asked e) {
            if (valueSeq >= 0) {
                again(Cause.ASKED_ANEW, e.at());
            }
            questionSeq = seq;
            valueSeq = -1;
        } else if (entry instanceof LogEntry.Reopened) {
            valueSeq = -1;
        } else if (entry instanceof LogEntry.TimerSet e) {
            dueAt = e.deadline();
        }
    }

    private void ended(LogEntry entry, long seq) {
        endSeq = seq;
        endAt = entry.at();
        beganAt = LogEntry.startedAt(entry);
        if (LogEntry.startedAt(entry) != LogEntry.NOT_STARTED) {
            ends.add(entry);
        }
    }

    void again(Cause cause, long at) {
        reruns.add(new TracedStep.Rerun(cause, Time.toInstant(at)));
    }

    boolean proceeded() {
        return !reruns.isEmpty() && reruns.get(reruns.size() - 1).cause() == Cause.PROCEEDED;
    }

    /** Whether it was executed anew, or for the first time, because of a claim: nothing of it was recorded before. */
    boolean beganAfter(long claimSeq, long claimedAt) {
        return firstSeq > claimSeq && endSeq > claimSeq && beganAt >= claimedAt;
    }

    /** When it ended after a claim: what began later may have waited for it. {@code Long.MAX_VALUE} if it did not. */
    long endedAfter(long claimSeq, long claimedAt, StepKind kind) {
        if (kind == StepKind.TIMER && endSeq < 0 && dueAt > claimedAt) {
            return dueAt;
        }
        return endSeq > claimSeq ? endAt : Long.MAX_VALUE;
    }

    /** Whether it was open when a run was claimed. */
    boolean openAt(long claimSeq) {
        return firstSeq >= 0 && firstSeq < claimSeq && (endSeq < 0 || endSeq > claimSeq);
    }

    long beganAt() {
        return beganAt;
    }

    long firstAt() {
        return firstAt;
    }

    long questionSeq() {
        return questionSeq;
    }

    long valueSeq() {
        return valueSeq;
    }

    /** The attempts; of a question and a timer, none. */
    List<TracedStep.Try> tries(String path, Function<byte[], Failure> failures) {
        StepKind kind = StepPath.kind(path);
        if (kind != StepKind.TASK && kind != StepKind.NODE && kind != StepKind.CHILD) {
            return List.of();
        }
        return ends.stream().map(end -> tried(end, failures)).toList();
    }

    private static TracedStep.Try tried(LogEntry end, Function<byte[], Failure> failures) {
        Instant began =
                LogEntry.startedAt(end) == LogEntry.NOT_STARTED ? null : Time.toInstant(LogEntry.startedAt(end));
        byte[] why = failure(end);
        Instant next = end instanceof LogEntry.AttemptFailed e ? Time.toInstant(e.nextDue()) : null;
        return new TracedStep.Try(began, Time.toInstant(end.at()), why == null ? null : failures.apply(why), next);
    }

    private static byte @Nullable [] failure(LogEntry end) {
        if (end instanceof LogEntry.AttemptFailed e) {
            return e.failure();
        }
        return end instanceof LogEntry.Failed e ? e.failure() : null;
    }
}
