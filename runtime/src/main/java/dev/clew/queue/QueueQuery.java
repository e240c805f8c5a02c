package dev.clew.queue;

import java.util.Comparator;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Which requests to list. Immutable; every method returns a changed copy.
 *
 * <pre>{@code
 * queue.list(QueueQuery.all().queue("essays").state(RequestState.HELD).limit(50));
 * }</pre>
 *
 * @param queue only of this queue; null for all
 * @param threadId only of this thread; null for all
 * @param workflow only of the workflow with this stored name; null for all
 * @param owner only those that this worker has; null for all
 * @param states only in one of these states; empty for all
 * @param after only those that follow this one in the order of lists; null for all
 * @param limit how many at most
 */
public record QueueQuery(
        @Nullable String queue,
        @Nullable String threadId,
        @Nullable String workflow,
        @Nullable String owner,
        Set<RequestState> states,
        @Nullable RequestRow after,
        int limit) {
    private static final Comparator<RequestRow> LISTED = Comparator.<RequestRow, String>comparing(
                    row -> row.request().threadId())
            .thenComparing(RequestRow::enqueuedAt)
            .thenComparing(row -> row.request().requestId());

    public QueueQuery {
        states = Set.copyOf(states);
    }

    /** Whether a request is one of those that are listed, whatever the limit. */
    public boolean matches(RequestRow row) {
        QueuedRun request = row.request();
        return (queue == null || queue.equals(request.queue()))
                && (threadId == null || threadId.equals(request.threadId()))
                && (workflow == null || workflow.equals(request.workflow()))
                && (owner == null || owner.equals(row.owner()))
                && (states.isEmpty() || states.contains(row.state()))
                && (after == null || LISTED.compare(row, after) > 0);
    }

    /** Up to 1,000 requests of all queues. */
    public static QueueQuery all() {
        return new QueueQuery(null, null, null, null, Set.of(), null, 1_000);
    }

    /** Only of this queue. */
    public QueueQuery queue(String name) {
        return new QueueQuery(name, threadId, workflow, owner, states, after, limit);
    }

    /** Only of this thread. */
    public QueueQuery thread(String id) {
        return new QueueQuery(queue, id, workflow, owner, states, after, limit);
    }

    /** Only of the workflow with this stored name. */
    public QueueQuery workflow(String name) {
        return new QueueQuery(queue, threadId, name, owner, states, after, limit);
    }

    /** Only those that this worker has. */
    public QueueQuery owner(String worker) {
        return new QueueQuery(queue, threadId, workflow, worker, states, after, limit);
    }

    /** Only in one of these states. */
    public QueueQuery state(RequestState... wanted) {
        return new QueueQuery(queue, threadId, workflow, owner, Set.of(wanted), after, limit);
    }

    /**
     * Only those that follow this one: with the last row of a page, the next page. Requests that move in the meantime may be
     * missing, or be there twice.
     */
    public QueueQuery after(RequestRow last) {
        return new QueueQuery(queue, threadId, workflow, owner, states, last, limit);
    }

    /** So many at most. */
    public QueueQuery limit(int most) {
        return new QueueQuery(queue, threadId, workflow, owner, states, after, most);
    }
}
