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
 * @param dueBefore only threads with which something is to be done by itself at or before this, or null: a parked run continues, or the
 *     thread is deleted, as {@link dev.clew.flow.RunConfig#deleteWhenDone(java.time.Duration)} said
 * @param after the cursor: only thread ids greater than this, or null
 * @param limit at most so many, at least 1
 * @param isUnsettled only threads with a step of which nobody knows whether it did what must not happen twice. Graphs and operators
 *     find them in the logs; a {@link dev.clew.checkpoint.Checkpointer} does not heed this
 */
public record ThreadQuery(
        Set<String> ids,
        Set<ThreadStatus> statuses,
        Set<String> workflows,
        @Nullable Instant dueBefore,
        @Nullable String after,
        int limit,
        boolean isUnsettled) {
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
        return new ThreadQuery(Set.of(), Set.of(), Set.of(), null, null, 100, false);
    }

    /** Only these threads; at least one. */
    public ThreadQuery ids(Set<String> threadIds) {
        if (threadIds.isEmpty()) {
            throw new IllegalRequestException("no thread ids are named to look for");
        }
        return new ThreadQuery(threadIds, statuses, workflows, dueBefore, after, limit, isUnsettled);
    }

    public ThreadQuery status(ThreadStatus... wanted) {
        return new ThreadQuery(ids, Set.of(wanted), workflows, dueBefore, after, limit, isUnsettled);
    }

    public ThreadQuery workflow(String... names) {
        return new ThreadQuery(ids, statuses, Set.of(names), dueBefore, after, limit, isUnsettled);
    }

    public ThreadQuery dueBefore(Instant moment) {
        return new ThreadQuery(ids, statuses, workflows, moment, after, limit, isUnsettled);
    }

    public ThreadQuery after(String threadId) {
        return new ThreadQuery(ids, statuses, workflows, dueBefore, threadId, limit, isUnsettled);
    }

    public ThreadQuery limit(int most) {
        return new ThreadQuery(ids, statuses, workflows, dueBefore, after, most, isUnsettled);
    }

    /**
     * Only threads with an unsettled step of a {@code ONCE} task, in whichever of their runs: it has begun, and nobody knows whether
     * its effect happened. Threads of cancelled runs are among them. The logs are read for it, of all threads that match otherwise and
     * have a run that did not complete.
     *
     * <pre>{@code
     * operator.threads(ThreadQuery.all().unsettled()).forEach(thread -> show(operator.unsettled(thread.threadId())));
     * }</pre>
     */
    public ThreadQuery unsettled() {
        return new ThreadQuery(ids, statuses, workflows, dueBefore, after, limit, true);
    }
}
