package dev.clew.engine.stored;

import dev.clew.engine.format.FailureFormat;
import dev.clew.engine.format.KeptArguments;
import dev.clew.engine.format.Places;
import dev.clew.engine.log.LogEntry;
import dev.clew.engine.log.StepLog;
import dev.clew.engine.log.StepPath;
import dev.clew.engine.world.Time;
import dev.clew.state.StepKind;
import dev.clew.state.StepState;
import dev.clew.state.ThreadStatus;
import dev.clew.task.Failure;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A stored run's steps as readers see them. A step without an outcome is open only while its run and every scope around
 * it are: when a scope ends, nothing in it continues.
 */
public final class StepView {
    /** The end of a scope that has not ended. */
    private static final long OPEN = Long.MAX_VALUE;

    private final StoredRun run;
    private final long runEnd;

    public StepView(StoredRun run) {
        this.run = run;
        this.runEnd = runEnd();
    }

    /** All steps in the order in which they reached the log. */
    public List<StepState> all() {
        List<StepState> steps = new ArrayList<>();
        run.log().forEachStep(step -> steps.add(state(step)));
        steps.sort(Comparator.comparing(StepState::at));
        return steps;
    }

    public StepState state(StepLog step) {
        StepState.Status status = status(step);
        boolean open = status == StepState.Status.PENDING || status == StepState.Status.RETRYING;
        boolean elapsed = status == StepState.Status.SUCCEEDED && !step.done();
        return new StepState(
                StepPath.name(step.path()),
                step.path(),
                StepPath.kind(step.path()),
                status,
                step.attempts(),
                Time.toInstant(elapsed ? step.deadline() : step.at()),
                step.cached(),
                failure(step),
                open ? deadline(step) : null,
                KeptArguments.shown(step, run.codec(), run.threadId(), run.run().runId()),
                step.startedAt() == LogEntry.NOT_STARTED ? null : Time.toInstant(step.startedAt()));
    }

    private StepState.Status status(StepLog step) {
        return switch (step.status()) {
            case SUCCEEDED -> StepState.Status.SUCCEEDED;
            case FAILED -> StepState.Status.FAILED;
            case CANCELLED -> StepState.Status.CANCELLED;
            case WAITING -> waiting(step);
        };
    }

    /** A joined timer has no outcome entry: it passed if it was due before its scope ended. */
    private StepState.Status waiting(StepLog step) {
        long end = scopeEnd(step);
        if (end == OPEN) {
            return step.failure() == null ? StepState.Status.PENDING : StepState.Status.RETRYING;
        }
        StepKind kind = StepPath.kind(step.path());
        if (kind == StepKind.ASK || kind == StepKind.BREAKPOINT) {
            return StepState.Status.WITHDRAWN;
        }
        return kind == StepKind.TIMER && step.deadline() > 0 && step.deadline() <= end
                ? StepState.Status.SUCCEEDED
                : StepState.Status.CANCELLED;
    }

    /** When the innermost scope around a step that has ended did so, in microseconds; or was given up by a new attempt. */
    private long scopeEnd(StepLog step) {
        if (step.advisory()) {
            return step.at();
        }
        for (String path = StepPath.parent(step.path()); !path.isEmpty(); path = StepPath.parent(path)) {
            StepLog scope = run.log().find(path);
            if (scope.done() || scope.advisory()) {
                return scope.at();
            }
        }
        return runEnd;
    }

    private long runEnd() {
        ThreadStatus status = run.run().status();
        if (status != ThreadStatus.IDLE
                && status != ThreadStatus.FAILED
                && status != ThreadStatus.CANCELLED
                && status != ThreadStatus.UNDONE) {
            return OPEN;
        }
        String completed = run.run().outputCheckpoint();
        long[] newest = {Math.max(run.log().root().at(), completed == null ? 0 : Checkpoints.madeAt(completed))};
        run.log().forEachStep(step -> newest[0] = Math.max(newest[0], step.at()));
        return newest[0];
    }

    private @Nullable Failure failure(StepLog step) {
        byte[] failure = step.failure();
        return failure == null || step.status() == StepLog.Status.SUCCEEDED
                ? null
                : FailureFormat.read(run.codec()
                        .reveal(
                                failure,
                                Places.step("failure", run.threadId(), run.run().runId(), step.path())));
    }

    private static @Nullable Instant deadline(StepLog step) {
        return step.deadline() == 0 ? null : Time.toInstant(step.deadline());
    }
}
