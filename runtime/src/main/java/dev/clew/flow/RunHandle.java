package dev.clew.flow;

import dev.clew.state.RunStatus;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * A run that was enqueued, or is to be found again, from any process of the checkpointer. Thread-safe; holds nothing.
 *
 * <pre>{@code
 * RunHandle<Essay> run = graph.write().enqueue("rain", RunConfig.thread("essay-1").queue("essays"));
 * Essay essay = run.result().value();
 * }</pre>
 *
 * @param <O> the type of the workflow's value
 */
public interface RunHandle<O extends @Nullable Object> {
    /** The run's thread. */
    String threadId();

    /** The run's id, which its request in the queue has too. */
    String runId();

    /**
     * What the run is doing now.
     *
     * @throws RequestRefusedException with {@code UNKNOWN} if there is neither such a request nor such a run
     */
    RunStatus status();

    /**
     * Waits until the run completes or pauses on questions, as {@link Workflow#invoke} does, and however long it waits for a
     * worker. Called again, it returns how the run rests then.
     *
     * <p>A task of a queued run that waits here gives its worker's slot back meanwhile. It still counts for the limits of its
     * queue, so with a {@code globalConcurrency} of 1 it is refused to wait for another run of its own queue. With a greater
     * limit, runs that all wait for others of their queue wait forever.
     *
     * @throws WorkflowFailedException if the body failed
     * @throws WorkflowCancelledException if it was cancelled, before it was opened or later, or was abandoned for a newer run
     * @throws RequestRefusedException if its turn came and it was refused, if it is held and was not opened, or if there is
     *     no such run
     */
    RunResult<O> result();

    /**
     * {@link #result()} for this long at most.
     *
     * @throws dev.clew.task.TaskTimeoutException if the run neither completes nor pauses in that time; the run is not cancelled
     */
    RunResult<O> result(Duration atMost);

    /** {@link #result()} without waiting; cancelling the future ends the wait, not the run. */
    CompletableFuture<RunResult<O>> resultAsync();

    /**
     * Lets a worker take a run again that no worker takes: one that is HELD, as if it had never been tried; one that is BLOCKED
     * or STUCK, as {@code Command.proceed()} does. Call it once the cause is removed; {@code graph.queue(name).held()} has it.
     *
     * @return false, with nothing changed, if the run is not held in its queue
     */
    boolean retry();

    /**
     * Cancels the run. One that was not opened is cancelled at once, and its thread's line moves on; else as {@link
     * Workflow#cancel(String)}, but never a later run of the thread.
     *
     * @return whether there was something to cancel
     */
    boolean cancel();
}
