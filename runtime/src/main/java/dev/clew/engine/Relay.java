package dev.clew.engine;

import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** Tells one future what another one got. */
final class Relay {
    private Relay() {}

    /** Says that the engine adds a stage to this future. */
    static void engineStage(CompletableFuture<?> future) {
        if (future instanceof Promise<?> promise) {
            promise.engineStage();
        }
    }

    @SuppressWarnings("FutureReturnValueIgnored") // the second future carries the outcome on
    static <T extends @Nullable Object> void results(CompletableFuture<T> from, CompletableFuture<T> to) {
        if (from instanceof Promise<?> promise) {
            promise.relayedTo(to);
        }
        from.whenComplete((value, error) -> {
            if (error != null) {
                to.completeExceptionally(Journal.unwrap(error));
            } else {
                to.complete(value);
            }
        });
    }
}
