package dev.clew.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.clew.checkpoint.CheckpointException;
import dev.clew.checkpoint.Checkpointer;
import dev.clew.checkpoint.Claim;
import dev.clew.checkpoint.ClaimRequest;
import dev.clew.checkpoint.Deletion;
import dev.clew.checkpoint.WaitingAnswer;
import dev.clew.contracts.checkpoint.Rows;
import dev.clew.contracts.lab.Eventually;
import dev.clew.queue.Enqueued;
import dev.clew.queue.QueueQuery;
import dev.clew.queue.QueuedRun;
import dev.clew.queue.RequestState;
import dev.clew.queue.WhenOccupied;
import dev.clew.schedule.ScheduleOptions;
import dev.clew.schedule.ScheduleRecord;
import dev.clew.schedule.ScheduledRun;
import dev.clew.state.ThreadStatus;
import dev.clew.store.Namespace;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What the server rolls back because of another session is done again, whatever call it is of. */
final class ConflictsTest {
    private static final byte[] NOTHING = Rows.bytes("{}");

    private static final String THREAD = "SELECT 1 FROM {s}.thread WHERE id = 't' FOR UPDATE";

    private static final String LINE = QueueLines.LOCK.replace("?", "'{t}'::text[]");

    private final TestServer server = TestServer.shared();
    private Postgres db;
    private Checkpointer store;
    private Connection psql;

    /** A call, and what another session locks: first what the call wants second, then what it has. */
    enum Call {
        ENQUEUE(LINE, THREAD) {
            @Override
            boolean isDone(ConflictsTest test) {
                return test.store.queue().enqueue(request("r2"), WhenOccupied.INTERRUPT, null) == Enqueued.ADDED
                        && test.requests() == 2;
            }
        },
        CANCEL("SELECT 1 FROM {s}.request WHERE thread_id = 't' FOR UPDATE", LINE) {
            @Override
            boolean isDone(ConflictsTest test) {
                return test.store.queue().end("t", "r1", RequestState.CANCELLED, null);
            }
        },
        ANSWER(
                "INSERT INTO {s}.answer (thread_id, run_id, question, place, at, bytes) VALUES ('t', 'run', 'q', 1, 0, '')",
                THREAD) {
            @Override
            boolean isDone(ConflictsTest test) {
                WaitingAnswer answer = new WaitingAnswer("run", "q", NOTHING);
                return test.store.addAnswers("t", test.claim.epoch(), List.of(answer), null);
            }
        },
        DELETE("SELECT 1 FROM {s}.log WHERE thread_id = 'rests' FOR UPDATE", THREAD.replace("'t'", "'rests'")) {
            @Override
            boolean isDone(ConflictsTest test) {
                return test.store.delete(Deletion.thread("rests", test.rests.epoch()))
                        && test.store.thread("rests").isEmpty();
            }
        },
        FIRE(LINE, "SELECT 1 FROM {s}.schedule FOR UPDATE") {
            @Override
            boolean isDone(ConflictsTest test) {
                return test.store.schedules().fire(test.due, null, request("fired")) && test.requests() == 2;
            }
        },
        PUT_DOCUMENT("SELECT 1 FROM {s}.document FOR UPDATE", "SELECT 1 FROM {s}.document_revision FOR UPDATE") {
            @Override
            boolean isDone(ConflictsTest test) {
                test.db.store().put(NOTES, "a", Map.of("lang", "de"));
                return test.db
                        .store()
                        .get(NOTES, "a", Map.class)
                        .orElseThrow()
                        .value()
                        .equals(Map.of("lang", "de"));
            }
        };

        private static final Namespace NOTES = Namespace.of("notes");

        private final String first;
        private final String second;

        Call(String first, String second) {
            this.first = first;
            this.second = second;
        }

        abstract boolean isDone(ConflictsTest test);
    }

    private Claim claim;
    private Claim rests;
    private ScheduleRecord due;

    @BeforeEach
    void open() throws SQLException {
        db = Postgres.of(server.pool(), PostgresOptions.defaults().schema(server.freshSchema()));
        store = db.checkpointer();
        claim = claim("t");
        rests = claim("rests");
        for (Claim each : List.of(claim, rests)) {
            write(each, Rows.log("run", 0, "a"));
        }
        write(rests, Rows.release(ThreadStatus.IDLE, "run"));
        assertThat(store.queue().enqueue(request("r1"), WhenOccupied.WAIT, null))
                .isEqualTo(Enqueued.ADDED);
        ScheduledRun run = new ScheduledRun("EssayFlow.write", null, "q", 0, null, false, NOTHING, null);
        store.schedules()
                .put(new ScheduleRecord(
                        "s", 0, "every:PT1H", ScheduleOptions.DEFAULT, run, false, Instant.EPOCH, null));
        due = store.schedules().find("s").orElseThrow();
        db.store().put(Call.NOTES, "a", Map.of("lang", "en"));
        psql = DriverManager.getConnection(server.url());
        psql.setAutoCommit(false);
    }

    private Claim claim(String threadId) {
        return store.claim(
                        new ClaimRequest(threadId, "EssayFlow.write", "ann", 0, Duration.ofMinutes(1), false),
                        Rows.open("run"))
                .orElseThrow();
    }

    private void write(Claim writes, dev.clew.checkpoint.Write write) {
        store.write(writes, write, true).toCompletableFuture().join();
    }

    private static QueuedRun request(String id) {
        return new QueuedRun("t", id, "q", "EssayFlow.write", 0, null, false, Duration.ZERO, NOTHING, NOTHING);
    }

    private int requests() {
        return store.queue().list(QueueQuery.all().thread("t")).size();
    }

    @AfterEach
    void close() throws SQLException {
        psql.close();
        db.close();
    }

    private void psql(String sql) throws SQLException {
        try (Statement statement = psql.createStatement()) {
            statement.execute(sql.replace("{s}", db.schema()));
        }
    }

    @ParameterizedTest
    @EnumSource
    void callThatIsTheVictimOfADeadlockIsDoneAgain(Call call) throws Exception {
        // The other session waits as long as it takes, so the call is the one that the server rolls back.
        psql("SET deadlock_timeout = '1h'");
        psql(call.first);
        int pid = pid();

        CompletableFuture<Boolean> done = CompletableFuture.supplyAsync(() -> call.isDone(this));
        Eventually.until(() -> blocks(pid));
        psql(call.second);
        psql.rollback();

        assertThat(done.get()).isTrue();
    }

    private int pid() throws SQLException {
        try (Statement statement = psql.createStatement();
                var row = statement.executeQuery("SELECT pg_backend_pid()")) {
            row.next();
            return row.getInt(1);
        }
    }

    private boolean blocks(int pid) {
        try {
            return server.number(
                            "SELECT count(*) FROM pg_stat_activity a WHERE " + pid + " = ANY (pg_blocking_pids(a.pid))")
                    > 0;
        } catch (SQLException e) {
            throw new AssertionError(e);
        }
    }

    /** A sequence keeps its number when the transaction is rolled back. */
    private void failTimes(int times, String state) throws SQLException {
        server.execute(("CREATE SEQUENCE {s}.tries; CREATE FUNCTION {s}.fail() RETURNS trigger LANGUAGE plpgsql AS $$"
                        + " BEGIN IF nextval('{s}.tries') <= " + times
                        + " THEN RAISE EXCEPTION 'a test' USING ERRCODE = '"
                        + state + "'; END IF; RETURN NEW; END $$;"
                        + " CREATE TRIGGER fails BEFORE INSERT ON {s}.request FOR EACH ROW EXECUTE FUNCTION {s}.fail()")
                .replace("{s}", db.schema()));
    }

    @ParameterizedTest
    @ValueSource(strings = {"40001", "40P01", "55P03"})
    void callThatIsRolledBackByChanceIsDoneAgain(String state) throws SQLException {
        failTimes(state.equals("55P03") ? 1 : 4, state);

        assertThat(store.queue().enqueue(request("r2"), WhenOccupied.WAIT, null))
                .isEqualTo(Enqueued.ADDED);

        assertThat(requests()).isEqualTo(2);
    }

    @Test
    void callThatIsAlwaysRolledBackFailsAndSaysWhy() throws SQLException {
        failTimes(1_000, "40001");

        assertThatThrownBy(() -> store.queue().enqueue(request("r2"), WhenOccupied.WAIT, null))
                .isInstanceOf(CheckpointException.class)
                .hasMessageContaining("enqueuing a run")
                .hasMessageContaining(db.schema())
                .hasMessageContaining("other transactions")
                .hasMessageContaining("try again");
        assertThat(server.number("SELECT last_value FROM " + db.schema() + ".tries"))
                .isEqualTo(5);
        assertThat(requests()).isEqualTo(1);
    }
}
