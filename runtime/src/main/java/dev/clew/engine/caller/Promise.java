package dev.clew.engine.caller;

import java.util.ArrayDeque;
import java.util.Collections;
import java.util.Deque;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * The result of a request, which knows whether anybody receives it: a failure that a caller gets is not logged as well.
 * Thread-safe.
 */
public final class Promise<T extends @Nullable Object> extends CallersFuture<T> {
    private final BooleanSupplier awaited;
    private final AtomicInteger engineStages = new AtomicInteger();
    private final CopyOnWriteArrayList<CompletableFuture<?>> relays = new CopyOnWriteArrayList<>();
    private volatile boolean callerLeft;

    private Promise(BooleanSupplier awaited) {
        this.awaited = awaited;
    }

    /** For a caller that blocks until it is complete, or {@linkplain #callerLeft leaves}. */
    public static <T extends @Nullable Object> Promise<T> blocking() {
        return new Promise<>(() -> true);
    }

    /** For a future that is handed out, or that nobody has: it is received if anything depends on it at its end. */
    public static <T extends @Nullable Object> Promise<T> handedOut() {
        return new Promise<>(() -> false);
    }

    /** For a caller that is there as long as this holds. */
    public static <T extends @Nullable Object> Promise<T> whileTrue(BooleanSupplier awaited) {
        return new Promise<>(awaited);
    }

    /** For a request of the engine's own: it is received if this future, which its result will be relayed to, is. */
    public static <T extends @Nullable Object> Promise<T> leadingTo(CompletableFuture<?> other) {
        Promise<T> promise = handedOut();
        promise.relays.add(other);
        return promise;
    }

    /** The blocking caller was interrupted and waits no longer. */
    public void callerLeft() {
        callerLeft = true;
    }

    /** The engine adds a stage of its own, which receives nothing for anybody. */
    public void engineStage() {
        engineStages.incrementAndGet();
    }

    /** Its result will be relayed to this future. */
    void relayedTo(CompletableFuture<?> other) {
        engineStage();
        relays.addIfAbsent(other);
    }

    /**
     * Whether a caller receives what this future comes to. Judged before it is completed. A run that has slept often has as
     * many futures, each relayed to the one before: every one is asked once, and without recursion.
     */
    public static boolean isReceived(CompletableFuture<?> result) {
        Set<CompletableFuture<?>> asked = Collections.newSetFromMap(new IdentityHashMap<>());
        Deque<CompletableFuture<?>> next = new ArrayDeque<>(List.of(result));
        while (!next.isEmpty()) {
            CompletableFuture<?> future = next.pop();
            if (asked.add(future)) {
                if (hasReceiver(future)) {
                    return true;
                }
                if (future instanceof Promise<?> promise) {
                    next.addAll(promise.relays);
                }
            }
        }
        return false;
    }

    private static boolean hasReceiver(CompletableFuture<?> future) {
        if (!(future instanceof Promise<?> promise)) {
            return future.getNumberOfDependents() > 0;
        }
        return promise.awaited.getAsBoolean() && !promise.callerLeft
                || promise.getNumberOfDependents() > promise.engineStages.get();
    }
}
