package dev.clew.engine;

import dev.clew.checkpoint.Checkpointer;
import dev.clew.checkpoint.RunRecord;
import dev.clew.checkpoint.ThreadRecord;
import dev.clew.engine.follow.ThreadWatch;
import dev.clew.engine.stored.StoredRun;
import dev.clew.engine.world.LastResort;
import dev.clew.engine.world.Time;
import dev.clew.flow.RequestRefusedException;
import dev.clew.flow.RequestRefusedException.Reason;
import dev.clew.flow.RunResult;
import dev.clew.state.ThreadStatus;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * Waits for a run that another graph or process executes or has parked, by watching its thread. If its owner is gone, or
 * the run is due and still parked, it is woken here.
 */
final class Follower<O extends @Nullable Object> {
    private final Engine engine;
    private final EngineWorkflow<?, O> workflow;
    private final String threadId;
    private final String runId;
    private final Runnable wake;
    private final Runnable look;
    private final CompletableFuture<RunResult<O>> result;
    private final ThreadWatch.Watch watch;

    /** @param look called before each look at the run; may complete the result */
    Follower(
            Engine engine,
            EngineWorkflow<?, O> workflow,
            String threadId,
            String runId,
            Runnable wake,
            Runnable look,
            CompletableFuture<RunResult<O>> result) {
        this.engine = engine;
        this.workflow = workflow;
        this.threadId = threadId;
        this.runId = runId;
        this.wake = wake;
        this.look = look;
        this.result = result;
        this.watch = engine.watch()
                .watch(
                        threadId,
                        ThreadWatch.Pace.FOLLOWED,
                        this::follow,
                        LastResort.failing("run '" + runId + "' could not be followed", result));
    }

    void follow() {
        try {
            Checkpointer store = engine.settings().checkpointer();
            if (store == null || engine.isClosed()) {
                throw new RequestRefusedException(
                        Reason.CLOSED, "the graph was closed while it followed run '" + runId + "'");
            }
            look.run();
            if (result.isDone()) {
                return;
            }
            long epoch = epoch(store);
            Optional<RunRecord> run = store.run(threadId, runId);
            if (run.isEmpty()) {
                throw new RequestRefusedException(
                        Reason.UNKNOWN, "thread '" + threadId + "' has no run '" + runId + "' any more");
            }
            ThreadStatus status = run.get().status();
            boolean executing = isExecuting(store);
            boolean due = status == ThreadStatus.SLEEPING && isDue(store)
                    || status == ThreadStatus.INTERRUPTED && hasAnswers(store);
            if (!executing && (status == ThreadStatus.RUNNING || due)) {
                wake.run();
                return;
            }
            if (executing || status == ThreadStatus.SLEEPING) {
                watch.later();
                return;
            }
            StoredRun stored = StoredRun.load(store, engine.settings().codec(), threadId, runId);
            boolean still = stored.run().status() == status
                    && store.run(threadId, runId)
                            .filter(now -> now.status() == status)
                            .isPresent();
            if (epoch(store) != epoch || !still) {
                // The run continued, or was parked, while its rows were read, so they do not belong together.
                watch.later();
                return;
            }
            result.complete(stored.result(workflow.spec(), engine.checkpoints(store)));
        } catch (RuntimeException | Error failed) {
            result.completeExceptionally(failed);
        }
    }

    private long epoch(Checkpointer store) {
        return store.thread(threadId).map(ThreadRecord::epoch).orElse(0L);
    }

    private boolean isDue(Checkpointer store) {
        long now = engine.settings().time().micros();
        return store.thread(threadId)
                .map(thread -> thread.head().wakeAt())
                .map(wakeAt -> Time.toMicros(wakeAt) <= now)
                .orElse(false);
    }

    /** Whether answers came to the paused run that its owner did not take. */
    private boolean hasAnswers(Checkpointer store) {
        return store.thread(threadId)
                .filter(thread -> runId.equals(thread.head().runId()) && thread.answersWait())
                .isPresent();
    }

    /** By the thread's claim: in EXIT mode the run's own row says how it was before it was continued. */
    private boolean isExecuting(Checkpointer store) {
        return store.thread(threadId)
                .filter(thread -> runId.equals(thread.head().runId()))
                .filter(engine.claims()::isOwned)
                .isPresent();
    }
}
