package dev.clew.engine;

import dev.clew.checkpoint.Checkpointer;
import dev.clew.engine.answer.StoredUndo;
import dev.clew.engine.caller.Promise;
import dev.clew.engine.follow.ThreadWatch;
import dev.clew.engine.request.Request;
import dev.clew.engine.world.LastResort;
import dev.clew.flow.RequestRefusedException;
import dev.clew.flow.RequestRefusedException.Reason;
import dev.clew.flow.RunConfig;
import dev.clew.flow.ThreadBusyException;
import dev.clew.state.ThreadStatus;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/** Cancels a thread's run, waits until it has stopped, and stores that it is to be undone. */
final class CancelledUndo {
    private final Engine engine;
    private final Checkpointer store;
    private final EngineWorkflow<?, ?> workflow;
    private final String threadId;
    private final CompletableFuture<Boolean> decided = new CompletableFuture<>();
    private final ThreadWatch.Watch watch;

    CancelledUndo(Engine engine, EngineWorkflow<?, ?> workflow, String threadId) {
        this.engine = engine;
        this.store = engine.requireStore("cancel");
        this.workflow = workflow;
        this.threadId = threadId;
        this.watch = engine.watch()
                .watch(
                        threadId,
                        ThreadWatch.Pace.BUSY,
                        this::look,
                        LastResort.failing("thread '" + threadId + "' could not be undone", decided));
    }

    /** Completes once it is stored that the run is undone: whether there was something to cancel, or to undo. */
    CompletableFuture<Boolean> begin() {
        engine.settings().time().world().witness().awaited(decided);
        look();
        return decided;
    }

    private void look() {
        try {
            if (engine.isClosed()) {
                throw new RequestRefusedException(
                        Reason.CLOSED,
                        "the graph was closed while thread '" + threadId
                                + "' was being cancelled; cancel it with OnCancel.UNDO once more");
            }
            boolean asked = engine.cancel(workflow, threadId);
            decide(asked);
        } catch (ThreadBusyException stopping) {
            watch.later();
        } catch (RuntimeException | Error failed) {
            decided.completeExceptionally(failed);
        }
    }

    private void decide(boolean asked) {
        Optional<ThreadStatus> status = engine.claims().see(store, threadId).map(seen -> seen.status());
        boolean isOver = status.isEmpty() || status.get() == ThreadStatus.IDLE || status.get() == ThreadStatus.UNDONE;
        if (!asked && isOver) {
            decided.complete(false);
            return;
        }
        String runId;
        try {
            runId = new StoredUndo(engine, store, workflow.spec(), threadId).decide(RunConfig.thread(threadId));
        } catch (RequestRefusedException completed) {
            if (engine.claims()
                    .see(store, threadId)
                    .filter(seen -> seen.status() == ThreadStatus.IDLE)
                    .isEmpty()) {
                throw completed;
            }
            decided.complete(false);
            return;
        }
        if (engine.settings().executes()) {
            CompletableFuture<?> unused =
                    engine.admit(workflow, new Request.Wake(runId), RunConfig.thread(threadId), Promise.handedOut());
        }
        decided.complete(true);
    }
}
