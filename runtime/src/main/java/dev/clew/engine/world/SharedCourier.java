package dev.clew.engine.world;

import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The one thread of this process that comes round. It rests while it serves nobody. */
final class SharedCourier implements Courier {
    private static final Logger LOG = LoggerFactory.getLogger("dev.clew");

    /** A moment: shorter than a blocked body would notice, longer than a thread takes to wake up. */
    private static final long ROUND = Duration.ofNanos(100_000).toNanos();

    private static final SharedCourier SHARED = new SharedCourier();

    private final Set<BooleanSupplier> served = ConcurrentHashMap.newKeySet();
    private final Thread thread = new Thread(this::deliver, "clew-courier");
    private volatile boolean rests;

    private SharedCourier() {
        thread.setDaemon(true);
        thread.start();
    }

    static Courier shared() {
        return SHARED;
    }

    @Override
    public void serve(BooleanSupplier round) {
        served.add(round);
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
            served.removeIf(round -> !goesOn(round));
        }
    }

    /** Whoever breaks a round must not end those of all the others. */
    private static boolean goesOn(BooleanSupplier round) {
        try {
            return round.getAsBoolean();
        } catch (Throwable broken) {
            LOG.error("a round of the courier failed, and is repeated", broken);
            return true;
        }
    }
}
