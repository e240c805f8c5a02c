package dev.clew.engine.follow;

import dev.clew.checkpoint.Checkpointer;
import dev.clew.checkpoint.RunRecord;
import dev.clew.checkpoint.ThreadRecord;
import dev.clew.engine.stored.StoredRun;
import dev.clew.engine.world.LastResort;
import dev.clew.engine.world.Time;
import dev.clew.flow.RequestRefusedException;
import dev.clew.flow.RequestRefusedException.Reason;
import dev.clew.flow.RunResult;
import dev.clew.spi.WorkflowSpec;
import dev.clew.state.ThreadStatus;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * Waits for a run that another graph or process executes or has parked, by watching its thread. If its owner is gone, or
 * the run is due and still parked, it is woken here.
 */
public final class Follower<O extends @Nullable Object> {
    private final FollowedStore source;
    private final WorkflowSpec<?, O> spec;
    private final String threadId;
    private final String runId;
    private final Runnable wake;
    private final Runnable look;
    private final CompletableFuture<RunResult<O>> result;
    private final ThreadWatch.Watch watch;

    /**
     * A follower of one run.
     *
     * @param look called before each look at the run; may complete the result
     */
    public Follower(
            FollowedStore source,
            WorkflowSpec<?, O> spec,
            String threadId,
            String runId,
            Runnable wake,
            Runnable look,
            CompletableFuture<RunResult<O>> result) {
        this.source = source;
        this.spec = spec;
        this.threadId = threadId;
        this.runId = runId;
        this.wake = wake;
        this.look = look;
        this.result = result;
        this.watch = source.watch()
                .watch(
                        threadId,
                        ThreadWatch.Pace.FOLLOWED,
                        this::follow,
                        LastResort.failing("run '" + runId + "' could not be followed", result));
    }

    public void follow() {
        try {
            if (source.isClosed()) {
                throw new RequestRefusedException(
                        Reason.CLOSED, "the graph was closed while it followed run '" + runId + "'");
            }
            look.run();
            if (!result.isDone()) {
                follow(source.store());
            }
        } catch (RuntimeException | Error failed) {
            result.completeExceptionally(failed);
        }
    }

    private void follow(Checkpointer store) {
        long epoch = epoch(store);
        Optional<RunRecord> run = store.run(threadId, runId);
        if (run.isEmpty()) {
            throw new RequestRefusedException(
                    Reason.UNKNOWN, "thread '" + threadId + "' has no run '" + runId + "' any more");
        }
        StoredRun completed =
                StoredRun.completed(threadId, run.get(), source.codec()).orElse(null);
        if (completed != null) {
            result.complete(completed.result(spec, source.checkpoints()));
            return;
        }
        ThreadStatus status = run.get().status();
        boolean executing = isExecuting(store);
        boolean due = status == ThreadStatus.SLEEPING && isDue(store)
                || status == ThreadStatus.INTERRUPTED && hasAnswers(store);
        boolean left = !executing && (status.isExecuting() || due);
        if (left && source.executes() && !isQueued(store)) {
            wake.run();
            return;
        }
        if (executing || left || status == ThreadStatus.SLEEPING) {
            watch.later();
            return;
        }
        StoredRun stored = StoredRun.load(store, source.codec(), threadId, runId);
        boolean still = stored.run().status() == status
                && store.run(threadId, runId)
                        .filter(now -> now.status() == status)
                        .isPresent();
        if (epoch(store) != epoch || !still) {
            // The run continued, or was parked, while its rows were read, so they do not belong together.
            watch.later();
            return;
        }
        result.complete(stored.result(spec, source.checkpoints()));
    }

    /** Whether a worker continues the run. */
    private boolean isQueued(Checkpointer store) {
        return store.thread(threadId)
                .filter(thread -> runId.equals(thread.head().runId()) && thread.isQueued())
                .isPresent();
    }

    private long epoch(Checkpointer store) {
        return store.thread(threadId).map(ThreadRecord::epoch).orElse(0L);
    }

    private boolean isDue(Checkpointer store) {
        long now = source.time().micros();
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
                .filter(source.claims()::isOwned)
                .isPresent();
    }
}
