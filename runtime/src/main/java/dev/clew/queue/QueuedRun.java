package dev.clew.queue;

import dev.clew.value.IllegalRequestException;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * A request for a new run that waits for a worker.
 *
 * <pre>{@code
 * queue.enqueue(new QueuedRun("essay-1", "r-1", "essays", "EssayFlow.write", 0, null, false, Duration.ZERO, config, input), true);
 * }</pre>
 *
 * @param threadId the thread that the run is for
 * @param requestId unique within the thread; the run gets it as its id
 * @param queue the queue's name
 * @param workflow the stored name of the workflow
 * @param priority a smaller one is taken first, among the first requests of the threads' lines
 * @param concurrencyKey what {@link QueueSettings#perKeyConcurrency} counts by; null for nothing
 * @param abandons whether its turn comes although the thread's run waits for answers, is blocked or stuck: it is opened then, or ended
 * @param delay how long after it was enqueued the request joins its thread's line; zero for at once
 * @param config opaque bytes of the engine's; not copied, so they must not be changed afterwards
 * @param input opaque bytes of the engine's; null for a workflow without input
 * @param deployment the deployment that enqueues it; null for one without a name
 */
public record QueuedRun(
        String threadId,
        String requestId,
        String queue,
        String workflow,
        int priority,
        @Nullable String concurrencyKey,
        boolean abandons,
        Duration delay,
        byte[] config,
        byte @Nullable [] input,
        @Nullable String deployment) {
    /** A request of a deployment without a name. */
    public QueuedRun(
            String threadId,
            String requestId,
            String queue,
            String workflow,
            int priority,
            @Nullable String concurrencyKey,
            boolean abandons,
            Duration delay,
            byte[] config,
            byte @Nullable [] input) {
        this(threadId, requestId, queue, workflow, priority, concurrencyKey, abandons, delay, config, input, null);
    }

    public QueuedRun {
        if (delay.isNegative()) {
            throw new IllegalRequestException("a request cannot be delayed by " + delay);
        }
    }
}
