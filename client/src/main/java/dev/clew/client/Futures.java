package dev.clew.client;

import dev.clew.value.WaitInterruptedException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import org.jspecify.annotations.Nullable;

/** Results of calls on other threads. */
final class Futures {
    private Futures() {}

    /** Waits, and throws what the call threw. */
    static <T extends @Nullable Object> T result(CompletableFuture<T> future) {
        try {
            return future.get();
        } catch (InterruptedException stop) {
            Thread.currentThread().interrupt();
            throw new WaitInterruptedException(
                    "interrupted while a server was waited for; the run goes on at the server");
        } catch (ExecutionException failed) {
            if (failed.getCause() instanceof RuntimeException why) {
                throw why;
            }
            if (failed.getCause() instanceof Error error) {
                throw error;
            }
            throw new IllegalStateException("a call failed", failed.getCause());
        }
    }
}
