package dev.clew.checkpoint;

import dev.clew.index.RequestRecord;
import dev.clew.queue.Enqueued;
import dev.clew.queue.GiveBack;
import dev.clew.queue.Line;
import dev.clew.queue.LineThread;
import dev.clew.queue.QueueQuery;
import dev.clew.queue.QueueSettings;
import dev.clew.queue.QueueState;
import dev.clew.queue.QueuedRun;
import dev.clew.queue.ReadyHints;
import dev.clew.queue.RequestRow;
import dev.clew.queue.RequestState;
import dev.clew.queue.RunQueue;
import dev.clew.queue.TakeRequest;
import dev.clew.queue.WhenOccupied;
import dev.clew.queue.WorkerRecord;
import dev.clew.value.Spans;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.NavigableSet;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.BiPredicate;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * The requests of all threads in memory. One lock guards them. A thread reports its claims and releases while it holds its
 * own monitor, so the monitor is taken before the lock; nothing here calls a thread while it holds the lock.
 */
final class MemoryQueue implements RunQueue {
    private static final Comparator<RequestRow> NEXT = Comparator.<RequestRow>comparingInt(
                    row -> row.request().priority())
            .thenComparing(RequestRow::enqueuedAt)
            .thenComparing(row -> row.request().threadId())
            .thenComparing(row -> row.request().requestId());

    private final Clock clock;
    private final Threads threads;
    private final MemoryRequests requests;

    // Guarded by this object.
    private final NavigableMap<String, List<RequestRow>> lines = new TreeMap<>();
    private final Map<String, NavigableSet<RequestRow>> ready = new HashMap<>();
    private final Map<String, Map<String, RequestRow>> taken = new HashMap<>();
    private final Map<String, QueueSettings> settings = new HashMap<>();
    private final Map<String, WorkerRecord> workers = new LinkedHashMap<>();

    private final Set<String> unpublished = new HashSet<>();

    private final ReadyHints hints = new ReadyHints();

    /**
     * What a thread is, for its line.
     *
     * @param ran whether it has a run of this id
     * @param cancel asks its run to end
     */
    record ThreadFacts(LineThread thread, Predicate<String> ran, Runnable cancel) {
        static final ThreadFacts NONE = new ThreadFacts(LineThread.NONE, id -> false, () -> {});
    }

    /** Runs work under the monitor of a thread, whether the thread exists or not. Called without the lock. */
    interface Threads {
        <T> T locked(String threadId, Function<ThreadFacts, T> work);
    }

    MemoryQueue(Clock clock, MemoryRequests requests, Threads threads) {
        this.clock = clock;
        this.requests = requests;
        this.threads = threads;
    }

    // --- what a thread reports, under its monitor ---

    /** Opens or continues the request that a claim names; false if it is not reserved for the claim, or another one waits. */
    synchronized boolean claim(ClaimRequest request, Write first, @Nullable String headRun) {
        if (request.request() == null && rows(request.threadId()).isEmpty()) {
            return true; // as for most threads, which are in no queue
        }
        return change(request.threadId(), LineThread.OWNED, line -> {
            String wanted = request.request();
            if (wanted != null) {
                return line.claim(wanted, request.owner(), request.deployment());
            }
            if (request.opens() != null && line.waits(request.opens())) {
                return false;
            }
            if (!first.release()) {
                line.claimedOtherwise(headRun, request.owner(), request.deployment());
            }
            return true;
        });
    }

    void released(String threadId, LineThread after, String by, Predicate<String> isStored, Instant now) {
        report(threadId, after, line -> line.released(after, by, isStored, now));
    }

    void deleted(String threadId, Instant now) {
        report(threadId, LineThread.NONE, line -> line.deleted(now));
    }

    /**
     * Cancels what waits for a thread that is deleted.
     *
     * @return false, with nothing changed, if this spares requests that are not over, and there is one
     */
    boolean deleted(String threadId, Instant now, boolean spares) {
        if (!spares) {
            deleted(threadId, now);
            return true;
        }
        synchronized (this) {
            return rows(threadId).stream().allMatch(row -> row.state().isOver());
        }
    }

    /** Whether a run of the thread has a request that is not over. */
    synchronized boolean has(String threadId, @Nullable String runId) {
        for (RequestRow row : rows(threadId)) {
            if (row.isOpened() && row.request().requestId().equals(runId)) {
                return true;
            }
        }
        return false;
    }

    /** Whether a request of the thread waits for a worker, or a worker has it. */
    synchronized boolean isRequested(String threadId) {
        return rows(threadId).stream().anyMatch(row -> switch (row.state()) {
            case DELAYED, READY, WAITING, TAKEN -> true;
            case PARKED, HELD, REFUSED, CANCELLED -> false;
        });
    }

    // --- the port ---

    @Override
    public Enqueued enqueue(QueuedRun request, WhenOccupied occupied, @Nullable RequestRecord record) {
        Enqueued enqueued = threads.locked(request.threadId(), facts -> {
            if (facts.ran().test(request.requestId())) {
                return Enqueued.RAN;
            }
            return change(request.threadId(), facts.thread(), line -> {
                if (requests.has(request.threadId(), record)) {
                    return Enqueued.KNOWN;
                }
                Instant now = clock.instant();
                Enqueued made = line.enqueue(request, occupied, now);
                if (made == Enqueued.ADDED) {
                    requests.add(record, now);
                }
                if (line.cancelsRun()) {
                    facts.cancel().run();
                }
                return made;
            });
        });
        publish();
        return enqueued;
    }

    @Override
    public List<RequestRow> take(TakeRequest request) {
        List<RequestRow> all = new ArrayList<>();
        Instant now = clock.instant();
        synchronized (this) {
            for (RequestRow next = next(request, now);
                    next != null && all.size() < request.most();
                    next = next(request, now)) {
                String id = next.request().requestId();
                all.add(apply(next.request().threadId(), LineThread.OWNED, line -> {
                    line.take(id, request.owner(), Spans.after(now, request.reservation()));
                    return line.find(id).orElseThrow();
                }));
            }
        }
        return all;
    }

    private @Nullable RequestRow next(TakeRequest request, Instant now) {
        QueueSettings limits = settings.getOrDefault(request.queue(), QueueSettings.NONE);
        Collection<RequestRow> running =
                taken.getOrDefault(request.queue(), Map.of()).values();
        if (limits.globalConcurrency() > 0 && running.size() >= limits.globalConcurrency()) {
            return null;
        }
        Map<String, Integer> byKey = limits.perKeyConcurrency() == 0 ? Map.of() : byKey(running);
        return ready.getOrDefault(request.queue(), new TreeSet<>(NEXT)).stream()
                .filter(row -> request.workflows().contains(row.request().workflow()))
                .filter(row -> row.isOpened() || !limits.paused())
                .filter(row -> row.dueAt() == null || !row.dueAt().isAfter(now))
                .filter(row -> row.deployments().allow(request.deployment(), now))
                .filter(row -> isBelow(limits.perKeyConcurrency(), row, byKey))
                .findFirst()
                .orElse(null);
    }

    private static Map<String, Integer> byKey(Collection<RequestRow> running) {
        Map<String, Integer> counts = new HashMap<>();
        for (RequestRow row : running) {
            String key = row.request().concurrencyKey();
            if (key != null) {
                counts.merge(key, 1, Integer::sum);
            }
        }
        return counts;
    }

    private static boolean isBelow(int limit, RequestRow row, Map<String, Integer> running) {
        String key = row.request().concurrencyKey();
        return limit == 0 || key == null || running.getOrDefault(key, 0) < limit;
    }

    @Override
    public void giveBack(GiveBack back) {
        Instant now = clock.instant();
        onThread(back.threadId(), (thread, line) -> {
            line.giveBack(back, now);
            return true;
        });
    }

    @Override
    public boolean retry(String threadId, String requestId, @Nullable RequestRecord record) {
        Instant now = clock.instant();
        return onThread(threadId, (thread, line) -> {
            boolean held = line.retry(requestId);
            if (held && record != null && requests.has(threadId, record)) {
                // Nothing of the line is stored then.
                throw new RequestTakenException(threadId, record.requestId());
            }
            if (held) {
                requests.add(record, now);
            }
            return held;
        });
    }

    @Override
    public synchronized Set<String> owners(String queue) {
        Set<String> owners = new HashSet<>();
        for (RequestRow row : taken.getOrDefault(queue, Map.of()).values()) {
            if (row.owner() != null) {
                owners.add(row.owner());
            }
        }
        return owners;
    }

    @Override
    public boolean end(String threadId, String requestId, RequestState state, byte @Nullable [] detail) {
        Instant now = clock.instant();
        return onThread(threadId, (thread, line) -> line.end(requestId, state, detail, now));
    }

    @Override
    public boolean remove(String threadId, String requestId) {
        return onThread(threadId, (thread, line) -> line.removeEnded(requestId));
    }

    @Override
    public synchronized Optional<RequestRow> find(String threadId, String requestId) {
        return rows(threadId).stream()
                .filter(row -> row.request().requestId().equals(requestId))
                .findFirst();
    }

    @Override
    public synchronized List<RequestRow> list(QueueQuery query) {
        return lines.values().stream()
                .flatMap(List::stream)
                .filter(query::matches)
                .limit(query.limit())
                .toList();
    }

    @Override
    public synchronized QueueState state(String queue) {
        Map<RequestState, Long> counts = new EnumMap<>(RequestState.class);
        list(QueueQuery.all().queue(queue).limit(Integer.MAX_VALUE))
                .forEach(row -> counts.merge(row.state(), 1L, Long::sum));
        List<WorkerRecord> here = workers.values().stream()
                .filter(worker -> worker.queue().equals(queue))
                .toList();
        Set<String> untaken = new HashSet<>();
        NavigableSet<RequestRow> waiting = ready.getOrDefault(queue, new TreeSet<>(NEXT));
        waiting.forEach(row -> untaken.add(row.request().workflow()));
        here.forEach(worker -> untaken.removeAll(worker.workflows()));
        return new QueueState(
                queue,
                settings.getOrDefault(queue, QueueSettings.NONE),
                counts,
                waiting.stream()
                        .map(RequestRow::enqueuedAt)
                        .min(Comparator.naturalOrder())
                        .orElse(null),
                here,
                untaken);
    }

    @Override
    public void configure(String queue, QueueSettings wanted) {
        synchronized (this) {
            settings.put(queue, wanted);
        }
        hints.publish(Set.of(queue));
    }

    @Override
    public int tend(WorkerRecord worker) {
        Instant now = clock.instant();
        List<String> moving;
        synchronized (this) {
            workers.put(worker.owner() + '\n' + worker.queue(), worker);
            workers.values().removeIf(other -> other.seenAt().isBefore(Spans.before(now, WORKER_KEPT)));
            moving = lines.entrySet().stream()
                    .filter(line -> mayMove(line.getValue(), now))
                    .map(Map.Entry::getKey)
                    .toList();
        }
        for (String threadId : moving) {
            onThread(threadId, (thread, line) -> {
                line.tend(now, thread.ran());
                return true;
            });
        }
        synchronized (this) {
            return ready.getOrDefault(worker.queue(), new TreeSet<>(NEXT)).size();
        }
    }

    /** Whether time, or an owner that is gone, may have changed a line: a look at each thread would cost much. */
    private static boolean mayMove(List<RequestRow> line, Instant now) {
        boolean waits = false;
        boolean nextIsKnown = false;
        for (RequestRow row : line) {
            boolean due = row.dueAt() != null && !row.dueAt().isAfter(now);
            switch (row.state()) {
                case DELAYED, PARKED, REFUSED, CANCELLED -> {
                    if (due) {
                        return true;
                    }
                }
                case TAKEN -> {
                    if (due || row.isOpened()) {
                        return true;
                    }
                    nextIsKnown = true;
                }
                case READY, HELD -> nextIsKnown |= !row.isOpened();
                case WAITING -> waits = true;
            }
        }
        return waits && !nextIsKnown;
    }

    @Override
    public synchronized void leave(String owner, String queue) {
        workers.remove(owner + '\n' + queue);
    }

    @Override
    public AutoCloseable onReady(String queue, Runnable hint) {
        return hints.add(queue, hint);
    }

    // --- lines ---

    private List<RequestRow> rows(String threadId) {
        return lines.getOrDefault(threadId, List.of());
    }

    private boolean onThread(String threadId, BiPredicate<ThreadFacts, Line> change) {
        boolean changed =
                threads.locked(threadId, facts -> change(threadId, facts.thread(), line -> change.test(facts, line)));
        publish();
        return changed;
    }

    private synchronized void report(String threadId, LineThread thread, Consumer<Line> change) {
        if (rows(threadId).isEmpty()) {
            return;
        }
        boolean unused = change(threadId, thread, line -> {
            change.accept(line);
            return true;
        });
    }

    /** Changes a line, and notes what has become ready. */
    private synchronized <T> T change(String threadId, LineThread thread, Function<Line, T> change) {
        List<RequestRow> before = rows(threadId);
        T result = apply(threadId, thread, change);
        rows(threadId).stream()
                .filter(row -> row.state() == RequestState.READY && !before.contains(row))
                .forEach(row -> unpublished.add(row.request().queue()));
        return result;
    }

    /** Gives hints of what has become ready. The caller holds no lock: a hint may run anything. */
    void publish() {
        Set<String> queues;
        synchronized (this) {
            if (unpublished.isEmpty()) {
                return;
            }
            queues = Set.copyOf(unpublished);
            unpublished.clear();
        }
        hints.publish(queues);
    }

    private <T> T apply(String threadId, LineThread thread, Function<Line, T> change) {
        List<RequestRow> before = rows(threadId);
        Line line = Line.of(thread, before);
        T result = change.apply(line);
        requests.follow(threadId, before, line.rows(), clock.instant());
        before.forEach(this::unindex);
        line.rows().forEach(this::index);
        if (line.rows().isEmpty()) {
            lines.remove(threadId);
        } else {
            lines.put(threadId, line.rows());
        }
        return result;
    }

    private void index(RequestRow row) {
        String queue = row.request().queue();
        if (row.state() == RequestState.READY) {
            ready.computeIfAbsent(queue, name -> new TreeSet<>(NEXT)).add(row);
        } else if (row.state() == RequestState.TAKEN) {
            taken.computeIfAbsent(queue, name -> new HashMap<>()).put(key(row), row);
        }
    }

    private void unindex(RequestRow row) {
        String queue = row.request().queue();
        if (row.state() == RequestState.READY) {
            ready.getOrDefault(queue, new TreeSet<>(NEXT)).remove(row);
        } else if (row.state() == RequestState.TAKEN) {
            taken.getOrDefault(queue, new HashMap<>()).remove(key(row));
        }
    }

    private static String key(RequestRow row) {
        return row.request().threadId() + '\n' + row.request().requestId();
    }
}
