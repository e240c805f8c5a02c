package dev.clew.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import dev.clew.cache.CacheKey;
import dev.clew.cache.TaskCache;
import dev.clew.checkpoint.Checkpointer;
import dev.clew.checkpoint.Claim;
import dev.clew.checkpoint.ClaimRequest;
import dev.clew.checkpoint.Deletion;
import dev.clew.checkpoint.WaitingAnswer;
import dev.clew.contracts.checkpoint.Rows;
import dev.clew.contracts.lab.Eventually;
import dev.clew.index.Tape;
import dev.clew.index.TapePlace;
import dev.clew.index.ThreadActivity;
import dev.clew.index.ThreadIndex;
import dev.clew.index.ThreadInfo;
import dev.clew.index.ThreadSearch;
import dev.clew.queue.GiveBack;
import dev.clew.queue.QueueSettings;
import dev.clew.queue.QueuedRun;
import dev.clew.queue.RequestState;
import dev.clew.queue.RunQueue;
import dev.clew.queue.TakeRequest;
import dev.clew.queue.WorkerRecord;
import dev.clew.schedule.ScheduleOptions;
import dev.clew.schedule.ScheduleRecord;
import dev.clew.schedule.ScheduledRun;
import dev.clew.schedule.Schedules;
import dev.clew.state.CheckpointQuery;
import dev.clew.state.ThreadQuery;
import dev.clew.state.ThreadStatus;
import dev.clew.store.Filter;
import dev.clew.store.Namespace;
import dev.clew.store.NamespaceQuery;
import dev.clew.store.Put;
import dev.clew.store.Search;
import dev.clew.store.Store;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.postgresql.ds.PGSimpleDataSource;

/** No statement reads a whole table, also where the server has no statistics yet: it counts its scans. */
final class PlansTest {
    private static final String RUN = "run-1";
    private static final Duration LEASE = Duration.ofMinutes(1);

    @Test
    void everyCallReadsByAnIndexOnTablesThatWereNeverAnalysed() throws Exception {
        String schema = TestServer.shared().freshSchema();
        PGSimpleDataSource source = new PGSimpleDataSource();
        source.setUrl(TestServer.shared().url());
        try (Postgres db = Postgres.of(source, PostgresOptions.defaults().schema(schema))) {
            for (int i = 0; i < 30; i++) {
                useAll(db.checkpointer(), "t" + i);
                useQueue(db.checkpointer(), "q" + i);
                useCache(db.cache(), "" + i);
                useStore(db.store(), Namespace.of("notes", "n" + i));
                useSchedules(db.checkpointer(), "s" + i);
                useTape(db.checkpointer(), "tape" + i);
                useIndex(db.checkpointer(), "index" + i);
            }
        }

        // The counts of a connection arrive when it is closed.
        Eventually.until(() -> counts(schema, "idx_scan").get("thread") > 300);
        Map<String, Long> scans = counts(schema, "seq_scan");
        // Making an index on an empty table is a scan, too.
        Map<String, Long> indexes = counts(schema, "(SELECT count(*) FROM pg_index i WHERE i.indrelid = relid)");
        scans.remove("schema_version");
        indexes.remove("schema_version");
        // One row.
        scans.remove("index_state");
        indexes.remove("index_state");
        // All threads get an entry when the index is opened.
        scans.merge("thread", -1L, Long::sum);
        // A row for each worker process.
        scans.remove("queue_worker");
        indexes.remove("queue_worker");
        // A row for each writer; those of processes that are gone are looked for among all.
        scans.remove("worker");
        indexes.remove("worker");
        assertThat(scans)
                .containsOnlyKeys(
                        "answer",
                        "cached",
                        "checkpoint",
                        "document",
                        "document_gone",
                        "document_revision",
                        "log",
                        "queue",
                        "request",
                        "run",
                        "schedule",
                        "request_record",
                        "thread_info",
                        "thread_label",
                        "tape",
                        "thread")
                .isEqualTo(indexes);
    }

    /** A queue is empty most of the time, and may be analysed then: the plans that are made of that must do for a backlog. */
    @Test
    void requestsAreFoundByTheirKeysThoughTheirTableWasAnalysedWhileItWasEmpty() throws Exception {
        int backlog = 5_000;
        int rounds = 20;
        String schema = TestServer.shared().freshSchema();
        PGSimpleDataSource source = new PGSimpleDataSource();
        source.setUrl(TestServer.shared().url());
        source.setPrepareThreshold(1);
        try (Postgres db = Postgres.of(source, PostgresOptions.defaults().schema(schema))) {
            TestServer.shared().execute("ANALYZE " + schema + ".request");
            useQueue(db.checkpointer(), "first");
            TestServer.shared()
                    .execute("INSERT INTO " + schema
                            + ".request (thread_id, id, queue, workflow, state, opened, priority,"
                            + " abandons, delay, enqueued_at, attempts, config) SELECT 'b-' || i, 'r', 'backlog', 'Other.flow',"
                            + " 'READY', false, 0, false, 0, i, 0, '\\x01' FROM generate_series(1, " + backlog + ") i");
            for (int i = 0; i < rounds; i++) {
                useQueue(db.checkpointer(), "t" + i);
            }
        }

        Eventually.until(() -> keyReads(schema, "idx_scan") > rounds);
        assertThat(keyReads(schema, "idx_tup_read")).isLessThan(backlog);
    }

    private static long keyReads(String schema, String column) {
        try (Connection connection = TestServer.shared().pool().getConnection();
                Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery("SELECT " + column + " FROM pg_stat_user_indexes"
                        + " WHERE schemaname = '" + schema + "' AND indexrelname = 'request_pkey'")) {
            row.next();
            return row.getLong(1);
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    private static void useIndex(Checkpointer checkpointer, String id) {
        ThreadIndex index = checkpointer.threadIndex();
        index.open();
        assertThat(index.create(new ThreadInfo(id, null, new byte[0], Set.of("a", "b"), false)))
                .isTrue();
        ThreadSearch all = ThreadSearch.all().limit(5);
        ThreadSearch ofA = all.label(Set.of("a"));
        for (ThreadSearch search : List.of(
                all,
                ofA,
                ofA.label(Set.of("b")),
                all.activity(ThreadActivity.ERROR),
                all.activity(ThreadActivity.BUSY, ThreadActivity.INTERRUPTED),
                ofA.activity(ThreadActivity.BUSY))) {
            assertThat(index.search(search)).hasSizeLessThan(6);
            assertThat(index.count(search, 5)).isLessThan(6);
        }
    }

    private static void useTape(Checkpointer store, String thread) {
        claim(store, thread, 0);
        Tape tape = store.tape();
        tape.append(thread, 1, Rows.bytes("piece"));
        tape.append(thread, 1, new byte[(int) Tape.MOST_BYTES + 1]);
        tape.read(List.of(TapePlace.start(thread, 1), TapePlace.start(thread, 2)), 10);
        tape.newest(thread, 1);
        tape.tidy();
    }

    private static void useAll(Checkpointer store, String thread) {
        Claim claim = claim(store, thread, 0);
        store.write(claim, Rows.log(RUN, 0, "a", "b"), true)
                .toCompletableFuture()
                .join();
        store.renew(List.of(claim), LEASE);
        store.addAnswers(thread, claim.epoch(), List.of(new WaitingAnswer(RUN, "q", new byte[1])));
        store.requestCancel(thread, claim.epoch());
        store.answers(thread, RUN);
        store.write(claim, Rows.release(ThreadStatus.INTERRUPTED, RUN), true)
                .toCompletableFuture()
                .join();
        store.thread(thread);
        store.run(thread, RUN);
        store.scan(thread, RUN, 1, entry -> {});
        store.checkpoints(
                CheckpointQuery.of(thread).metadata(Map.of("user", "ann")).limit(5));
        ThreadQuery all = ThreadQuery.all();
        store.threads(all.after("t"));
        store.threads(all.status(ThreadStatus.CRASHED, ThreadStatus.ANSWERED, ThreadStatus.INTERRUPTED));
        store.threads(all.status(ThreadStatus.SLEEPING).dueBefore(Instant.now()));
        store.threads(all.ids(Set.of(thread, "other")));
        Claim next = claim(store, thread, claim.epoch());
        store.write(next, Rows.log(RUN, 2, "c"), false).toCompletableFuture().join();
        store.write(next, Rows.release(ThreadStatus.IDLE, RUN), true)
                .toCompletableFuture()
                .join();
        store.delete(Deletion.runs(thread, next.epoch(), Set.of(RUN)));
        store.delete(Deletion.thread(thread, next.epoch()));
    }

    private static void useQueue(Checkpointer store, String thread) {
        RunQueue queue = store.queue();
        QueuedRun request = new QueuedRun(
                thread, RUN, "q", "EssayFlow.write", 0, "key", false, Duration.ZERO, new byte[1], new byte[1]);
        queue.enqueue(request, true);
        queue.configure("q", QueueSettings.NONE.globalConcurrency(100).perKeyConcurrency(100));
        queue.take(new TakeRequest("ann", "q", Set.of("EssayFlow.write"), 10, LEASE));
        queue.giveBack(new GiveBack(thread, RUN, "ann", GiveBack.Reason.CLOSING, null));
        queue.take(new TakeRequest("ann", "q", Set.of("EssayFlow.write"), 10, LEASE));
        Claim claim = store.claim(
                        new ClaimRequest(thread, "EssayFlow.write", "ann", 0, LEASE, false, RUN), Rows.open(RUN))
                .orElseThrow();
        queue.tend(new WorkerRecord("ann", "q", Set.of("EssayFlow.write"), 4, Instant.now()));
        queue.find(thread, RUN);
        store.write(claim, Rows.release(ThreadStatus.IDLE, RUN), true)
                .toCompletableFuture()
                .join();
        queue.end(thread, RUN, RequestState.CANCELLED, null);
        queue.leave("ann", "q");
    }

    private static void useCache(TaskCache cache, String arguments) {
        CacheKey key = new CacheKey("com.acme.Flow", "compose()", "1", arguments);
        cache.put(key, new byte[1], LEASE);
        cache.get(key);
        cache.clear("com.acme.Flow", "compose()");
        cache.clear();
    }

    private static void useStore(Store store, Namespace namespace) {
        store.put(Put.of(namespace, "a", Map.of("lang", "en", "n", 1)).timeToLive(LEASE));
        store.put(namespace, "b", Map.of("lang", "de"));
        store.get(namespace, "a", Object.class);
        store.search(Search.in(namespace, Object.class));
        store.search(Search.in(namespace, Object.class).filter(Filter.eq("lang", "en")));
        store.search(Search.in(namespace, Object.class).filter(Filter.gt("n", 0)));
        store.listNamespaces();
        store.listNamespaces(NamespaceQuery.all().prefix("notes"));
        store.delete(namespace, "b");
        store.sweep();
    }

    private static void useSchedules(Checkpointer store, String name) {
        Schedules schedules = store.schedules();
        ScheduledRun run = new ScheduledRun("EssayFlow.write", null, "s", 0, null, false, new byte[1], new byte[1]);
        Instant tick = Instant.now();
        schedules.put(new ScheduleRecord(name, 0, "every:PT1H", ScheduleOptions.DEFAULT, run, false, tick, null));
        schedules.put(schedules.find(name).orElseThrow().paused(true));
        schedules.put(schedules.find(name).orElseThrow().paused(false));
        for (ScheduleRecord due : schedules.list(Instant.now())) {
            schedules.fire(due, tick.plusSeconds(3600), run.at(due.name(), tick));
        }
        schedules.list(null);
        schedules.delete(name);
    }

    private static Claim claim(Checkpointer store, String thread, long epoch) {
        return store.claim(
                        new ClaimRequest(thread, "EssayFlow.write", "ann", epoch, LEASE, false),
                        epoch == 0 ? Rows.open(RUN) : Rows.status(ThreadStatus.RUNNING, RUN))
                .orElseThrow();
    }

    private static Map<String, Long> counts(String schema, String column) {
        Map<String, Long> counts = new TreeMap<>();
        try (Connection connection = TestServer.shared().pool().getConnection();
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery("SELECT relname, coalesce(" + column
                        + ", 0) FROM pg_stat_user_tables WHERE schemaname = '" + schema + "'")) {
            while (rows.next()) {
                counts.put(rows.getString(1), rows.getLong(2));
            }
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
        return counts;
    }
}
