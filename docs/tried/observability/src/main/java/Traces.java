import dev.clew.annotations.Entrypoint;
import dev.clew.annotations.Retry;
import dev.clew.annotations.Task;
import dev.clew.flow.Run;
import dev.clew.flow.RunConfig;
import dev.clew.flow.RunResult;
import dev.clew.interrupt.InterruptKey;
import dev.clew.opentelemetry.ClewTelemetry;
import dev.clew.sqlite.Sqlite;
import io.opentelemetry.api.OpenTelemetry;
import io.opentelemetry.api.trace.propagation.W3CTraceContextPropagator;
import io.opentelemetry.context.propagation.ContextPropagators;
import io.opentelemetry.sdk.OpenTelemetrySdk;
import io.opentelemetry.sdk.common.CompletableResultCode;
import io.opentelemetry.sdk.trace.SdkTracerProvider;
import io.opentelemetry.sdk.trace.data.SpanData;
import io.opentelemetry.sdk.trace.export.SimpleSpanProcessor;
import io.opentelemetry.sdk.trace.export.SpanExporter;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Collection;
import java.util.concurrent.atomic.AtomicInteger;

/** A run that asks somebody, as traces: the collector is in this process, and prints each span as it ends. */
public class Traces {
    public static final InterruptKey<String, Boolean> CONFIRM = InterruptKey.of("confirm", String.class, Boolean.class);

    private final AtomicInteger calls = new AtomicInteger();

    @Task
    String search(String town) {
        return "the hotel in " + town;
    }

    @Task(retry = @Retry(maxAttempts = 2, initialInterval = "PT0.01S"))
    String book(String hotel) throws IOException {
        if (calls.incrementAndGet() == 1) {
            throw new IOException("the line is busy");
        }
        return "booked " + hotel;
    }

    @Entrypoint
    String trip(String town, TracesTasks tasks, Run run) {
        String hotel = tasks.search(town).join();
        return run.interrupt(CONFIRM, hotel) ? tasks.book(hotel).join() : "stayed at home";
    }

    /** A collector of traces. Yours is a server, and the SDK's exporter sends it what is collected. */
    static class Printer implements SpanExporter {
        @Override
        public CompletableResultCode export(Collection<SpanData> spans) {
            for (SpanData span : spans) {
                String links = span.getLinks().isEmpty()
                        ? ""
                        : ", continues "
                                + span.getLinks().get(0).getSpanContext().getSpanId();
                System.out.println(span.getTraceId().substring(0, 8) + " " + span.getSpanId() + " below "
                        + span.getParentSpanId() + ": " + span.getName() + " "
                        + span.getStatus().getStatusCode() + links);
            }
            return CompletableResultCode.ofSuccess();
        }

        @Override
        public CompletableResultCode flush() {
            return CompletableResultCode.ofSuccess();
        }

        @Override
        public CompletableResultCode shutdown() {
            return CompletableResultCode.ofSuccess();
        }
    }

    static OpenTelemetry openTelemetry() {
        return OpenTelemetrySdk.builder()
                .setTracerProvider(SdkTracerProvider.builder()
                        .addSpanProcessor(SimpleSpanProcessor.create(new Printer()))
                        .build())
                .setPropagators(ContextPropagators.create(W3CTraceContextPropagator.getInstance()))
                .build();
    }

    public static void main(String... args) {
        try (var db = Sqlite.open(Path.of(args.length == 2 ? args[1] : "traces.db"));
                var graph = TracesGraph.builder(new Traces())
                        .checkpointer(db.checkpointer())
                        .listener(ClewTelemetry.of(openTelemetry()))
                        .build()) {
            RunConfig trip = RunConfig.once("traces");
            RunResult<String> result = graph.trip().invoke("Rome", trip);
            if (result instanceof RunResult.Interrupted<String> pause) {
                result = graph.trip().invoke(pause.only(CONFIRM).answer(true), trip);
            }
            System.out.println(result.value());
        }
    }
}
