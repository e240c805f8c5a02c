package dev.clew.opentelemetry;

import dev.clew.checkpoint.Checkpointer;
import dev.clew.checkpoint.Commits;
import dev.clew.queue.QueueState;
import dev.clew.queue.RequestState;
import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.api.metrics.Meter;
import io.opentelemetry.api.metrics.ObservableDoubleMeasurement;
import io.opentelemetry.api.metrics.ObservableLongMeasurement;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.ToLongFunction;

/** What a store has committed, and what waits in its queues. All of it is read when the metrics are. */
final class StoreMeters implements ClewTelemetry.Observed {
    private static final long FRESH_NANOS = Duration.ofSeconds(2).toNanos();

    private static final List<RequestState> STATES =
            List.of(RequestState.READY, RequestState.WAITING, RequestState.TAKEN, RequestState.HELD);

    private final Checkpointer store;
    private final List<String> queues;
    private final Map<String, Seen> seen = new ConcurrentHashMap<>();
    private final List<AutoCloseable> instruments = new ArrayList<>();

    private record Seen(QueueState state, long at) {}

    StoreMeters(Meter meter, Checkpointer store, List<String> queues) {
        this.store = store;
        this.queues = queues;
        count(meter, "clew.store.commits", "{commit}", "Transactions that the store committed", Commits::count);
        count(meter, "clew.store.writes", "{write}", "Changes that these commits stored", Commits::writes);
        if (!queues.isEmpty()) {
            instruments.add(meter.gaugeBuilder("clew.queue.requests")
                    .ofLongs()
                    .setDescription("Enqueued runs, by state")
                    .setUnit("{request}")
                    .buildWithCallback(this::requests));
            instruments.add(meter.gaugeBuilder("clew.queue.oldest")
                    .setDescription("How long the oldest run that is ready has waited")
                    .setUnit("s")
                    .buildWithCallback(this::ages));
        }
    }

    private void count(Meter meter, String name, String unit, String description, ToLongFunction<Commits> number) {
        instruments.add(meter.counterBuilder(name)
                .setDescription(description)
                .setUnit(unit)
                .buildWithCallback(measured -> measured.record(number.applyAsLong(store.commits()))));
    }

    private void requests(ObservableLongMeasurement measured) {
        for (String queue : queues) {
            QueueState state = state(queue);
            for (RequestState each : STATES) {
                measured.record(
                        state.count(each),
                        Attributes.of(
                                Names.QUEUE, queue, Names.STATE, each.name().toLowerCase(Locale.ROOT)));
            }
        }
    }

    private void ages(ObservableDoubleMeasurement measured) {
        for (String queue : queues) {
            Instant oldest = state(queue).oldest();
            double age = oldest == null
                    ? 0
                    : Math.max(0, Duration.between(oldest, store.now()).toMillis() / 1000.0);
            measured.record(age, Attributes.of(Names.QUEUE, queue));
        }
    }

    /** The instruments are read together, and one look is enough for them. */
    private QueueState state(String queue) {
        return seen.compute(
                        queue,
                        (name, known) -> known != null && System.nanoTime() - known.at < FRESH_NANOS
                                ? known
                                : new Seen(store.queue().state(name), System.nanoTime()))
                .state;
    }

    @Override
    public synchronized void close() {
        while (!instruments.isEmpty()) {
            try {
                instruments.remove(instruments.size() - 1).close();
            } catch (Exception refused) {
                throw new IllegalStateException("an instrument of OpenTelemetry could not be closed", refused);
            }
        }
    }
}
