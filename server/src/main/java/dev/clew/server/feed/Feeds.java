package dev.clew.server.feed;

import dev.clew.Operator;
import dev.clew.checkpoint.Checkpointer;
import dev.clew.checkpoint.RunRecord;
import dev.clew.checkpoint.ThreadRecord;
import dev.clew.flow.HistoryEntry;
import dev.clew.index.RequestEnd;
import dev.clew.index.RequestRecord;
import dev.clew.index.TapePiece;
import dev.clew.index.TapePlace;
import dev.clew.server.catalog.Catalog;
import dev.clew.server.catalog.Served;
import dev.clew.state.LoggedEvent;
import dev.clew.state.ThreadQuery;
import dev.clew.stream.RunTap;
import dev.clew.stream.StreamEvent;
import dev.clew.stream.StreamMode;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The feeds of all runs that somebody reads, or may read soon. Runs that this process executes are heard; the logs of all are
 * looked at, at once when something was heard, else more and more rarely. Thread-safe.
 */
public final class Feeds implements RunTap, AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger("dev.clew.server");

    /** A write that is not waited for reaches the store about so much later than it is told. */
    private static final long SETTLE_MILLIS = 2;

    static final long SHORTEST_MILLIS = 20;
    private static final long LONGEST_MILLIS = 1_000;

    /** How long a feed is kept that nobody reads, for those who come back. */
    private static final long KEPT_NANOS = TimeUnit.HOURS.toNanos(1);

    /** How many bytes such feeds take at most: the log has all of them but tokens and what code emits. */
    private static final long KEPT_BYTES = 32L << 20;

    private static final long SHARED_BYTES = 32L << 20;

    private static final long WATCHED_MILLIS = 100;

    /** How many runs' tapes one statement reads. */
    private static final int MOST_TAPES = 1_000;

    private static final int TAPE_PAGE = 200;

    private static final long TIDIED_MILLIS = TimeUnit.MINUTES.toMillis(10);

    private final Catalog catalog;
    private final Checkpointer store;
    private final Operator operator;
    private final FeedRequests requests;
    private final Tapes tapes;
    private final SharedFrames shared = new SharedFrames(SHARED_BYTES);
    private final Map<Key, WatchedFeed> watched = new ConcurrentHashMap<>();

    /** Threads whose future runs are read, too; with those that read them. */
    private final Map<String, List<Runnable>> awaited = new ConcurrentHashMap<>();

    private final ScheduledExecutorService clock = Executors.newSingleThreadScheduledExecutor(Feeds::daemon);
    private final AtomicBoolean watching = new AtomicBoolean();
    private final ExecutorService lookers = Executors.newFixedThreadPool(4, Feeds::daemon);

    private record Key(String threadId, String runId) {}

    /**
     * Feeds of the runs in one store.
     *
     * @param requests what servers were asked for
     */
    public Feeds(Catalog catalog, Checkpointer store, Operator operator, FeedRequests requests) {
        this.catalog = catalog;
        this.store = store;
        this.operator = operator;
        this.requests = requests;
        this.tapes = new Tapes(store.tape(), requests::isTaped, this::later);
        often(this::tend, LONGEST_MILLIS);
        often(this::watchTapes, WATCHED_MILLIS);
        often(() -> later(tapes::tidy, 0L), TIDIED_MILLIS);
    }

    private void often(Runnable work, long millis) {
        Future<?> unused = clock.scheduleWithFixedDelay(work, millis, millis, TimeUnit.MILLISECONDS);
    }

    private static Thread daemon(Runnable work) {
        Thread thread = new Thread(work, "clew-server-feeds");
        thread.setDaemon(true);
        return thread;
    }

    private final FeedLog log = new FeedLog() {
        @Override
        public LoggedEvent.Page events(String threadId, String runId, long from, int atMost) {
            return operator.events(threadId, runId, from, atMost);
        }

        @Override
        public List<String> requests(String threadId, String runId) {
            return requests.ofRun(threadId, runId);
        }

        @Override
        public long endOf(String threadId, String requestId) {
            return store.requests()
                    .find(threadId, requestId)
                    .map(RequestRecord::end)
                    .map(RequestEnd::seq)
                    .orElse(-1L);
        }

        @Override
        public List<String> runs(String threadId) {
            Set<String> seen = new HashSet<>();
            List<String> runs = new ArrayList<>(operator.history(threadId).stream()
                    .map(HistoryEntry::runId)
                    .filter(Objects::nonNull)
                    .filter(seen::add)
                    .toList());
            Collections.reverse(runs);
            return runs;
        }
    };

    /** Reads one run, from a position on until it rests. */
    public FeedReader run(Served served, String threadId, String runId, String requestId, long after) {
        WatchedFeed one = watched(served, threadId, runId);
        return new RunReader(one.feed, requestId, after, shared, () -> look(one));
    }

    /** Reads all runs of a thread, also those to come. It may not exist yet. */
    public FeedReader thread(String threadId, long after) {
        return new ThreadReader(this, threadId, after);
    }

    /** The position of the newest event of a run that is known here. */
    public long newest(Served served, String threadId, String runId) {
        WatchedFeed one = watched(served, threadId, runId);
        boolean unused = one.feed.look();
        return one.feed.newest();
    }

    /**
     * The position at which a run rested last while its log had no more than so many entries; -1 if it had none then.
     */
    public long after(Served served, String threadId, String runId, long entries) {
        if (entries == 0) {
            return -1;
        }
        RunFeed feed = watched(served, threadId, runId).feed;
        boolean unused = feed.look();
        return feed.restUpTo(entries);
    }

    /**
     * Keeps what is heard of a run that is about to begin or to continue.
     *
     * @param taped whether other servers are to have what is heard
     * @param isNew whether the run begins
     */
    public void expect(Served served, String threadId, String runId, boolean taped, boolean isNew) {
        watched(served, threadId, runId).feed.expect(taped, isNew);
    }

    private WatchedFeed watched(Served served, String threadId, String runId) {
        WatchedFeed one = watched.computeIfAbsent(
                new Key(threadId, runId),
                key -> new WatchedFeed(
                        new RunFeed(served, log, tapes, threadId, runId, () -> number(threadId, runId))));
        one.used = System.nanoTime();
        return one;
    }

    private int number(String threadId, String runId) {
        return store.run(threadId, runId)
                .map(RunRecord::number)
                .orElseGet(() -> ThreadRecord.nextRun(store.thread(threadId).orElse(null)));
    }

    // --- for readers of threads ---

    SharedFrames shared() {
        return shared;
    }

    /** The runs of a thread, in the order of their numbers. */
    public List<String> runs(String threadId) {
        return log.runs(threadId);
    }

    @Nullable
    RunFeed feed(String threadId, String runId) {
        Optional<Served> served = store.thread(threadId).flatMap(thread -> catalog.ofThread(thread.workflow()));
        return served.map(one -> watched(one, threadId, runId).feed).orElse(null);
    }

    void awaits(String threadId, Runnable reader) {
        awaited.compute(threadId, (id, readers) -> {
            List<Runnable> all = readers == null ? new CopyOnWriteArrayList<>() : readers;
            all.add(reader);
            return all;
        });
    }

    void leaves(String threadId, Runnable reader) {
        awaited.computeIfPresent(threadId, (id, readers) -> {
            readers.remove(reader);
            return readers.isEmpty() ? null : readers;
        });
    }

    private void wakeReaders(String threadId) {
        awaited.getOrDefault(threadId, List.of()).forEach(Runnable::run);
    }

    void lookAt(RunFeed feed) {
        WatchedFeed one = watched.get(new Key(feed.threadId(), feed.runId()));
        if (one != null) {
            look(one);
        }
    }

    // --- what is heard ---

    @Override
    public RunTap.@Nullable Ear begins(String workflow, String threadId, String runId) {
        WatchedFeed known = watched.get(new Key(threadId, runId));
        if (known == null && (awaited.containsKey(threadId) || tapes.isWanted(threadId, runId))) {
            known = catalog.ofThread(workflow)
                    .map(served -> watched(served, threadId, runId))
                    .orElse(null);
            wakeReaders(threadId);
        }
        if (known == null) {
            return null;
        }
        known.here = true;
        known.feed.begins();
        if (awaited.containsKey(threadId)) {
            lookIn(known, SETTLE_MILLIS);
        }
        return new Hearing(known);
    }

    private final class Hearing implements RunTap.Ear {
        private final WatchedFeed one;

        Hearing(WatchedFeed one) {
            this.one = one;
        }

        @Override
        public boolean wants(StreamMode mode) {
            return LiveEvents.hears(mode) || mode == StreamMode.UPDATES;
        }

        @Override
        public void heard(StreamEvent event) {
            if (event.replayed()) {
                return;
            }
            if (event instanceof StreamEvent.Update || event instanceof StreamEvent.TaskEnded) {
                if (!event.path().isEmpty()) {
                    one.feed.owes(event.path());
                }
                lookIn(one, SETTLE_MILLIS);
            } else {
                one.feed.hear(event);
            }
        }

        @Override
        public void rested() {
            one.here = false;
            one.feed.leaves();
            look(one);
        }
    }

    // --- looking ---

    private void later(Runnable work, long millis) {
        try {
            Future<?> unused = clock.schedule(() -> lookers.execute(work), millis, TimeUnit.MILLISECONDS);
        } catch (RejectedExecutionException closed) {
            LOG.trace("the server is closed, nothing more is put on a tape");
        }
    }

    private void lookIn(WatchedFeed one, long millis) {
        try {
            Future<?> unused = clock.schedule(() -> look(one), millis, TimeUnit.MILLISECONDS);
        } catch (RejectedExecutionException closed) {
            LOG.trace("the server is closed, run '{}' is looked at no more", one.feed.runId());
        }
    }

    private void look(WatchedFeed one) {
        one.again = true;
        if (!one.looking.compareAndSet(false, true)) {
            return;
        }
        try {
            lookers.execute(() -> looked(one));
        } catch (RejectedExecutionException closed) {
            LOG.trace("the server is closed, run '{}' is looked at no more", one.feed.runId());
        }
    }

    private void looked(WatchedFeed one) {
        boolean news = false;
        try {
            while (one.again) {
                one.again = false;
                news |= one.feed.look();
            }
        } catch (RuntimeException failed) {
            LOG.warn(
                    "the log of run '{}' of thread '{}' could not be read; it is tried again",
                    one.feed.runId(),
                    one.feed.threadId(),
                    failed);
        } finally {
            one.looking.set(false);
        }
        if (one.again) {
            look(one);
            return;
        }
        announce(one, news);
        one.pause = news ? SHORTEST_MILLIS : Math.min(LONGEST_MILLIS, one.pause * 2);
        if (one.feed.isHeard() && one.feed.end() == null) {
            lookIn(one, one.here ? Math.max(one.pause, 100) : one.pause);
        }
    }

    /**
     * Wakes the readers of the run's thread once its log can be read: when the run begins, the store does not list it yet.
     */
    private void announce(WatchedFeed one, boolean news) {
        if (one.announced || !awaited.containsKey(one.feed.threadId())) {
            return;
        }
        if (news || one.feed.end() != null) {
            one.announced = true;
            wakeReaders(one.feed.threadId());
        } else if (one.here) {
            lookIn(one, one.pause);
        }
    }

    /** Has the tapes read of runs that are read here and executed elsewhere. */
    private void watchTapes() {
        if (watching.compareAndSet(false, true)) {
            later(this::readTapes, 0);
        }
    }

    private void readTapes() {
        try {
            List<WatchedFeed> due = watched.values().stream()
                    .filter(one -> one.feed.isHeard() && one.feed.isWatched() && one.isTapeDue())
                    .toList();
            for (int from = 0; from < due.size(); from += MOST_TAPES) {
                readTapes(due.subList(from, Math.min(due.size(), from + MOST_TAPES)));
            }
        } catch (RuntimeException failed) {
            LOG.warn("the tapes of runs that other processes execute could not be read; it is tried again", failed);
        } finally {
            watching.set(false);
        }
    }

    private void readTapes(List<WatchedFeed> some) {
        List<TapePiece> page;
        do {
            page = tapes.after(some.stream().map(one -> one.feed.place()).toList(), TAPE_PAGE);
            Map<String, List<TapePiece>> byRun = page.stream().collect(Collectors.groupingBy(Feeds::key));
            for (WatchedFeed one : some) {
                List<TapePiece> pieces = byRun.getOrDefault(key(one.feed.place()), List.of());
                one.tapeRead(one.feed.lookWith(pieces) || !pieces.isEmpty());
            }
        } while (page.size() == TAPE_PAGE);
    }

    private static String key(TapePiece piece) {
        return piece.run() + ":" + piece.threadId();
    }

    private static String key(TapePlace place) {
        return place.run() + ":" + place.threadId();
    }

    /** Looks for runs that other processes began, and drops what nobody reads. */
    private void tend() {
        try {
            if (!awaited.isEmpty()) {
                lookForRuns();
            }
            watched.forEach((key, one) -> {
                if (one.feed.isHeard() && one.feed.end() != null) {
                    look(one);
                }
            });
            drop();
        } catch (RuntimeException failed) {
            LOG.warn("new runs could not be looked for; it is tried again", failed);
        }
    }

    private void lookForRuns() {
        List<String> threads = List.copyOf(awaited.keySet());
        for (int from = 0; from < threads.size(); from += 1_000) {
            Set<String> some = Set.copyOf(threads.subList(from, Math.min(threads.size(), from + 1_000)));
            store.threads(ThreadQuery.all().ids(some).limit(some.size())).stream()
                    .filter(thread -> thread.head().runId() != null
                            && !watched.containsKey(new Key(
                                    thread.threadId(),
                                    String.valueOf(thread.head().runId()))))
                    .forEach(thread -> wakeReaders(thread.threadId()));
        }
    }

    private void drop() {
        long now = System.nanoTime();
        List<Map.Entry<Key, WatchedFeed>> unread = watched.entrySet().stream()
                .filter(one -> one.getValue().isUnread(now))
                .sorted(Comparator.comparing((Map.Entry<Key, WatchedFeed> one) -> one.getValue().used)
                        .reversed())
                .toList();
        long bytes = 0;
        for (Map.Entry<Key, WatchedFeed> one : unread) {
            RunFeed feed = one.getValue().feed;
            bytes += feed.bytes();
            boolean isTooMuch = bytes > KEPT_BYTES && feed.end() != null;
            if (isTooMuch || feed.isGone() || now - one.getValue().used > KEPT_NANOS) {
                watched.remove(one.getKey(), one.getValue());
            }
        }
    }

    /** About how many bytes the feeds take that are kept, read or not. */
    long bytes() {
        return watched.values().stream().mapToLong(one -> one.feed.bytes()).sum();
    }

    @Override
    public void close() {
        clock.shutdownNow();
        lookers.shutdownNow();
    }
}
