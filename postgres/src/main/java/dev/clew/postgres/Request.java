package dev.clew.postgres;

import dev.clew.checkpoint.CheckpointException;
import dev.clew.checkpoint.CheckpointRecord;
import dev.clew.checkpoint.Claim;
import dev.clew.checkpoint.ClaimRequest;
import dev.clew.checkpoint.LogRecord;
import dev.clew.checkpoint.RequestTakenException;
import dev.clew.checkpoint.Write;
import dev.clew.index.RequestRecord;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/**
 * A write, or a claim with its first write, that waits for a writer.
 *
 * @param wanted the claim that is wanted; null for a write
 * @param claim the claim that is written under; null for a claim
 * @param write what is written
 * @param durable whether it must survive the power loss of the server
 * @param bytes about how much memory it holds while it waits
 * @param result the claim that it was made under, or nothing if the claim was refused
 * @param readied whether requests of queues became READY with it; known when there is a result
 */
record Request(
        @Nullable ClaimRequest wanted,
        @Nullable Claim claim,
        Write write,
        boolean durable,
        long bytes,
        CompletableFuture<Optional<Claim>> result,
        AtomicBoolean readied) {
    static Request write(Claim claim, Write write, boolean durable) {
        return new Request(null, claim, write, durable, size(write), new CompletableFuture<>(), new AtomicBoolean());
    }

    static Request claim(ClaimRequest wanted, Write first) {
        return new Request(wanted, null, first, true, size(first), new CompletableFuture<>(), new AtomicBoolean());
    }

    String threadId() {
        return wanted != null
                ? wanted.threadId()
                : Objects.requireNonNull(claim).threadId();
    }

    /** Whether it wants the first claim of a thread. */
    boolean isOfNewThread() {
        return wanted != null && wanted.expectedEpoch() == 0;
    }

    /** What its caller is told if the id of its record is taken; the other thing if it has none. */
    CheckpointException takenOr(CheckpointException otherwise) {
        RequestRecord stored = write.request();
        return stored == null ? otherwise : new RequestTakenException(threadId(), stored.requestId());
    }

    void fail(CheckpointException why) {
        result.completeExceptionally(why);
    }

    private static long size(Write write) {
        long bytes = 256;
        for (LogRecord entry : write.log()) {
            bytes += 64 + entry.bytes().length;
        }
        for (CheckpointRecord checkpoint : write.checkpoints()) {
            for (byte[] value : checkpoint.values().values()) {
                bytes += 256 + value.length;
            }
        }
        return bytes;
    }
}
