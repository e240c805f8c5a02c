package dev.clew.server.api;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Future;

/** A future that is made of another one: if it is cancelled because its reader left, so is what it waits for. */
final class EndedWait {
    private EndedWait() {}

    /** The same future, whose cancellation cancels what it is made of. */
    @SuppressWarnings("FutureReturnValueIgnored") // only told
    static <T> CompletableFuture<T> of(CompletableFuture<T> derived, Future<?> source) {
        derived.whenComplete((value, failed) -> {
            if (derived.isCancelled()) {
                source.cancel(false);
            }
        });
        return derived;
    }
}
