package dev.clew.engine.world;

import static dev.clew.engine.world.EngineLog.LOG;

import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/** The one thread of this process that comes round. It rests while it serves nobody. */
final class SharedCourier implements Courier {
    /** A moment: shorter than a blocked body would notice, longer than a thread takes to wake up. */
    private static final long ROUND = Duration.ofNanos(100_000).toNanos();

    /** After so long with nobody to serve the thread ends. */
    private static final long IDLE = Duration.ofSeconds(5).toNanos();

    private static final SharedCourier SHARED = new SharedCourier();

    private final Set<BooleanSupplier> served = ConcurrentHashMap.newKeySet();

    /** Null while there is none. */
    private volatile @Nullable Thread thread;

    private volatile boolean rests;

    private SharedCourier() {}

    static Courier shared() {
        return SHARED;
    }

    @Override
    public void serve(BooleanSupplier round) {
        served.add(round);
        Thread serving = thread;
        if (serving == null) {
            start();
        } else if (rests) {
            LockSupport.unpark(serving);
        }
    }

    private synchronized void start() {
        if (thread == null) {
            Thread started = DaemonThreads.of("clew-courier", this::deliver);
            thread = started;
            started.start();
        }
    }

    private void deliver() {
        while (awaitSomebody()) {
            LockSupport.parkNanos(this, ROUND);
            served.removeIf(round -> !goesOn(round));
        }
        thread = null;
        // A round that came just before found the thread still there.
        if (!served.isEmpty()) {
            start();
        }
    }

    /** False once there was nobody to serve for long: a thread that stays would keep the loader of its class alive. */
    private boolean awaitSomebody() {
        rests = true;
        long began = System.nanoTime();
        while (served.isEmpty()) {
            long left = IDLE - (System.nanoTime() - began);
            if (left <= 0) {
                return false;
            }
            LockSupport.parkNanos(this, left);
        }
        rests = false;
        return true;
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
