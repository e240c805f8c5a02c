package dev.clew.engine;

import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** Tells those who wait for a thread that a run of it has come to rest, or was ended, in this graph. */
final class Bells {
    private final Map<String, Map<String, Runnable>> byThread = new ConcurrentHashMap<>();

    /** Tells this listener once, the next time; it takes the place of one with the same name. It must be short. */
    void hear(String threadId, String listener, Runnable told) {
        byThread.compute(threadId, (id, known) -> {
            Map<String, Runnable> all = known == null ? new ConcurrentHashMap<>() : known;
            all.put(listener, told);
            return all;
        });
    }

    /** Tells this listener nothing any more. */
    void forget(String threadId, String listener) {
        byThread.computeIfPresent(threadId, (id, known) -> {
            known.remove(listener);
            return known.isEmpty() ? null : known;
        });
    }

    void ring(String threadId) {
        Map<String, Runnable> told = byThread.remove(threadId);
        if (told != null) {
            List.copyOf(told.values()).forEach(Runnable::run);
        }
    }
}
