package dev.clew.benchmarks;

import java.io.IOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/**
 * Whether a queue that works for long keeps to the room it has: so many runs a second on threads of their own, which are deleted
 * a minute after that. After each minute it says what lives on the heap, how many connections there are, how large the tables
 * are and how long runs waited to start. In the middle sixth another session keeps a snapshot open, as a backup does, so that
 * nothing can be vacuumed.
 *
 * <p>{@code benchmarks/run queue-soak [--minutes N] [--rate N]}
 */
public final class QueueSoak {
    private static final Duration KEPT = Duration.ofMinutes(1);

    private static final String BYTES = "SELECT coalesce(sum(pg_total_relation_size(oid)), 0)::bigint FROM pg_class"
            + " WHERE relkind = 'r' AND relnamespace = '" + QueuedNoops.SCHEMA + "'::regnamespace";

    private final Server server;
    private final QueuedNoops queue;
    private final int rate;

    private QueueSoak(Server server, QueuedNoops queue, int rate) {
        this.server = server;
        this.queue = queue;
        this.rate = rate;
    }

    /** Evenly over a minute. */
    private void minute(int minute) {
        StartTimes.forget();
        long began = System.nanoTime();
        int runs = rate * 60;
        for (int i = 0; i < runs; i++) {
            long due = began + i * TimeUnit.SECONDS.toNanos(1) / rate;
            for (long left = due - System.nanoTime(); left > 0; left = due - System.nanoTime()) {
                LockSupport.parkNanos(left);
            }
            queue.enqueue("run-" + minute + "-" + i, KEPT);
        }
        queue.awaitEmpty();
        long[] waited = StartTimes.sorted();
        System.out.printf(
                Locale.ROOT,
                "%6d %8d %11d %11d %15d %13.1f %13.1f%n",
                minute,
                Heap.used() >> 10,
                server.number("SELECT count(*) FROM pg_stat_activity WHERE backend_type = 'client backend'"),
                server.number(BYTES) >> 10,
                server.number("SELECT count(*) FROM " + QueuedNoops.SCHEMA + ".thread"),
                waited[waited.length / 2] / 1e6,
                waited[waited.length * 99 / 100] / 1e6);
    }

    private void run(int minutes) throws SQLException {
        System.out.println("minute  heap KB connections   tables KB  threads stored  start p50 ms  start p99 ms");
        Connection snapshot = null;
        try {
            for (int minute = 1; minute <= minutes; minute++) {
                if (minute == minutes * 5 / 12 + 1) {
                    snapshot = snapshot();
                    System.out.println("a snapshot is held");
                } else if (minute == minutes * 7 / 12 + 1 && snapshot != null) {
                    snapshot.close();
                    System.out.println("it is not held any more");
                }
                minute(minute);
            }
        } finally {
            if (snapshot != null) {
                snapshot.close();
            }
        }
    }

    private Connection snapshot() throws SQLException {
        Connection connection = server.dataSource().getConnection();
        connection.setAutoCommit(false);
        connection.setTransactionIsolation(Connection.TRANSACTION_REPEATABLE_READ);
        try (Statement statement = connection.createStatement()) {
            statement.execute("SELECT count(*) FROM " + QueuedNoops.SCHEMA + ".request");
        }
        return connection;
    }

    private static int option(List<String> arguments, String name, int otherwise) {
        int at = arguments.indexOf(name);
        return at < 0 ? otherwise : Integer.parseInt(arguments.get(at + 1));
    }

    public static void main(String... args) throws IOException, SQLException {
        List<String> arguments = List.of(args);
        try (Server server = Server.open();
                QueuedNoops queue = new QueuedNoops(server, server.dataSource(), 0)) {
            new QueueSoak(server, queue, option(arguments, "--rate", 300)).run(option(arguments, "--minutes", 60));
        }
    }
}
