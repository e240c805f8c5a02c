package dev.clew.spring.boot;

import dev.clew.checkpoint.LeaseLostException;
import dev.clew.flow.RunListener;
import dev.clew.interrupt.PendingInterrupt;
import dev.clew.state.StepKind;
import dev.clew.task.Failure;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * Counts what runs and steps do, by the names that clew-opentelemetry has. Names of steps are those of methods, so there are few;
 * threads and runs are no tags.
 */
final class RunMetrics implements RunListener {
    private final MeterRegistry registry;
    private final Map<RunKey, Long> runs = new ConcurrentHashMap<>();
    private final Map<StepKey, Long> steps = new ConcurrentHashMap<>();

    private record RunKey(String thread, String run) {
        static RunKey of(RunInfo run) {
            return new RunKey(run.threadId(), run.runId());
        }
    }

    private record StepKey(RunKey run, String path, int attempt) {
        static StepKey of(RunInfo run, StepInfo step) {
            return new StepKey(RunKey.of(run), step.path(), step.attempt());
        }
    }

    RunMetrics(MeterRegistry registry) {
        this.registry = registry;
    }

    private void run(RunInfo run, String status) {
        registry.counter("clew.runs", "workflow", run.workflow(), "status", status)
                .increment();
    }

    private void begins(RunInfo run, String status) {
        runs.put(RunKey.of(run), System.nanoTime());
        run(run, status);
    }

    private void rests(RunInfo run, String status) {
        RunKey key = RunKey.of(run);
        steps.keySet().removeIf(step -> step.run.equals(key)); // scopes that were unwound
        run(run, status);
        registry.timer("clew.run.active.duration", "workflow", run.workflow(), "status", status)
                .record(since(runs.remove(key)));
    }

    private void step(RunInfo run, StepInfo step, String status, Duration took) {
        registry.timer(
                        "clew.step.duration",
                        "workflow",
                        run.workflow(),
                        "step",
                        step.name(),
                        "kind",
                        kind(step.kind()),
                        "status",
                        status)
                .record(took);
    }

    private Duration ends(RunInfo run, StepInfo step) {
        return since(steps.remove(StepKey.of(run, step)));
    }

    private static Duration since(@Nullable Long began) {
        return began == null ? Duration.ZERO : Duration.ofNanos(System.nanoTime() - began);
    }

    private static String kind(StepKind kind) {
        return kind.name().toLowerCase(Locale.ROOT);
    }

    @Override
    public void runStarted(RunInfo run) {
        begins(run, "started");
    }

    @Override
    public void runResumed(RunInfo run) {
        begins(run, "resumed");
    }

    @Override
    public void runInterrupted(RunInfo run, List<PendingInterrupt<?, ?>> pending) {
        rests(run, "interrupted");
    }

    @Override
    public void runSleeping(RunInfo run, Instant wakeAt) {
        rests(run, "sleeping");
    }

    @Override
    public void runCompleted(RunInfo run) {
        rests(run, "completed");
    }

    @Override
    public void runFailed(RunInfo run, Throwable failure) {
        rests(run, "failed");
        if (failure instanceof LeaseLostException) {
            registry.counter("clew.leases.lost", "workflow", run.workflow()).increment();
        }
    }

    @Override
    public void runCancelled(RunInfo run) {
        rests(run, "cancelled");
    }

    @Override
    public void runUndone(RunInfo run) {
        rests(run, "undone");
    }

    @Override
    public void stepStarted(RunInfo run, StepInfo step) {
        steps.put(StepKey.of(run, step), System.nanoTime());
    }

    @Override
    public void stepReplayed(RunInfo run, StepInfo step) {
        registry.counter(
                        "clew.steps.replayed",
                        "workflow",
                        run.workflow(),
                        "step",
                        step.name(),
                        "kind",
                        kind(step.kind()))
                .increment();
    }

    @Override
    public void stepSucceeded(RunInfo run, StepInfo step, Duration took) {
        steps.remove(StepKey.of(run, step));
        step(run, step, step.attempt() == 0 ? "cached" : "succeeded", took);
    }

    @Override
    public void stepRetried(RunInfo run, StepInfo step, Failure failure, Duration delay) {
        step(run, step, "retried", ends(run, step));
    }

    @Override
    public void stepFailed(RunInfo run, StepInfo step, Failure failure) {
        step(run, step, "failed", ends(run, step));
    }

    @Override
    public void sweepFailed(String sweep, RuntimeException why) {
        registry.counter("clew.sweeps.failed", "sweep", sweep).increment();
    }
}
