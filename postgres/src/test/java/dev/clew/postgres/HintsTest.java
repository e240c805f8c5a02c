package dev.clew.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import dev.clew.contracts.lab.Eventually;
import dev.clew.contracts.lab.Lab;
import dev.clew.flow.Durability;
import dev.clew.flow.RunConfig;
import dev.clew.queue.Worker;
import dev.clew.schedule.Every;
import dev.clew.schedule.Schedule;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.postgresql.PGConnection;

/** Workers of other processes look when something becomes ready; here a process is a {@link Postgres} of its own. */
final class HintsTest {
    /** So long that no test waits for it. */
    private static final Worker IDLE = Worker.of("q").pollEvery(Duration.ofHours(1));

    private final TestServer server = TestServer.shared();
    private final String schema = server.freshSchema();
    private final PostgresOptions options =
            PostgresOptions.defaults().schema(schema).connections(5);
    private final List<String> ran = new CopyOnWriteArrayList<>();
    private final List<AutoCloseable> opened = new ArrayList<>();

    @AfterEach
    void close() throws Exception {
        for (AutoCloseable each : opened) {
            each.close();
        }
        server.execute("DROP SCHEMA " + schema + " CASCADE");
    }

    private Lab process(PostgresOptions with) {
        Postgres db = Postgres.of(server.pool(), with);
        Lab lab = new Lab(db.checkpointer(), Durability.ASYNC);
        opened.add(0, db);
        opened.add(0, lab);
        return lab.body((input, calls, run) -> {
            ran.add(input);
            return input;
        });
    }

    private Lab worker(PostgresOptions with, Worker worker) {
        Lab lab = process(with).options(graph -> graph.worker(worker));
        lab.graph();
        return lab;
    }

    private long listeners() {
        try (Connection connection = server.pool().getConnection();
                Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(
                        "SELECT count(*) FROM pg_stat_activity WHERE query = 'LISTEN \"clew_" + schema + "\"'")) {
            row.next();
            return row.getLong(1);
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    @Test
    void aWorkerTakesWhatAnotherProcessEnqueuedWithoutWaitingForItsNextLook() throws Exception {
        worker(options, IDLE);
        Lab front = process(options);

        for (int i = 0; i < 5; i++) {
            assertThat(front.workflow()
                            .enqueue("run" + i, RunConfig.thread("t" + i).queue("q"))
                            .result()
                            .value())
                    .isEqualTo("run" + i);
        }
    }

    @Test
    void aWorkerTakesWhatBecameReadyBecauseAnotherProcessReleasedTheThread() throws Exception {
        Lab front = process(options);
        Lab direct = process(options);
        worker(options, IDLE);
        RunConfig thread = RunConfig.thread("t").queue("q");
        direct.body((input, calls, run) -> calls.task("enqueue", input, in -> {
                    front.workflow().enqueue("next", thread.runId("next"));
                    return in;
                })
                .join());

        direct.workflow().invoke("first", RunConfig.thread("t"));

        assertThat(front.workflow().handle("next", "t").result().value()).isEqualTo("next");
    }

    @Test
    void aWorkerTakesWhatAnotherProcessFiredWithoutWaitingForItsNextLook() throws Exception {
        Lab idle = worker(options, IDLE);
        worker(options, Worker.of("another").pollEvery(Duration.ofMillis(20)));

        Schedule schedule = idle.workflow()
                .schedule(
                        "s",
                        Every.of(Duration.ofMillis(200)),
                        "fired",
                        RunConfig.none().queue("q"));

        Eventually.until(() -> ran.contains("fired"));
        assertThat(schedule.delete()).isTrue();
    }

    @Test
    void hintsThatWereMissedAreMadeUpForWhenTheConnectionIsBack() throws Exception {
        worker(options, IDLE);
        Lab front = process(options);
        Eventually.until(() -> listeners() == 1);

        server.execute("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE query = 'LISTEN \"clew_" + schema
                + "\"'");
        for (int i = 0; i < 5; i++) {
            front.workflow().enqueue("run" + i, RunConfig.thread("t" + i).queue("q"));
        }

        Eventually.until(() -> ran.size() == 5);
    }

    @Test
    void aQueueIsNamedAtMostOnceInTenMilliseconds() throws Exception {
        Lab front = process(options);
        front.graph();
        try (Connection connection = server.pool().getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute("LISTEN \"clew_" + schema + '"');
            long start = System.nanoTime();
            for (int i = 0; i < 100; i++) {
                front.workflow().enqueue("x", RunConfig.thread("t" + i).queue("q"));
            }
            PGConnection listener = connection.unwrap(PGConnection.class);
            int heard = 0;
            int more = listener.getNotifications(1_000).length;
            while (more > 0) {
                heard += more;
                more = listener.getNotifications(1_000).length;
            }
            long millis = Duration.ofNanos(System.nanoTime() - start).toMillis();
            assertThat(heard).isPositive().isLessThanOrEqualTo((int) (millis / 10) + 1);
        }
    }

    @Test
    void pollOnlyNeitherListensNorNotifies() throws Exception {
        Lab front = process(options.pollOnly());
        worker(options.pollOnly(), Worker.of("q").pollEvery(Duration.ofMillis(20)));
        try (Connection connection = server.pool().getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute("LISTEN \"clew_" + schema + '"');
            assertThat(front.workflow()
                            .enqueue("run", RunConfig.thread("t").queue("q"))
                            .result()
                            .value())
                    .isEqualTo("run");

            assertThat(listeners()).isEqualTo(1);
            assertThat(connection.unwrap(PGConnection.class).getNotifications(200))
                    .isEmpty();
            statement.execute("UNLISTEN *");
        }
    }
}
