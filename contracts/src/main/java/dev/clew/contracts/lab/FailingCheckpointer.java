package dev.clew.contracts.lab;

import dev.clew.checkpoint.CheckpointException;
import dev.clew.checkpoint.Checkpointer;
import dev.clew.checkpoint.Claim;
import dev.clew.checkpoint.Write;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicInteger;

/** A store whose disk is full from some write on; as its contract says, no write of that claim succeeds then. */
public final class FailingCheckpointer extends ForwardingCheckpointer {
    private final AtomicInteger writes = new AtomicInteger();
    private volatile int failingFrom = Integer.MAX_VALUE;

    public FailingCheckpointer(Checkpointer store) {
        super(store);
    }

    /** The n-th write from now and all after it fail, from 0. */
    public FailingCheckpointer failFrom(int n) {
        writes.set(0);
        failingFrom = n;
        return this;
    }

    public FailingCheckpointer heal() {
        return failFrom(Integer.MAX_VALUE);
    }

    /** How many writes succeeded since the last setting. */
    public int written() {
        return Math.min(writes.get(), failingFrom);
    }

    @Override
    public CompletionStage<Void> write(Claim claim, Write write, boolean durable) {
        return writes.getAndIncrement() >= failingFrom
                ? CompletableFuture.failedFuture(new CheckpointException("the disk is full"))
                : super.write(claim, write, durable);
    }
}
