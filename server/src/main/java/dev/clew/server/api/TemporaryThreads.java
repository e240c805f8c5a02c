package dev.clew.server.api;

import dev.clew.flow.ThreadBusyException;
import dev.clew.index.ThreadActivity;
import dev.clew.index.ThreadRow;
import dev.clew.index.ThreadSearch;
import dev.clew.index.ThreadSearch.Order;
import dev.clew.server.view.Labels;
import dev.clew.server.webhook.Outbox;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The threads of runs that have none of their client's. They are kept for a while after the run, for clients that ask again, and
 * then deleted, by whatever server looks first. So none stays because the server that made it is gone.
 */
public final class TemporaryThreads {
    private static final Logger LOG = LoggerFactory.getLogger("dev.clew.server");
    private static final ThreadSearch OLDEST =
            ThreadSearch.all().temporary().label(Set.of(Labels.TEMPORARY)).order(Order.CREATED, false);

    private static final int PAGE = 500;

    private final Parts parts;
    private final RequestBook book;
    private final Duration kept;

    /** @param kept how long they are kept after the last change of their run */
    public TemporaryThreads(Parts parts, RequestBook book, Duration kept) {
        this.parts = parts;
        this.book = book;
        this.kept = kept;
    }

    /** Deletes those whose time is over. Never throws. */
    public void tend() {
        try {
            Instant before = parts.store().now().minus(kept);
            int left = 0;
            List<ThreadRow> page;
            do {
                page = parts.book().index().search(OLDEST.page(left, PAGE));
                for (ThreadRow row : page) {
                    if (row.createdAt().isAfter(before)) {
                        return;
                    }
                    if (!isOver(row, before) || !delete(row.info().threadId())) {
                        left++;
                    }
                }
            } while (page.size() == PAGE);
        } catch (RuntimeException failed) {
            LOG.warn("the threads of runs that are over could not be deleted; it is tried again", failed);
        }
    }

    /** Not while its run may be executed: that nothing could be learnt of a run does not end it. */
    private boolean isOver(ThreadRow row, Instant before) {
        return row.activity() != ThreadActivity.BUSY
                && !row.changedAt().isAfter(before)
                && book.list(row.info().threadId(), this::isNeeded, 0, 1).isEmpty();
    }

    /** A webhook that was not taken is made of what the thread has. */
    private boolean isNeeded(RunRequest request) {
        Outbox outbox = parts.outbox();
        return request.isUnderWay() || outbox != null && outbox.keeps(request.threadId(), request.requestId());
    }

    private boolean delete(String threadId) {
        try {
            parts.anyGraph().deleteThread(threadId);
            return true;
        } catch (ThreadBusyException busy) {
            LOG.debug("the temporary thread '{}' runs again; it is deleted later", threadId);
            return false;
        }
    }
}
