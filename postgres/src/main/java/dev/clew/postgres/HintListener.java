package dev.clew.postgres;

import dev.clew.queue.ReadyHints;
import java.sql.SQLException;
import java.time.Duration;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Hears on a connection of its own which queues have READY requests, and passes that on to the workers of this process. If the
 * connection is lost, it connects anew, and lets all workers look, since it may have missed hints.
 */
final class HintListener implements AutoCloseable {
    /** After so long without a hint, it asks whether the connection is alive. */
    private static final long QUIET_NANOS = Duration.ofSeconds(30).toNanos();

    /** How long it waits for hints before it looks whether it is closed: that asks nothing of the server. */
    private static final int WAIT_MILLIS = 200;

    private static final long PAUSE_MILLIS = 1_000;

    private static final Logger LOG = LoggerFactory.getLogger("dev.clew");

    private final Connections connections;
    private final ReadyHints hints;
    private final String channel;
    private final AtomicBoolean started = new AtomicBoolean();
    private final CountDownLatch closed = new CountDownLatch(1);

    HintListener(Connections connections, ReadyHints hints) {
        this.connections = connections;
        this.hints = hints;
        this.channel = HintSender.channel(connections.schema());
    }

    /** Begins to listen, if it does not yet. */
    void start() {
        if (started.compareAndSet(false, true)) {
            Thread thread = new Thread(null, this::run, "clew-postgres-listener", 0, false);
            thread.setDaemon(true);
            thread.setContextClassLoader(HintListener.class.getClassLoader());
            thread.start();
        }
    }

    /** It ends a moment later. */
    @Override
    public void close() {
        closed.countDown();
    }

    private boolean isClosed() {
        return closed.getCount() == 0;
    }

    private void run() {
        boolean more = true;
        while (more) {
            try (Session opened = connections.open()) {
                listen(opened);
            } catch (SQLException lost) {
                if (!isClosed()) {
                    LOG.debug("the connection that hears of ready requests was lost; it is opened again", lost);
                }
            } catch (RuntimeException | Error broken) {
                LOG.warn("hearing of ready requests failed; it is tried again, and workers look meanwhile", broken);
            }
            more = pause();
        }
    }

    private void listen(Session opened) throws SQLException {
        opened.execute("LISTEN \"" + channel + '"');
        hints.publishAll();
        long heardAt = System.nanoTime();
        while (!isClosed()) {
            Set<String> queues = new HashSet<>();
            opened.notices(WAIT_MILLIS).forEach(queue -> queues.add(Texts.read(queue)));
            if (!queues.isEmpty()) {
                heardAt = System.nanoTime();
                hints.publish(queues);
            } else if (System.nanoTime() - heardAt > QUIET_NANOS) {
                opened.execute("SELECT 1");
                heardAt = System.nanoTime();
            }
        }
        // The connection may be another's next.
        opened.execute("UNLISTEN *");
    }

    /** False if it is closed. */
    private boolean pause() {
        try {
            return !closed.await(PAUSE_MILLIS, TimeUnit.MILLISECONDS);
        } catch (InterruptedException stop) {
            return false;
        }
    }
}
