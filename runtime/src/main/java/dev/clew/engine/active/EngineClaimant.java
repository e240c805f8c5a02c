package dev.clew.engine.active;

import dev.clew.checkpoint.Checkpointer;
import dev.clew.checkpoint.RunRecord;
import dev.clew.engine.follow.ThreadSignals;
import dev.clew.engine.stored.Claimant;
import dev.clew.engine.world.Waiting;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** An engine as the one who claims threads. */
public record EngineClaimant(RunningHost host) implements Claimant {
    @Override
    public String owner() {
        return host.owner();
    }

    @Override
    public @Nullable String deployment() {
        return host.settings().deployment();
    }

    @Override
    public Duration lease() {
        return host.settings().lease();
    }

    @Override
    public Waiting waiting() {
        return host.settings().waiting();
    }

    @Override
    public boolean executes(String threadId) {
        return host.activations().of(threadId) != null;
    }

    @Override
    public @Nullable Instant deleteAt(Checkpointer store, String threadId, RunRecord run) {
        return host.deletions().plan(store, threadId, run);
    }

    @Override
    public void ended(String threadId) {
        host.signals().signal(threadId, ThreadSignals.Event.OVER);
    }

    @Override
    public void release(Checkpointer store, String threadId) {
        host.releases().release(store, threadId);
    }
}
