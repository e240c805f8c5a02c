package dev.clew.queue;

import java.time.Instant;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A worker as it registered itself.
 *
 * <pre>{@code
 * graph.queue("essays").state().workers().forEach(worker -> System.out.println(worker.owner()));
 * }</pre>
 *
 * @param owner its id, as in leases
 * @param queue the queue that it takes from
 * @param workflows the stored names of the workflows that it has
 * @param slots how many runs it executes at once
 * @param seenAt when it looked at the queue last, by the store's clock
 * @param deployment the name of its deployment; null for none
 */
public record WorkerRecord(
        String owner,
        String queue,
        Set<String> workflows,
        int slots,
        Instant seenAt,
        @Nullable String deployment) {
    /** A worker of a deployment without a name. */
    public WorkerRecord(String owner, String queue, Set<String> workflows, int slots, Instant seenAt) {
        this(owner, queue, workflows, slots, seenAt, null);
    }

    public WorkerRecord {
        workflows = Set.copyOf(workflows);
    }
}
