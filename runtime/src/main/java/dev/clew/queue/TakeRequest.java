package dev.clew.queue;

import java.time.Duration;
import java.util.Set;

/**
 * A worker's wish for requests.
 *
 * <pre>{@code
 * queue.take(new TakeRequest(owner, "essays", Set.of("EssayFlow.write"), 16, Duration.ofSeconds(10)));
 * }</pre>
 *
 * @param owner who takes, as in claims
 * @param queue from which queue
 * @param workflows the stored names of the workflows that the worker has
 * @param most how many at most
 * @param reservation how long what is taken stays reserved until it is opened
 */
public record TakeRequest(String owner, String queue, Set<String> workflows, int most, Duration reservation) {
    public TakeRequest {
        workflows = Set.copyOf(workflows);
    }
}
