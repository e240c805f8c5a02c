package dev.clew.flow;

import dev.clew.state.RunStatus;
import dev.clew.stream.StreamMode;
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
     * The id of the request that was made: of an input, the run's id; of a command, the id that {@link RunConfig#request} gave it, else
     * the run's, too. The same request again has the same id, and is done once.
     *
     * <pre>{@code
     * RunHandle<Essay> answered = write.enqueue(Command.resume("yes"), thread.request(note));
     * log(answered.requestId() + " continues " + answered.runId());
     * }</pre>
     */
    String requestId();

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
     * Streams what the run does, from its beginning until it rests, and returns at once: the stream waits until a worker has opened the
     * run. It is read from the run's log, a moment after each entry was stored, as {@link Workflow#watch(String, StreamMode...)} reads a
     * run of another process. It repeats what the log has already, also if the run rests. If a worker dies, it waits for the next one.
     *
     * <p>With CUSTOM or MESSAGES, which no log has, the run is streamed as it happens in this graph: from its beginning, or from now on
     * if it has begun. If another graph or process executes it, the stream ends with an error; a client refuses this at once.
     *
     * <p>If the run is cancelled or refused before it begins, the stream ends with what {@link #result()} throws.
     *
     * <pre>{@code
     * RunHandle<Essay> run = graph.write().enqueue("rain", RunConfig.thread("essay-1").queue("essays"));
     * try (RunStream<Essay> stream = run.watch(StreamMode.UPDATES)) {
     *   stream.forEach(this::show);
     * }
     * }</pre>
     *
     * @param modes what is wanted; UPDATES if nothing is said
     * @throws RequestRefusedException after the graph was closed
     */
    RunStream<O> watch(StreamMode... modes);

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
