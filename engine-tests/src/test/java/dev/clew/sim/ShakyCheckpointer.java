package dev.clew.sim;

import dev.clew.checkpoint.CheckpointException;
import dev.clew.checkpoint.Checkpointer;
import dev.clew.checkpoint.Claim;
import dev.clew.checkpoint.ClaimRequest;
import dev.clew.checkpoint.Write;
import dev.clew.contracts.lab.ForwardingCheckpointer;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** One process's way to a store that others use too: it breaks, or its process dies, at the write that a test names. */
final class ShakyCheckpointer extends ForwardingCheckpointer {
    /** What happens at the n-th write. */
    enum Trouble {
        /** The write, and all later ones of its claim, fail. */
        FAILS,
        /** The write is stored and fails, as do all later ones of its claim. */
        FAILS_STORED,
        /** The process dies: this write and whatever follows is never heard of. */
        DIES,
        /** Likewise, but the write is stored. */
        DIES_STORED
    }

    private final World world;
    private final List<CompletableFuture<Void>> unheard = new ArrayList<>();
    private final Set<Claim> broken = new HashSet<>();
    private int left = Integer.MAX_VALUE;
    private Trouble trouble = Trouble.FAILS;
    private boolean dead;

    ShakyCheckpointer(Checkpointer store, World world) {
        super(store);
        this.world = world;
    }

    /** After n more writes there will be trouble. */
    synchronized void arm(int n, Trouble what) {
        left = n;
        trouble = what;
    }

    synchronized boolean isDead() {
        return dead;
    }

    /** Whoever waited for a dead process's writes is told that it died. */
    synchronized void revive() {
        dead = false;
        left = Integer.MAX_VALUE;
        unheard.forEach(write -> write.completeExceptionally(new CheckpointException("the process died")));
        unheard.clear();
    }

    @Override
    public synchronized Optional<Claim> claim(ClaimRequest request, Write first) {
        if (dead || left == 0) {
            if (left == 0) {
                left = Integer.MAX_VALUE;
                dead = trouble == Trouble.DIES || trouble == Trouble.DIES_STORED;
                if (trouble == Trouble.FAILS_STORED || trouble == Trouble.DIES_STORED) {
                    Optional<Claim> unknown = super.claim(request, first);
                    unknown.ifPresent(claim -> world.stored(claim, first));
                }
            }
            throw new CheckpointException("the claim was not heard of");
        }
        left--;
        Optional<Claim> claim = super.claim(request, first);
        claim.ifPresent(stored -> world.stored(stored, first));
        return claim;
    }

    @Override
    public synchronized CompletionStage<Void> write(Claim claim, Write write, boolean durable) {
        if (dead) {
            return unheard();
        }
        if (broken.contains(claim)) {
            return failed();
        }
        if (left-- > 0) {
            return store(claim, write, durable);
        }
        left = Integer.MAX_VALUE;
        if (trouble == Trouble.FAILS_STORED || trouble == Trouble.DIES_STORED) {
            store(claim, write, durable).toCompletableFuture().join();
        }
        if (trouble == Trouble.FAILS || trouble == Trouble.FAILS_STORED) {
            broken.add(claim);
            return failed();
        }
        dead = true;
        return unheard();
    }

    private CompletionStage<Void> store(Claim claim, Write write, boolean durable) {
        CompletionStage<Void> stored = super.write(claim, write, durable);
        return stored.whenComplete((done, refused) -> {
            if (refused == null) {
                world.stored(claim, write);
            }
        });
    }

    private static CompletionStage<Void> failed() {
        return CompletableFuture.failedFuture(new CheckpointException("the disk is full"));
    }

    private CompletionStage<Void> unheard() {
        CompletableFuture<Void> never = new CompletableFuture<>();
        unheard.add(never);
        return never;
    }
}
