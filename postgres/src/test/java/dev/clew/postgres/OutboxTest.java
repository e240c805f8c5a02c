package dev.clew.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.clew.checkpoint.CheckpointException;
import dev.clew.contracts.lab.Lab;
import dev.clew.flow.Durability;
import dev.clew.flow.RequestRefusedException;
import dev.clew.flow.RunConfig;
import dev.clew.flow.RunHandle;
import dev.clew.flow.WhenBusy;
import dev.clew.queue.QueueQuery;
import dev.clew.queue.RequestRow;
import dev.clew.queue.Worker;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Runs that are enqueued in a transaction of the caller's. */
final class OutboxTest {
    private static final RunConfig T = RunConfig.thread("t").queue("q");
    private static final Worker WORKER = Worker.of("q").pollEvery(Duration.ofMillis(20));

    private final TestServer server = TestServer.shared();
    private final String schema = server.freshSchema();
    private final List<String> ran = new CopyOnWriteArrayList<>();
    private final List<AutoCloseable> opened = new ArrayList<>();
    private Postgres db;
    private Lab front;

    @BeforeEach
    void open() throws SQLException {
        db = process();
        server.execute("CREATE TABLE " + schema + ".orders (id text PRIMARY KEY)");
        front = lab(db);
    }

    @AfterEach
    void close() throws Exception {
        for (AutoCloseable each : opened) {
            each.close();
        }
        server.execute("DROP SCHEMA " + schema + " CASCADE");
    }

    private Postgres process() {
        Postgres process = Postgres.of(
                server.pool(), PostgresOptions.defaults().schema(schema).connections(4));
        opened.add(0, process);
        return process;
    }

    private Lab lab(Postgres process) {
        Lab lab = new Lab(process.checkpointer(), Durability.ASYNC);
        opened.add(0, lab);
        return lab.body((input, calls, run) -> {
            ran.add(input);
            return input + "!";
        });
    }

    private void startWorker() {
        lab(process()).options(graph -> graph.worker(WORKER)).graph();
    }

    /** What is done in a transaction of the application's. */
    @FunctionalInterface
    private interface Work {
        void on(Connection connection) throws SQLException;
    }

    private void inTransaction(Work work) throws SQLException {
        try (Connection connection = server.pool().getConnection()) {
            connection.setAutoCommit(false);
            work.on(connection);
            connection.commit();
        }
    }

    private RunHandle<String> enqueue(Connection connection, String input, RunConfig config) {
        return db.enqueue(connection, front.workflow(), input, config);
    }

    private void order(Connection connection, String id) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute("INSERT INTO " + schema + ".orders VALUES ('" + id + "')");
        }
    }

    private List<String> requests() {
        return db.checkpointer().queue().list(QueueQuery.all()).stream()
                .map(RequestRow::request)
                .map(request -> request.requestId())
                .toList();
    }

    private long orders() throws SQLException {
        try (Connection connection = server.pool().getConnection();
                Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery("SELECT count(*) FROM " + schema + ".orders")) {
            row.next();
            return row.getLong(1);
        }
    }

    @Test
    void aRunIsThereOnceTheTransactionIsCommittedWithWhatElseItChanged() throws Exception {
        startWorker();
        List<RunHandle<String>> handles = new ArrayList<>();
        inTransaction(connection -> {
            order(connection, "o1");
            handles.add(enqueue(connection, "bill", T));
            db.wake("q");
            // Runs of the same thread do not wait for the transaction.
            assertThat(front.workflow().enqueue("other", T).result().value()).isEqualTo("other!");
            assertThat(requests()).doesNotContain(handles.get(0).runId());
            assertThatThrownBy(() -> handles.get(0).status()).isInstanceOf(RequestRefusedException.class);
        });

        assertThat(handles.get(0).result().value()).isEqualTo("bill!");
        assertThat(ran).containsExactly("other", "bill");
        assertThat(orders()).isEqualTo(1);
    }

    @Test
    void nothingIsLeftOfATransactionThatIsRolledBack() throws Exception {
        try (Connection connection = server.pool().getConnection()) {
            connection.setAutoCommit(false);
            order(connection, "o1");
            enqueue(connection, "bill", T);
            connection.rollback();
        }

        db.wake("q");
        assertThat(requests()).isEmpty();
        assertThat(orders()).isZero();
    }

    @Test
    void nothingIsLeftIfTheProcessDiesBeforeTheCommit() throws Exception {
        try (Connection connection = server.pool().getConnection()) {
            connection.setAutoCommit(false);
            order(connection, "o1");
            enqueue(connection, "bill", T);
            int pid;
            try (Statement statement = connection.createStatement();
                    ResultSet row = statement.executeQuery("SELECT pg_backend_pid()")) {
                row.next();
                pid = row.getInt(1);
            }
            server.execute("SELECT pg_terminate_backend(" + pid + ", 10000)");
            assertThatThrownBy(connection::commit).isInstanceOf(SQLException.class);
        }

        db.wake("q");
        assertThat(requests()).isEmpty();
        assertThat(orders()).isZero();
    }

    @Test
    void aRunThatIsCommittedLateComesBehindThoseThatWereEnqueuedMeanwhile() throws Exception {
        front.workflow().enqueue("1", T);
        List<RunHandle<String>> late = new ArrayList<>();
        inTransaction(connection -> {
            late.add(enqueue(connection, "3", T));
            late.add(enqueue(connection, "4", T));
            front.workflow().enqueue("2", T);
        });
        db.wake("q");
        RunHandle<String> last = front.workflow().enqueue("5", T);

        startWorker();

        assertThat(last.result().value()).isEqualTo("5!");
        assertThat(ran).containsExactly("1", "2", "3", "4", "5");
    }

    @Test
    void rowsThatOneLookFindsJoinInTheOrderInWhichTheyWereInserted() throws Exception {
        List<RunHandle<String>> handles = new ArrayList<>();
        try (Connection early = server.pool().getConnection();
                Connection other = server.pool().getConnection()) {
            early.setAutoCommit(false);
            other.setAutoCommit(false);
            handles.add(enqueue(early, "1", T));
            handles.add(enqueue(other, "2", T));
            handles.add(enqueue(early, "3", T));
            other.commit();
            early.commit();
        }
        startWorker();

        for (RunHandle<String> handle : handles) {
            handle.result();
        }
        assertThat(ran).containsExactly("1", "2", "3");
    }

    @Test
    void aRunIdThatIsStoredIsTheSameRun() throws Exception {
        startWorker();
        front.workflow().enqueue("once", T.runId("r")).result();
        List<RunHandle<String>> again = new ArrayList<>();
        inTransaction(connection -> again.add(enqueue(connection, "once", T.runId("r"))));

        db.wake("q");
        assertThat(requests()).isEmpty();
        assertThat(again.get(0).result().value()).isEqualTo("once!");
        assertThat(ran).containsExactly("once");
    }

    @Test
    void aRequestThatWaitsIsTheSameRunToo() throws Exception {
        front.workflow().enqueue("once", T.runId("r"));
        inTransaction(connection -> {
            enqueue(connection, "once", T.runId("r"));
            enqueue(connection, "twice", T.runId("s"));
            enqueue(connection, "twice", T.runId("s"));
        });
        db.wake("q");
        startWorker();

        front.workflow().handle("s", "t").result();
        assertThat(ran).containsExactly("once", "twice");
    }

    @Test
    void aRunThatWasExecutedWhileTheTransactionWasOpenIsNotExecutedAgain() throws Exception {
        inTransaction(connection -> {
            enqueue(connection, "once", T.runId("r"));
            front.workflow().invoke("once", RunConfig.thread("t").runId("r"));
        });
        assertThat(requests()).containsExactly("r");

        startWorker();
        front.workflow().enqueue("next", T).result();

        assertThat(requests()).isEmpty();
        assertThat(ran).containsExactly("once", "next");
    }

    @Test
    void theRequestMayBeAddedUnderAnyIsolationAndWithoutATransaction() throws Exception {
        startWorker();
        List<RunHandle<String>> handles = new ArrayList<>();
        inTransaction(connection -> {
            connection.setTransactionIsolation(Connection.TRANSACTION_SERIALIZABLE);
            handles.add(enqueue(connection, "a", RunConfig.thread("a\u0000").queue("q")));
        });
        try (Connection connection = server.pool().getConnection()) {
            handles.add(enqueue(connection, "b", RunConfig.thread("b").queue("q")));
        }

        assertThat(handles.get(0).result().value()).isEqualTo("a!");
        assertThat(handles.get(1).result().value()).isEqualTo("b!");
    }

    @Test
    void aDelayCountsFromTheInsert() throws Exception {
        inTransaction(connection -> enqueue(connection, "later", T.delay(Duration.ofHours(1))));
        db.wake("q");
        startWorker();
        front.workflow().enqueue("now", T).result();

        assertThat(ran).containsExactly("now");
        assertThat(requests()).hasSize(1);
    }

    @Test
    void whatEnqueueRefusesIsRefusedAndTheTransactionGoesOn() throws Exception {
        inTransaction(connection -> {
            for (RunConfig refused : List.of(
                    RunConfig.none(),
                    T.whenBusy(WhenBusy.reject()),
                    T.whenBusy(WhenBusy.waitUpTo(Duration.ofSeconds(1))))) {
                assertThatThrownBy(() -> enqueue(connection, "x", refused)).isInstanceOf(RequestRefusedException.class);
            }
            assertThatThrownBy(() -> enqueue(connection, "x", RunConfig.thread("t".repeat(1_501))))
                    .isInstanceOf(RuntimeException.class);
            assertThatThrownBy(() -> db.enqueue(connection, front.workflow(), T))
                    .isInstanceOf(RequestRefusedException.class);
            order(connection, "o1");
        });

        assertThat(requests()).isEmpty();
        assertThat(orders()).isEqualTo(1);
    }

    @Test
    void aConnectionThatCannotInsertIsReportedWithItsReason() throws Exception {
        try (Connection connection = server.pool().getConnection()) {
            connection.setAutoCommit(false);
            try (Statement statement = connection.createStatement()) {
                statement.execute("SET TRANSACTION READ ONLY");
            }
            assertThatThrownBy(() -> enqueue(connection, "x", T))
                    .isInstanceOf(CheckpointException.class)
                    .hasMessageContaining("takes no writes")
                    .hasCauseInstanceOf(SQLException.class);
            connection.rollback();
        }
    }
}
