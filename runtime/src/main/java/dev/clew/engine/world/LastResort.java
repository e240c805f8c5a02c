package dev.clew.engine.world;

import static dev.clew.engine.world.EngineLog.LOG;

import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;

/**
 * What becomes of a throwable that nothing on an engine thread has handled. Every piece of work that the engine gives to
 * an executor or a clock goes through here, so that no caller waits for work that has died.
 */
public final class LastResort {
    private LastResort() {}

    /** The same work; what leaves it goes to this consumer. Never throws. */
    public static Runnable around(Runnable work, Consumer<Throwable> lost) {
        return () -> run(work, lost);
    }

    /** Does the work now; what leaves it goes to this consumer. Never throws. */
    public static void run(Runnable work, Consumer<Throwable> lost) {
        try {
            work.run();
        } catch (Throwable thrown) {
            report(thrown, lost);
        }
    }

    /** Completes a result that its work can no longer complete. */
    public static Consumer<Throwable> failing(String what, CompletableFuture<?> result) {
        return thrown -> {
            LOG.error("the engine failed: {}", what, thrown);
            result.completeExceptionally(thrown);
        };
    }

    /** Logs what nobody waits for. */
    public static Consumer<Throwable> logging(String what) {
        return thrown -> LOG.error("the engine failed: {}", what, thrown);
    }

    private static void report(Throwable thrown, Consumer<Throwable> lost) {
        try {
            lost.accept(thrown);
        } catch (Throwable again) {
            again.addSuppressed(thrown);
            LOG.error("the engine failed, and could not handle that", again);
        }
    }
}
