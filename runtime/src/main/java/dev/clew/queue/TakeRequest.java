package dev.clew.queue;

import java.time.Duration;
import java.util.Set;

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
 */
public record TakeRequest(String owner, String queue, Set<String> workflows, int most, Duration reservation) {
    public TakeRequest {
        workflows = Set.copyOf(workflows);
    }
}
