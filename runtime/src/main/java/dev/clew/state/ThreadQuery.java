package dev.clew.state;

import dev.clew.value.IllegalRequestException;
import java.time.Instant;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Which threads to list, ordered by thread id.
 *
 * <pre>{@code
 * ThreadQuery.all().status(ThreadStatus.INTERRUPTED).after(lastSeenThreadId).limit(100)
 * }</pre>
 *
 * @param ids only these threads; empty for any
 * @param statuses only these, as {@link dev.clew.checkpoint.ThreadRecord#status()} tells; empty for any
 * @param workflows only threads of these workflows; empty for any
 * @param dueBefore only threads whose {@code wakeAt} is at or before this, or null
 * @param after the cursor: only thread ids greater than this, or null
 * @param limit at most so many, at least 1
 */
public record ThreadQuery(
        Set<String> ids,
        Set<ThreadStatus> statuses,
        Set<String> workflows,
        @Nullable Instant dueBefore,
        @Nullable String after,
        int limit) {
    public ThreadQuery {
        if (limit < 1) {
            throw new IllegalRequestException("a query's limit must be at least 1, not " + limit);
        }
        ids = Set.copyOf(ids);
        statuses = Set.copyOf(statuses);
        workflows = Set.copyOf(workflows);
    }

    /** The first hundred threads, of any status. */
    public static ThreadQuery all() {
        return new ThreadQuery(Set.of(), Set.of(), Set.of(), null, null, 100);
    }

    /** Only these threads; at least one. */
    public ThreadQuery ids(Set<String> threadIds) {
        if (threadIds.isEmpty()) {
            throw new IllegalRequestException("no thread ids are named to look for");
        }
        return new ThreadQuery(threadIds, statuses, workflows, dueBefore, after, limit);
    }

    public ThreadQuery status(ThreadStatus... wanted) {
        return new ThreadQuery(ids, Set.of(wanted), workflows, dueBefore, after, limit);
    }

    public ThreadQuery workflow(String... names) {
        return new ThreadQuery(ids, statuses, Set.of(names), dueBefore, after, limit);
    }

    public ThreadQuery dueBefore(Instant moment) {
        return new ThreadQuery(ids, statuses, workflows, moment, after, limit);
    }

    public ThreadQuery after(String threadId) {
        return new ThreadQuery(ids, statuses, workflows, dueBefore, threadId, limit);
    }

    public ThreadQuery limit(int most) {
        return new ThreadQuery(ids, statuses, workflows, dueBefore, after, most);
    }
}
