package dev.clew.engine;

import dev.clew.checkpoint.Checkpointer;
import dev.clew.engine.world.LastResort;
import dev.clew.engine.world.Time;
import dev.clew.value.Spans;
import java.time.Duration;
import java.util.concurrent.Future;

/**
 * Gives back a claim that no run of this graph holds any more, because its last write, or the answer to the claim itself,
 * was lost: others need not wait until it runs out. While the store is unwell it tries again, as long as the claim lasts.
 */
record LeaseRelease(Engine engine, Checkpointer store, String threadId, long began) {
    private static final Duration PAUSE = Duration.ofSeconds(1);

    static void of(Engine engine, Checkpointer store, String threadId) {
        new LeaseRelease(engine, store, threadId, engine.settings().time().nanos()).now();
    }

    private void now() {
        try {
            store.thread(threadId).ifPresent(thread -> engine.claims().fence(store, thread));
        } catch (RuntimeException | Error unwell) {
            Time time = engine.settings().time();
            Engine.LOG.debug("the claim of thread '{}' could not be given back", threadId, unwell);
            if (!engine.isClosed()
                    && time.nanos() - began < Spans.nanos(engine.settings().lease())) {
                Future<?> unused =
                        time.later(PAUSE, () -> engine.hand(this::now, LastResort.logging("giving back a claim")));
            }
        }
    }
}
