package dev.clew.postgres;

import dev.clew.contracts.lab.Lab;
import dev.clew.flow.Durability;
import dev.clew.flow.RunConfig;
import dev.clew.queue.Worker;
import java.time.Duration;
import java.util.Arrays;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** Measures how long after {@code enqueue} was called a run begins in another process, with hints and without. */
final class HintLatency {
    private static final int RUNS = 300;

    private HintLatency() {}

    public static void main(String[] arguments) throws Exception {
        measure("with hints, pollEvery 1 s", PostgresOptions.defaults(), Duration.ofSeconds(1));
        measure("pollOnly, pollEvery 1 s", PostgresOptions.defaults().pollOnly(), Duration.ofSeconds(1));
        measure("pollOnly, pollEvery 100 ms", PostgresOptions.defaults().pollOnly(), Duration.ofMillis(100));
    }

    private static void measure(String name, PostgresOptions options, Duration pollEvery) throws Exception {
        TestServer server = TestServer.shared();
        PostgresOptions fresh = options.schema(server.freshSchema());
        Map<String, Long> begun = new ConcurrentHashMap<>();
        try (Postgres there = Postgres.of(server.pool(), fresh);
                Lab worker = new Lab(there.checkpointer(), Durability.ASYNC)
                        .options(graph ->
                                graph.worker(Worker.of("q").concurrency(16).pollEvery(pollEvery)));
                Postgres here = Postgres.of(server.pool(), fresh);
                Lab front = new Lab(here.checkpointer(), Durability.ASYNC)) {
            worker.body((input, calls, run) -> {
                begun.put(input, System.nanoTime());
                return input;
            });
            front.body((input, calls, run) -> input);
            worker.graph();
            for (int i = 0; i < 50; i++) {
                front.workflow()
                        .enqueue("warm" + i, RunConfig.thread("warm" + i).queue("q"));
                Thread.sleep(20);
            }
            double[] millis = new double[RUNS];
            long[] called = new long[RUNS];
            for (int i = 0; i < RUNS; i++) {
                called[i] = System.nanoTime();
                front.workflow().enqueue("run" + i, RunConfig.thread("run" + i).queue("q"));
                Thread.sleep(17);
            }
            while (begun.size() < RUNS + 50) {
                Thread.sleep(50);
            }
            for (int i = 0; i < RUNS; i++) {
                millis[i] = (begun.get("run" + i) - called[i]) / 1e6;
            }
            Arrays.sort(millis);
            System.out.printf(
                    "%s: start latency p50 %.1f ms, p99 %.1f ms, most %.1f ms%n",
                    name, millis[RUNS / 2], millis[RUNS * 99 / 100], millis[RUNS - 1]);
        }
    }
}
