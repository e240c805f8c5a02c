package dev.clew.postgres;

import dev.clew.checkpoint.CheckpointRecord;
import dev.clew.checkpoint.Head;
import dev.clew.checkpoint.RunRecord;
import dev.clew.index.RequestRecord;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The statement that stores a batch: rows of many threads, each thread's only if its claim holds, which is asked under a lock of
 * its row in the same statement. What only appends takes the weakest lock, so that renewals pass it. Threads are sorted, and
 * rows that others have locked are skipped: they are written alone afterwards.
 *
 * <p>It gives the threads whose claims held.
 */
final class WriteStatement {
    /** Keys are looked up one by one, because a join might read whole tables while they have no statistics. */
    private static final String APPENDS = """
            , a AS MATERIALIZED (
                SELECT e.id FROM unnest(?, ?, ?) e(id, epoch, owner)
                CROSS JOIN LATERAL (
                    SELECT 1 FROM {s}.thread t
                    WHERE t.id = e.id AND t.epoch = e.epoch AND t.owner = e.owner FOR KEY SHARE""";

    private static final String HEADS = """
            , h AS MATERIALIZED (
                SELECT e.* FROM unnest(?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
                    e(id, epoch, owner, changes, status, run_id, checkpoint_id, wake_at, stalls, release, runs, last_run,
                    leaves)
                CROSS JOIN LATERAL (
                    SELECT 1 FROM {s}.thread t
                    WHERE t.id = e.id AND t.epoch = e.epoch AND t.owner = e.owner""";

    private static final String HEADS_LOCKED = " FOR NO KEY UPDATE";

    /** Of the worker row: whether this is the batch that follows on the last one. */
    private static final String MARKER = """
            , m AS MATERIALIZED (SELECT batch FROM {s}.worker WHERE owner = ? AND writer = ? FOR UPDATE)
            , g AS MATERIALIZED (SELECT 1 FROM m WHERE m.batch = ?)""";

    private static final String IF_NEXT = " WHERE EXISTS (SELECT FROM g)";

    private static final String MARK = """
            , mark AS (
                UPDATE {s}.worker w SET batch = ?, held = ARRAY (SELECT id FROM held), seen_at = n.now FROM n
                WHERE w.owner = ? AND w.writer = ? AND EXISTS (SELECT FROM g))""";

    /** A subplan that is hashed; a plain IN would become a loop over all pairs. */
    private static final String HELD = " WHERE (u.thread_id IN (SELECT id FROM held)) IS TRUE";

    private static final String LOG = """
            , l AS (
                INSERT INTO {s}.log (thread_id, run_no, seq, bytes)
                SELECT u.* FROM unnest(?, ?, ?, ?) u(thread_id, run_no, seq, bytes)""" + HELD + ")";

    private static final String RUNS = """
            , r AS (
                INSERT INTO {s}.run (thread_id, id, no, number, input_checkpoint, output_checkpoint, seed, started_at,
                    status, detail)
                SELECT u.* FROM unnest(?, ?, ?, ?, ?, ?, ?, ?, ?, ?) u(thread_id, id, no, number, input_checkpoint,
                    output_checkpoint, seed, started_at, status, detail)""" + HELD + ' ' + """
                ON CONFLICT (thread_id, id) DO UPDATE SET
                    number = excluded.number, input_checkpoint = excluded.input_checkpoint,
                    output_checkpoint = excluded.output_checkpoint, seed = excluded.seed,
                    started_at = excluded.started_at, status = excluded.status, detail = excluded.detail)""";

    private static final String CHECKPOINTS = """
            , c AS (
                INSERT INTO {s}.checkpoint (thread_id, id, run_id, parent_id, source, step, created_at, metadata, content)
                SELECT u.thread_id, u.id, u.run_id, u.parent_id, u.source, u.step, u.created_at, u.metadata::jsonb,
                    u.content
                FROM unnest(?, ?, ?, ?, ?, ?, ?, ?, ?) u(thread_id, id, run_id, parent_id, source, step, created_at,
                    metadata, content)""" + HELD + ")";

    private static final String TAKEN = """
            , d AS (
                DELETE FROM {s}.answer a USING unnest(?, ?, ?) u(thread_id, run_id, question)
                WHERE a.thread_id = u.thread_id AND a.run_id = u.run_id AND a.question = u.question
                    AND (u.thread_id IN (SELECT id FROM held)) IS TRUE)""";

    private static final String RECORDS = """
            , q AS (
                INSERT INTO {s}.request_record (thread_id, id, run_id, kind, digest, content, created_at)
                SELECT u.*, n.now FROM n CROSS JOIN unnest(?, ?, ?, ?, ?, ?) u(thread_id, id, run_id, kind, digest, content)""" + HELD + ")";

    private static final String THREADS = """
            , t AS (
                UPDATE {s}.thread t SET
                    status = CASE WHEN h.changes THEN h.status ELSE t.status END,
                    run_id = CASE WHEN h.changes THEN h.run_id ELSE t.run_id END,
                    checkpoint_id = CASE WHEN h.changes THEN h.checkpoint_id ELSE t.checkpoint_id END,
                    wake_at = CASE WHEN h.changes THEN h.wake_at ELSE t.wake_at END,
                    stalls = CASE WHEN h.changes THEN h.stalls ELSE t.stalls END,
                    runs = greatest(t.runs, h.runs), last_run = greatest(t.last_run, h.last_run),
                    owner = CASE WHEN h.release THEN NULL ELSE t.owner END,
                    owned_since = CASE WHEN h.release THEN NULL ELSE t.owned_since END,
                    owned_until = CASE WHEN h.release THEN NULL ELSE t.owned_until END,
                    cancel = t.cancel AND NOT (h.release
                        AND CASE WHEN h.changes THEN h.status ELSE t.status END IN ('IDLE', 'CANCELLED', 'UNDONE')),
                    updated_at = n.now
                FROM h CROSS JOIN n WHERE t.id = h.id)""";

    /**
     * A second statement of the same message, which sees what was stored until the first one had its locks: what is over takes
     * no answers, and what rests with some is due at once.
     */
    private static final String RELEASED = "; WITH " + StoreTime.NOW + """
            , r AS MATERIALIZED (
                SELECT t.* FROM unnest(?, ?) e(id, epoch)
                CROSS JOIN LATERAL (
                    SELECT t.id, t.status, t.run_id FROM {s}.thread t
                    WHERE t.id = e.id AND t.epoch = e.epoch AND t.owner IS NULL) t)
            , d AS (
                DELETE FROM {s}.answer a USING r
                WHERE a.thread_id = r.id AND r.status IN ('IDLE', 'CANCELLED', 'UNDONE'))
            UPDATE {s}.thread t SET wake_at = n.now
            FROM r CROSS JOIN n
            WHERE t.id = r.id AND t.status IN ('INTERRUPTED', 'SLEEPING') AND (t.wake_at IS NULL OR t.wake_at > n.now)
                AND EXISTS (SELECT FROM {s}.answer a WHERE a.thread_id = r.id AND a.run_id = r.run_id)""";

    /** One entry of one thread: what a run that waits for each of its steps does all the time. */
    private static final String SINGLE = """
            WITH h AS MATERIALIZED (
                SELECT t.id FROM {s}.thread t WHERE t.id = ? AND t.epoch = ? AND t.owner = ? FOR KEY SHARE""";

    private static final String SINGLE_LOG = """
            )
            INSERT INTO {s}.log (thread_id, run_no, seq, bytes) SELECT h.id, ?, ?, ? FROM h RETURNING thread_id AS id""";

    private final List<Unit> units;
    private final StoreTime time;
    private final String locking;

    private WriteStatement(List<Unit> units, StoreTime time, boolean waits) {
        this.units = units;
        this.time = time;
        this.locking = waits ? ") t" : " SKIP LOCKED) t";
    }

    /**
     * A batch of writes.
     *
     * @param units sorted by their threads
     * @param marker marks the batch in the writer's row; null if the rows of the log prove that it was stored
     * @param waits whether it waits for locks, instead of skipping what is locked
     * @param into the statement is added here
     */
    static void add(List<Unit> units, @Nullable BatchMarker marker, StoreTime time, boolean waits, Sql into) {
        Unit first = units.get(0);
        if (marker == null && units.size() == 1 && first.log.size() == 1) {
            addSingle(first, waits, into);
        } else {
            new WriteStatement(units, time, waits).add(marker, into);
        }
    }

    private static void addSingle(Unit unit, boolean waits, Sql into) {
        Unit.Entry entry = unit.log.get(0);
        into.add(
                        SINGLE + (waits ? "" : " SKIP LOCKED"),
                        unit.threadId(),
                        unit.holding.claim.epoch(),
                        unit.holding.claim.owner())
                .add(SINGLE_LOG, entry.run(), entry.seq(), entry.bytes());
    }

    private void add(@Nullable BatchMarker marker, Sql sql) {
        List<Unit> appends = units.stream().filter(Unit::isAppend).toList();
        List<Unit> heads = units.stream().filter(unit -> !unit.isAppend()).toList();
        sql.add("WITH " + StoreTime.NOW, time.argument());
        String condition = "";
        if (marker != null) {
            sql.add(MARKER, marker.owner(), marker.writer(), marker.before());
            condition = IF_NEXT;
        }
        String held = "";
        if (!appends.isEmpty()) {
            sql.add(APPENDS + locking + condition + ")", ids(appends), epochs(appends), owners(appends));
            held = "SELECT id FROM a";
        }
        if (!heads.isEmpty()) {
            addHeads(sql, heads, condition);
            held += (held.isEmpty() ? "" : " UNION ALL ") + "SELECT id FROM h";
        }
        sql.add(", held AS MATERIALIZED (" + held + ")");
        if (marker != null) {
            sql.add(MARK, marker.batch(), marker.owner(), marker.writer());
        }
        addLog(sql);
        addRuns(sql);
        addCheckpoints(sql);
        addTaken(sql);
        addRecords(sql);
        LineClauses.addOpened(sql, units);
        if (!heads.isEmpty()) {
            sql.add(THREADS + (heads.stream().anyMatch(LineClauses::leaves) ? LineClauses.LEFT : ""));
        }
        sql.add(" SELECT id FROM held");
        List<Unit> released = heads.stream().filter(unit -> unit.release).toList();
        if (!released.isEmpty()) {
            sql.add(RELEASED, time.argument(), ids(released), epochs(released));
        }
        RecordRows.addEnds(sql, heads, time);
    }

    private void addHeads(Sql sql, List<Unit> heads, String condition) {
        sql.add(
                HEADS + (heads.stream().anyMatch(LineClauses::leaves) ? LineClauses.LEAVES : "") + HEADS_LOCKED
                        + locking + condition + ")",
                ids(heads),
                epochs(heads),
                owners(heads),
                Column.flags(heads.stream().map(unit -> unit.head != null).toList()),
                texts(heads, head -> head.status().name()),
                texts(heads, Head::runId),
                texts(heads, Head::checkpointId),
                Column.longs(each(heads, unit -> unit.head == null ? null : Moments.storedOrNull(unit.head.dueAt()))),
                Column.ints(heads.stream()
                        .map(unit -> unit.head == null ? 0 : unit.head.stalls())
                        .toList()),
                Column.flags(heads.stream().map(unit -> unit.release).toList()),
                Column.ints(heads.stream().map(unit -> unit.number).toList()),
                Column.ints(heads.stream().map(unit -> unit.holding.lastRun()).toList()),
                Column.flags(heads.stream().map(LineClauses::leaves).toList()));
    }

    private void addLog(Sql sql) {
        List<String> threads = new ArrayList<>();
        List<Unit.Entry> entries = new ArrayList<>();
        for (Unit unit : units) {
            for (Unit.Entry entry : unit.log) {
                threads.add(unit.threadId());
                entries.add(entry);
            }
        }
        if (!entries.isEmpty()) {
            sql.add(
                    LOG,
                    Column.texts(threads),
                    Column.ints(entries.stream().map(Unit.Entry::run).toList()),
                    Column.ints(entries.stream().map(Unit.Entry::seq).toList()),
                    Column.bytes(entries.stream().map(Unit.Entry::bytes).toList()));
        }
    }

    private void addRuns(Sql sql) {
        List<String> threads = new ArrayList<>();
        List<Integer> numbers = new ArrayList<>();
        List<RunRecord> runs = new ArrayList<>();
        for (Unit unit : units) {
            for (Map.Entry<String, RunRecord> run : unit.runs.entrySet()) {
                threads.add(unit.threadId());
                numbers.add(unit.holding.place(run.getKey()).no());
                runs.add(run.getValue());
            }
        }
        if (!runs.isEmpty()) {
            sql.add(
                    RUNS,
                    Column.texts(threads),
                    Column.texts(each(runs, RunRecord::runId)),
                    Column.ints(numbers),
                    Column.ints(runs.stream().map(RunRecord::number).toList()),
                    Column.texts(each(runs, RunRecord::inputCheckpoint)),
                    Column.texts(each(runs, RunRecord::outputCheckpoint)),
                    Column.longs(each(runs, RunRecord::seed)),
                    Column.longs(each(runs, run -> Moments.stored(run.startedAt()))),
                    Column.texts(each(runs, run -> run.status().name())),
                    Column.bytes(each(runs, RunRecord::detail)));
        }
    }

    private void addCheckpoints(Sql sql) {
        List<String> threads = new ArrayList<>();
        List<CheckpointRecord> all = new ArrayList<>();
        for (Unit unit : units) {
            for (CheckpointRecord checkpoint : unit.checkpoints) {
                threads.add(unit.threadId());
                all.add(checkpoint);
            }
        }
        if (!all.isEmpty()) {
            sql.add(
                    CHECKPOINTS,
                    Column.texts(threads),
                    Column.texts(each(all, CheckpointRecord::id)),
                    Column.texts(each(all, CheckpointRecord::runId)),
                    Column.texts(each(all, CheckpointRecord::parentId)),
                    Column.texts(each(all, checkpoint -> checkpoint.source().name())),
                    Column.ints(all.stream().map(CheckpointRecord::step).toList()),
                    Column.longs(each(all, checkpoint -> Moments.stored(checkpoint.createdAt()))),
                    Column.texts(each(all, checkpoint -> CheckpointRows.json(checkpoint.metadata()))),
                    Column.bytes(each(all, CheckpointRows::content)));
        }
    }

    private void addTaken(Sql sql) {
        List<String> threads = new ArrayList<>();
        List<Unit.Taken> taken = new ArrayList<>();
        for (Unit unit : units) {
            for (Unit.Taken answer : unit.taken) {
                threads.add(unit.threadId());
                taken.add(answer);
            }
        }
        if (!taken.isEmpty()) {
            sql.add(
                    TAKEN,
                    Column.texts(threads),
                    Column.texts(each(taken, Unit.Taken::runId)),
                    Column.texts(each(taken, Unit.Taken::question)));
        }
    }

    private void addRecords(Sql sql) {
        List<RequestRecord> all =
                units.stream().flatMap(unit -> unit.records.stream()).toList();
        if (!all.isEmpty()) {
            sql.add(
                    RECORDS,
                    Column.texts(each(all, RequestRecord::threadId)),
                    Column.texts(each(all, RequestRecord::requestId)),
                    Column.texts(each(all, RequestRecord::runId)),
                    Column.texts(each(all, record -> record.kind().name())),
                    Column.bytes(each(all, RequestRecord::digest)),
                    Column.bytes(each(all, RequestRecord::content)));
        }
    }

    private static Column ids(List<Unit> units) {
        return Column.texts(each(units, Unit::threadId));
    }

    private static Column epochs(List<Unit> units) {
        return Column.longs(each(units, unit -> unit.holding.claim.epoch()));
    }

    private static Column owners(List<Unit> units) {
        return Column.texts(each(units, unit -> unit.holding.claim.owner()));
    }

    private static Column texts(List<Unit> heads, Part<Head, String> part) {
        return Column.texts(each(heads, unit -> unit.head == null ? null : part.of(unit.head)));
    }

    /** What a column has of a row. */
    @FunctionalInterface
    private interface Part<T, R> {
        @Nullable
        R of(T row);
    }

    private static <T, R> List<@Nullable R> each(List<T> rows, Part<T, R> part) {
        List<@Nullable R> parts = new ArrayList<>(rows.size());
        rows.forEach(row -> parts.add(part.of(row)));
        return parts;
    }
}
