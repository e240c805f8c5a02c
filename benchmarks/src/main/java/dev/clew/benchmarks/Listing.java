package dev.clew.benchmarks;

import dev.clew.checkpoint.Checkpointer;
import dev.clew.flow.RunConfig;
import dev.clew.index.ThreadActivity;
import dev.clew.index.ThreadIndex;
import dev.clew.index.ThreadSearch;
import dev.clew.interrupt.Command;
import dev.clew.postgres.Postgres;
import dev.clew.postgres.PostgresOptions;
import dev.clew.sqlite.Sqlite;
import dev.clew.state.ThreadQuery;
import dev.clew.state.ThreadStatus;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.IntSupplier;

/**
 * How long a page of 20 threads takes among very many, of which one in 100 sleeps, one in 1,000 waits for a person and one in
 * 100,000 has failed. Each has an owner, of whom there are 1,000, and one of three tiers. Then, in a file of SQLite, how long it
 * takes to open that and to answer a thread which waits.
 *
 * <p>{@code benchmarks/run listing [--threads N] [--postgres]}: so many threads, a million if it is not said, in a file of SQLite, or
 * on PostgreSQL.
 */
public final class Listing {
    private static final int PAGE = 20;
    private static final int TIMES = 9;
    private static final String SCHEMA = "listing";

    /** A thread's id is scattered, as those of clients are. */
    private static final String ID = "(i * 7919 % 1000003) || '-' || i";

    private static final String STATUS = "CASE WHEN i % 100000 = 7 THEN 'FAILED' WHEN i % 1000 = 5 THEN 'INTERRUPTED'"
            + " WHEN i % 100 = 3 THEN 'SLEEPING' ELSE 'IDLE' END";

    /** In 2086. */
    private static final String LATER = "CASE WHEN i % 100 = 3 THEN 3660000000000000000 END";

    private static final List<String> FILL = List.of(
            "INSERT INTO thread (id, workflow, status, run_id, checkpoint_id, wake_at, stalls, runs, epoch, cancel,"
                    + " created_at, updated_at{more}) SELECT " + ID + ", 'Flow.run', " + STATUS + ", 'r-1', 'c-1', "
                    + LATER
                    + ", 0, 1, 1, {no}, i * 1000, (i + i * 7919 % 1000003) * 1000{of more} FROM {numbers}",
            "INSERT INTO thread_info (thread_id, metadata, labels, temporary, revision, indexed_at, altered_at)"
                    + " SELECT " + ID + ", {bytes}, {bytes}, {no}, 1, i * 1000, i * 1000 FROM {numbers}",
            "INSERT INTO thread_label (label, indexed_at, thread_id) SELECT 'owner=' || (i % 1000), i * 1000, " + ID
                    + " FROM {numbers}",
            "INSERT INTO thread_label (label, indexed_at, thread_id) SELECT 'tier=' || (i % 3), i * 1000, " + ID
                    + " FROM {numbers}");

    private Listing() {}

    /**
     * Fills the tables.
     *
     * @param numbers a table with one column {@code i}
     * @param no false, as the database writes it
     * @param bytes no bytes, as the database writes them
     * @param more a column of threads that the other database has not, whose value is 1; empty for none
     */
    private static void fill(Connection connection, String numbers, String no, String bytes, String more)
            throws SQLException {
        connection.setAutoCommit(false);
        try (Statement statement = connection.createStatement()) {
            for (String insert : FILL) {
                statement.executeUpdate(insert.replace("{numbers}", numbers)
                        .replace("{no}", no)
                        .replace("{bytes}", bytes)
                        .replace("{more}", more.isEmpty() ? "" : ", " + more)
                        .replace("{of more}", more.isEmpty() ? "" : ", 1"));
            }
        }
        connection.commit();
    }

    private static void onSqlite(int threads) throws IOException, SQLException {
        Path folder = Folders.fresh();
        Path file = folder.resolve("threads.db");
        try {
            try (Sqlite db = Sqlite.open(file);
                    StepsGraph graph = graph(db)) {
                db.checkpointer().threadIndex().open();
                for (int i = 0; i < TIMES; i++) {
                    graph.pausing().invoke(3, RunConfig.thread("waits-" + i));
                }
            }
            try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + file)) {
                String numbers = "(WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < " + threads
                        + ") SELECT i FROM n)";
                fill(connection, numbers, "0", "x''", "");
            }
            try (Sqlite db = Sqlite.open(file)) {
                measure(db.checkpointer());
            }
            measureOpening(file);
        } finally {
            Folders.delete(folder);
        }
    }

    private static void onPostgres(int threads) throws SQLException {
        try (Server server = Server.open();
                Postgres db = Postgres.of(
                        server.dataSource(),
                        PostgresOptions.defaults().schema(SCHEMA).allowUnsafe())) {
            db.checkpointer().threadIndex().open();
            try (Connection connection = server.dataSource().getConnection()) {
                connection.createStatement().execute("SET search_path = " + SCHEMA);
                fill(connection, "generate_series(1, " + threads + "::bigint) n(i)", "false", "''", "last_run");
            }
            server.execute("VACUUM ANALYZE");
            measure(db.checkpointer());
        }
    }

    private static StepsGraph graph(Sqlite db) {
        return StepsGraph.builder(new Steps()).checkpointer(db.checkpointer()).build();
    }

    private static void measureOpening(Path file) {
        long[] opened = new long[TIMES];
        long[] answered = new long[TIMES];
        for (int i = 0; i < TIMES; i++) {
            long begun = System.nanoTime();
            try (Sqlite db = Sqlite.open(file);
                    StepsGraph graph = graph(db)) {
                opened[i] = System.nanoTime() - begun;
                var unused = graph.pausing().invoke(Command.resume(1), RunConfig.thread("waits-" + i));
                answered[i] = System.nanoTime() - begun;
            }
        }
        Arrays.sort(opened);
        Arrays.sort(answered);
        System.out.printf(
                Locale.ROOT,
                "%-40s %12.2f%n%-40s %12.2f%n",
                "opened",
                opened[TIMES / 2] / 1e6,
                "and one that waited was answered",
                answered[TIMES / 2] / 1e6);
    }

    private static void measure(Checkpointer checkpointer) {
        ThreadIndex index = checkpointer.threadIndex();
        ThreadSearch all = ThreadSearch.all().limit(PAGE);
        ThreadSearch ofTier = all.label(Set.of("tier=1"));
        ThreadQuery threads = ThreadQuery.all().limit(PAGE);
        Map<String, IntSupplier> pages = new LinkedHashMap<>();
        pages.put("the newest", () -> index.search(all).size());
        pages.put(
                "those of an owner",
                () -> index.search(all.label(Set.of("owner=7"))).size());
        pages.put("those of a tier", () -> index.search(ofTier).size());
        pages.put(
                "those of a tier and an owner",
                () -> index.search(ofTier.label(Set.of("owner=7"))).size());
        pages.put(
                "those that run or sleep",
                () -> index.search(all.activity(ThreadActivity.BUSY)).size());
        pages.put(
                "those that wait for people",
                () -> index.search(all.activity(ThreadActivity.INTERRUPTED)).size());
        pages.put(
                "those that failed",
                () -> index.search(all.activity(ThreadActivity.ERROR)).size());
        pages.put(
                "those of a tier that failed",
                () -> index.search(ofTier.activity(ThreadActivity.ERROR)).size());
        pages.put(
                "by id",
                () -> index.search(all.order(ThreadSearch.Order.ID, false)).size());
        pages.put(
                "what changed last",
                () -> index.search(all.order(ThreadSearch.Order.CHANGED, true)).size());
        pages.put(
                "by what they do",
                () -> index.search(all.order(ThreadSearch.Order.ACTIVITY, true)).size());
        pages.put(
                "a status, without the index",
                () -> checkpointer.threads(threads.status(ThreadStatus.FAILED)).size());
        pages.put(
                "what is due, without the index",
                () -> checkpointer.threads(threads.dueBefore(Instant.now())).size());
        System.out.printf(Locale.ROOT, "%-32s %7s %12s%n", "a page of 20", "found", "ms, median");
        pages.forEach(Listing::measure);
    }

    private static void measure(String what, IntSupplier page) {
        int found = page.getAsInt();
        long[] took = new long[TIMES];
        for (int i = 0; i < TIMES; i++) {
            long begun = System.nanoTime();
            int again = page.getAsInt();
            took[i] = System.nanoTime() - begun;
            if (again != found) {
                throw new IllegalStateException(what + ": " + found + " threads, then " + again);
            }
        }
        Arrays.sort(took);
        System.out.printf(Locale.ROOT, "%-32s %7d %12.2f%n", what, found, took[TIMES / 2] / 1e6);
    }

    /** The command line; see the class. */
    public static void main(String[] args) throws IOException, SQLException {
        int threads = 1_000_000;
        boolean postgres = false;
        for (int i = 0; i < args.length; i++) {
            if (args[i].equals("--postgres")) {
                postgres = true;
            } else if (args[i].equals("--threads") && i + 1 < args.length) {
                threads = Integer.parseInt(args[++i]);
            } else {
                System.err.println("usage: benchmarks/run listing [--threads N] [--postgres]");
                System.exit(2);
            }
        }
        if (postgres) {
            onPostgres(threads);
        } else {
            onSqlite(threads);
        }
    }
}
