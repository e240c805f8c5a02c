package dev.clew.engine.request;

import static dev.clew.engine.world.EngineLog.LOG;

import dev.clew.checkpoint.Checkpointer;
import dev.clew.engine.stored.Claims;
import dev.clew.engine.world.LastResort;
import dev.clew.engine.world.Time;
import dev.clew.value.Spans;
import java.time.Duration;
import java.util.concurrent.Future;
import java.util.function.BiConsumer;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;

/**
 * Gives back a claim that no run of this graph holds any more, because its last write, or the answer to the claim itself,
 * was lost: others need not wait until it runs out. While the store is unwell it tries again, as long as the claim lasts.
 */
public final class LeaseRelease {
    private static final Duration PAUSE = Duration.ofSeconds(1);

    private final Claims claims;
    private final Duration lease;
    private final Time time;
    private final BiConsumer<Runnable, Consumer<Throwable>> executor;
    private final BooleanSupplier closed;

    /**
     * Releases of one graph's claims.
     *
     * @param lease how long they hold without renewal
     * @param executor runs another try; gets it with a consumer for what leaves it
     * @param closed whether the graph is closed
     */
    public LeaseRelease(
            Claims claims,
            Duration lease,
            Time time,
            BiConsumer<Runnable, Consumer<Throwable>> executor,
            BooleanSupplier closed) {
        this.claims = claims;
        this.lease = lease;
        this.time = time;
        this.executor = executor;
        this.closed = closed;
    }

    /** Gives back what this graph may have claimed of a thread, now or later; throws nothing. */
    public void release(Checkpointer store, String threadId) {
        release(store, threadId, time.nanos());
    }

    private void release(Checkpointer store, String threadId, long began) {
        try {
            store.thread(threadId).ifPresent(thread -> claims.fence(store, thread));
        } catch (RuntimeException | Error unwell) {
            LOG.debug("the claim of thread '{}' could not be given back", threadId, unwell);
            if (!closed.getAsBoolean() && time.nanos() - began < Spans.nanos(lease)) {
                Runnable again = () -> release(store, threadId, began);
                Future<?> unused =
                        time.later(PAUSE, () -> executor.accept(again, LastResort.logging("giving back a claim")));
            }
        }
    }
}
