package dev.clew.sqlite;

import static org.assertj.core.api.Assertions.assertThat;

import dev.clew.checkpoint.CheckpointException;
import dev.clew.checkpoint.Claim;
import dev.clew.checkpoint.LogRecord;
import dev.clew.checkpoint.Write;
import dev.clew.contracts.checkpoint.Contenders;
import dev.clew.contracts.checkpoint.Rows;
import dev.clew.contracts.lab.MutableClock;
import dev.clew.sqlite.Request.Kind;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CountDownLatch;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(30)
final class GroupCommitTest {
    @TempDir
    Path folder;

    private final MutableClock clock = new MutableClock();
    private Sqlite db;

    @BeforeEach
    void open() {
        db = Sqlite.open(folder.resolve("threads.db"), clock);
    }

    @AfterEach
    void close() {
        db.close();
    }

    @Test
    void writesThatWaitShareOneCommit() throws Exception {
        List<Claim> claims = claims(64);
        long before = db.writer().commits().count();
        CountDownLatch letGo = Db.holdWriter(db);
        List<CompletionStage<Void>> writes =
                claims.stream().map(claim -> Db.append(db, claim, 0, true)).toList();

        letGo.countDown();
        writes.forEach(write -> write.toCompletableFuture().join());

        // One for the request that held the writer, one for all of them.
        assertThat(db.writer().commits().count() - before).isEqualTo(2);
    }

    @Test
    void concurrentDurableWritersShareCommits() throws Exception {
        int writers = 64;
        int each = 20;
        List<Claim> claims = claims(writers);
        long before = db.writer().commits().count();

        Contenders.race(writers, i -> {
            for (int seq = 0; seq < each; seq++) {
                Db.append(db, claims.get(i), seq, true).toCompletableFuture().join();
            }
            return i;
        });

        assertThat(db.writer().commits().count() - before).isLessThan(writers * each / 2);
    }

    @Tag("B210")
    @Test
    void refusedWriteInAGroupFailsAlone() throws Exception {
        List<Claim> claims = claims(3);
        CountDownLatch letGo = Db.holdWriter(db);
        var first = Db.append(db, claims.get(0), 0, true);
        var refused = db.checkpointer()
                .write(
                        claims.get(1),
                        Rows.checkpoints(Rows.checkpoint("new", null, Map.of()), Rows.input(Db.RUN)),
                        true);
        var second = Db.append(db, claims.get(2), 0, true);

        letGo.countDown();

        assertThat(Db.failure(refused)).isExactlyInstanceOf(CheckpointException.class);
        first.toCompletableFuture().join();
        second.toCompletableFuture().join();
        assertThat(Db.log(db, "essay-0")).hasSize(1);
        assertThat(Db.log(db, "essay-2")).hasSize(1);
    }

    @Tag("B210")
    @Test
    void commitThatFailsStoresNothingAndFinishesTheClaimsInIt() throws Exception {
        List<Claim> claims = claims(3);
        CountDownLatch letGo = fillDisk();
        var small = Db.append(db, claims.get(0), 0, true);
        var large = db.checkpointer().write(claims.get(1), large(0), true);

        letGo.countDown();

        assertThat(Db.failure(small)).hasMessageContaining("disk is full");
        assertThat(Db.failure(large)).hasMessageContaining("disk is full");
        assertThat(Db.log(db, "essay-0")).isEmpty();
        assertThat(Db.log(db, "essay-1")).isEmpty();
        // By now the disk has room again, but these two claims have lost a write.
        assertThat(Db.failure(Db.append(db, claims.get(0), 0, true))).hasMessageContaining("earlier write");
        assertThat(Db.failure(db.checkpointer().write(claims.get(1), large(0), true)))
                .hasMessageContaining("earlier write");
        Db.append(db, claims.get(2), 0, true).toCompletableFuture().join();
    }

    @Test
    void threadOfAFailedCommitIsClaimedAgain() throws Exception {
        Claim claim = Db.open(db, "essay-1");
        CountDownLatch letGo = fillDisk();
        var large = db.checkpointer().write(claim, large(0), true);
        letGo.countDown();
        Db.failure(large);
        clock.advance(Duration.ofSeconds(30));

        Claim next = Db.claim(db, "essay-1");
        Db.write(db, next, large(0));

        assertThat(Db.log(db, "essay-1")).hasSize(1);
    }

    @Test
    void emptyDurableWriteChangesAPageSoThatTheLogIsSynced() {
        Claim claim = Db.open(db, "essay-1");
        Db.append(db, claim, 0, false).toCompletableFuture().join();
        clock.advance(Duration.ofSeconds(1));

        Db.write(db, claim, Rows.checkpoints());

        assertThat(db.checkpointer().thread("essay-1").orElseThrow().updatedAt())
                .isEqualTo(clock.instant());
    }

    @Test
    void smallEntryCostsAHundredBytesOfTheFileOrSo() throws Exception {
        List<Claim> claims = claims(10);
        int entries = 2_000;
        db.close();
        long before = Files.size(folder.resolve("threads.db"));
        open();

        for (int seq = 0; seq < entries; seq++) {
            Write write = Rows.log(Db.RUN, seq, "a small entry of 32 bytes or so.");
            claims.forEach(claim -> db.checkpointer().write(claim, write, false));
        }
        db.close();

        long growth = Files.size(folder.resolve("threads.db")) - before;
        assertThat((double) growth / (entries * claims.size())).isLessThan(120);
    }

    @Test
    void largeEntriesCostLittleMoreThanTheirBytes() throws Exception {
        Claim claim = Db.open(db, "essay-1");
        db.close();
        long before = Files.size(folder.resolve("threads.db"));
        open();
        for (int seq = 0; seq < 20; seq++) {
            db.checkpointer().write(claim, large(seq), false);
        }
        db.close();

        assertThat(Files.size(folder.resolve("threads.db")) - before).isLessThan((long) (20 * 100_000 * 1.1));
    }

    private List<Claim> claims(int count) {
        return IntStream.range(0, count)
                .mapToObj(i -> Db.open(db, "essay-" + i))
                .toList();
    }

    private static Write large(long seq) {
        return Write.log(Db.RUN, List.of(new LogRecord(seq, new byte[100_000])));
    }

    /** Holds the writer; what it writes next finds no room. The connection after that one has room again. */
    private CountDownLatch fillDisk() throws InterruptedException {
        db.writer().call(new Request<>(Kind.overtaking(1), session -> {
            long pages =
                    session.first("PRAGMA page_count", row -> row.getLong(1)).orElseThrow();
            session.execute("PRAGMA max_page_count = " + pages);
            return true;
        }));
        return Db.holdWriter(db);
    }
}
