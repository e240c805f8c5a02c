package dev.clew.postgres;

import dev.clew.checkpoint.CheckpointException;
import dev.clew.checkpoint.StoreWarning;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Logs now and then why takes are slow, if old snapshots are the cause. */
final class SlowTakes {
    private static final Logger LOG = LoggerFactory.getLogger("dev.clew");
    private static final long PAUSE = Duration.ofMinutes(5).toNanos();

    private final Supplier<List<StoreWarning>> snapshots;
    private final AtomicLong lookedAt = new AtomicLong(System.nanoTime() - PAUSE);

    /** @param snapshots reads which snapshots may be the cause */
    SlowTakes(Supplier<List<StoreWarning>> snapshots) {
        this.snapshots = snapshots;
    }

    /** Takes of this queue are slow. */
    void warn(String queue) {
        long last = lookedAt.get();
        long now = System.nanoTime();
        if (now - last < PAUSE || !lookedAt.compareAndSet(last, now)) {
            return;
        }
        try {
            List<StoreWarning> old = snapshots.get();
            if (!old.isEmpty()) {
                LOG.warn("takes from queue '{}' are slow; {}", queue, old.get(0).text());
            }
        } catch (CheckpointException unwell) {
            // What was taken must reach the worker all the same.
            LOG.debug("old snapshots could not be looked for", unwell);
        }
    }
}
