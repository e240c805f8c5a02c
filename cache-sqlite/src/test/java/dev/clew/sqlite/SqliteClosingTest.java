package dev.clew.sqlite;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.clew.cache.CacheKey;
import dev.clew.cache.TaskCache;
import dev.clew.checkpoint.CheckpointException;
import dev.clew.checkpoint.Checkpointer;
import dev.clew.checkpoint.Claim;
import dev.clew.checkpoint.Deletion;
import dev.clew.contracts.checkpoint.Rows;
import dev.clew.contracts.lab.Eventually;
import dev.clew.state.CheckpointQuery;
import dev.clew.state.ThreadQuery;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CountDownLatch;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(20)
final class SqliteClosingTest {
    @TempDir
    Path folder;

    @Test
    void closingWritesWhatIsWaiting() throws Exception {
        Path file = folder.resolve("threads.db");
        Sqlite db = Sqlite.open(file);
        Claim claim = Db.open(db, "essay-1");
        CountDownLatch letGo = Db.holdWriter(db);
        List<CompletionStage<Void>> waiting = new ArrayList<>();
        for (int seq = 0; seq < 500; seq++) {
            waiting.add(Db.append(db, claim, seq, false));
        }

        CompletableFuture<Void> closing = CompletableFuture.runAsync(db::close, command -> new Thread(command).start());
        letGo.countDown();
        closing.join();

        assertThat(waiting)
                .allSatisfy(stage -> assertThat(stage.toCompletableFuture()).isCompleted());
        try (Sqlite again = Sqlite.open(file)) {
            assertThat(Db.log(again, "essay-1")).hasSize(500);
        }
    }

    @Test
    void callsAfterClosingFail() {
        Sqlite db = Sqlite.open(folder.resolve("threads.db"));
        Claim claim = Db.open(db, "essay-1");
        Checkpointer closed = db.checkpointer();
        TaskCache cache = db.cache();
        CacheKey key = new CacheKey("com.acme.Flow", "compose()", "1", "a1");
        db.close();

        assertThat(Db.failure(Db.append(db, claim, 0, true))).hasMessageContaining("is closed");
        fails(() -> closed.thread("essay-1"));
        fails(() -> closed.run("essay-1", Db.RUN));
        fails(() -> closed.scan("essay-1", Db.RUN, 0, entry -> {}));
        fails(() -> closed.checkpoints(CheckpointQuery.of("essay-1")));
        fails(() -> closed.threads(ThreadQuery.all()));
        fails(() -> closed.claim(Db.request("essay-2", "ann", 0), Rows.open(Db.RUN)));
        fails(() -> closed.renew(List.of(claim), Duration.ofSeconds(1)));
        fails(() -> closed.requestCancel("essay-1", 1));
        fails(() -> cache.get(key));
        fails(() -> cache.put(key, new byte[1], null));
        fails(() -> cache.clear());
        fails(() -> cache.clear("com.acme.Flow", "compose()"));
        fails(() -> closed.delete(Deletion.thread("essay-1", claim.epoch())));
    }

    @Test
    void closingTwiceDoesNothing() {
        Sqlite db = Sqlite.open(folder.resolve("threads.db"));

        db.close();
        db.close();
    }

    @Test
    void closedFileIsOneFile() {
        try (Sqlite db = Sqlite.open(folder.resolve("threads.db"))) {
            Db.open(db, "essay-1");
            db.checkpointer().thread("essay-1");
        }

        assertThat(folder.toFile().list()).containsExactly("threads.db");
    }

    @Test
    void closingWhileOthersWriteEndsEveryStage() throws Exception {
        Sqlite db = Sqlite.open(folder.resolve("threads.db"));
        List<Claim> claims = new ArrayList<>();
        for (int i = 0; i < 4; i++) {
            claims.add(Db.open(db, "essay-" + i));
        }
        List<CompletableFuture<Integer>> writers = new ArrayList<>();
        for (Claim claim : claims) {
            writers.add(
                    CompletableFuture.supplyAsync(() -> writeUntilClosed(db, claim), task -> new Thread(task).start()));
        }

        Eventually.until(() -> db.checkpointer().thread("essay-0").isEmpty()
                || Db.log(db, "essay-3").size() >= 20);
        db.close();

        List<Integer> acknowledged =
                writers.stream().map(CompletableFuture::join).toList();
        try (Sqlite again = Sqlite.open(folder.resolve("threads.db"))) {
            for (int i = 0; i < 4; i++) {
                assertThat(Db.log(again, "essay-" + i)).hasSize(acknowledged.get(i));
            }
        }
    }

    private static int writeUntilClosed(Sqlite db, Claim claim) {
        for (int seq = 0; ; seq++) {
            try {
                Db.append(db, claim, seq, true).toCompletableFuture().join();
            } catch (CompletionException e) {
                return seq;
            }
        }
    }

    private static void fails(ThrowingCallable call) {
        assertThatExceptionOfType(CheckpointException.class).isThrownBy(call).withMessageContaining("is closed");
    }
}
