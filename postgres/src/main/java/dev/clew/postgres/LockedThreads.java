package dev.clew.postgres;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * Requests of a writer that wait for threads whose rows somebody else has locked, such as a session of psql. They are tried again
 * one thread after the other, each for a moment, so that the writer's other threads wait no longer than that. Only for the writer's
 * own thread.
 */
final class LockedThreads {
    /** How long a thread's requests wait before they fail. */
    private static final long PATIENCE = TimeUnit.SECONDS.toNanos(5);

    private final Map<String, List<Request>> waiting = new LinkedHashMap<>();
    private final Map<String, Long> since = new HashMap<>();

    boolean isEmpty() {
        return waiting.isEmpty();
    }

    /** Keeps requests of one thread, which found it locked; false if they have waited long enough. */
    boolean keep(List<Request> requests) {
        String threadId = requests.get(0).threadId();
        long now = System.nanoTime();
        if (now - since.computeIfAbsent(threadId, id -> now) >= PATIENCE) {
            since.remove(threadId);
            return false;
        }
        waiting.computeIfAbsent(threadId, id -> new ArrayList<>()).addAll(0, requests);
        return true;
    }

    /** Keeps requests of threads that wait already, behind those; gives the others. */
    List<Request> keepBehind(List<Request> requests) {
        if (waiting.isEmpty()) {
            return requests;
        }
        List<Request> others = new ArrayList<>();
        for (Request request : requests) {
            List<Request> before = waiting.get(request.threadId());
            if (before == null) {
                others.add(request);
            } else {
                before.add(request);
            }
        }
        return others;
    }

    /**
     * What one batch may have of the thread whose turn it is; nothing if none waits.
     *
     * @param later gets the thread's other requests, in their order
     */
    List<Request> next(List<Request> later) {
        Iterator<List<Request>> all = waiting.values().iterator();
        if (!all.hasNext()) {
            return List.of();
        }
        List<Request> next = Batch.first(all.next(), later);
        all.remove();
        return next;
    }

    /** These were tried: if they do not wait again, the patience with their thread begins anew the next time. */
    void tried(String threadId) {
        if (!waiting.containsKey(threadId)) {
            since.remove(threadId);
        }
    }
}
