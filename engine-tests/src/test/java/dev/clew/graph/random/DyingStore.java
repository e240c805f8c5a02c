package dev.clew.graph.random;

import dev.clew.checkpoint.CheckpointException;
import dev.clew.checkpoint.Checkpointer;
import dev.clew.checkpoint.Claim;
import dev.clew.checkpoint.ClaimRequest;
import dev.clew.checkpoint.Write;
import dev.clew.contracts.lab.ForwardingCheckpointer;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/**
 * A store as a process sees it that dies in one of its writes: before the write is stored, or after it, but before the process
 * knows. Nothing that the process writes later is stored.
 */
final class DyingStore extends ForwardingCheckpointer {
    static final int NEVER = Integer.MAX_VALUE;

    private final int last;
    private final boolean isStored;
    private final CompletableFuture<Void> death = new CompletableFuture<>();
    private int writes;

    /**
     * A process's view of a store.
     *
     * @param last how many writes come before the one that the process dies in
     * @param isStored whether that one is stored
     */
    DyingStore(Checkpointer store, int last, boolean isStored) {
        super(store);
        this.last = last;
        this.isStored = isStored;
    }

    /** Completes when the process must die. */
    CompletableFuture<Void> death() {
        return death;
    }

    /** How many writes there were. */
    synchronized int writes() {
        return writes;
    }

    /** Counts a write; whether the process dies in it, or is dead. */
    private boolean isLast() {
        return writes++ >= last;
    }

    @Override
    public synchronized Optional<Claim> claim(ClaimRequest request, Write first) {
        if (!isLast()) {
            return super.claim(request, first);
        }
        if (isStored && !death.isDone()) {
            super.claim(request, first);
        }
        death.complete(null);
        throw dead();
    }

    @Override
    public synchronized CompletionStage<Void> write(Claim claim, Write write, boolean durable) {
        if (!isLast()) {
            return super.write(claim, write, durable);
        }
        if (isStored && !death.isDone()) {
            super.write(claim, write, durable);
        }
        death.complete(null);
        return new CompletableFuture<>();
    }

    @Override
    protected void before(String call) {
        if (death.isDone()) {
            throw dead();
        }
    }

    private static CheckpointException dead() {
        return new CheckpointException("the process is dead");
    }
}
