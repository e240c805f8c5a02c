package dev.clew.server.metrics;

import dev.clew.checkpoint.Checkpointer;
import dev.clew.stream.RunTap;
import dev.clew.stream.StreamEvent;
import dev.clew.stream.StreamMode;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.LongAdder;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Counts the runs that this process executes, and how long each went from where it began or continued to its rest. */
public final class RunMeters implements RunTap {
    private static final Logger LOG = LoggerFactory.getLogger("dev.clew.server");
    private static final List<Double> SECONDS = List.of(0.01, 0.1, 1.0, 10.0, 60.0, 600.0, 3600.0);

    private final Checkpointer store;
    private final Executor readers;
    private final Map<String, LongAdder> executing = new ConcurrentHashMap<>();
    private final Map<Map<String, String>, Histogram> rested = new ConcurrentHashMap<>();

    /** @param readers reads how a run rests, so that the run's own threads need not */
    public RunMeters(Checkpointer store, Executor readers) {
        this.store = store;
        this.readers = readers;
    }

    @Override
    public Ear begins(String workflow, String threadId, String runId) {
        long began = System.nanoTime();
        LongAdder now = executing.computeIfAbsent(workflow, first -> new LongAdder());
        now.increment();
        return new Ear() {
            @Override
            public boolean wants(StreamMode mode) {
                return false;
            }

            @Override
            public void heard(StreamEvent event) {}

            @Override
            public void rested() {
                now.decrement();
                long nanos = System.nanoTime() - began;
                try {
                    readers.execute(() -> count(workflow, threadId, runId, nanos));
                } catch (RejectedExecutionException closed) {
                    LOG.trace("the server is closed, run '{}' is not counted", runId);
                }
            }
        };
    }

    private void count(String workflow, String threadId, String runId, long nanos) {
        try {
            String status = store.run(threadId, runId)
                    .map(run -> run.status().name().toLowerCase(Locale.ROOT))
                    .orElse("deleted");
            rested.computeIfAbsent(Map.of("workflow", workflow, "status", status), first -> new Histogram(SECONDS))
                    .took(nanos);
        } catch (RuntimeException failed) {
            LOG.warn(
                    "the status of run '{}' of thread '{}' could not be read, so it is not counted",
                    runId,
                    threadId,
                    failed);
        }
    }

    /** Writes what was counted. */
    public void write(Exposition text) {
        text.family("clew_runs_executing", "gauge", "Runs that this process executes now.");
        executing.forEach(
                (workflow, now) -> text.sample("clew_runs_executing", Map.of("workflow", workflow), now.sum()));
        text.family(
                "clew_run_seconds",
                "histogram",
                "Time from where a run began or continued here to its rest, by how it rests; idle is completed.");
        rested.forEach((labels, took) -> took.write(text, "clew_run_seconds", labels));
    }
}
