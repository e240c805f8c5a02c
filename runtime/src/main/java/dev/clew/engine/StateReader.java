package dev.clew.engine;

import dev.clew.checkpoint.CheckpointRecord;
import dev.clew.checkpoint.Checkpointer;
import dev.clew.checkpoint.ThreadRecord;
import dev.clew.checkpoint.ThreadStatus;
import dev.clew.engine.log.StepLog;
import dev.clew.engine.log.StepPath;
import dev.clew.flow.RequestRefusedException;
import dev.clew.flow.StepState;
import dev.clew.flow.ThreadState;
import dev.clew.flow.WorkflowSpec;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Reads what a thread is doing from its rows and its log; changes nothing. */
final class StateReader {
    private final Engine engine;
    private final Checkpointer store;
    private final Checkpoints checkpoints;

    StateReader(Engine engine, Checkpointer store) {
        this.engine = engine;
        this.store = store;
        this.checkpoints = engine.checkpoints(store);
    }

    <O extends @Nullable Object> ThreadState<O> read(WorkflowSpec<?, O> spec, String threadId) {
        Optional<ThreadRecord> row = store.thread(threadId);
        if (row.isEmpty()) {
            return new ThreadState<>(
                    threadId, ThreadStatus.IDLE, null, null, null, List.of(), List.of(), null, null, null);
        }
        ThreadRecord thread = row.get();
        if (!thread.workflow().equals(spec.name())) {
            throw new RequestRefusedException("thread '" + threadId + "' belongs to workflow '" + thread.workflow()
                    + "', not to '" + spec.name() + "'");
        }
        String checkpointId = thread.head().checkpointId();
        Optional<CheckpointRecord> base = checkpoints.base(
                threadId, checkpoints.find(threadId, checkpointId).orElse(null));
        @Nullable O value = base.isEmpty() ? null : checkpoints.output(threadId, base.get(), spec.outputType());
        String runId = thread.head().runId();
        if (runId == null) {
            return new ThreadState<>(
                    threadId,
                    engine.claims().status(thread),
                    null,
                    checkpointId.isEmpty() ? null : checkpointId,
                    value,
                    List.of(),
                    List.of(),
                    null,
                    null,
                    null);
        }
        StoredRun run = StoredRun.load(store, engine.settings().codec(), threadId, runId);
        boolean open =
                thread.head().status() != ThreadStatus.IDLE && thread.head().status() != ThreadStatus.CANCELLED;
        return new ThreadState<>(
                threadId,
                engine.claims().status(thread),
                runId,
                checkpointId,
                value,
                steps(run),
                open ? run.pending() : List.of(),
                run.failure(),
                run.detail(),
                thread.head().wakeAt());
    }

    private List<StepState> steps(StoredRun run) {
        List<StepState> steps = new ArrayList<>();
        run.log().forEachStep(step -> steps.add(step(run, step)));
        steps.sort(Comparator.comparing(StepState::at));
        return steps;
    }

    private StepState step(StoredRun run, StepLog step) {
        byte[] failure = step.failure();
        return new StepState(
                StepPath.name(step.path()),
                step.path(),
                StepPath.kind(step.path()),
                status(step),
                step.attempts(),
                Time.toInstant(step.at()),
                step.cached(),
                failure == null || step.status() == StepLog.Status.SUCCEEDED
                        ? null
                        : FailureFormat.read(engine.settings()
                                .codec()
                                .reveal(
                                        failure,
                                        Places.step(
                                                "failure",
                                                run.threadId(),
                                                run.run().runId(),
                                                step.path()))),
                deadline(step));
    }

    private static @Nullable Instant deadline(StepLog step) {
        return step.deadline() == 0 ? null : Time.toInstant(step.deadline());
    }

    private static StepState.Status status(StepLog step) {
        return switch (step.status()) {
            case SUCCEEDED -> StepState.Status.SUCCEEDED;
            case FAILED -> StepState.Status.FAILED;
            case CANCELLED -> StepState.Status.CANCELLED;
            case WAITING -> step.failure() == null ? StepState.Status.PENDING : StepState.Status.RETRYING;
        };
    }
}
