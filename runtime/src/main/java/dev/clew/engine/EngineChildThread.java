package dev.clew.engine;

import dev.clew.checkpoint.Checkpointer;
import dev.clew.engine.queue.QueuedHandle;
import dev.clew.engine.queue.QueuedRequests;
import dev.clew.engine.request.Request;
import dev.clew.engine.run.ChildThread;
import dev.clew.flow.RunConfig;
import dev.clew.state.ThreadStatus;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * A thread on which this engine, or one of its workers, executes a workflow that a scope calls.
 *
 * @param config the thread, and whether a worker executes the run
 */
record EngineChildThread(EngineWorkflow<?, ?> workflow, RunConfig config) implements ChildThread {
    @Override
    public CompletableFuture<?> admit(@Nullable Object input, RunConfig own) {
        return isQueued() ? enqueue(input, own) : engine().admit(workflow, new Request.Input(input), own);
    }

    private CompletableFuture<?> enqueue(@Nullable Object input, RunConfig own) {
        engine().requireOpen();
        Checkpointer store = engine().requireStore("enqueue");
        String runId = new QueuedRequests(engine(), store).enqueue(workflow, input, own);
        return handle(store, runId).resultIfOver();
    }

    @Override
    public boolean isOpened(String runId) {
        Checkpointer store = store();
        return engine().activations().of(threadId(), runId) != null
                || store != null
                        && (store.run(threadId(), runId).isPresent()
                                || isQueued()
                                        && store.queue().find(threadId(), runId).isPresent());
    }

    @Override
    public boolean isWaitedFor(String runId) {
        Checkpointer store = store();
        if (store != null && isQueued()) {
            return !handle(store, runId).isOver();
        }
        return store != null
                && store.run(threadId(), runId)
                        .map(run -> run.status() == ThreadStatus.INTERRUPTED)
                        .orElse(false);
    }

    private Engine engine() {
        return workflow.engine();
    }

    private @Nullable Checkpointer store() {
        return engine().settings().checkpointer();
    }

    private QueuedHandle<?> handle(Checkpointer store, String runId) {
        return new QueuedHandle<>(engine(), workflow, store, threadId(), runId);
    }

    private boolean isQueued() {
        return config.saysQueue();
    }

    private String threadId() {
        return config.threadId().orElseThrow();
    }
}
