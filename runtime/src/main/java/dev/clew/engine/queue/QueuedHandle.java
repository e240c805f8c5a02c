package dev.clew.engine.queue;

import dev.clew.checkpoint.Checkpointer;
import dev.clew.checkpoint.RunRecord;
import dev.clew.engine.active.Activations;
import dev.clew.engine.active.RunningHost;
import dev.clew.engine.caller.CallerThread;
import dev.clew.engine.caller.Promise;
import dev.clew.engine.follow.ThreadSignals;
import dev.clew.engine.follow.ThreadWatch;
import dev.clew.engine.request.BoundThread;
import dev.clew.engine.request.Request;
import dev.clew.engine.request.Slot;
import dev.clew.engine.request.TakenRequest;
import dev.clew.engine.run.Activation;
import dev.clew.engine.run.Attempt;
import dev.clew.engine.run.CurrentAttempt;
import dev.clew.engine.run.RunWorkflow;
import dev.clew.engine.stored.Claims;
import dev.clew.engine.stored.StoredRun;
import dev.clew.engine.world.LastResort;
import dev.clew.flow.RequestRefusedException;
import dev.clew.flow.RequestRefusedException.Reason;
import dev.clew.flow.RunConfig;
import dev.clew.flow.RunHandle;
import dev.clew.flow.RunResult;
import dev.clew.flow.RunStream;
import dev.clew.flow.WorkflowCancelledException;
import dev.clew.queue.QueueQuery;
import dev.clew.queue.QueueSettings;
import dev.clew.queue.QueuedRun;
import dev.clew.queue.RequestRow;
import dev.clew.queue.RequestState;
import dev.clew.state.RunStatus;
import dev.clew.state.ThreadStatus;
import dev.clew.stream.StreamMode;
import dev.clew.task.TaskTimeoutException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** The handle of a run that was enqueued. */
public record QueuedHandle<O extends @Nullable Object>(
        RunningHost host,
        RunWorkflow<?, O> workflow,
        Checkpointer store,
        String threadId,
        String runId,
        String requestId)
        implements RunHandle<O> {
    /** The handle of a run whose request has its id. */
    public QueuedHandle(
            RunningHost host, RunWorkflow<?, O> workflow, Checkpointer store, String threadId, String runId) {
        this(host, workflow, store, threadId, runId, runId);
    }

    @Override
    public RunStatus status() {
        Optional<RequestRow> row = store.queue().find(threadId, runId);
        if (row.isPresent() && !row.get().isOpened()) {
            return switch (row.get().state()) {
                case DELAYED, READY, WAITING, TAKEN, PARKED -> RunStatus.QUEUED;
                case HELD -> RunStatus.HELD;
                case REFUSED -> RunStatus.REFUSED;
                case CANCELLED -> RunStatus.CANCELLED;
            };
        }
        Optional<RunRecord> run = store.run(threadId, runId);
        if (run.isEmpty()) {
            // In EXIT mode nothing of an executing run is stored.
            return row.map(opened -> RunStatus.RUNNING).orElseThrow(this::unknown);
        }
        return RunStatus.of(status(run.get()));
    }

    private ThreadStatus status(RunRecord run) {
        Optional<Claims.Seen> seen = host.claims().see(store, threadId);
        if (seen.isEmpty()) {
            return run.status();
        }
        if (runId.equals(seen.get().thread().head().runId())) {
            ThreadStatus stored = seen.get().thread().head().status();
            // The thread's owner executes a newer run, of which EXIT mode has stored nothing yet.
            boolean isLeftBehind = seen.get().status() == ThreadStatus.RUNNING
                    && (stored.isOver() || stored == ThreadStatus.FAILED && isAnotherExecuted());
            return isLeftBehind ? stored : seen.get().status();
        }
        // Read again: it may have ended in the meantime. One that has no end was left for the newer run.
        ThreadStatus last = store.run(threadId, runId).map(RunRecord::status).orElse(run.status());
        return last == ThreadStatus.FAILED || last.isOver() ? last : ThreadStatus.CANCELLED;
    }

    /** A run that failed may be continued itself, by somebody who proceeds. */
    private boolean isAnotherExecuted() {
        return store.queue().list(QueueQuery.all().thread(threadId).state(RequestState.TAKEN)).stream()
                .anyMatch(row -> row.isOpened() && !row.request().requestId().equals(runId));
    }

    private RequestRefusedException unknown() {
        return new RequestRefusedException(
                Reason.UNKNOWN,
                "thread '" + threadId + "' has neither a run nor a queued request '" + runId
                        + "'; it may have been removed");
    }

    @Override
    public RunResult<O> result() {
        CompletableFuture<RunResult<O>> result = result(Promise.blocking());
        return withoutSlot(() -> CallerThread.await(workflow.name(), result));
    }

    /** A task of a queued run that waits here keeps no slot of its worker, or the worker might wait for itself. */
    private <T> T withoutSlot(Supplier<T> wait) {
        Attempt attempt = CurrentAttempt.get();
        Slot slot = attempt == null ? null : slot(attempt.session().activation());
        return slot == null ? wait.get() : slot.waiting(wait);
    }

    /** The slot of a worker that the calling run holds, and may leave to another one; null for none. */
    private @Nullable Slot slot(Activation caller) {
        TakenRequest taken = caller.taken();
        if (taken != null) {
            requireAnotherMayExecute(taken.request());
            return taken.slot();
        }
        Activations.Running<?> here =
                host.activations().of(caller.threadId(), caller.run().runId());
        return here == null ? null : host.backlog().slot(here.result()).orElse(null);
    }

    /** A run counts for its queue's limits while it waits. If it is all that they allow, the other run never begins. */
    private void requireAnotherMayExecute(QueuedRun waiting) {
        QueuedRun other = store.queue()
                .find(threadId, runId)
                .map(RequestRow::request)
                .filter(request -> request.queue().equals(waiting.queue()))
                .orElse(null);
        if (other == null) {
            return;
        }
        QueueSettings limits = store.queue().state(waiting.queue()).settings();
        boolean isOnlyOne = limits.globalConcurrency() == 1;
        boolean isOnlyOneOfKey = limits.perKeyConcurrency() == 1
                && waiting.concurrencyKey() != null
                && waiting.concurrencyKey().equals(other.concurrencyKey());
        if (isOnlyOne || isOnlyOneOfKey) {
            throw new RequestRefusedException("run '" + waiting.requestId() + "' of thread '" + waiting.threadId()
                    + "' waits for run '" + runId + "' of thread '" + threadId + "', but queue '" + waiting.queue()
                    + "' executes one run at a time" + (isOnlyOne ? "" : " of their concurrency key")
                    + ", so it would wait forever; enqueue the other run to another queue, or raise the limit");
        }
    }

    @Override
    public RunResult<O> result(Duration atMost) {
        CompletableFuture<RunResult<O>> result = Promise.blocking();
        var alarm = host.settings()
                .time()
                .whileOpen(
                        atMost,
                        () -> result.completeExceptionally(new TaskTimeoutException("the run '" + runId
                                + "' of thread '" + threadId + "' has neither completed nor paused within " + atMost
                                + "; it is not cancelled. status() says what it does, and graph.queue(name).state() which"
                                + " workflows no worker has")));
        try {
            CompletableFuture<RunResult<O>> awaited = result(result);
            return withoutSlot(() -> CallerThread.await(workflow.name(), awaited));
        } finally {
            alarm.cancel(false);
        }
    }

    @Override
    public CompletableFuture<RunResult<O>> resultAsync() {
        return result(Promise.handedOut());
    }

    /** How it ended, or why it will never be opened; a future of null as long as neither is known. */
    public CompletableFuture<?> resultIfOver() {
        return isOver() ? resultAsync() : CompletableFuture.completedFuture(null);
    }

    /** Whether it has an end, or needs somebody who looks after it. */
    public boolean isOver() {
        RunStatus status = status();
        return !isUnderWay(status) && status != RunStatus.INTERRUPTED;
    }

    /** Whether it waits for a worker, executes or sleeps. */
    boolean isUnderWay() {
        return isUnderWay(status());
    }

    private static boolean isUnderWay(RunStatus status) {
        return switch (status) {
            case QUEUED, HELD, RUNNING, SLEEPING -> true;
            case INTERRUPTED, COMPLETED, FAILED, BLOCKED, STUCK, CANCELLED, REFUSED, UNDONE -> false;
        };
    }

    /**
     * Whether something of the run is stored.
     *
     * @throws RequestRefusedException if it never will be
     * @throws WorkflowCancelledException if it was cancelled before it was opened
     */
    boolean hasBegun() {
        // The row first: it goes with the write that ends the run, which is stored by then.
        Optional<RequestRow> row = store.queue().find(threadId, runId);
        row.ifPresent(this::requireComing);
        boolean isStored = store.run(threadId, runId).isPresent();
        if (!isStored && row.isEmpty()) {
            throw unknown();
        }
        return isStored;
    }

    /** Returns if the run of a request was opened, or can be. */
    private void requireComing(RequestRow row) {
        if (row.state().isOver()) {
            throw row.state() == RequestState.CANCELLED
                    ? new WorkflowCancelledException("the queued run '" + runId + "' of thread '" + threadId + "'")
                    : new QueuedRequests(host, store).refusal(row);
        }
        if (row.state() == RequestState.HELD && !row.isOpened()) {
            throw new QueuedRequests(host, store).held(row);
        }
    }

    @Override
    public RunStream<O> watch(StreamMode... modes) {
        return RunWatch.of(this, modes.length == 0 ? List.of(StreamMode.UPDATES) : List.of(modes));
    }

    private CompletableFuture<RunResult<O>> result(CompletableFuture<RunResult<O>> result) {
        host.settings().time().world().witness().awaited(result);
        try {
            host.requireOpen();
            follow(result);
        } catch (RuntimeException refused) {
            result.completeExceptionally(refused);
        }
        return result;
    }

    /** Completes this with how the run rests. */
    public void follow(CompletableFuture<RunResult<O>> result) {
        new Waiting<>(this, result).look();
    }

    private void complete(StoredRun completed, CompletableFuture<RunResult<O>> result) {
        store.thread(threadId).ifPresent(thread -> BoundThread.require(thread, workflow.spec()));
        result.complete(completed.result(workflow.spec(), host.checkpoints(store)));
    }

    /** Looks at the request until its run is opened; then waits for the run. */
    private static final class Waiting<O extends @Nullable Object> {
        private final QueuedHandle<O> handle;
        private final CompletableFuture<RunResult<O>> result;
        private final ThreadWatch.Watch watch;

        Waiting(QueuedHandle<O> handle, CompletableFuture<RunResult<O>> result) {
            this.handle = handle;
            this.result = result;
            this.watch = handle.host()
                    .watch()
                    .watch(
                            handle.threadId(),
                            ThreadWatch.Pace.FOLLOWED,
                            this::look,
                            LastResort.failing("run '" + handle.runId() + "' could not be followed", result));
        }

        void look() {
            try {
                if (handle.host().isClosed()) {
                    throw new RequestRefusedException(
                            Reason.CLOSED, "the graph was closed while it waited for run '" + handle.runId() + "'");
                }
                if (!result.isDone()) {
                    lookOnce();
                }
            } catch (RuntimeException | Error failed) {
                result.completeExceptionally(failed);
            }
        }

        private void lookOnce() {
            // The row of a run that is completed changes no more, so it is all that has to be asked.
            StoredRun completed = handle.store()
                    .run(handle.threadId(), handle.runId())
                    .flatMap(run -> StoredRun.completed(
                            handle.threadId(), run, handle.host().settings().codec()))
                    .orElse(null);
            if (completed != null) {
                handle.complete(completed, result);
                return;
            }
            Optional<RequestRow> row = handle.store().queue().find(handle.threadId(), handle.runId());
            row.ifPresent(handle::requireComing);
            if (handle.store().run(handle.threadId(), handle.runId()).isPresent()) {
                CompletableFuture<?> unused = handle.host()
                        .admit(
                                handle.workflow(),
                                new Request.Wake(handle.runId()),
                                RunConfig.thread(handle.threadId()),
                                result);
            } else if (row.isPresent()) {
                watch.later();
            } else {
                // The request goes with the write that ends its run, which is stored since.
                throw handle.unknown();
            }
        }
    }

    @Override
    public boolean retry() {
        host.requireOpen();
        return new HeldRequests(host).retry(threadId, runId);
    }

    @Override
    public boolean cancel() {
        host.requireOpen();
        if (store.queue().end(threadId, runId, RequestState.CANCELLED, null)) {
            host.signals().signal(threadId, ThreadSignals.Event.OVER);
            return true;
        }
        Activations.Running<?> here = host.activations().of(threadId, runId);
        boolean asked = here != null && here.session().cancel();
        return asked || host.cancelElsewhere(store, workflow, threadId, runId);
    }

    @Override
    public String toString() {
        return "RunHandle[thread '" + threadId + "', run '" + runId + "']";
    }
}
