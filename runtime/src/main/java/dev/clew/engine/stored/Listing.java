package dev.clew.engine.stored;

import dev.clew.checkpoint.Checkpointer;
import dev.clew.checkpoint.ThreadRecord;
import dev.clew.state.ThreadQuery;
import dev.clew.state.ThreadStatus;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Lists threads, and judges each one's owner as {@code state} does. A store knows only that a lease ran out. So a thread
 * whose owner died is RUNNING to the store at first, and a query for CRASHED or ANSWERED threads reads those too.
 */
public record Listing(Claims claims, Checkpointer store) {
    private static final int PAGE = 1_000;

    /** At most as many as the query wants; fewer only if no more match. */
    public List<ThreadRecord> list(ThreadQuery query) {
        ThreadQuery wider = wider(query);
        List<ThreadRecord> found = new ArrayList<>();
        List<ThreadRecord> page = store.threads(wider);
        while (true) {
            for (ThreadRecord read : page) {
                judged(read).filter(thread -> matches(thread, query)).ifPresent(found::add);
                if (found.size() == query.limit()) {
                    return List.copyOf(found);
                }
            }
            if (page.size() < wider.limit()) {
                return List.copyOf(found);
            }
            page = store.threads(wider.after(page.get(page.size() - 1).threadId()));
        }
    }

    /** The query for all rows that may match. */
    private static ThreadQuery wider(ThreadQuery query) {
        Set<ThreadStatus> wanted = query.statuses();
        boolean orphans = wanted.contains(ThreadStatus.CRASHED) || wanted.contains(ThreadStatus.ANSWERED);
        if (!orphans || wanted.contains(ThreadStatus.RUNNING) && wanted.contains(ThreadStatus.UNDOING)) {
            return query.isUnsettled() ? query.limit(Math.max(PAGE, query.limit())) : query;
        }
        Set<ThreadStatus> statuses = EnumSet.copyOf(wanted);
        statuses.add(ThreadStatus.RUNNING);
        statuses.add(ThreadStatus.UNDOING);
        return query.status(statuses.toArray(ThreadStatus[]::new)).limit(Math.max(PAGE, query.limit()));
    }

    /** The row with an expired lease if its owner is gone; empty if the thread was deleted meanwhile. */
    private Optional<ThreadRecord> judged(ThreadRecord read) {
        return claims.see(store, read.threadId(), Optional.of(read)).map(Claims.Seen::thread);
    }

    private boolean matches(ThreadRecord thread, ThreadQuery query) {
        boolean isStatus = query.statuses().isEmpty() || query.statuses().contains(thread.status());
        return isStatus && (!query.isUnsettled() || new UnsettledEffects(store).any(thread));
    }
}
