package dev.clew.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.clew.checkpoint.Checkpointer;
import dev.clew.checkpoint.Claim;
import dev.clew.checkpoint.ClaimRequest;
import dev.clew.checkpoint.Deletion;
import dev.clew.contracts.checkpoint.Rows;
import dev.clew.contracts.lab.Eventually;
import dev.clew.queue.Enqueued;
import dev.clew.queue.QueuedRun;
import dev.clew.queue.WhenOccupied;
import dev.clew.state.ThreadQuery;
import dev.clew.state.ThreadStatus;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletionStage;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Deletions of many threads share transactions, and each has the result that it would have had alone. */
final class ManyDeletionsTest {
    private static final String RUN = "run-1";

    private final TestServer server = TestServer.shared();
    private Postgres db;
    private Checkpointer store;

    @BeforeEach
    void open() {
        db = Postgres.of(server.pool(), PostgresOptions.defaults().schema(server.freshSchema()));
        store = db.checkpointer();
    }

    @AfterEach
    void close() {
        db.close();
    }

    private Claim claim(String threadId) {
        return store.claim(
                        new ClaimRequest(threadId, "EssayFlow.write", "ann", 0, Duration.ofMinutes(1), false),
                        Rows.open(RUN))
                .orElseThrow();
    }

    private Claim released(String threadId) {
        Claim claim = claim(threadId);
        store.write(claim, Rows.log(RUN, 0, "a"), true);
        store.write(claim, Rows.release(ThreadStatus.IDLE, RUN), true)
                .toCompletableFuture()
                .join();
        return claim;
    }

    private static Deletion deletion(Claim claim) {
        return Deletion.thread(claim.threadId(), claim.epoch()).unlessRequested();
    }

    private List<Boolean> submit(List<Deletion> deletions) {
        List<CompletionStage<Boolean>> stages =
                deletions.stream().map(store::submit).toList();
        return stages.stream().map(stage -> stage.toCompletableFuture().join()).toList();
    }

    @Test
    void hundredsOfThreadsAreDeletedByFewTransactions() throws SQLException {
        server.execute(
                "CREATE TABLE {s}.ended (tx xid8); CREATE FUNCTION {s}.note() RETURNS trigger LANGUAGE plpgsql AS $$"
                                .replace("{s}", db.schema())
                        + " BEGIN INSERT INTO {s}.ended VALUES (pg_current_xact_id()); RETURN NULL; END $$;"
                                .replace("{s}", db.schema())
                        + " CREATE TRIGGER notes AFTER DELETE ON {s}.thread FOR EACH ROW EXECUTE FUNCTION {s}.note()"
                                .replace("{s}", db.schema()));
        List<Deletion> all = new ArrayList<>();
        for (int i = 0; i < 300; i++) {
            all.add(deletion(released("t" + i)));
        }

        assertThat(submit(all)).hasSize(300).containsOnly(true);

        assertThat(store.threads(ThreadQuery.all())).isEmpty();
        for (String table : List.of("log", "run", "checkpoint")) {
            assertThat(server.number("SELECT count(*) FROM " + db.schema() + "." + table))
                    .isZero();
        }
        assertThat(server.number("SELECT count(*) FROM " + db.schema() + ".ended"))
                .isEqualTo(300);
        assertThat(server.number("SELECT count(DISTINCT tx) FROM " + db.schema() + ".ended"))
                .isLessThan(100);
    }

    @Test
    void eachDeletionHasItsOwnResult() {
        Claim free = released("free");
        Claim owned = claim("owned");
        Claim outdated = released("outdated");
        Claim requested = released("requested");
        byte[] nothing = Rows.bytes("{}");
        QueuedRun request = new QueuedRun(
                "requested", "r", "q", "EssayFlow.write", 0, null, false, Duration.ZERO, nothing, nothing);
        assertThat(store.queue().enqueue(request, WhenOccupied.WAIT, null)).isEqualTo(Enqueued.ADDED);
        Claim pruned = released("pruned");

        assertThat(submit(List.of(
                        deletion(free),
                        deletion(owned),
                        Deletion.thread("outdated", outdated.epoch() - 1).unlessRequested(),
                        deletion(requested),
                        Deletion.thread("absent", 0).unlessRequested(),
                        Deletion.thread("pruned", pruned.epoch()),
                        deletion(free))))
                .containsExactly(true, false, false, false, true, true, true);

        assertThat(store.threads(ThreadQuery.all()))
                .extracting(thread -> thread.threadId())
                .containsExactly("outdated", "owned", "requested");
    }

    /** As a thread does whose log is too long to be deleted in the time that a statement has. */
    @Test
    void oneThatFailsKeepsNoOther() throws SQLException {
        server.execute(("CREATE FUNCTION {s}.fail() RETURNS trigger LANGUAGE plpgsql AS $$"
                        + " BEGIN RAISE 'too long' USING ERRCODE = '57014'; END $$;"
                        + " CREATE TRIGGER fails BEFORE DELETE ON {s}.thread FOR EACH ROW WHEN (OLD.id = 't50')"
                        + " EXECUTE FUNCTION {s}.fail()")
                .replace("{s}", db.schema()));
        List<Deletion> all = new ArrayList<>();
        for (int i = 0; i < 100; i++) {
            all.add(deletion(released("t" + i)));
        }

        assertThatThrownBy(() -> submit(all)).hasStackTraceContaining("too long");

        Eventually.until(() -> store.threads(ThreadQuery.all()).size() == 1);
        assertThat(store.thread("t50")).isPresent();
    }
}
