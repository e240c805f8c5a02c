package dev.clew.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.zaxxer.hikari.HikariDataSource;
import dev.clew.cache.CacheKey;
import dev.clew.checkpoint.CheckpointException;
import dev.clew.checkpoint.Checkpointer;
import dev.clew.checkpoint.Claim;
import dev.clew.checkpoint.ClaimRequest;
import dev.clew.contracts.checkpoint.Contenders;
import dev.clew.contracts.checkpoint.Rows;
import dev.clew.contracts.lab.Lab;
import dev.clew.flow.Durability;
import dev.clew.flow.RunConfig;
import dev.clew.queue.QueuedRun;
import dev.clew.queue.TakeRequest;
import dev.clew.queue.Worker;
import dev.clew.state.ThreadQuery;
import dev.clew.state.ThreadStatus;
import dev.clew.store.Filter;
import dev.clew.store.Namespace;
import dev.clew.store.Search;
import dev.clew.value.IllegalRequestException;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.postgresql.ds.PGSimpleDataSource;

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
    void connectionsOfAnApplicationsPoolAreGivenBackAsTheyWere() throws Exception {
        try (HikariDataSource pool = new HikariDataSource()) {
            pool.setJdbcUrl(server.url());
            pool.setMaximumPoolSize(5);
            pool.setConnectionInitSql("SET statement_timeout = '7s'");
            Set<String> before = settings(pool);
            try (Postgres db = Postgres.of(pool, options.connections(5))) {
                Checkpointer store = db.checkpointer();
                Claim claim = store.claim(request(0), Rows.open("r")).orElseThrow();
                store.write(claim, Rows.release(ThreadStatus.IDLE, "r"), true)
                        .toCompletableFuture()
                        .join();
                assertThat(store.threads(ThreadQuery.all())).hasSize(1);
            }

            assertThat(before).hasSize(1).first().asString().contains("statement_timeout=7s", "enable_seqscan=on");
            assertThat(settings(pool)).isEqualTo(before);
        }
    }

    /** A source whose connections nobody resets. */
    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void timeoutAndCommitModeOfAConnectionAreGivenBackToo(boolean pollsOnly) throws Exception {
        List<Connection> given = new ArrayList<>();
        PGSimpleDataSource source = new PGSimpleDataSource() {
            @Override
            public Connection getConnection() throws SQLException {
                Connection connection = super.getConnection();
                connection.setAutoCommit(false);
                connection.setNetworkTimeout(Runnable::run, 12_345);
                Connection kept = (Connection) Proxy.newProxyInstance(
                        getClass().getClassLoader(),
                        new Class<?>[] {Connection.class},
                        (proxy, method, arguments) ->
                                method.getName().equals("close") ? null : method.invoke(connection, arguments));
                given.add(connection);
                return kept;
            }
        };
        source.setUrl(server.url());
        Postgres.of(source, pollsOnly ? options.pollOnly() : options).close();

        assertThat(given).isNotEmpty();
        for (Connection connection : given) {
            assertThat(connection.getNetworkTimeout()).isEqualTo(12_345);
            assertThat(connection.getAutoCommit()).isFalse();
            connection.close();
        }
    }

    /** All settings of a session, as each connection of the pool has them. */
    private static Set<String> settings(HikariDataSource pool) throws SQLException {
        Set<String> all = new HashSet<>();
        List<Connection> connections = new ArrayList<>();
        for (int i = 0; i < pool.getMaximumPoolSize(); i++) {
            Connection connection = pool.getConnection();
            connections.add(connection);
            try (Statement statement = connection.createStatement();
                    ResultSet rows = statement.executeQuery(
                            "SELECT string_agg(name || '=' || current_setting(name), ' ' ORDER BY name) FROM pg_settings"
                                    + " WHERE context = 'user'")) {
                rows.next();
                all.add(rows.getString(1));
            }
        }
        for (Connection connection : connections) {
            connection.close();
        }
        return all;
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
            useQueue(db);
            useCacheAndStore(db);
        }
    }

    private static void useQueue(Postgres db) throws Exception {
        try (Lab lab = new Lab(db.checkpointer(), Durability.SYNC)
                .options(graph -> graph.worker(Worker.of("q").globalConcurrency(3)))) {
            lab.body((input, calls, run) -> input);
            RunConfig config = RunConfig.thread("queued").queue("q");
            assertThat(lab.workflow().enqueue("run", config).result().value()).isEqualTo("run");
            db.wake("q");
        }
    }

    private static void useCacheAndStore(Postgres db) {
        CacheKey key = new CacheKey("com.acme.Flow", "compose()", "1", "a");
        db.cache().put(key, new byte[1], Duration.ofMinutes(1));
        assertThat(db.cache().get(key)).isPresent();
        db.cache().clear();
        Namespace notes = Namespace.of("notes");
        db.store().put(notes, "a", Map.of("lang", "en"));
        assertThat(db.store().search(Search.in(notes, Object.class).filter(Filter.eq("lang", "en"))))
                .hasSize(1);
        db.store().delete(notes, "a");
        assertThat(db.store().sweep()).isZero();
    }

    /** A request as the version before stored it, with none of the columns that came since. */
    @Test
    void whatAnOlderProcessStoresAfterTheTablesWereUpdatedIsTaken() throws Exception {
        String table = options.schema() + ".request";
        try (Postgres db = Postgres.of(server.pool(), options)) {
            QueuedRun request = new QueuedRun(
                    "template", "r", "q", "EssayFlow.write", 0, null, false, Duration.ZERO, new byte[1], new byte[1]);
            db.checkpointer().queue().enqueue(request, true);
            String former =
                    "queue, workflow, state, opened, priority, concurrency_key, abandons, delay, enqueued_at, due_at, owner,"
                            + " attempts, config, input, detail";

            server.execute("INSERT INTO " + table + " (thread_id, id, " + former + ") SELECT 'old', 'r', " + former
                    + " FROM " + table + " WHERE thread_id = 'template'");

            runOnce(db.checkpointer(), "template");
            runOnce(db.checkpointer(), "old");
            assertThat(db.checkpointer().thread("old").orElseThrow().status()).isEqualTo(ThreadStatus.IDLE);
        }
    }

    /** A run of a queue, as a worker has it. */
    private static void runOnce(Checkpointer store, String thread) {
        QueuedRun request = new QueuedRun(
                thread, "r", "q", "EssayFlow.write", 0, null, false, Duration.ZERO, new byte[1], new byte[1]);
        store.queue().enqueue(request, true);
        while (store.queue()
                .find(thread, "r")
                .filter(row -> row.owner() != null)
                .isEmpty()) {
            store.queue().take(new TakeRequest("ann", "q", Set.of("EssayFlow.write"), 10, Duration.ofMinutes(1)));
        }
        Claim claim = store.claim(
                        new ClaimRequest(thread, "EssayFlow.write", "ann", 0, Duration.ofMinutes(1), false, "r"),
                        Rows.open("r"))
                .orElseThrow();
        store.write(claim, Rows.log("r", 0, "a"), true).toCompletableFuture().join();
        store.write(claim, Rows.release(ThreadStatus.IDLE, "r"), true)
                .toCompletableFuture()
                .join();
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
