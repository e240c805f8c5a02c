package dev.clew.checkpoint;

import dev.clew.index.RequestEnd;
import dev.clew.index.RequestRecord;
import dev.clew.index.Requests;
import dev.clew.queue.RequestRow;
import dev.clew.queue.RequestState;
import dev.clew.state.RunStatus;
import java.time.Instant;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * The requests of all threads in memory. One lock guards them. It is taken last, after a thread's monitor and the queue's lock,
 * so that what a request asks for and the request change at once.
 */
final class MemoryRequests implements Requests {
    private static final Comparator<RequestRecord> NEWEST = Comparator.comparing(RequestRecord::createdAt)
            .thenComparing(RequestRecord::requestId)
            .thenComparing(RequestRecord::threadId)
            .reversed();

    // Guarded by this object.
    private final Map<String, Map<String, RequestRecord>> ofThread = new HashMap<>();
    private final Map<String, Set<String>> threadsWith = new HashMap<>();

    @Override
    public synchronized Optional<RequestRecord> find(String threadId, String requestId) {
        return Optional.ofNullable(of(threadId).get(requestId));
    }

    @Override
    public synchronized Optional<RequestRecord> find(String requestId) {
        return threadsWith.getOrDefault(requestId, Set.of()).stream()
                .map(thread -> Objects.requireNonNull(of(thread).get(requestId)))
                .min(NEWEST);
    }

    @Override
    public synchronized List<RequestRecord> list(String threadId, int offset, int limit) {
        return of(threadId).values().stream()
                .sorted(NEWEST)
                .skip(offset)
                .limit(limit)
                .toList();
    }

    @Override
    public synchronized boolean erase(String threadId, String requestId) {
        RequestRecord request = of(threadId).get(requestId);
        if (request == null || request.end() == null) {
            return false;
        }
        put(request.erased());
        return true;
    }

    synchronized boolean has(String threadId, @Nullable RequestRecord request) {
        return request != null && of(threadId).containsKey(request.requestId());
    }

    /** Stores a request whose id the thread does not have. */
    synchronized void add(@Nullable RequestRecord request, Instant now) {
        if (request != null) {
            put(request.storedAt(now));
            threadsWith
                    .computeIfAbsent(request.requestId(), id -> new TreeSet<>())
                    .add(request.threadId());
        }
    }

    /** Ends the requests of a run that are under way. */
    synchronized void end(String threadId, String runId, RequestEnd how) {
        if (of(threadId).isEmpty()) {
            return;
        }
        List.copyOf(of(threadId).values()).stream()
                .filter(request -> request.runId().equals(runId) && request.end() == null)
                .forEach(request -> put(request.ended(how)));
    }

    /** A line changed: requests end that are over now, and the end of those that it forgot is forgotten. */
    synchronized void follow(
            String threadId, Collection<RequestRow> before, Collection<RequestRow> after, Instant now) {
        if (of(threadId).isEmpty()) {
            return;
        }
        Map<String, RequestState> then = states(before);
        Map<String, RequestState> states = states(after);
        states.forEach((id, state) -> {
            if (state.isOver() && then.get(id) != state) {
                RunStatus status = state == RequestState.REFUSED ? RunStatus.REFUSED : RunStatus.CANCELLED;
                end(threadId, id, new RequestEnd(now, status, null, 0));
            }
        });
        then.forEach((id, state) -> {
            if (state.isOver() && !states.containsKey(id)) {
                removeIf(
                        threadId,
                        request -> request.requestId().equals(id)
                                && request.end() != null
                                && request.end().checkpointId() == null);
            }
        });
    }

    private static Map<String, RequestState> states(Collection<RequestRow> rows) {
        Map<String, RequestState> states = new HashMap<>();
        rows.forEach(row -> states.put(row.request().requestId(), row.state()));
        return states;
    }

    synchronized void removeOf(String threadId, Set<String> runIds) {
        removeIf(threadId, request -> runIds.contains(request.runId()));
    }

    synchronized void removeOf(String threadId) {
        removeIf(threadId, request -> true);
    }

    private void removeIf(String threadId, Predicate<RequestRecord> gone) {
        for (RequestRecord request : List.copyOf(of(threadId).values())) {
            if (gone.test(request)) {
                of(threadId).remove(request.requestId());
                Set<String> threads = threadsWith.getOrDefault(request.requestId(), new TreeSet<>());
                threads.remove(threadId);
                threadsWith.computeIfPresent(request.requestId(), (id, left) -> left.isEmpty() ? null : left);
            }
        }
        ofThread.computeIfPresent(threadId, (id, left) -> left.isEmpty() ? null : left);
    }

    private Map<String, RequestRecord> of(String threadId) {
        return ofThread.getOrDefault(threadId, Map.of());
    }

    private void put(RequestRecord request) {
        ofThread.computeIfAbsent(request.threadId(), id -> new LinkedHashMap<>())
                .put(request.requestId(), request);
    }
}
