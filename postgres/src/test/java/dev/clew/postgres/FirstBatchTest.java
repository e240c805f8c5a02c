package dev.clew.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.clew.checkpoint.Checkpointer;
import dev.clew.checkpoint.Claim;
import dev.clew.checkpoint.ClaimRequest;
import dev.clew.contracts.checkpoint.Rows;
import dev.clew.contracts.lab.Eventually;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.Optional;
import java.util.Properties;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.postgresql.Driver;
import org.postgresql.ds.PGSimpleDataSource;

/** The server is still busy with the first batch of a writer when its connection is lost: what becomes of it is waited for. */
final class FirstBatchTest {
    private final TestServer server = TestServer.shared();
    private final String schema = server.freshSchema();
    private final int key = schema.hashCode() & Integer.MAX_VALUE;

    private CuttingProxy proxy;
    private Connection psql;
    private Postgres db;

    /** Where the server is when the connection is lost. */
    enum Busy {
        IN_THE_STATEMENT(
                "CREATE TRIGGER holds BEFORE INSERT OR UPDATE ON {s}.worker FOR EACH ROW WHEN (NEW.held <> '{}')",
                "SELECT id FROM held"),
        IN_THE_COMMIT(
                "CREATE CONSTRAINT TRIGGER holds AFTER INSERT ON {s}.thread DEFERRABLE INITIALLY DEFERRED FOR EACH ROW",
                "COMMIT");

        private final String trigger;
        private final String cutAt;

        Busy(String trigger, String cutAt) {
            this.trigger = trigger;
            this.cutAt = cutAt;
        }
    }

    @BeforeEach
    void open() throws Exception {
        Properties address = Driver.parseURL(server.url(), new Properties());
        proxy = new CuttingProxy(Integer.parseInt(address.getProperty("PGPORT")));
        PGSimpleDataSource source = new PGSimpleDataSource();
        source.setUrl(server.url());
        source.setServerNames(new String[] {"127.0.0.1"});
        source.setPortNumbers(new int[] {proxy.port()});
        source.setPrepareThreshold(1);
        db = Postgres.of(source, PostgresOptions.defaults().schema(schema).connections(3));
        psql = DriverManager.getConnection(server.url());
    }

    @AfterEach
    void close() throws Exception {
        psql.close();
        db.close();
        proxy.close();
    }

    private void holdAndCut(Busy busy) throws SQLException {
        server.execute(
                "CREATE FUNCTION {s}.hold() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN PERFORM set_config('lock_timeout', '0', true); PERFORM pg_advisory_xact_lock("
                                .replace("{s}", schema)
                        + key + "); RETURN NEW; END $$; "
                        + (busy.trigger + " EXECUTE FUNCTION {s}.hold()").replace("{s}", schema));
        psql("SELECT pg_advisory_lock(" + key + ')');
        proxy.cutAfter(busy.cutAt);
    }

    private CompletableFuture<Optional<Claim>> claim(String threadId) {
        return CompletableFuture.supplyAsync(() -> db.checkpointer()
                .claim(
                        new ClaimRequest(threadId, "EssayFlow.write", "ann", 0, Duration.ofMinutes(1), false),
                        Rows.open("r")));
    }

    @ParameterizedTest
    @EnumSource
    void claimInTheFirstBatchIsMadeOnceIfItsAnswerIsLostWhileTheServerIsBusy(Busy busy) throws Exception {
        holdAndCut(busy);
        Checkpointer store = db.checkpointer();

        CompletableFuture<Optional<Claim>> claim = claim("t");
        Eventually.until(() -> proxy.isCut() && isWaitedFor());
        psql("SELECT pg_advisory_unlock(" + key + ')');

        assertThat(claim.get().map(Claim::epoch))
                .contains(store.thread("t").orElseThrow().epoch());
        store.write(claim.get().orElseThrow(), Rows.log("r", 0, "a"), true)
                .toCompletableFuture()
                .join();
    }

    /** The next batch waits for the first one's old statement, which stores it in the end. */
    @Test
    void claimIsNotSaidToHaveFailedIfTheServerIsBusyForLongerThanIsWaited() throws Exception {
        holdAndCut(Busy.IN_THE_COMMIT);

        CompletableFuture<Optional<Claim>> first = claim("t");
        assertThatThrownBy(first::join).hasMessageContaining("it may be stored or not; read before you repeat it");
        CompletableFuture<Optional<Claim>> second = claim("u");
        Eventually.until(this::isWaitedFor);
        psql("SELECT pg_advisory_unlock(" + key + ')');

        Claim made = second.get().orElseThrow();
        assertThat(db.checkpointer().thread("t")).isPresent();
        assertThat(db.checkpointer().thread("u").orElseThrow().epoch()).isEqualTo(made.epoch());
    }

    private void psql(String sql) throws SQLException {
        try (Statement statement = psql.createStatement()) {
            statement.execute(sql);
        }
    }

    /** Whether another session waits for the one that waits for the lock of {@link #psql}. */
    private boolean isWaitedFor() {
        try {
            return server.number(
                            "SELECT count(*) FROM pg_stat_activity a WHERE pg_blocking_pids(a.pid) && ARRAY (SELECT pid"
                                    + " FROM pg_locks WHERE locktype = 'advisory' AND NOT granted AND objid = " + key
                                    + ')')
                    > 0;
        } catch (SQLException e) {
            throw new AssertionError(e);
        }
    }
}
