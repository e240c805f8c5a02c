package dev.clew.engine.stored;

import dev.clew.checkpoint.Checkpointer;
import dev.clew.checkpoint.RunRecord;
import dev.clew.engine.format.FailureFormat;
import dev.clew.engine.format.Places;
import dev.clew.engine.log.LogEntry;
import dev.clew.engine.log.RunLog;
import dev.clew.engine.log.ScopeLog;
import dev.clew.engine.log.StepLog;
import dev.clew.engine.log.StepPath;
import dev.clew.engine.world.Time;
import dev.clew.state.CheckpointQuery;
import dev.clew.state.CheckpointSource;
import dev.clew.state.RunTrace;
import dev.clew.state.TracedStep;
import dev.clew.state.TracedStep.Cause;
import dev.clew.task.Failure;
import dev.clew.value.Codec;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** A run's log without its values: a tree in the order of the calls, and why steps ran again. No value is decoded. */
public final class TraceView {
    private final String threadId;
    private final String runId;
    private final Codec codec;
    private final RunLog log = new RunLog();
    private final Map<StepLog, StepTrail> trails = new HashMap<>();
    private final List<Claim> claims = new ArrayList<>();

    /** When the run was forked, in microseconds; 0 if it was not. What is older was copied. */
    private final long forkedAt;

    /** Whether no process had the run when the last entry was made, because it waited for an answer or was forked. */
    private boolean resting;

    private boolean copied;

    /** A process took the run over from one that had died. */
    private record Claim(long seq, long at) {}

    private TraceView(String threadId, String runId, Codec codec, long forkedAt) {
        this.threadId = threadId;
        this.runId = runId;
        this.codec = codec;
        this.forkedAt = forkedAt;
        this.copied = forkedAt > 0;
        this.resting = copied;
    }

    /**
     * Returns what a run did.
     *
     * @param head whether the run is its thread's newest; nothing of another one goes on
     */
    public static RunTrace of(Checkpointer store, Codec codec, String threadId, RunRecord record, boolean head) {
        TraceView view = new TraceView(threadId, record.runId(), codec, forkedAt(store, threadId, record));
        List<LogEntry> entries = StoredRun.entries(store, threadId, record.runId());
        entries.forEach(view::apply);
        view.claims.forEach(claim -> view.recovered(view.log.root(), claim));
        StoredRun stored = new StoredRun(threadId, record, view.log, codec);
        StoredRun shown = head ? stored : stored.abandoned();
        List<TracedStep> steps = new ArrayList<>();
        view.collect(view.log.root(), new StepView(shown), steps);
        return new RunTrace(
                threadId,
                record.runId(),
                record.number(),
                shown.run().status(),
                record.inputCheckpoint(),
                record.outputCheckpoint(),
                record.startedAt(),
                entries.size(),
                view.claims.stream().map(claim -> Time.toInstant(claim.at())).toList(),
                shown.failure(),
                shown.detail(),
                steps);
    }

    private static long forkedAt(Checkpointer store, String threadId, RunRecord run) {
        CheckpointQuery opening = CheckpointQuery.of(threadId).id(run.inputCheckpoint());
        return store.checkpoints(opening).stream()
                .filter(found -> found.source() == CheckpointSource.FORK)
                .mapToLong(found -> Checkpoints.madeAt(found.id()))
                .findFirst()
                .orElse(0);
    }

    private StepTrail trail(StepLog step) {
        return trails.computeIfAbsent(step, any -> new StepTrail());
    }

    private void apply(LogEntry entry) {
        long seq = log.nextSeq();
        StepLog step = log.apply(entry);
        if (copied && entry.at() >= forkedAt) {
            copied = false;
            resting = true;
        }
        boolean wasResting = resting;
        resting = entry instanceof LogEntry.Paused || resting && entry instanceof LogEntry.Answered;
        if (entry instanceof LogEntry.Claimed claimed) {
            // One that counts no stall was made by a person; and a run that rests is claimed by whatever process
            // continues it.
            if (claimed.stalls() > 0 && !wasResting && !copied) {
                claims.add(new Claim(seq, claimed.at()));
            }
        } else if (entry instanceof LogEntry.Restarted restarted) {
            restarted(step, restarted);
        } else if (step != log.root()) {
            trail(step).add(entry, seq);
        }
    }

    /** The steps that the new attempt of a scope forgets run again. */
    private void restarted(StepLog scope, LogEntry.Restarted entry) {
        Cause cause = scope == log.root() || trail(scope).proceeded() ? Cause.PROCEEDED : Cause.SCOPE_RETRIED;
        ScopeLog below = scope.scope();
        if (below == null) {
            return;
        }
        for (StepLog step : below.steps()) {
            if (entry.dropped().contains(step.call().ordinal())) {
                trail(step).again(cause, entry.at());
            }
        }
    }

    /**
     * Finds what was executed anew after a claim. A step that calls nothing leaves no entry when it begins. So these are the steps
     * that began after the claim and had nothing to wait for since: their scope had called them already when its process died,
     * or was about to.
     */
    private void recovered(StepLog scope, Claim claim) {
        ScopeLog below = scope.scope();
        if (below == null) {
            return;
        }
        List<StepLog> calls = inOrder(below);
        long waitedUntil = Long.MAX_VALUE;
        for (StepLog step : calls) {
            StepTrail trail = trail(step);
            if (trail.openAt(claim.seq())) {
                recovered(step, claim);
            } else if (trail.beganAfter(claim.seq(), claim.at()) && trail.beganAt() < waitedUntil) {
                trail.again(Cause.RECOVERED, claim.at());
            }
            waitedUntil = Math.min(waitedUntil, trail.endedAfter(claim.seq(), claim.at(), StepPath.kind(step.path())));
        }
    }

    private static List<StepLog> inOrder(ScopeLog scope) {
        return scope.steps().stream()
                .sorted(Comparator.comparingInt(step -> step.call().ordinal()))
                .toList();
    }

    private void collect(StepLog scope, StepView view, List<TracedStep> steps) {
        ScopeLog below = scope.scope();
        if (below == null) {
            return;
        }
        for (StepLog step : inOrder(below)) {
            if (!step.dropped()) {
                steps.add(traced(step, view));
            }
            collect(step, view, steps);
        }
    }

    private TracedStep traced(StepLog step, StepView view) {
        StepTrail trail = trail(step);
        long began = step.startedAt() == LogEntry.NOT_STARTED
                ? trail.firstAt()
                : Math.min(trail.firstAt(), step.startedAt());
        Instant since = Time.toInstant(began);
        return new TracedStep(
                view.state(step),
                since,
                trail.questionSeq(),
                trail.valueSeq(),
                trail.tries(step.path(), bytes -> failure(step, bytes)),
                trail.reruns);
    }

    private Failure failure(StepLog step, byte[] stored) {
        return FailureFormat.read(codec.reveal(stored, Places.step("failure", threadId, runId, step.path())));
    }
}
