package dev.clew.server.api;

import dev.clew.checkpoint.ThreadRecord;
import dev.clew.flow.ThreadBusyException;
import dev.clew.server.cron.CronBook;
import dev.clew.server.kernel.ApiRefusal;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/** Deletes threads, also while they run. */
final class Deleting {
    /** How long a run may take to stop. */
    private static final Duration STOPPING = Duration.ofSeconds(10);

    private Deleting() {}

    /** Cancels what executes, and deletes the thread. Its crons go first, or they would make it anew. */
    static void delete(Parts parts, String threadId) {
        CronBook crons = parts.crons();
        if (crons != null) {
            crons.deleteOf(threadId);
        }
        long deadline = System.nanoTime() + STOPPING.toNanos();
        while (true) {
            try {
                parts.anyGraph().deleteThread(threadId);
                return;
            } catch (ThreadBusyException busy) {
                boolean unused = cancel(parts, threadId);
                if (System.nanoTime() > deadline) {
                    throw ApiRefusal.conflict("the thread '" + threadId
                            + "' has a run that was cancelled and has not stopped yet; delete it again later");
                }
                LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(20));
            }
        }
    }

    private static boolean cancel(Parts parts, String threadId) {
        Optional<ThreadRecord> thread = parts.store().thread(threadId);
        return thread.flatMap(row -> parts.catalog().ofThread(row.workflow()))
                .map(served -> served.workflow().cancel(threadId))
                .orElse(false);
    }

    /** Removes all runs but the newest. */
    static void keepNewest(Parts parts, String threadId) {
        int unused = parts.anyGraph().keepLast(threadId, 1);
    }
}
