package dev.clew.sqlite;

import dev.clew.checkpoint.CheckpointException;
import dev.clew.checkpoint.Checkpointer;
import dev.clew.checkpoint.Claim;
import dev.clew.checkpoint.ClaimRequest;
import dev.clew.checkpoint.ThreadRecord;
import dev.clew.checkpoint.Write;
import dev.clew.contracts.checkpoint.Rows;
import dev.clew.sqlite.Request.Kind;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CountDownLatch;

/** Short words for what the tests of this module do to a database. */
final class Db {
    static final String RUN = "run-1";

    private Db() {}

    static ClaimRequest request(String threadId, String owner, long epoch) {
        return new ClaimRequest(threadId, "EssayFlow.write", owner, epoch, Duration.ofSeconds(30), false);
    }

    static Claim claim(Sqlite db, String threadId) {
        long epoch = db.checkpointer().thread(threadId).map(ThreadRecord::epoch).orElse(0L);
        return tryClaim(db.checkpointer(), threadId, "ann", epoch).orElseThrow();
    }

    static Optional<Claim> tryClaim(Checkpointer checkpointer, String threadId, String owner, long epoch) {
        return checkpointer.claim(request(threadId, owner, epoch), Rows.open(RUN + "-of-" + owner + "-" + epoch));
    }

    /** Claims a new thread with run {@link #RUN}. */
    static Claim open(Sqlite db, String threadId) {
        return db.checkpointer()
                .claim(request(threadId, "ann", 0), Rows.open(RUN))
                .orElseThrow();
    }

    static CompletionStage<Void> append(Sqlite db, Claim claim, long seq, boolean durable) {
        return db.checkpointer().write(claim, Rows.log(RUN, seq, "e" + seq), durable);
    }

    static void write(Sqlite db, Claim claim, Write write) {
        db.checkpointer().write(claim, write, true).toCompletableFuture().join();
    }

    static List<String> log(Sqlite db, String threadId) {
        List<String> entries = new ArrayList<>();
        db.checkpointer().scan(threadId, RUN, 0, entry -> entries.add(entry.seq() + ":" + new String(entry.bytes())));
        return entries;
    }

    /** What a stage failed with. */
    static CheckpointException failure(CompletionStage<Void> stage) {
        try {
            stage.toCompletableFuture().join();
        } catch (CompletionException e) {
            return (CheckpointException) e.getCause();
        }
        throw new AssertionError("it did not fail");
    }

    /** Stops the writer in the middle of a group until the result is counted down; what is written meanwhile waits. */
    static CountDownLatch holdWriter(Sqlite db) throws InterruptedException {
        CountDownLatch held = new CountDownLatch(1);
        CountDownLatch letGo = new CountDownLatch(1);
        db.writer().submit(new Request<>(Kind.overtaking(1), session -> {
            held.countDown();
            await(letGo);
            return true;
        }));
        held.await();
        return letGo;
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
