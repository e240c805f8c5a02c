package dev.clew.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.clew.checkpoint.Checkpointer;
import dev.clew.checkpoint.Claim;
import dev.clew.checkpoint.ClaimRequest;
import dev.clew.checkpoint.LeaseState;
import dev.clew.contracts.checkpoint.Rows;
import dev.clew.contracts.lab.Eventually;
import dev.clew.queue.QueuedRun;
import dev.clew.queue.RequestState;
import dev.clew.queue.RunQueue;
import dev.clew.queue.WhenOccupied;
import dev.clew.queue.WorkerRecord;
import dev.clew.state.ThreadStatus;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A row that another session has locked, such as one of psql, holds up its own thread only. */
final class LockedThreadTest {
    private static final String RUN = "run-1";
    private static final Duration LEASE = Duration.ofMinutes(1);

    private static final WorkerRecord WORKER = new WorkerRecord("ann", "q", Set.of("Lab.run"), 1, Instant.EPOCH, "");

    private Postgres db;
    private Checkpointer store;
    private Connection psql;

    @BeforeEach
    void open() throws SQLException {
        // One writer, so that all threads share its batches.
        PostgresOptions options = PostgresOptions.defaults()
                .schema(TestServer.shared().freshSchema())
                .connections(3);
        db = Postgres.of(TestServer.shared().pool(), options);
        store = db.checkpointer();
        psql = DriverManager.getConnection(TestServer.shared().url());
        psql.setAutoCommit(false);
    }

    @AfterEach
    void close() throws SQLException {
        psql.rollback();
        psql.close();
        db.close();
    }

    private Claim claim(String threadId) {
        return store.claim(new ClaimRequest(threadId, "EssayFlow.write", "ann", 0, LEASE, false), Rows.open(RUN))
                .orElseThrow();
    }

    private void lock(String threadId) throws SQLException {
        try (Statement statement = psql.createStatement()) {
            statement.execute("SELECT 1 FROM " + db.schema() + ".thread WHERE id = '" + threadId + "' FOR UPDATE");
        }
    }

    @Test
    void writesOfOtherThreadsInTheSameBatchAreStored() throws SQLException {
        Claim locked = claim("locked");
        List<Claim> others = new ArrayList<>();
        for (int i = 0; i < 10; i++) {
            others.add(claim("t" + i));
        }
        lock("locked");

        CompletableFuture<Void> waits =
                store.write(locked, Rows.log(RUN, 0, "a"), true).toCompletableFuture();
        List<CompletableFuture<Void>> stored = new ArrayList<>();
        for (Claim claim : others) {
            stored.add(store.write(claim, Rows.release(ThreadStatus.IDLE, RUN), true)
                    .toCompletableFuture());
        }
        psql.rollback();

        waits.join();
        stored.forEach(CompletableFuture::join);
        assertThat(others)
                .allSatisfy(claim -> assertThat(
                                store.thread(claim.threadId()).orElseThrow().lease())
                        .isNull());
    }

    private List<Claim> released(String... threads) {
        List<Claim> released = new ArrayList<>();
        for (String thread : threads) {
            Claim claim = claim(thread);
            store.write(claim, Rows.release(ThreadStatus.IDLE, RUN), true)
                    .toCompletableFuture()
                    .join();
            released.add(claim);
        }
        return released;
    }

    /** All share one writer. If it waited for the lock, the first claim would have failed before the others are made. */
    @Test
    void claimOfALockedThreadWaitsAndOthersOfItsWriterDoNot() throws Exception {
        List<Claim> released = released("locked", "other", "another");
        lock("locked");

        CompletableFuture<Optional<Claim>> waits = CompletableFuture.supplyAsync(() -> again(released.get(0)));
        assertThat(again(released.get(1))).isPresent();
        assertThat(again(released.get(2))).isPresent();
        assertThat(waits).isNotDone();
        psql.rollback();

        assertThat(waits.get()).isPresent();
    }

    /** As a process of any version does that stopped while it enqueued a run of the thread, or looked what is due. */
    private void lockLine(String threadId) throws SQLException {
        try (Statement statement = psql.createStatement()) {
            statement.execute("SELECT pg_advisory_xact_lock(hashtextextended('" + threadId + "', 0))");
        }
    }

    @Test
    void claimsAndReleasesWithALockedLineInTheirBatchAreStored() throws Exception {
        List<Claim> released = released("locked", "b", "c", "d");
        Claim held = claim("held");
        lockLine("locked");

        CompletableFuture<Optional<Claim>> waits = CompletableFuture.supplyAsync(() -> again(released.get(0)));
        List<CompletableFuture<Optional<Claim>>> claims = released.subList(1, 4).stream()
                .map(claim -> CompletableFuture.supplyAsync(() -> again(claim)))
                .toList();
        CompletableFuture<Void> release =
                store.write(held, Rows.release(ThreadStatus.IDLE, RUN), true).toCompletableFuture();

        for (CompletableFuture<Optional<Claim>> claim : claims) {
            assertThat(claim.get()).isPresent();
        }
        release.join();
        assertThat(waits).isNotDone();
        psql.rollback();
        assertThat(waits.get()).isPresent();
    }

    @Test
    void newThreadWhoseLineIsLockedIsMadeOnceItIsFree() throws Exception {
        lockLine("locked");

        CompletableFuture<Claim> waits = CompletableFuture.supplyAsync(() -> claim("locked"));
        assertThat(claim("other").threadId()).isEqualTo("other");
        assertThat(waits).isNotDone();
        psql.rollback();

        assertThat(waits.get().threadId()).isEqualTo("locked");
    }

    @Test
    void whatIsDueMovesBesideALockedLine() throws SQLException {
        RunQueue queue = store.queue();
        for (String thread : List.of("a", "locked", "z")) {
            queue.enqueue(due(thread), WhenOccupied.WAIT, null);
        }
        lockLine("locked");

        Eventually.until(() -> {
            queue.tend(WORKER);
            return ready(queue, "a") && ready(queue, "z");
        });
        assertThat(ready(queue, "locked")).isFalse();
        psql.rollback();

        queue.tend(WORKER);
        assertThat(ready(queue, "locked")).isTrue();
    }

    private static QueuedRun due(String threadId) {
        byte[] nothing = Rows.bytes("{}");
        return new QueuedRun(threadId, "r", "q", "Lab.run", 0, null, false, Duration.ofMillis(1), nothing, nothing);
    }

    private static boolean ready(RunQueue queue, String threadId) {
        return queue.find(threadId, "r").orElseThrow().state() == RequestState.READY;
    }

    /** What it holds, others get before they give up. */
    @Test
    void processThatStopsInATransactionLosesItsLocks() throws Exception {
        Claim claim = released("t").get(0);
        Connections connections = new Connections(
                TestServer.shared().pool(), PostgresOptions.defaults().schema(db.schema()));
        try (Session stops = connections.open()) {
            assertThatThrownBy(() -> stops.transaction(on -> {
                        QueueLines.lock(on, List.of("t"));
                        assertThat(again(claim)).isPresent();
                        return true;
                    }))
                    .isInstanceOfSatisfying(
                            SQLException.class,
                            lost -> assertThat(PostgresFailures.isConnectionLost(lost))
                                    .isTrue());
        }
    }

    @Test
    void writesOfALockedThreadAreStoredInTheirOrderOnceItIsFree() throws Exception {
        Claim locked = claim("locked");
        Claim other = claim("other");
        lock("locked");
        List<CompletableFuture<Void>> waiting = new ArrayList<>();
        for (int place = 0; place < 5; place++) {
            waiting.add(
                    store.write(locked, Rows.log(RUN, place, "a" + place), true).toCompletableFuture());
            store.write(other, Rows.log(RUN, place, "b" + place), true)
                    .toCompletableFuture()
                    .join();
        }
        waiting.add(
                store.write(locked, Rows.release(ThreadStatus.IDLE, RUN), true).toCompletableFuture());
        assertThat(waiting.get(0)).isNotDone();
        psql.rollback();

        waiting.forEach(CompletableFuture::join);
        List<Long> places = new ArrayList<>();
        store.scan("locked", RUN, 0, entry -> places.add(entry.seq()));
        assertThat(places).containsExactly(0L, 1L, 2L, 3L, 4L);
        assertThat(store.thread("locked").orElseThrow().lease()).isNull();
    }

    private Optional<Claim> again(Claim before) {
        return store.claim(
                new ClaimRequest(before.threadId(), "EssayFlow.write", "bob", before.epoch(), LEASE, false),
                Rows.status(ThreadStatus.RUNNING, RUN));
    }

    @Test
    void writeOfALockedThreadFailsAloneWhenItsPatienceEnds() throws SQLException {
        Claim locked = claim("locked");
        Claim other = claim("other");
        lock("locked");

        CompletableFuture<Void> fails =
                store.write(locked, Rows.log(RUN, 0, "a"), true).toCompletableFuture();
        CompletableFuture<Void> stored =
                store.write(other, Rows.log(RUN, 0, "a"), true).toCompletableFuture();

        stored.join();
        assertThat(fails)
                .failsWithin(Duration.ofSeconds(30))
                .withThrowableThat()
                .havingRootCause()
                .withMessageContaining("lock timeout");
        psql.rollback();
        assertThat(store.renew(List.of(locked), LEASE)).containsEntry(locked, LeaseState.HELD);
    }

    @Test
    void renewalOfALockedThreadIsNeitherHeldNorLostAndTheOthersAreRenewed() throws SQLException {
        Claim locked = claim("locked");
        Claim other = claim("other");
        lock("locked");

        Map<Claim, LeaseState> found = store.renew(List.of(locked, other), LEASE);

        assertThat(found).isEqualTo(Map.of(other, LeaseState.HELD));
    }

    @Test
    void renewalPassesAnAppendThatIsNotCommittedYet() throws SQLException {
        Claim claim = claim("t");
        try (Statement statement = psql.createStatement()) {
            statement.execute("SELECT 1 FROM " + db.schema() + ".thread WHERE id = 't' FOR KEY SHARE");
        }

        assertThat(store.renew(List.of(claim), LEASE)).containsEntry(claim, LeaseState.HELD);
    }
}
