package dev.clew.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import dev.clew.checkpoint.Checkpointer;
import dev.clew.checkpoint.Claim;
import dev.clew.checkpoint.ClaimRequest;
import dev.clew.contracts.checkpoint.Rows;
import dev.clew.queue.QueuedRun;
import dev.clew.queue.RequestRow;
import dev.clew.queue.RequestState;
import dev.clew.queue.RunQueue;
import dev.clew.queue.TakeRequest;
import dev.clew.queue.WorkerRecord;
import dev.clew.state.CheckpointQuery;
import dev.clew.state.ThreadQuery;
import dev.clew.state.ThreadStatus;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.postgresql.ds.PGSimpleDataSource;

/**
 * The hot calls on tables with a million threads, their logs, and lines that wait: none reads a whole table. Prints how long each
 * took. With {@code -Dclew.scale=N}, there are so many threads; with {@code -Dclew.plans=true}, a server that has auto_explain
 * writes the plans to its log.
 */
@Timeout(3_600)
@EnabledIfSystemProperty(named = "clew.nightly", matches = "true")
final class MillionThreadsTest {
    private static final int THREADS = Integer.getInteger("clew.scale", 1_000_000);
    private static final int ENTRIES = 10;
    private static final int ROUNDS = 200;
    private static final Duration LEASE = Duration.ofMinutes(1);

    /** How much slower a take may be while a snapshot is held open; a build machine is busy with other things, too. */
    private static final long SLOWEST_TAKE_MILLIS = 200;

    private final String schema = TestServer.shared().freshSchema();
    private final Map<String, long[]> times = new TreeMap<>();
    private Postgres db;

    @BeforeEach
    void open() {
        PGSimpleDataSource source = new PGSimpleDataSource();
        source.setUrl(TestServer.shared().url());
        source.setPrepareThreshold(1);
        if (Boolean.getBoolean("clew.plans")) {
            source.setOptions("-c auto_explain.log_min_duration=0 -c auto_explain.log_analyze=on");
        }
        db = Postgres.of(source, PostgresOptions.defaults().schema(schema));
    }

    @AfterEach
    void close() throws SQLException {
        db.close();
        TestServer.shared().execute("DROP SCHEMA " + schema + " CASCADE");
    }

    private void fill() throws SQLException {
        for (String sql : """
                INSERT INTO {s}.thread SELECT 'old-' || i, 'Old.flow', CASE WHEN i % 100 = 0 THEN 'INTERRUPTED' ELSE 'IDLE' END,
                    'r-' || i, 'c-' || i, NULL, 0, 1, 1, 1, NULL, NULL, NULL, false, i, i FROM generate_series(1, {n}) i;
                INSERT INTO {s}.run SELECT 'old-' || i, 'r-' || i, 1, 1, 'c-' || i, 'c-' || i, i, i,
                    CASE WHEN i % 100 = 0 THEN 'INTERRUPTED' ELSE 'IDLE' END, NULL FROM generate_series(1, {n}) i;
                INSERT INTO {s}.log SELECT 'old-' || i, 1, seq, '\\x0102030405060708'::bytea
                    FROM generate_series(1, {n}) i, generate_series(0, {e} - 1) seq;
                INSERT INTO {s}.request (thread_id, id, queue, workflow, state, opened, priority, abandons, delay, enqueued_at,
                    attempts, config, input) SELECT 'old-' || i, 'w-' || i, 'old', 'Old.flow', 'WAITING', false, 0, false, 0, i,
                    0, '\\x01', '\\x01' FROM generate_series(100, {n}, 100) i;
                INSERT INTO {s}.request (thread_id, id, queue, workflow, state, opened, priority, abandons, delay, enqueued_at,
                    attempts, config, input) SELECT 'new-' || i, 'w-' || i, 'backlog', 'Old.flow', 'READY', false, 0, false, 0,
                    i, 0, '\\x01', '\\x01' FROM generate_series(1, {n}) i;
                ANALYZE {s}.thread; ANALYZE {s}.run; ANALYZE {s}.log; ANALYZE {s}.request""".replace("{n}", Integer.toString(THREADS))
                .replace("{e}", Integer.toString(ENTRIES))
                .split(";")) {
            long begun = System.nanoTime();
            TestServer.shared().execute(sql.replace("{s}", schema));
            System.out.printf(
                    "%s ms: %s%n",
                    TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - begun),
                    sql.strip().lines().findFirst().orElse(""));
        }
    }

    /** Something that is timed. */
    private interface Timed {
        void run() throws Exception;
    }

    private void time(String what, Timed call) throws Exception {
        long begun = System.nanoTime();
        call.run();
        long took = System.nanoTime() - begun;
        long[] sums = times.computeIfAbsent(what, name -> new long[3]);
        sums[0]++;
        sums[1] += took;
        sums[2] = Math.max(sums[2], took);
    }

    private void print(String title) {
        System.out.println(title);
        times.forEach((what, sums) -> System.out.printf(
                "  %-34s %5d times, %9.2f ms on average, %9.2f ms at most%n",
                what, sums[0], sums[1] / 1e6 / sums[0], sums[2] / 1e6));
        times.clear();
    }

    @Test
    void noCallReadsAWholeTable() throws Exception {
        fill();
        Map<String, Long> before = scans();
        for (int i = 0; i < ROUNDS; i++) {
            useRun(i);
            useReads(i);
        }
        print("with " + THREADS + " threads, and as many requests that are READY in another queue:");

        TimeUnit.SECONDS.sleep(2); // the counts of a connection arrive after a while
        assertThat(scans()).isEqualTo(before);
    }

    /** A take reads by an index in which dead entries stay as long as somebody holds an old snapshot. */
    @Test
    void aSnapshotThatIsHeldOpenSlowsNoTakeForLong() throws Exception {
        for (int i = 0; i < ROUNDS; i++) {
            useRun(i);
        }
        print("without a snapshot:");
        try (Connection dump = TestServer.shared().pool().getConnection();
                Statement statement = dump.createStatement()) {
            dump.setAutoCommit(false);
            statement.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ");
            statement.execute("SELECT count(*) FROM " + schema + ".queue");
            for (int i = 0; i < 25 * ROUNDS; i++) {
                useRun(ROUNDS + i);
            }
            times.clear();
            for (int i = 0; i < ROUNDS; i++) {
                useRun(100 * ROUNDS + i);
            }
            dump.rollback();
            dump.setAutoCommit(true);
        }
        long slowest = TimeUnit.NANOSECONDS.toMillis(times.get("take")[1] / times.get("take")[0]);
        print("after " + 25 * ROUNDS + " runs under one snapshot:");
        assertThat(slowest).isLessThan(SLOWEST_TAKE_MILLIS);
    }

    private void useRun(int i) throws Exception {
        Checkpointer store = db.checkpointer();
        RunQueue queue = store.queue();
        String thread = "t-" + i;
        String id = UUID.randomUUID().toString();
        QueuedRun request =
                new QueuedRun(thread, id, "q", "Some.flow", 0, null, false, Duration.ZERO, new byte[50], new byte[50]);
        time("enqueue", () -> queue.enqueue(request, true));
        RequestRow[] taken = new RequestRow[1];
        time(
                "take",
                () -> taken[0] = queue.take(new TakeRequest("ann", "q", Set.of("Some.flow"), 10, LEASE))
                        .get(0));
        Claim[] claim = new Claim[1];
        time(
                "claim and open",
                () -> claim[0] = store.claim(
                                new ClaimRequest(thread, "Some.flow", "ann", 0, LEASE, false, id), Rows.open(id))
                        .orElseThrow());
        time(
                "append",
                () -> store.write(claim[0], Rows.log(id, 0, "a", "b"), true)
                        .toCompletableFuture()
                        .join());
        time(
                "end",
                () -> store.write(claim[0], Rows.release(ThreadStatus.IDLE, id), true)
                        .toCompletableFuture()
                        .join());
    }

    private void useReads(int i) throws Exception {
        Checkpointer store = db.checkpointer();
        RunQueue queue = store.queue();
        String old = "old-" + (1 + i * 37L % THREADS);
        time("thread", () -> store.thread(old));
        time("scan a log", () -> store.scan(old, old.replace("old", "r"), 0, entry -> {}));
        time("checkpoints", () -> store.checkpoints(CheckpointQuery.of(old).limit(5)));
        time(
                "due threads",
                () -> store.threads(
                        ThreadQuery.all().status(ThreadStatus.SLEEPING).dueBefore(Instant.now())));
        time("crashed threads", () -> store.threads(ThreadQuery.all().status(ThreadStatus.CRASHED)));
        time(
                "a page of paused threads",
                () -> store.threads(
                        ThreadQuery.all().status(ThreadStatus.INTERRUPTED).limit(20)));
        time("owners", () -> queue.owners("q"));
        time("find a request", () -> queue.find(old, "none"));
        if (i % 20 == 0) {
            time("tend", () -> queue.tend(new WorkerRecord("ann", "q", Set.of("Some.flow"), 4, Instant.now())));
            time(
                    "tend a queue with a backlog",
                    () -> queue.tend(new WorkerRecord("ann", "backlog", Set.of("Other.flow"), 4, Instant.now())));
            time("end a request", () -> queue.end(old, "none", RequestState.CANCELLED, null));
        }
    }

    private Map<String, Long> scans() throws SQLException {
        Map<String, Long> scans = new TreeMap<>();
        try (Connection connection = TestServer.shared().pool().getConnection();
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(
                        "SELECT relname, seq_scan FROM pg_stat_user_tables WHERE schemaname = '" + schema
                                + "' AND relname IN ('thread', 'run', 'log', 'checkpoint', 'request', 'answer')")) {
            while (rows.next()) {
                scans.put(rows.getString(1), rows.getLong(2));
            }
        }
        return scans;
    }
}
