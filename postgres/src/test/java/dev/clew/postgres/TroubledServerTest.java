package dev.clew.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.clew.checkpoint.CheckpointException;
import dev.clew.checkpoint.Checkpointer;
import dev.clew.checkpoint.Claim;
import dev.clew.checkpoint.ClaimRequest;
import dev.clew.contracts.checkpoint.Rows;
import dev.clew.contracts.lab.Lab;
import dev.clew.flow.Durability;
import dev.clew.flow.RunConfig;
import dev.clew.interrupt.Command;
import dev.clew.state.ThreadQuery;
import java.sql.SQLException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A server that has no room, no time or no connection: it is said what and where, nothing is lost, and runs go on later. */
@Timeout(120)
final class TroubledServerTest {
    private static final RunConfig T = RunConfig.thread("t");

    private final TestServer server = TestServer.shared();
    private final String schema = server.freshSchema();

    /** Inserts into the log fail like this until {@link #mend}. */
    private void trouble(String action) throws SQLException {
        server.execute(("CREATE FUNCTION {s}.fail() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN " + action
                        + "; PERFORM pg_sleep(0); RETURN NEW; END $$;"
                        + " CREATE TRIGGER fails BEFORE INSERT ON {s}.log FOR EACH ROW EXECUTE FUNCTION {s}.fail()")
                .replace("{s}", schema));
    }

    private void mend() throws SQLException {
        server.execute("DROP TRIGGER fails ON {s}.log; DROP FUNCTION {s}.fail()".replace("{s}", schema));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "RAISE EXCEPTION 'a test' USING ERRCODE = '53100' | disk is full",
                "RAISE EXCEPTION 'a test' USING ERRCODE = '53200' | out of memory",
                "PERFORM pg_cancel_backend(pg_backend_pid())      | cancelled on the server"
            })
    void runStopsWithTheReasonAndGoesOnWhereItWasOnceTheServerIsWell(String action, String reason) throws Exception {
        AtomicBoolean well = new AtomicBoolean(true);
        try (Postgres db = Postgres.of(server.pool(), PostgresOptions.defaults().schema(schema));
                Lab lab = new Lab(db.checkpointer(), Durability.SYNC)) {
            lab.body((input, calls, run) -> {
                String first = calls.task("first", input, in -> in + "1").join();
                return calls.task("second", first, in -> {
                            if (well.getAndSet(false)) {
                                trouble(action);
                            }
                            return in + "2";
                        })
                        .join();
            });

            assertThatThrownBy(() -> lab.workflow().invoke("x", T))
                    .hasStackTraceContaining(reason)
                    .hasStackTraceContaining("PostgreSQL schema '" + schema + "'");
            assertThat(lab.workflow().state(T).status()).isNotNull();
            mend();

            assertThat(lab.workflow().invoke(Command.proceed(), T).value()).isEqualTo("x12");
            assertThat(lab.ran()).containsExactly("first", "second", "second");
            assertThat(lab.workflow().invoke("y", RunConfig.thread("other")).value())
                    .isEqualTo("y12");
        }
    }

    @Test
    void writeWhoseBackendIsTerminatedInTheMiddleIsStoredOnce() throws Exception {
        try (Postgres db = Postgres.of(server.pool(), PostgresOptions.defaults().schema(schema))) {
            Claim claim = claim(db.checkpointer());
            server.execute("CREATE SEQUENCE " + schema + ".tries");
            trouble("IF nextval('" + schema
                    + ".tries') <= 1 THEN PERFORM pg_terminate_backend(pg_backend_pid()); END IF");

            db.checkpointer()
                    .write(claim, Rows.log("r", 0, "a"), true)
                    .toCompletableFuture()
                    .join();

            assertThat(server.number("SELECT last_value FROM " + schema + ".tries"))
                    .isEqualTo(2);
            assertThat(server.number("SELECT count(*) FROM " + schema + ".log")).isEqualTo(1);
        }
    }

    private static Claim claim(Checkpointer store) {
        return store.claim(
                        new ClaimRequest("t", "EssayFlow.write", "ann", 0, Duration.ofMinutes(1), false),
                        Rows.open("r"))
                .orElseThrow();
    }

    @Test
    void readIsRefusedAndAClaimWaitsWhileTheRoleHasNoConnectionLeft() throws Exception {
        String role = schema + "_app";
        server.execute("CREATE ROLE " + role + " LOGIN SUPERUSER PASSWORD 'app'");
        String url = server.url().replaceAll("\\?.*", "");
        try (Postgres db =
                Postgres.connect(url, role, "app", PostgresOptions.defaults().schema(schema))) {
            Checkpointer store = db.checkpointer();
            server.execute("ALTER ROLE " + role + " NOSUPERUSER CONNECTION LIMIT 0");

            CompletableFuture<Claim> claimed = CompletableFuture.supplyAsync(() -> claim(store));
            assertThatThrownBy(() -> store.threads(ThreadQuery.all()))
                    .isInstanceOf(CheckpointException.class)
                    .hasMessageContaining("listing threads")
                    .hasMessageContaining(schema)
                    .hasMessageContaining("max_connections")
                    .hasMessageContaining("CONNECTION LIMIT");
            assertThat(claimed).isNotDone();
            server.execute("ALTER ROLE " + role + " SUPERUSER CONNECTION LIMIT -1");
            assertThat(claimed).succeedsWithin(Duration.ofSeconds(30));
            assertThat(store.threads(ThreadQuery.all())).hasSize(1);
        }
    }
}
