package dev.clew.opentelemetry;

import dev.clew.checkpoint.LeaseLostException;
import dev.clew.flow.RunListener.RunInfo;
import dev.clew.flow.RunListener.StepInfo;
import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.api.metrics.DoubleHistogram;
import io.opentelemetry.api.metrics.LongCounter;
import io.opentelemetry.api.metrics.Meter;
import java.time.Duration;

/** Counts runs, steps and lost leases. Ids are no attributes, since each would be a series of its own. */
final class RunMeters {
    private static final double NANOS = 1e9;

    private final LongCounter runs;
    private final DoubleHistogram active;
    private final DoubleHistogram steps;
    private final LongCounter replayed;
    private final LongCounter lost;
    private final LongCounter sweeps;

    RunMeters(Meter meter) {
        this.runs = meter.counterBuilder("clew.runs")
                .setDescription("Runs that began, continued or came to rest, by status")
                .setUnit("{run}")
                .build();
        this.active = meter.histogramBuilder("clew.run.active.duration")
                .setDescription("How long runs executed, from a start or resume to the next rest")
                .setUnit("s")
                .build();
        this.steps = meter.histogramBuilder("clew.step.duration")
                .setDescription("How long attempts of steps took, by status")
                .setUnit("s")
                .build();
        this.replayed = meter.counterBuilder("clew.steps.replayed")
                .setDescription("Steps whose recorded outcome was used")
                .setUnit("{step}")
                .build();
        this.lost = meter.counterBuilder("clew.leases.lost")
                .setDescription("Runs that stopped since another process owns their thread, or may own it soon")
                .setUnit("{lease}")
                .build();
        this.sweeps = meter.counterBuilder("clew.sweeps.failed")
                .setDescription("Looks for runs to recover or to remove that failed")
                .setUnit("{sweep}")
                .build();
    }

    void run(RunInfo run, String status) {
        runs.add(1, Attributes.of(Names.WORKFLOW, run.workflow(), Names.STATUS, status));
    }

    void rested(RunInfo run, String status, Duration took) {
        run(run, status);
        active.record(took.toNanos() / NANOS, Attributes.of(Names.WORKFLOW, run.workflow(), Names.STATUS, status));
    }

    /** A run stopped, and can be recovered if its lease was lost. */
    void failed(RunInfo run, Throwable failure, Duration took) {
        rested(run, "failed", took);
        if (failure instanceof LeaseLostException) {
            lost.add(1, Attributes.of(Names.WORKFLOW, run.workflow()));
        }
    }

    void sweepFailed(String sweep) {
        sweeps.add(1, Attributes.of(Names.SWEEP, sweep));
    }

    void step(RunInfo run, StepInfo step, String status, Duration took) {
        steps.record(
                took.toNanos() / NANOS,
                named(run, step).toBuilder().put(Names.STATUS, status).build());
    }

    void replayed(RunInfo run, StepInfo step) {
        replayed.add(1, named(run, step));
    }

    private static Attributes named(RunInfo run, StepInfo step) {
        return Attributes.of(
                Names.WORKFLOW,
                run.workflow(),
                Names.STEP_NAME,
                step.name(),
                Names.KIND,
                step.kind().word());
    }
}
