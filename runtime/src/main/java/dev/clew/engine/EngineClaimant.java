package dev.clew.engine;

import dev.clew.checkpoint.Checkpointer;
import dev.clew.engine.follow.ThreadSignals;
import dev.clew.engine.stored.Claimant;
import dev.clew.engine.world.Waiting;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** An engine as the one who claims threads. */
record EngineClaimant(Engine engine) implements Claimant {
    @Override
    public String owner() {
        return engine.owner();
    }

    @Override
    public @Nullable String deployment() {
        return engine.settings().deployment();
    }

    @Override
    public Duration lease() {
        return engine.settings().lease();
    }

    @Override
    public Waiting waiting() {
        return engine.settings().waiting();
    }

    @Override
    public boolean executes(String threadId) {
        return engine.activations().of(threadId) != null;
    }

    @Override
    public void ended(String threadId) {
        engine.signals().signal(threadId, ThreadSignals.Event.OVER);
    }

    @Override
    public void release(Checkpointer store, String threadId) {
        engine.releases().release(store, threadId);
    }
}
