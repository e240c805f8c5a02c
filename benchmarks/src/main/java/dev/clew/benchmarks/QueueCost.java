package dev.clew.benchmarks;

import java.io.IOException;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;

/**
 * What a queued run that does nothing costs on PostgreSQL: runs a second with four workers, and per run the messages, the
 * transactions and the bytes of WAL; then how long runs wait to start at half that load.
 *
 * <p>{@code benchmarks/run queue-cost [--runs N] [--finished N] [--statements]}: so many runs, with so many finished threads in the
 * tables, and each statement by its count.
 */
public final class QueueCost implements AutoCloseable {
    private static final int ENQUEUERS = 8;

    private final Server server = Server.open();
    private final CountingSource counting = new CountingSource(server.dataSource());
    private final QueuedNoops queue;
    private int named;

    private QueueCost(int finished) {
        queue = new QueuedNoops(server, counting.dataSource(), finished);
    }

    private void enqueue(int i) {
        queue.enqueue("run-" + named + "-" + i);
    }

    /** Runs a second. */
    private double throughput(int runs) {
        named++;
        long began = System.nanoTime();
        Callers.each(ENQUEUERS, runs, this::enqueue);
        double enqueued = runs * 1e9 / (System.nanoTime() - began);
        queue.awaitEmpty();
        double rate = runs * 1e9 / (System.nanoTime() - began);
        System.out.printf(Locale.ROOT, "%d runs: %.0f a second (enqueued at %.0f)%n", runs, rate, enqueued);
        return rate;
    }

    private void costs(int runs, boolean statements) {
        counting.reset();
        server.execute("SELECT pg_stat_force_next_flush()");
        long wal = server.number("SELECT pg_wal_lsn_diff(pg_current_wal_insert_lsn(), '0/0')");
        long commits = server.number("SELECT xact_commit FROM pg_stat_database WHERE datname = current_database()");
        double unused = throughput(runs);
        long bytes = server.number("SELECT pg_wal_lsn_diff(pg_current_wal_insert_lsn(), '0/0')") - wal;
        LockSupport.parkNanos(1_500_000_000);
        long committed =
                server.number("SELECT xact_commit FROM pg_stat_database WHERE datname = current_database()") - commits;
        Map<String, Long> counts = counting.counts();
        double messages = counts.values().stream().mapToLong(Long::longValue).sum();
        System.out.printf(
                Locale.ROOT,
                "per run: %.2f messages, %.2f transactions, %d bytes of WAL%n",
                messages / runs,
                (double) committed / runs,
                bytes / runs);
        if (statements) {
            counts.entrySet().stream()
                    .sorted(Map.Entry.<String, Long>comparingByValue().reversed())
                    .forEach(each -> System.out.printf(
                            Locale.ROOT, "  %8.3f  %s%n", (double) each.getValue() / runs, each.getKey()));
        }
    }

    private void latency(double perSecond, int runs) {
        named++;
        long began = System.nanoTime();
        StartTimes.forget();
        Callers.each(ENQUEUERS, runs, i -> {
            long due = began + (long) (i * 1e9 / perSecond);
            for (long left = due - System.nanoTime(); left > 0; left = due - System.nanoTime()) {
                LockSupport.parkNanos(left);
            }
            enqueue(i);
        });
        queue.awaitEmpty();
        long[] waited = StartTimes.sorted();
        System.out.printf(
                Locale.ROOT,
                "at %.0f a second: start latency p50 %.1f ms, p99 %.1f ms, max %.1f ms (%d runs)%n",
                perSecond,
                waited[waited.length / 2] / 1e6,
                waited[waited.length * 99 / 100] / 1e6,
                waited[waited.length - 1] / 1e6,
                waited.length);
    }

    @Override
    public void close() throws IOException {
        queue.close();
        server.close();
    }

    private static int option(List<String> arguments, String name, int otherwise) {
        int at = arguments.indexOf(name);
        return at < 0 ? otherwise : Integer.parseInt(arguments.get(at + 1));
    }

    public static void main(String... args) throws Exception {
        List<String> arguments = List.of(args);
        int runs = option(arguments, "--runs", 4_000);
        try (QueueCost cost = new QueueCost(option(arguments, "--finished", 0))) {
            for (int i = 0; i < 3; i++) {
                double unused = cost.throughput(runs);
            }
            double rate = cost.throughput(runs);
            cost.costs(runs, arguments.contains("--statements"));
            cost.latency(rate / 2, runs);
            cost.latency(1_000, runs);
        }
    }
}
