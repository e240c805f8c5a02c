package dev.clew.contracts.lab;

import dev.clew.checkpoint.Checkpointer;
import dev.clew.checkpoint.Claim;
import dev.clew.checkpoint.Write;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** A store that acknowledges writes only when its gate is opened. */
public final class GatedCheckpointer extends ForwardingCheckpointer {
    private final CompletableFuture<Void> gate = new CompletableFuture<>();

    public GatedCheckpointer(Checkpointer store) {
        super(store);
    }

    public void open() {
        gate.complete(null);
    }

    @Override
    public CompletionStage<Void> write(Claim claim, Write write, boolean durable) {
        return super.write(claim, write, durable).thenCombine(gate, (written, opened) -> null);
    }
}
