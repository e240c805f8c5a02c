package dev.clew.postgres;

import dev.clew.queue.ReadyHints;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Lets workers look when requests become READY: those of this process, and, unless it only polls, those of others. */
final class QueueHints implements AutoCloseable {
    private final ReadyHints here = new ReadyHints();

    private final @Nullable HintSender sender;
    private final @Nullable HintListener listener;

    QueueHints(Connections connections, Pool pool, PostgresOptions options) {
        this.sender = options.pollsOnly() ? null : new HintSender(pool, options.schema());
        this.listener = options.listens() ? new HintListener(connections, here) : null;
    }

    /** Adds a worker of this process. From the first one on, it listens. */
    AutoCloseable add(String queue, Runnable hint) {
        AutoCloseable added = here.add(queue, hint);
        if (listener != null) {
            listener.start();
        }
        return added;
    }

    /** Lets all workers of these queues look. */
    void publish(Set<String> queues) {
        here.publish(queues);
        send(queues);
    }

    /** Lets the workers of other processes look. */
    void send(Set<String> queues) {
        if (sender != null) {
            sender.send(queues);
        }
    }

    /** Lets the workers of this process look, if it is not known which queues have READY requests. */
    void publishHere() {
        here.publishAll();
    }

    @Override
    public void close() {
        if (sender != null) {
            sender.close();
        }
        if (listener != null) {
            listener.close();
        }
    }
}
