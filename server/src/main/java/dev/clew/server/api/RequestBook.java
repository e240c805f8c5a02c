package dev.clew.server.api;

import dev.clew.server.catalog.Served;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import tools.jackson.databind.node.ObjectNode;

/** The requests that this process got. */
public final class RequestBook {
    private final Map<String, List<Entry>> byThread = new ConcurrentHashMap<>();

    record Entry(
            String threadId,
            String requestId,
            String runId,
            Served served,
            ObjectNode kwargs,
            ObjectNode metadata,
            String strategy,
            Instant createdAt,
            CompletableFuture<Outcome> outcome) {}

    void add(Entry entry) {
        byThread.compute(entry.threadId(), (id, before) -> {
            List<Entry> all = new ArrayList<>(before == null ? List.of() : before);
            all.add(entry);
            return List.copyOf(all);
        });
    }

    List<Entry> of(String threadId) {
        return byThread.getOrDefault(threadId, List.of());
    }

    Optional<Entry> find(String threadId, String requestId) {
        return of(threadId).stream()
                .filter(entry -> entry.requestId().equals(requestId))
                .findFirst();
    }

    Optional<Entry> find(String requestId) {
        return byThread.values().stream()
                .flatMap(List::stream)
                .filter(entry -> entry.requestId().equals(requestId))
                .findFirst();
    }

    public List<String> ofRun(String threadId, String runId) {
        return of(threadId).stream()
                .filter(entry -> entry.runId().equals(runId))
                .map(Entry::requestId)
                .toList();
    }

    void forget(String threadId) {
        byThread.remove(threadId);
    }
}
