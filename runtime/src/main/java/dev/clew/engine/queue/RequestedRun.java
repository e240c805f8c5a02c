package dev.clew.engine.queue;

import dev.clew.checkpoint.CheckpointException;
import dev.clew.checkpoint.Checkpointer;
import dev.clew.engine.active.Activations;
import dev.clew.engine.active.RunningHost;
import dev.clew.engine.answer.NotedRequests;
import dev.clew.engine.caller.Promise;
import dev.clew.engine.follow.ThreadSignals;
import dev.clew.engine.follow.ThreadWatch;
import dev.clew.engine.run.RunWorkflow;
import dev.clew.engine.stored.StoredRun;
import dev.clew.engine.world.LastResort;
import dev.clew.engine.world.Unwrapped;
import dev.clew.flow.RequestRefusedException;
import dev.clew.flow.RequestRefusedException.Reason;
import dev.clew.flow.RunResult;
import dev.clew.index.RequestEnd;
import dev.clew.index.RequestRecord;
import dev.clew.queue.RequestState;
import dev.clew.spi.RequestedWorkflow;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * A request that a server had stored, and its run.
 *
 * @param record as it was found
 */
public record RequestedRun<O extends @Nullable Object>(
        RunningHost host, RunWorkflow<?, O> workflow, Checkpointer store, RequestRecord record)
        implements RequestedWorkflow.Requested<O> {
    public static <O extends @Nullable Object> Optional<RequestedWorkflow.Requested<O>> find(
            RunningHost host, RunWorkflow<?, O> workflow, Checkpointer store, String threadId, String requestId) {
        return store.requests()
                .find(threadId, requestId)
                .map(record -> new RequestedRun<>(host, workflow, store, record));
    }

    private QueuedHandle<O> handle() {
        return new QueuedHandle<>(host, workflow, store, record.threadId(), record.runId());
    }

    /** The request as it is now; empty if it was removed. */
    private Optional<RequestRecord> now() {
        return store.requests().find(record.threadId(), record.requestId());
    }

    @Override
    public boolean asks(String asked) {
        return NotedRequests.of(host, store, record.threadId()).asks(record, asked);
    }

    @Override
    public byte[] content() {
        return NotedRequests.of(host, store, record.threadId()).content(record);
    }

    // --- its result ---

    @Override
    public CompletableFuture<RunResult<O>> resultAsync() {
        Promise<RunResult<O>> result = Promise.handedOut();
        Waiting<O> waiting = new Waiting<>(this, result);
        result.engineStage();
        CompletableFuture<?> unused = result.whenComplete((value, failed) -> waiting.left());
        waiting.look();
        return result;
    }

    /** Waits for the run until the request has ended. */
    private static final class Waiting<O extends @Nullable Object> {
        private final RequestedRun<O> request;
        private final CompletableFuture<RunResult<O>> result;
        private final ThreadWatch.Watch watch;
        private volatile @Nullable CompletableFuture<?> run;

        Waiting(RequestedRun<O> request, CompletableFuture<RunResult<O>> result) {
            this.request = request;
            this.result = result;
            this.watch = request.host()
                    .watch()
                    .watch(
                            request.record().threadId(),
                            ThreadWatch.Pace.FOLLOWED,
                            this::look,
                            LastResort.failing(
                                    "request '" + request.record().requestId() + "' could not be followed", result));
        }

        void look() {
            if (result.isDone()) {
                return;
            }
            try {
                if (!isEnded()) {
                    CompletableFuture<RunResult<O>> next = request.handle().resultAsync();
                    run = next;
                    CompletableFuture<?> unused = next.whenComplete(this::rested);
                    if (result.isDone()) {
                        left();
                    }
                }
            } catch (CheckpointException unavailable) {
                watch.later();
            } catch (RuntimeException | Error failed) {
                result.completeExceptionally(failed);
            }
        }

        /** The caller has its result or wants none any more: the run is not waited for. */
        void left() {
            CompletableFuture<?> present = run;
            if (present != null) {
                boolean unused = present.cancel(false);
            }
        }

        /** The run rests, or nothing can be learnt of it. */
        private void rested(@Nullable RunResult<O> value, @Nullable Throwable failed) {
            if (result.isDone()) {
                return;
            }
            try {
                if (isEnded()) {
                    return;
                }
                if (failed != null && Unwrapped.of(failed) instanceof RequestRefusedException nothing) {
                    result.completeExceptionally(nothing);
                } else {
                    // Seen as it was before the request, or the run was continued at once.
                    watch.later();
                }
            } catch (CheckpointException unavailable) {
                // It says nothing of the run, which may be executing elsewhere.
                watch.later();
            } catch (RuntimeException | Error broken) {
                result.completeExceptionally(broken);
            }
        }

        private boolean isEnded() {
            RequestRecord now = request.now().orElseThrow(request::removed);
            if (now.end() == null) {
                return false;
            }
            request.complete(now, now.end(), result);
            return true;
        }
    }

    private RequestRefusedException removed() {
        return new RequestRefusedException(
                Reason.UNKNOWN,
                "the request '" + record.requestId() + "' of thread '" + record.threadId() + "' was removed");
    }

    private void complete(RequestRecord ended, RequestEnd end, CompletableFuture<RunResult<O>> result) {
        if (end.checkpointId() == null
                && store.run(ended.threadId(), ended.runId()).isEmpty()) {
            // It was not opened: its place in the line says why.
            handle().follow(result);
            return;
        }
        result.complete(StoredRun.rested(store, host.settings().codec(), ended.threadId(), ended.runId(), end)
                .result(workflow.spec(), host.checkpoints(store)));
    }

    // --- its end ---

    @Override
    public boolean cancel() {
        host.requireOpen();
        if (!isUnderWay()) {
            return false;
        }
        String threadId = record.threadId();
        if (record.kind() != RequestRecord.Kind.ANSWER
                && store.queue().end(threadId, record.runId(), RequestState.CANCELLED, null)) {
            host.signals().signal(threadId, ThreadSignals.Event.OVER);
            return true;
        }
        Activations.Running<?> here = host.activations().of(threadId, record.runId());
        // Looked at again, since what executes here may do so for another request.
        boolean asked = here != null && isUnderWay() && here.session().cancel();
        return asked || host.cancelElsewhere(store, workflow, threadId, record.runId(), this::isUnderWay);
    }

    private boolean isUnderWay() {
        return now().filter(request -> request.end() == null).isPresent();
    }
}
