package dev.clew.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.clew.checkpoint.CheckpointException;
import dev.clew.checkpoint.Checkpointer;
import dev.clew.checkpoint.Claim;
import dev.clew.checkpoint.ClaimRequest;
import dev.clew.contracts.checkpoint.Rows;
import dev.clew.queue.Enqueued;
import dev.clew.queue.QueuedRun;
import dev.clew.queue.WhenOccupied;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletionStage;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.postgresql.ds.PGSimpleDataSource;

/** What is durable waits for the server's disk, whatever the connection, the role or the database says; what is not does not. */
final class SynchronousCommitTest {
    private final TestServer server = TestServer.shared();
    private final String schema = server.freshSchema();

    /** The server says itself what each row was inserted with. */
    private void record() throws SQLException {
        server.execute("""
                CREATE TABLE {s}.seen (place serial, at text, thread text, value text);
                CREATE FUNCTION {s}.see() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN
                INSERT INTO {s}.seen (at, thread, value)
                VALUES (TG_TABLE_NAME, to_jsonb(NEW) ->> 'thread_id', current_setting('synchronous_commit')); RETURN NULL;
                END $$;
                CREATE TRIGGER sees AFTER INSERT ON {s}.log FOR EACH ROW EXECUTE FUNCTION {s}.see();
                CREATE TRIGGER sees AFTER INSERT ON {s}.thread FOR EACH ROW EXECUTE FUNCTION {s}.see();
                CREATE TRIGGER sees AFTER INSERT ON {s}.request FOR EACH ROW EXECUTE FUNCTION {s}.see()""".replace("{s}", schema));
    }

    private List<String> seen() throws SQLException {
        List<String> seen = new ArrayList<>();
        try (Connection connection = server.pool().getConnection();
                Statement statement = connection.createStatement();
                ResultSet rows =
                        statement.executeQuery("SELECT at || ' ' || value FROM " + schema + ".seen ORDER BY place")) {
            while (rows.next()) {
                seen.add(rows.getString(1));
            }
        }
        return seen;
    }

    @ParameterizedTest
    @CsvSource({
        "on, on, false",
        "off, on, false",
        "local, on, false",
        "remote_apply, remote_apply, false",
        "off, on, true",
        "remote_apply, remote_apply, true"
    })
    void durableWritesAndRequestsWaitForTheDiskAndOthersDoNot(String theirs, String expected, boolean pollsOnly)
            throws SQLException {
        PGSimpleDataSource source = new PGSimpleDataSource();
        source.setUrl(server.url());
        source.setOptions("-c synchronous_commit=" + theirs);
        PostgresOptions options = PostgresOptions.defaults().schema(schema);
        try (Postgres db = Postgres.of(source, pollsOnly ? options.pollOnly() : options)) {
            record();
            Checkpointer store = db.checkpointer();
            Claim claim = claim(store, "t");
            for (int place = 0; place < 4; place++) {
                store.write(claim, Rows.log("r", place, "a"), place % 2 == 1)
                        .toCompletableFuture()
                        .join();
            }
            assertThat(store.queue().enqueue(request("a"), WhenOccupied.WAIT, null))
                    .isEqualTo(Enqueued.ADDED);
            assertThat(store.queue().addToFreeThread(request("b"))).isTrue();

            assertThat(seen())
                    .containsExactly(
                            "thread " + expected,
                            "log off",
                            "log " + expected,
                            "log off",
                            "log " + expected,
                            "request " + expected,
                            "request " + expected);
        }
    }

    private static Claim claim(Checkpointer store, String threadId) {
        return store.claim(
                        new ClaimRequest(threadId, "EssayFlow.write", "ann", 0, Duration.ofMinutes(1), false),
                        Rows.open("r"))
                .orElseThrow();
    }

    private static QueuedRun request(String threadId) {
        byte[] nothing = Rows.bytes("{}");
        return new QueuedRun(threadId, "r", "q", "EssayFlow.write", 0, null, false, Duration.ZERO, nothing, nothing);
    }

    /** Writes that share a commit: one durable write makes all of it durable. */
    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void batchIsAsDurableAsItsMostDurableWrite(boolean pollsOnly) throws SQLException {
        PostgresOptions options = PostgresOptions.defaults().schema(schema);
        try (Postgres db = Postgres.of(server.pool(), pollsOnly ? options.pollOnly() : options)) {
            Checkpointer store = db.checkpointer();
            List<Claim> claims = new ArrayList<>();
            for (int i = 0; i < 20; i++) {
                claims.add(claim(store, "t" + i));
            }
            record();

            List<CompletionStage<Void>> stages = new ArrayList<>();
            for (Claim claim : claims) {
                boolean durable = claim.threadId().endsWith("5");
                stages.add(store.write(claim, Rows.log("r", 0, durable ? "durable" : "a"), durable));
            }
            stages.forEach(stage -> stage.toCompletableFuture().join());

            assertThat(seen()).hasSize(20);
            assertThat(server.number(
                            "SELECT count(*) FROM " + schema + ".seen WHERE thread LIKE '%5' AND value = 'on'"))
                    .isEqualTo(2);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"fsync", "full_page_writes"})
    void serverThatMayLoseWhatItCommittedIsRefusedUnlessThatIsAccepted(String guard) throws Exception {
        String other = guard.equals("fsync") ? "full_page_writes" : "fsync";
        PostgresOptions options = PostgresOptions.defaults().schema(schema);
        try (EmbeddedPostgres careless = EmbeddedPostgres.builder()
                .setServerConfig(guard, "off")
                .setServerConfig(other, "on")
                .start()) {
            assertThatThrownBy(() -> Postgres.of(careless.getPostgresDatabase(), options))
                    .isInstanceOf(CheckpointException.class)
                    .hasMessageContaining(guard + " off")
                    .hasMessageContaining("allowUnsafe");
            Postgres.of(careless.getPostgresDatabase(), options.allowUnsafe()).close();
        }
    }
}
