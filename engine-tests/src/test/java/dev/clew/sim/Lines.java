package dev.clew.sim;

import dev.clew.queue.QueueSettings;
import dev.clew.queue.QueuedRun;
import dev.clew.queue.RequestRow;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** What the store did with requests, in the order in which it did it: lines keep their order, and limits hold. */
final class Lines {
    private final World world;
    private final Map<String, Map<String, Place>> threads = new HashMap<>();
    /** Whoever enqueued these was told so: no power loss takes them away. */
    private final Set<String> acknowledged = new HashSet<>();

    private static final class Place {
        private final boolean delayed;
        private boolean gone;
        private int takes;

        Place(boolean delayed) {
            this.delayed = delayed;
        }
    }

    Lines(World world) {
        this.world = world;
    }

    // --- what the store does ---

    void joined(QueuedRun request) {
        Map<String, Place> line = threads.computeIfAbsent(request.threadId(), id -> new LinkedHashMap<>());
        Place before = line.put(request.requestId(), new Place(!request.delay().isZero()));
        world.check(before == null, "Q1: request %s was added twice", request.requestId());
    }

    /**
     * @param running all requests that are taken now
     */
    void taken(List<RequestRow> rows, List<RequestRow> running, QueueSettings limits) {
        for (RequestRow row : rows) {
            QueuedRun request = row.request();
            place(request.threadId(), request.requestId()).takes++;
            long ofKey = running.stream()
                    .filter(other -> request.concurrencyKey() != null
                            && request.concurrencyKey().equals(other.request().concurrencyKey()))
                    .count();
            boolean fits = limits.perKeyConcurrency() == 0 || ofKey <= limits.perKeyConcurrency();
            world.check(fits, "Q3: %s requests of key %s are taken", ofKey, request.concurrencyKey());
        }
        boolean fit = rows.isEmpty() || limits.globalConcurrency() == 0 || running.size() <= limits.globalConcurrency();
        world.check(fit, "Q3: %s requests are taken", running.size());
    }

    /** Its run is opened, or continued: then nobody is before it. */
    void opened(String threadId, String requestId) {
        for (Map.Entry<String, Place> entry : threads.get(threadId).entrySet()) {
            Place place = entry.getValue();
            if (entry.getKey().equals(requestId)) {
                place.gone = true;
                return;
            }
            world.check(
                    place.gone || place.delayed,
                    "Q2: %s of %s was opened before %s, which joined before it",
                    requestId,
                    threadId,
                    entry.getKey());
        }
    }

    /** It is over before it was opened. */
    void ended(String threadId, String requestId) {
        place(threadId, requestId).gone = true;
    }

    /** Nothing is stored any more; what is kept will be done again. */
    void forget() {
        threads.clear();
    }

    // --- what people see ---

    void acknowledge(Demand.Wanted wanted) {
        acknowledged.add(wanted.id());
    }

    boolean isAcknowledged(Demand.Wanted wanted) {
        return acknowledged.contains(wanted.id());
    }

    /** How often a request was taken. */
    int takes(String threadId, String requestId) {
        return place(threadId, requestId).takes;
    }

    /** What is known of a line, for a person to read. */
    List<String> of(String threadId) {
        List<String> told = new ArrayList<>();
        threads.getOrDefault(threadId, Map.of())
                .forEach((id, place) -> told.add(id + (place.gone ? " gone" : " waits") + ", takes=" + place.takes));
        return told;
    }

    private Place place(String threadId, String requestId) {
        return threads.get(threadId).get(requestId);
    }
}
