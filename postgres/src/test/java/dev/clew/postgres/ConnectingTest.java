package dev.clew.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.clew.checkpoint.CheckpointException;
import dev.clew.checkpoint.Checkpointer;
import dev.clew.checkpoint.Claim;
import dev.clew.checkpoint.ClaimRequest;
import dev.clew.contracts.checkpoint.Contenders;
import dev.clew.contracts.checkpoint.Rows;
import dev.clew.state.ThreadQuery;
import dev.clew.state.ThreadStatus;
import dev.clew.value.IllegalRequestException;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What is asked of a server and its tables before anything is stored there. */
final class ConnectingTest {
    private final TestServer server = TestServer.shared();
    private final PostgresOptions options = PostgresOptions.defaults().schema(server.freshSchema());

    @Test
    void tablesAreMadeOnceByProcessesThatStartTogether() throws Exception {
        List<Boolean> opened = Contenders.race(8, contender -> {
            try (Postgres db = Postgres.of(server.pool(), options)) {
                return db.checkpointer().threads(ThreadQuery.all()).isEmpty();
            }
        });

        assertThat(opened).containsOnly(true);
    }

    @Test
    void tablesOfANewerVersionAreRefused() throws Exception {
        Postgres.migrate(server.pool(), options);
        server.execute("INSERT INTO " + options.schema() + ".schema_version (version) VALUES (1000)");

        assertThatThrownBy(() -> Postgres.of(server.pool(), options))
                .isInstanceOf(CheckpointException.class)
                .hasMessageContaining("version 1000")
                .hasMessageContaining("newer");
    }

    @Test
    void missingTablesAreNotMadeIfTheyMustNotBe() {
        assertThatThrownBy(() -> Postgres.of(server.pool(), options.withoutMigration()))
                .isInstanceOf(CheckpointException.class)
                .hasMessageContaining("Postgres.migrate");
    }

    @Test
    void roleThatMayOnlyReadAndWriteRowsIsEnough() throws Exception {
        String role = options.schema() + "_app";
        Postgres.migrate(server.pool(), options);
        server.execute("CREATE ROLE " + role + " LOGIN PASSWORD 'app'; GRANT USAGE ON SCHEMA " + options.schema()
                + " TO "
                + role + "; GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA " + options.schema() + " TO "
                + role);
        String url = server.url().replaceAll("\\?.*", "");

        try (Postgres db = Postgres.connect(url, role, "app", options.withoutMigration())) {
            Checkpointer store = db.checkpointer();
            Claim claim = store.claim(request(0), Rows.open("r")).orElseThrow();
            store.write(claim, Rows.release(ThreadStatus.IDLE, "r"), true)
                    .toCompletableFuture()
                    .join();
            assertThat(store.thread("t").orElseThrow().status()).isEqualTo(ThreadStatus.IDLE);
        }
    }

    @Test
    void serverThatLosesWhatWasCommittedIsRefusedUnlessThatIsAccepted() throws Exception {
        try (EmbeddedPostgres careless = EmbeddedPostgres.start()) {
            assertThatThrownBy(() -> Postgres.of(careless.getPostgresDatabase(), options))
                    .isInstanceOf(CheckpointException.class)
                    .hasMessageContaining("fsync off");
            Postgres.of(careless.getPostgresDatabase(), options.allowUnsafe()).close();
        }
    }

    @Test
    void serverThatIsNotThereIsSaidSoWithoutThePassword() {
        assertThatThrownBy(() -> Postgres.connect("jdbc:postgresql://localhost:1/none", "ann", "secret"))
                .isInstanceOf(CheckpointException.class)
                .hasMessageContaining("cannot be reached")
                .satisfies(failure -> assertThat(failure.getMessage()).doesNotContain("secret"));
    }

    @Test
    void schemaNamesThatCouldBeMoreThanANameAreRefused() {
        for (String name : List.of("", "Clew", "a b", "x; DROP TABLE y", "\"x\"", "pg_catalog", "1a", "a".repeat(49))) {
            assertThatThrownBy(() -> options.schema(name)).isInstanceOf(IllegalRequestException.class);
        }
    }

    @Test
    void onlyTheClockOfTheServerCounts() throws Exception {
        try (Postgres db = Postgres.of(server.pool(), options)) {
            Checkpointer store = db.checkpointer();
            Claim claim = store.claim(request(0), Rows.open("r")).orElseThrow();
            assertThat(store.thread("t").orElseThrow().lease().expired()).isFalse();
            Instant before = store.now();
            // As if the server's clock had been an hour ahead from here on.
            server.execute("CREATE OR REPLACE FUNCTION " + options.schema() + ".now_ns() RETURNS bigint LANGUAGE sql AS"
                    + " $$ SELECT ((extract(epoch FROM clock_timestamp()) + 3600) * 1000000000)::bigint $$");

            assertThat(store.now()).isAfterOrEqualTo(before.plus(Duration.ofHours(1)));
            assertThat(store.thread("t").orElseThrow().lease().expired()).isTrue();
            assertThat(store.claim(request(claim.epoch()), Rows.open("r2"))).isPresent();
        }
    }

    @Test
    void callsAfterClosingFail() {
        Postgres db = Postgres.of(server.pool(), options);
        Checkpointer store = db.checkpointer();
        Claim claim = store.claim(request(0), Rows.open("r")).orElseThrow();
        db.close();
        db.close();

        assertThatThrownBy(() -> store.thread("t"))
                .isInstanceOf(CheckpointException.class)
                .hasMessageContaining("closed");
        assertThatThrownBy(() -> store.claim(request(claim.epoch()), Rows.open("r")))
                .isInstanceOf(CheckpointException.class)
                .hasMessageContaining("closed");
        assertThat(store.write(claim, Rows.log("r", 0, "a"), true)).isCompletedExceptionally();
    }

    private static ClaimRequest request(long epoch) {
        return new ClaimRequest("t", "EssayFlow.write", "ann", epoch, Duration.ofMinutes(1), false);
    }
}
