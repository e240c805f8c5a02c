package dev.clew.contracts.lab;

import java.time.Duration;
import java.util.function.BooleanSupplier;
import org.awaitility.Awaitility;
import org.awaitility.core.ConditionFactory;

/** Waits until another thread has brought something about; fails after twenty seconds. */
public final class Eventually {
    // In the thread that waits: tests count threads.
    private static final ConditionFactory PATIENCE = Awaitility.await()
            .pollInSameThread()
            .pollDelay(Duration.ZERO)
            .pollInterval(Duration.ofMillis(2))
            .atMost(Duration.ofSeconds(20));

    private Eventually() {}

    public static void until(BooleanSupplier holds) {
        PATIENCE.until(holds::getAsBoolean);
    }
}
