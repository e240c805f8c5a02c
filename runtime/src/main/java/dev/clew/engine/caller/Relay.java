package dev.clew.engine.caller;

import dev.clew.engine.world.Unwrapped;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** Tells one future what another one got. */
public final class Relay {
    private static final ThreadLocal<Passing> PASSING = ThreadLocal.withInitial(Passing::new);

    private Relay() {}

    /** Says that the engine adds a stage to this future. */
    public static void engineStage(CompletableFuture<?> future) {
        if (future instanceof Promise<?> promise) {
            promise.engineStage();
        }
    }

    @SuppressWarnings("FutureReturnValueIgnored") // the second future carries the outcome on
    public static <T extends @Nullable Object> void results(CompletableFuture<T> from, CompletableFuture<T> to) {
        if (from instanceof Promise<?> promise) {
            promise.relayedTo(to);
        }
        from.whenComplete((value, error) -> PASSING.get().pass(() -> {
            if (error != null) {
                to.completeExceptionally(Unwrapped.of(error));
            } else {
                to.complete(value);
            }
        }));
    }

    /**
     * Passes results on, one future after another. Each passes on within the one before, up to a depth; deeper ones wait for
     * the outermost. A run that sleeps often has a long chain of futures, which no stack is deep enough for.
     */
    private static final class Passing {
        private static final int MOST_NESTED = 50;

        private final Deque<Runnable> deeper = new ArrayDeque<>();
        private int depth;

        void pass(Runnable deed) {
            if (depth == MOST_NESTED) {
                deeper.add(deed);
                return;
            }
            depth++;
            try {
                deed.run();
                Runnable next = depth == 1 ? deeper.poll() : null;
                while (next != null) {
                    next.run();
                    next = deeper.poll();
                }
            } finally {
                depth--;
            }
        }
    }
}
