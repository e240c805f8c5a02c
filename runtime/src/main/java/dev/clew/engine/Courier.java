package dev.clew.engine;

import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.LockSupport;

/**
 * Looks after the tasks that {@link HandOver}s hold back, so that each has a thread a moment later, whatever its scope
 * does meanwhile. It rests while nobody holds anything back.
 */
final class Courier {
    /** How long a round takes. A task is held back for two rounds at most: less than a blocked body would notice. */
    private static final long ROUND = Duration.ofNanos(100_000).toNanos();

    private static final Courier SHARED = new Courier();

    private final Set<HandOver> served = ConcurrentHashMap.newKeySet();
    private final Thread thread = new Thread(this::deliver, "clew-courier");
    private volatile boolean rests;

    private Courier() {
        thread.setDaemon(true);
        thread.start();
    }

    /** The one of this process. */
    static Courier shared() {
        return SHARED;
    }

    /** Looks at this one every round, until it has held nothing back for a while. */
    void serve(HandOver handOver) {
        served.add(handOver);
        if (rests) {
            LockSupport.unpark(thread);
        }
    }

    private void deliver() {
        while (true) {
            rests = true;
            while (served.isEmpty()) {
                LockSupport.park(this);
            }
            rests = false;
            LockSupport.parkNanos(this, ROUND);
            served.removeIf(handOver -> !handOver.round());
        }
    }
}
