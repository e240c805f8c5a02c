package dev.clew.queue;

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
 * @param states only in one of these states; empty for all
 * @param limit how many at most
 */
public record QueueQuery(@Nullable String queue, @Nullable String threadId, Set<RequestState> states, int limit) {
    public QueueQuery {
        states = Set.copyOf(states);
    }

    /** Up to 1,000 requests of all queues. */
    public static QueueQuery all() {
        return new QueueQuery(null, null, Set.of(), 1_000);
    }

    /** Only of this queue. */
    public QueueQuery queue(String name) {
        return new QueueQuery(name, threadId, states, limit);
    }

    /** Only of this thread. */
    public QueueQuery thread(String id) {
        return new QueueQuery(queue, id, states, limit);
    }

    /** Only in one of these states. */
    public QueueQuery state(RequestState... wanted) {
        return new QueueQuery(queue, threadId, Set.of(wanted), limit);
    }

    /** So many at most. */
    public QueueQuery limit(int most) {
        return new QueueQuery(queue, threadId, states, most);
    }
}
