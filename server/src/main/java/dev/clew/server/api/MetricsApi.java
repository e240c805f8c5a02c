package dev.clew.server.api;

import dev.clew.index.ThreadActivity;
import dev.clew.index.ThreadSearch;
import dev.clew.queue.QueueState;
import dev.clew.queue.RequestState;
import dev.clew.server.auth.Operation;
import dev.clew.server.kernel.ApiRequest;
import dev.clew.server.kernel.Reply;
import dev.clew.server.kernel.Route;
import dev.clew.server.metrics.Exposition;
import dev.clew.server.metrics.Meters;
import dev.clew.server.metrics.RunMeters;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Metrics for Prometheus: what this process counted, and what the store has now. */
public final class MetricsApi {
    /** How far threads are counted. */
    private static final int MOST_COUNTED = 10_000;

    /** The queue of the server's runs. */
    private static final String QUEUE = "default";

    private final Parts parts;
    private final Gate gate;
    private final Meters meters;
    private final RunMeters runs;

    public MetricsApi(Parts parts, Meters meters, RunMeters runs) {
        this.parts = parts;
        this.gate = new Gate(parts);
        this.meters = meters;
        this.runs = runs;
    }

    public List<Route> routes() {
        return List.of(Route.get("/metrics", Operation.Server.METRICS, this::metrics));
    }

    private Reply metrics(ApiRequest request) {
        gate.decide(request, Operation.Server.METRICS);
        Exposition text = new Exposition();
        meters.write(text);
        runs.write(text);
        threads(text);
        queue(text);
        return new Reply.Bytes(200, Map.of(), Exposition.TYPE, text.toString().getBytes(StandardCharsets.UTF_8));
    }

    private void threads(Exposition text) {
        text.family("clew_threads", "gauge", "Threads by what they are doing, counted up to " + MOST_COUNTED + ".");
        for (ThreadActivity activity : ThreadActivity.values()) {
            long count = parts.book().index().count(ThreadSearch.all().activity(activity), MOST_COUNTED);
            text.sample("clew_threads", Map.of("status", word(activity)), count);
        }
    }

    private void queue(Exposition text) {
        QueueState state = parts.operator().queue(QUEUE).state();
        text.family(
                "clew_queue_requests", "gauge", "Requests in the queue, by their state; ready ones wait for a worker.");
        for (RequestState each : RequestState.values()) {
            if (!each.isOver()) {
                text.sample("clew_queue_requests", Map.of("queue", QUEUE, "state", word(each)), state.count(each));
            }
        }
        text.family("clew_queue_oldest_seconds", "gauge", "How long the oldest request has waited for a worker.");
        Instant oldest = state.oldest();
        double seconds = oldest == null
                ? 0
                : Math.max(0, Duration.between(oldest, parts.store().now()).toMillis() / 1_000.0);
        text.sample("clew_queue_oldest_seconds", Map.of("queue", QUEUE), seconds);
    }

    private static String word(Enum<?> value) {
        return value.name().toLowerCase(Locale.ROOT);
    }
}
