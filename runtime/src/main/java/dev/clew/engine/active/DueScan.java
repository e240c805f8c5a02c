package dev.clew.engine.active;

import dev.clew.checkpoint.Checkpointer;
import dev.clew.checkpoint.ThreadRecord;
import dev.clew.state.ThreadQuery;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Queue;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Reads one sort of threads again and again, page by page, and keeps a page until there are slots for its runs. One thread at a time uses
 * it, but for {@link #isTime}.
 */
final class DueScan {
    static final int PAGE = 1_000;

    /** How many pages are read at once at most that have nothing to continue. */
    private static final int MOST_PAGES = 10;

    /** For how long a page is worth a try: other processes continue its runs meanwhile. */
    private static final long FRESH_NANOS = Duration.ofSeconds(1).toNanos();

    private final int each;
    private final Sought sought;
    private final Predicate<ThreadRecord> free;
    private final Queue<ThreadRecord> found = new ArrayDeque<>();

    /** The last thread of the last page; null if that was the last one. */
    private @Nullable String after;

    /** Whether not all threads have been read yet, and were worth a try. */
    private boolean first = true;

    /** Whether that was so when the page was read. */
    private boolean readFirst;

    private long readAt;

    /** When the next page is read. */
    private long due = Long.MIN_VALUE;

    /** When there is something to do. */
    private volatile long next = Long.MIN_VALUE;

    /** Which threads are read. */
    interface Sought {
        /**
         * Returns pages of {@link #PAGE} threads.
         *
         * @param isFirst whether this process reads them for the first time
         */
        ThreadQuery query(Checkpointer store, boolean isFirst);
    }

    /**
     * @param each all threads are read after so many pauses
     * @param free whether this process may continue the run of a thread
     */
    DueScan(int each, Sought sought, Predicate<ThreadRecord> free) {
        this.each = each;
        this.sought = sought;
        this.free = free;
    }

    boolean isTime(long now, long pause) {
        return isTime(next, now, pause);
    }

    /** A moment that is farther away than the pause was set by somebody with a longer one. */
    private boolean isTime(long moment, long now, long pause) {
        return moment <= now || moment - now > each * pause;
    }

    /** Adds threads to these until they are so many. */
    void take(Checkpointer store, long now, long pause, int most, List<ThreadRecord> into) {
        if (!found.isEmpty() && now - readAt > FRESH_NANOS) {
            found.clear();
            after = null;
            first = readFirst;
            due = now;
        }
        if (found.isEmpty() && isTime(due, now, pause) && into.size() < most) {
            read(store, now, pause);
        }
        while (!found.isEmpty() && into.size() < most) {
            into.add(found.remove());
        }
        next = found.isEmpty() ? due : Long.MIN_VALUE;
    }

    private void read(Checkpointer store, long now, long pause) {
        ThreadQuery query = sought.query(store, first);
        readFirst = first;
        readAt = now;
        due = now + pause;
        for (int pages = 0; pages < MOST_PAGES; pages++) {
            List<ThreadRecord> page = store.threads(after == null ? query : query.after(after));
            page.stream().filter(free).forEach(found::add);
            if (page.size() < query.limit()) {
                after = null;
                first = false;
                due = now + each * pause;
                return;
            }
            after = page.get(page.size() - 1).threadId();
            if (!found.isEmpty()) {
                due = now;
                return;
            }
        }
    }
}
