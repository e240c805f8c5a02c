package dev.clew.opentelemetry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.clew.checkpoint.Checkpointer;
import dev.clew.checkpoint.Claim;
import dev.clew.checkpoint.Commits;
import dev.clew.checkpoint.LeaseLostException;
import dev.clew.flow.RunConfig;
import dev.clew.flow.RunListener.RunInfo;
import dev.clew.flow.RunResult;
import dev.clew.interrupt.Command;
import dev.clew.messages.AiMessage;
import dev.clew.messages.Message;
import dev.clew.messages.MessageChunk;
import dev.clew.messages.Usage;
import dev.clew.model.ModelCall;
import dev.clew.model.ModelClient;
import dev.clew.model.ModelProfile;
import dev.clew.model.ModelRequest;
import dev.clew.queue.Worker;
import dev.clew.sqlite.Sqlite;
import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.StatusCode;
import io.opentelemetry.api.trace.Tracer;
import io.opentelemetry.api.trace.propagation.W3CTraceContextPropagator;
import io.opentelemetry.context.Scope;
import io.opentelemetry.context.propagation.ContextPropagators;
import io.opentelemetry.sdk.OpenTelemetrySdk;
import io.opentelemetry.sdk.metrics.SdkMeterProvider;
import io.opentelemetry.sdk.metrics.data.LongPointData;
import io.opentelemetry.sdk.metrics.data.MetricData;
import io.opentelemetry.sdk.testing.exporter.InMemoryMetricReader;
import io.opentelemetry.sdk.testing.exporter.InMemorySpanExporter;
import io.opentelemetry.sdk.trace.SdkTracerProvider;
import io.opentelemetry.sdk.trace.data.SpanData;
import io.opentelemetry.sdk.trace.export.SimpleSpanProcessor;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What OpenTelemetry is told. */
class ClewTelemetryTest {
    private final InMemorySpanExporter collector = InMemorySpanExporter.create();
    private final InMemoryMetricReader metrics = InMemoryMetricReader.create();
    private final OpenTelemetrySdk sdk = OpenTelemetrySdk.builder()
            .setTracerProvider(SdkTracerProvider.builder()
                    .addSpanProcessor(SimpleSpanProcessor.create(collector))
                    .build())
            .setMeterProvider(
                    SdkMeterProvider.builder().registerMetricReader(metrics).build())
            .setPropagators(ContextPropagators.create(W3CTraceContextPropagator.getInstance()))
            .build();
    private final Tracer application = sdk.getTracer("application");
    private final Checkpointer store = Checkpointer.inMemory();

    private TripFlowGraph graph(Worker... workers) {
        var builder = TripFlowGraph.builder(new TripFlow(application))
                .checkpointer(store)
                .listener(ClewTelemetry.of(sdk));
        for (Worker worker : workers) {
            builder.worker(worker);
        }
        return builder.build();
    }

    private List<SpanData> spans(String name) {
        return collector.getFinishedSpanItems().stream()
                .filter(span -> span.getName().equals(name))
                .toList();
    }

    private SpanData span(String name) {
        assertThat(spans(name)).as(name).hasSize(1);
        return spans(name).get(0);
    }

    private static String text(SpanData span, String key) {
        return span.getAttributes().get(AttributeKey.stringKey(key));
    }

    @Test
    void aPausedRunEndsItsSpanAndTheResumedOneLinksToItWithoutSpansOfReplayedSteps() {
        try (TripFlowGraph graph = graph()) {
            graph.trip().invoke("Rome", RunConfig.thread("trip-1"));
            SpanData paused = span("invoke_workflow TripFlow.trip");
            SpanData search = span("task search");
            collector.reset();

            assertThat(graph.trip()
                            .invoke(Command.resume(true), RunConfig.thread("trip-1"))
                            .value())
                    .isEqualTo("booked hotel in Rome");

            SpanData resumed = span("invoke_workflow TripFlow.trip");
            assertThat(text(paused, "clew.status")).isEqualTo("interrupted");
            assertThat(text(paused, "gen_ai.operation.name")).isEqualTo("invoke_workflow");
            assertThat(text(paused, "gen_ai.conversation.id")).isEqualTo("trip-1");
            assertThat(search.getParentSpanId()).isEqualTo(paused.getSpanId());
            assertThat(text(resumed, "clew.status")).isEqualTo("completed");
            assertThat(resumed.getLinks())
                    .extracting(link -> link.getSpanContext().getSpanId())
                    .containsExactly(paused.getSpanId());
            assertThat(spans("task search")).as("it is replayed").isEmpty();
            assertThat(spans("task book"))
                    .extracting(span -> span.getStatus().getStatusCode())
                    .containsExactlyInAnyOrder(StatusCode.ERROR, StatusCode.UNSET);
        }
    }

    @Test
    void whatATaskCallsHangsBelowItsStep() {
        try (TripFlowGraph graph = graph()) {
            graph.trip().invoke("Rome", RunConfig.thread("trip-2"));

            assertThat(span("GET /hotels").getParentSpanId())
                    .isEqualTo(span("task search").getSpanId());
        }
    }

    @Test
    @SuppressWarnings("try") // the scope is only to be closed
    void aWorkersSpansAreOnTheTraceOfTheCallerAlsoAfterARestart() {
        Span request = application.spanBuilder("POST /trips").startSpan();
        String run;
        try (TripFlowGraph front = graph();
                Scope unused = request.makeCurrent()) {
            run = front.trip().enqueue("Rome", RunConfig.thread("trip-3")).runId();
        }
        request.end();
        String trace = request.getSpanContext().getTraceId();
        try (TripFlowGraph worker = graph(Worker.of("default"))) {
            assertThat(worker.trip().handle(run, "trip-3").result()).isInstanceOf(RunResult.Interrupted.class);
        }
        SpanData executed = span("invoke_workflow TripFlow.trip");
        assertThat(executed.getTraceId()).isEqualTo(trace);
        assertThat(executed.getParentSpanId())
                .isEqualTo(request.getSpanContext().getSpanId());

        try (TripFlowGraph other = graph()) {
            other.trip().invoke(Command.resume(false), RunConfig.thread("trip-3"));
        }
        assertThat(spans("invoke_workflow TripFlow.trip"))
                .extracting(SpanData::getTraceId)
                .containsOnly(trace);
    }

    @Test
    void chatsHaveTokensByTheNamesOfEachBackendAndContentOnlyIfItIsWanted() throws Exception {
        ModelRequest request = ModelRequest.of(List.of(Message.user("a secret")));
        ClewTelemetry quiet = ClewTelemetry.builder(sdk)
                .backends(Backend.LANGFUSE, Backend.OPENINFERENCE)
                .build();
        quiet.model(new Scripted()).call(request, new Call());
        SpanData chat = span("chat gpt-x");

        assertThat(text(chat, "gen_ai.operation.name")).isEqualTo("chat");
        assertThat(text(chat, "gen_ai.provider.name")).isEqualTo("openai");
        assertThat(text(chat, "langfuse.observation.type")).isEqualTo("generation");
        assertThat(text(chat, "openinference.span.kind")).isEqualTo("LLM");
        assertThat(chat.getAttributes().get(AttributeKey.longKey("gen_ai.usage.input_tokens")))
                .isEqualTo(12);
        assertThat(chat.getAttributes().get(AttributeKey.longKey("llm.token_count.completion")))
                .isEqualTo(4);
        assertThat(chat.getAttributes().toString()).doesNotContain("secret", "18 degrees");
        collector.reset();

        ClewTelemetry.builder(sdk).content(true).build().model(new Scripted()).call(request, new Call());
        assertThat(span("chat gpt-x").getAttributes().toString()).contains("a secret", "18 degrees");
    }

    @Test
    void aChatThatFailsIsAnError() {
        ModelClient broken = (request, call) -> {
            throw new IllegalStateException("down");
        };

        assertThatThrownBy(() -> ClewTelemetry.of(sdk)
                        .model(broken)
                        .call(ModelRequest.of(List.of(Message.user("x"))), new Call()))
                .hasMessage("down");
        assertThat(span("chat").getStatus().getStatusCode()).isEqualTo(StatusCode.ERROR);
        assertThat(text(span("chat"), "error.type")).isEqualTo(IllegalStateException.class.getName());
    }

    @Test
    void metricsCountRunsAndStepsByStatus() {
        try (TripFlowGraph graph = graph()) {
            graph.trip().invoke("Rome", RunConfig.thread("trip-4"));
            graph.trip().invoke(Command.resume(true), RunConfig.thread("trip-4"));
        }

        var byName = metrics.collectAllMetrics().stream()
                .collect(Collectors.toMap(MetricData::getName, Function.identity()));

        assertThat(byName)
                .containsOnlyKeys("clew.runs", "clew.run.active.duration", "clew.step.duration", "clew.steps.replayed");
        assertThat(byName.get("clew.runs").getLongSumData().getPoints())
                .extracting(point -> point.getAttributes().get(Names.STATUS))
                .containsExactlyInAnyOrder("started", "interrupted", "resumed", "completed");
        assertThat(byName.get("clew.step.duration").getHistogramData().getPoints())
                .extracting(point -> point.getAttributes().get(Names.STEP_NAME) + " "
                        + point.getAttributes().get(Names.STATUS))
                .contains("search succeeded", "book retried", "book succeeded");
    }

    private static final class Scripted implements ModelClient {
        @Override
        public AiMessage call(ModelRequest request, ModelCall call) {
            return Message.ai("18 degrees.").withUsage(Usage.of(12, 4));
        }

        @Override
        public ModelProfile profile() {
            return ModelProfile.of("openai", "gpt-x");
        }
    }

    private static final class Call implements ModelCall {
        @Override
        public boolean isStreamed() {
            return false;
        }

        @Override
        public void emit(MessageChunk chunk) {}

        @Override
        public void onCancel(Runnable close) {}

        @Override
        public int attempt() {
            return 1;
        }

        @Override
        public String idempotencyKey() {
            return "key";
        }
    }

    @Test
    void aStoreIsMeasuredWithItsCommitsAndQueues(@TempDir Path folder) {
        try (Sqlite db = Sqlite.open(folder.resolve("trips.db"));
                TripFlowGraph front = TripFlowGraph.builder(new TripFlow(application))
                        .checkpointer(db.checkpointer())
                        .build()) {
            ClewTelemetry.Observed observed = ClewTelemetry.of(sdk).observe(db.checkpointer(), "default");
            front.trip().enqueue("Rome", RunConfig.thread("trip-9"));
            front.trip().enqueue("Oslo", RunConfig.thread("trip-10"));
            Map<String, MetricData> measured = measured();

            Commits commits = db.checkpointer().commits();
            assertThat(sum(measured.get("clew.store.commits")))
                    .isEqualTo(commits.count())
                    .isPositive();
            assertThat(sum(measured.get("clew.store.writes")))
                    .isEqualTo(commits.writes())
                    .isGreaterThanOrEqualTo(commits.count());
            assertThat(measured.get("clew.queue.requests").getLongGaugeData().getPoints())
                    .filteredOn(
                            point -> "ready".equals(point.getAttributes().get(AttributeKey.stringKey("clew.state"))))
                    .singleElement()
                    .satisfies(point -> assertThat(point.getValue()).isEqualTo(2));
            assertThat(measured.get("clew.queue.oldest").getDoubleGaugeData().getPoints())
                    .singleElement()
                    .satisfies(point -> assertThat(point.getValue()).isNotNegative());
            observed.close();
            assertThat(measured()).doesNotContainKeys("clew.queue.requests", "clew.store.commits");
        }
    }

    @Test
    void aRunWhoseLeaseIsLostIsCounted() {
        ClewTelemetry telemetry = ClewTelemetry.of(sdk);
        RunInfo run = new RunInfo("TripFlow.trip", "trip-11", "run-1");
        telemetry.runStarted(run);
        telemetry.runFailed(run, new LeaseLostException(new Claim("trip-11", "another process", 3)));
        telemetry.runFailed(run, new IllegalStateException("something else"));
        telemetry.sweepFailed("recoverEvery", new IllegalStateException("the store is away"));

        assertThat(sum(measured().get("clew.leases.lost"))).isEqualTo(1);
        assertThat(sum(measured().get("clew.sweeps.failed"))).isEqualTo(1);
    }

    private Map<String, MetricData> measured() {
        return metrics.collectAllMetrics().stream().collect(Collectors.toMap(MetricData::getName, data -> data));
    }

    private static long sum(MetricData data) {
        return data.getLongSumData().getPoints().stream()
                .mapToLong(LongPointData::getValue)
                .sum();
    }
}
