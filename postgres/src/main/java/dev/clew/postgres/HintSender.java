package dev.clew.postgres;

import dev.clew.checkpoint.CheckpointException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Notifies other processes of queues that have READY requests, after the commit and on another connection: a transaction with NOTIFY
 * commits under a lock of the whole cluster. A queue is named at most once in ten milliseconds. A hint that is lost costs the
 * workers of others their pause.
 */
final class HintSender implements AutoCloseable {
    private static final long PAUSE_NANOS = Duration.ofMillis(10).toNanos();

    private static final String SEND = """
            SELECT set_config('synchronous_commit', 'off', true);
            SELECT pg_notify(?, e.queue) FROM unnest(?) e(queue)""";

    private static final Logger LOG = LoggerFactory.getLogger("dev.clew");

    private final Pool pool;
    private final String channel;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();

    // Guarded by the lock.
    private final Set<String> waiting = new LinkedHashSet<>();
    private @Nullable Thread thread;
    private boolean closed;

    HintSender(Pool pool, String schema) {
        this.pool = pool;
        this.channel = channel(schema);
    }

    /** Where the hints of a schema are sent. */
    static String channel(String schema) {
        return "clew_" + schema;
    }

    /** Returns at once. */
    void send(Set<String> queues) {
        if (queues.isEmpty()) {
            return;
        }
        lock.lock();
        try {
            waiting.addAll(queues);
            changed.signal();
            if (thread == null && !closed) {
                thread = new Thread(null, this::run, "clew-postgres-hints", 0, false);
                thread.setDaemon(true);
                thread.setContextClassLoader(HintSender.class.getClassLoader());
                thread.start();
            }
        } finally {
            lock.unlock();
        }
    }

    /** Drops what waits. */
    @Override
    public void close() {
        lock.lock();
        try {
            closed = true;
            changed.signal();
        } finally {
            lock.unlock();
        }
    }

    private void run() {
        List<String> queues = take(System.nanoTime());
        while (!queues.isEmpty()) {
            long notBefore = System.nanoTime() + PAUSE_NANOS;
            try {
                Column named = Column.texts(queues);
                pool.call("sending hints", session -> session.all(1, SEND, row -> true, channel, named));
            } catch (CheckpointException lost) {
                LOG.debug("hints of ready requests were lost; workers find them when they look", lost);
            } catch (RuntimeException | Error broken) {
                LOG.warn("hints of ready requests were lost; workers find them when they look", broken);
            }
            queues = take(notBefore);
        }
    }

    /** Waits until it may send again, and for a hint; nothing if it is closed. */
    private List<String> take(long notBefore) {
        lock.lock();
        try {
            long left = notBefore - System.nanoTime();
            while (left > 0 && !closed) {
                left = changed.awaitNanos(left);
            }
            while (waiting.isEmpty() && !closed) {
                changed.await();
            }
            List<String> taken = closed ? List.of() : new ArrayList<>(waiting);
            waiting.clear();
            return taken;
        } catch (InterruptedException stop) {
            return List.of();
        } finally {
            lock.unlock();
        }
    }
}
