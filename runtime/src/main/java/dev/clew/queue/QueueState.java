package dev.clew.queue;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What a queue holds.
 *
 * <pre>{@code
 * long backlog = graph.queue("essays").state().count(RequestState.READY);
 * }</pre>
 *
 * @param queue the queue's name
 * @param settings what holds for it in all processes
 * @param counts how many requests are in each state; a state without any may be missing
 * @param oldest when the oldest request that is ready joined its line; null if none is
 * @param workers the workers that were seen in the last {@link RunQueue#WORKER_KEPT}; a killed one is among them until then
 * @param untaken stored names of workflows of ready requests that none of these workers has
 */
public record QueueState(
        String queue,
        QueueSettings settings,
        Map<RequestState, Long> counts,
        @Nullable Instant oldest,
        List<WorkerRecord> workers,
        Set<String> untaken) {
    public QueueState {
        counts = Map.copyOf(counts);
        workers = List.copyOf(workers);
        untaken = Set.copyOf(untaken);
    }

    /** How many requests are in this state. */
    public long count(RequestState state) {
        return counts.getOrDefault(state, 0L);
    }
}
