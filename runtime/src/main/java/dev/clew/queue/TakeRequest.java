package dev.clew.queue;

import java.time.Duration;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What a worker asks of a queue.
 *
 * <pre>{@code
 * queue.take(new TakeRequest(owner, "essays", Set.of("EssayFlow.write"), 16, Duration.ofSeconds(10)));
 * }</pre>
 *
 * @param owner the worker's process, as in claims
 * @param queue the queue
 * @param workflows the stored names of the workflows that the worker has
 * @param most the most requests that are given
 * @param reservation how long what is taken stays reserved until it is opened
 * @param deployment the worker's deployment, which gets nothing that it gave back because its code does not fit it; null for
 *     one without a name
 */
public record TakeRequest(
        String owner,
        String queue,
        Set<String> workflows,
        int most,
        Duration reservation,
        @Nullable String deployment) {
    /** A wish of a deployment without a name. */
    public TakeRequest(String owner, String queue, Set<String> workflows, int most, Duration reservation) {
        this(owner, queue, workflows, most, reservation, null);
    }

    public TakeRequest {
        workflows = Set.copyOf(workflows);
    }
}
