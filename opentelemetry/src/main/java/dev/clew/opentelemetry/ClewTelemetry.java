package dev.clew.opentelemetry;

import dev.clew.checkpoint.Checkpointer;
import dev.clew.flow.RunListener;
import dev.clew.interrupt.PendingInterrupt;
import dev.clew.model.ModelClient;
import dev.clew.task.Failure;
import io.opentelemetry.api.OpenTelemetry;
import io.opentelemetry.api.metrics.Meter;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Tells OpenTelemetry what runs do: a listener of a graph that makes spans and metrics. Thread-safe; one is enough for all graphs.
 *
 * <ul>
 *   <li>An activation of a run is a span {@code invoke_workflow NAME}, from its start or resume to its pause or end. Attempts of steps are
 *       spans below it; tools of agents are {@code execute_tool NAME}. What is replayed makes no span.
 *   <li>A run that is enqueued or continued elsewhere stays on the trace of the caller that asked for it first, whose context is
 *       stored with the run. A resumed run's span links to the one before.
 *   <li>The span of an attempt is current while its code runs, so clients that are instrumented hang below it.
 * </ul>
 *
 * <p>Spans have names, ids and numbers. What users wrote and models said is only in them by {@link Builder#content}.
 *
 * <pre>{@code
 * var telemetry = ClewTelemetry.of(GlobalOpenTelemetry.get());
 * var graph = EssayFlowGraph.builder(new EssayFlow(writer)).checkpointer(db.checkpointer()).listener(telemetry).build();
 * }</pre>
 */
public final class ClewTelemetry implements RunListener {
    /** The name of the instrumentation. */
    static final String SCOPE = "dev.clew";

    private final RunSpans spans;
    private final RunMeters meters;
    private final ChatSpans chats;
    private final Meter meter;

    private ClewTelemetry(OpenTelemetry telemetry, Dialect dialect) {
        this.spans = new RunSpans(telemetry, dialect);
        this.meter = telemetry.getMeter(SCOPE);
        this.meters = new RunMeters(meter);
        this.chats = new ChatSpans(telemetry.getTracer(SCOPE), dialect);
    }

    /** Without content, and with OpenTelemetry's own names. */
    public static ClewTelemetry of(OpenTelemetry telemetry) {
        return builder(telemetry).build();
    }

    /** One with options. */
    public static Builder builder(OpenTelemetry telemetry) {
        return new Builder(telemetry);
    }

    /**
     * A model whose calls are spans {@code chat MODEL} with the tokens that they cost.
     *
     * <pre>{@code
     * Agent.builder("travel", telemetry.model(LangChain4jModel.of(model)))
     * }</pre>
     */
    public ModelClient model(ModelClient model) {
        return chats.around(model);
    }

    /**
     * Measures a store: its commits, what they stored, and how much waits in these queues, for how long. A reader of the metrics looks at
     * the store itself; of each queue once in two seconds at most. One process is enough for the queues, all need it for the commits.
     *
     * <pre>{@code
     * try (var measured = telemetry.observe(db.checkpointer(), "default")) {
     *     server.join();
     * }
     * }</pre>
     *
     * @return ends it; close it before the store
     */
    public Observed observe(Checkpointer store, String... queues) {
        return new StoreMeters(meter, store, List.of(queues));
    }

    /** A store that is measured, until this is closed. */
    public interface Observed extends AutoCloseable {
        @Override
        void close();
    }

    /** Options. Not thread-safe. */
    public static final class Builder {
        private final OpenTelemetry telemetry;
        private final Set<Backend> backends = EnumSet.noneOf(Backend.class);
        private boolean content;

        private Builder(OpenTelemetry telemetry) {
            this.telemetry = telemetry;
        }

        /** Adds the names that these read. */
        public Builder backends(Backend... more) {
            backends.addAll(List.of(more));
            return this;
        }

        /** Whether spans of chats have what was asked and answered. They may be personal; by default they do not. */
        public Builder content(boolean isWanted) {
            this.content = isWanted;
            return this;
        }

        /** The listener. */
        public ClewTelemetry build() {
            return new ClewTelemetry(telemetry, new Dialect(backends, content));
        }
    }

    @Override
    public Map<String, String> runRequested(String workflow) {
        return spans.requested();
    }

    @Override
    public @Nullable AutoCloseable stepEntered(RunInfo run, StepInfo step) {
        return spans.entered(run, step);
    }

    @Override
    public void runStarted(RunInfo run) {
        spans.runBegins(run, false);
        meters.run(run, "started");
    }

    @Override
    public void runResumed(RunInfo run) {
        spans.runBegins(run, true);
        meters.run(run, "resumed");
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
    public void runCancelled(RunInfo run) {
        rests(run, "cancelled");
    }

    @Override
    public void runUndone(RunInfo run) {
        rests(run, "undone");
    }

    private void rests(RunInfo run, String status) {
        meters.rested(run, status, spans.runRests(run, status, null));
    }

    @Override
    public void runFailed(RunInfo run, Throwable failure) {
        meters.failed(run, failure, spans.runRests(run, "failed", failure));
    }

    @Override
    public void stepStarted(RunInfo run, StepInfo step) {
        spans.stepBegins(run, step);
    }

    @Override
    public void stepReplayed(RunInfo run, StepInfo step) {
        meters.replayed(run, step);
    }

    @Override
    public void stepSucceeded(RunInfo run, StepInfo step, Duration took) {
        spans.stepEnds(run, step, null);
        meters.step(run, step, step.attempt() == 0 ? "cached" : "succeeded", took);
    }

    @Override
    public void stepRetried(RunInfo run, StepInfo step, Failure failure, Duration delay) {
        meters.step(run, step, "retried", spans.stepEnds(run, step, failure));
    }

    @Override
    public void stepFailed(RunInfo run, StepInfo step, Failure failure) {
        meters.step(run, step, "failed", spans.stepEnds(run, step, failure));
    }

    @Override
    public void questionAsked(RunInfo run, PendingInterrupt<?, ?> question) {
        spans.asked(run, question.name());
    }

    @Override
    public void sweepFailed(String sweep, RuntimeException why) {
        meters.sweepFailed(sweep);
    }
}
