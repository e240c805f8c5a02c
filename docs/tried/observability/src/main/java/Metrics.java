import dev.clew.annotations.Entrypoint;
import dev.clew.annotations.Task;
import dev.clew.flow.RunConfig;
import dev.clew.flow.RunHandle;
import dev.clew.opentelemetry.ClewTelemetry;
import dev.clew.queue.Worker;
import dev.clew.sqlite.Sqlite;
import io.opentelemetry.sdk.OpenTelemetrySdk;
import io.opentelemetry.sdk.common.CompletableResultCode;
import io.opentelemetry.sdk.metrics.InstrumentType;
import io.opentelemetry.sdk.metrics.SdkMeterProvider;
import io.opentelemetry.sdk.metrics.data.AggregationTemporality;
import io.opentelemetry.sdk.metrics.data.DoublePointData;
import io.opentelemetry.sdk.metrics.data.HistogramPointData;
import io.opentelemetry.sdk.metrics.data.LongPointData;
import io.opentelemetry.sdk.metrics.data.MetricData;
import io.opentelemetry.sdk.metrics.data.PointData;
import io.opentelemetry.sdk.metrics.export.MetricExporter;
import io.opentelemetry.sdk.metrics.export.PeriodicMetricReader;
import java.nio.file.Path;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** Enqueued runs as metrics: the exporter is in this process, and prints each number. */
public class Metrics {
    @Task
    String greet(String name) {
        return "hello " + name;
    }

    @Entrypoint
    String welcome(String name, MetricsTasks tasks) {
        return tasks.greet(name).join();
    }

    /** An exporter of metrics. Yours sends them to a server. */
    static class Printer implements MetricExporter {
        @Override
        public CompletableResultCode export(Collection<MetricData> metrics) {
            metrics.stream()
                    .flatMap(metric -> metric.getData().getPoints().stream()
                            .map(point -> metric.getName() + " " + point.getAttributes() + " " + number(point)))
                    .sorted()
                    .forEach(System.out::println);
            return CompletableResultCode.ofSuccess();
        }

        /** Of a duration how many there were. */
        private static String number(PointData point) {
            if (point instanceof HistogramPointData histogram) {
                return histogram.getCount() + " times";
            }
            return point instanceof LongPointData whole
                    ? String.valueOf(whole.getValue())
                    : String.valueOf(((DoublePointData) point).getValue());
        }

        @Override
        public AggregationTemporality getAggregationTemporality(InstrumentType type) {
            return AggregationTemporality.CUMULATIVE;
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

    public static void main(String... args) {
        SdkMeterProvider meters = SdkMeterProvider.builder()
                .registerMetricReader(PeriodicMetricReader.create(new Printer()))
                .build();
        ClewTelemetry telemetry = ClewTelemetry.of(
                OpenTelemetrySdk.builder().setMeterProvider(meters).build());
        try (var db = Sqlite.open(Path.of("metrics.db"));
                var observed = telemetry.observe(db.checkpointer(), "default");
                var graph = MetricsGraph.builder(new Metrics())
                        .checkpointer(db.checkpointer())
                        .listener(telemetry)
                        .worker(Worker.of("default"))
                        .build()) {
            List<RunHandle<String>> runs = Stream.of("Ann", "Ben", "Cleo")
                    .map(name -> graph.welcome().enqueue(name, RunConfig.once("welcome-" + name)))
                    .toList();
            runs.forEach(RunHandle::result);
            meters.forceFlush().join(10, TimeUnit.SECONDS);
        }
    }
}
