package dev.clew.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import dev.clew.checkpoint.Checkpointer;
import dev.clew.checkpoint.Claim;
import dev.clew.checkpoint.ClaimRequest;
import dev.clew.contracts.checkpoint.Rows;
import dev.clew.contracts.lab.Eventually;
import dev.clew.contracts.lab.MutableClock;
import dev.clew.queue.WorkerRecord;
import dev.clew.state.ThreadStatus;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The rows by which lost answers are settled are removed when their processes are gone. */
final class WriterRowTest {
    private final TestServer server = TestServer.shared();
    private final MutableClock clock = new MutableClock();

    @TempDir
    private Path folder;

    private Postgres open() throws Exception {
        return server.open(folder, clock);
    }

    private static Claim claim(Postgres db, String threadId) {
        return db.checkpointer()
                .claim(
                        new ClaimRequest(threadId, "EssayFlow.write", "ann", 0, Duration.ofDays(1), false),
                        Rows.open("r"))
                .orElseThrow();
    }

    private static void tend(Postgres db) {
        Checkpointer store = db.checkpointer();
        store.queue().tend(new WorkerRecord("bob", "q", Set.of("EssayFlow.write"), 1, store.now()));
    }

    @Test
    void rowsThatWereNotSeenForTenMinutesAreRemovedAndTheirWritersGoOn() throws Exception {
        try (Postgres idle = open();
                Postgres other = open()) {
            Claim claim = claim(idle, "a");
            clock.advance(Duration.ofMinutes(10));
            tend(other);
            assertThat(server.count(folder, "worker"))
                    .as("ten minutes are not too long")
                    .isEqualTo(1);

            clock.advance(Duration.ofNanos(1));
            tend(other);
            assertThat(server.count(folder, "worker")).isZero();

            idle.checkpointer()
                    .write(claim, Rows.status(ThreadStatus.RUNNING, "r"), true)
                    .toCompletableFuture()
                    .join();
            claim(idle, "b");
            assertThat(server.count(folder, "worker")).isPositive();
        }
    }

    @Test
    void aRowOfAWriterThatIsThereStays() throws Exception {
        try (Postgres busy = open();
                Postgres other = open()) {
            claim(busy, "a");
            for (int i = 0; i < 4; i++) {
                clock.advance(Duration.ofMinutes(6));
                Claim unused = claim(busy, "a" + i);
                tend(other);
            }
            assertThat(server.count(folder, "worker")).isPositive();
        }
    }

    @Test
    void aWriterWhoseRowIsGoneUnexpectedlyMakesItAnew() throws Exception {
        try (Postgres suspended = open()) {
            Claim claim = claim(suspended, "a");
            server.execute(folder, "DELETE FROM {s}.worker");
            suspended
                    .checkpointer()
                    .write(claim, Rows.status(ThreadStatus.RUNNING, "r"), true)
                    .toCompletableFuture()
                    .join();
            server.execute(folder, "DELETE FROM {s}.worker");

            assertThat(claim(suspended, "b").epoch()).isPositive();
            assertThat(suspended.checkpointer().thread("b").orElseThrow().head().runId())
                    .isEqualTo("r");
        }
    }

    /** As if the answer to a batch was lost, nothing found out what became of it, and the old connection stored it after all. */
    private void countOn() throws Exception {
        server.execute(folder, "UPDATE {s}.worker SET batch = batch + 10");
    }

    @Test
    void batchesFollowOnOneThatWasStoredLate() throws Exception {
        try (Postgres db = open()) {
            Claim claim = claim(db, "a");
            countOn();
            Claim other = claim(db, "b");
            assertThat(db.checkpointer().thread("b").orElseThrow().epoch()).isEqualTo(other.epoch());

            countOn();
            db.checkpointer()
                    .write(claim, Rows.status(ThreadStatus.BLOCKED, "r"), true)
                    .toCompletableFuture()
                    .join();
            assertThat(db.checkpointer().thread("a").orElseThrow().head().status())
                    .isEqualTo(ThreadStatus.BLOCKED);
        }
    }

    @Test
    void batchThatWaitsForAThreadFollowsOnOneThatWasStoredLate() throws Exception {
        try (Postgres db = open();
                Connection psql = DriverManager.getConnection(server.url());
                Statement statement = psql.createStatement()) {
            Claim claim = claim(db, "a");
            psql.setAutoCommit(false);
            statement.execute("SELECT 1 FROM " + db.schema() + ".thread FOR UPDATE");
            CompletableFuture<Void> waits = db.checkpointer()
                    .write(claim, Rows.status(ThreadStatus.BLOCKED, "r"), true)
                    .toCompletableFuture();
            Eventually.until(() -> isWaitedFor(statement));
            countOn();
            psql.rollback();

            waits.join();
            assertThat(db.checkpointer().thread("a").orElseThrow().head().status())
                    .isEqualTo(ThreadStatus.BLOCKED);
        }
    }

    private static boolean isWaitedFor(Statement holder) {
        try (ResultSet row = holder.executeQuery(
                "SELECT count(*) FROM pg_stat_activity WHERE pg_backend_pid() = ANY (pg_blocking_pids(pid))")) {
            return row.next() && row.getLong(1) > 0;
        } catch (SQLException e) {
            throw new AssertionError(e);
        }
    }
}
