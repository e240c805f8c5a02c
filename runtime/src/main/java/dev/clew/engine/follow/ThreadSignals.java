package dev.clew.engine.follow;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** Notifies listeners in this graph that a run of a thread has come to rest here, or was ended here. Thread-safe. */
public final class ThreadSignals {
    /** What a listener waits for. */
    public enum Event {
        /** The run is over: it completed, failed, was cancelled, or this graph gave it back. */
        OVER,
        /** The run is over or paused. */
        AT_REST
    }

    private record Listener(Event awaits, Runnable notified) {
        boolean isFor(Event event) {
            return awaits == Event.AT_REST || event == Event.OVER;
        }
    }

    /** By thread, in the order in which they came. A thread's listeners are changed only while its key is computed. */
    private final Map<String, Map<Object, Listener>> byThread = new ConcurrentHashMap<>();

    /** Notifies this listener once, of the next event that it awaits. It replaces one with an equal key, and must be short. */
    public void listen(String threadId, Object key, Event awaits, Runnable notified) {
        byThread.compute(threadId, (id, known) -> {
            Map<Object, Listener> all = known == null ? new LinkedHashMap<>() : known;
            all.put(key, new Listener(awaits, notified));
            return all;
        });
    }

    /** Removes this listener. */
    public void forget(String threadId, Object key) {
        byThread.computeIfPresent(threadId, (id, known) -> {
            known.remove(key);
            return known.isEmpty() ? null : known;
        });
    }

    /** Notifies the listeners of a thread that await this event, on the calling thread. */
    public void signal(String threadId, Event event) {
        List<Listener> notified = new ArrayList<>();
        byThread.computeIfPresent(threadId, (id, known) -> {
            known.values().removeIf(listener -> listener.isFor(event) && notified.add(listener));
            return known.isEmpty() ? null : known;
        });
        notified.forEach(listener -> listener.notified().run());
    }
}
