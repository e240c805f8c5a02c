package dev.clew.checkpoint;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.clew.index.ThreadIndex;
import dev.clew.index.ThreadInfo;
import dev.clew.index.ThreadRow;
import dev.clew.index.ThreadSearch;
import java.time.Clock;
import java.time.Instant;
import java.util.Arrays;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Predicate;
import java.util.function.Supplier;
import java.util.stream.Stream;

/**
 * The index of threads in memory. Which threads there are is guarded by the checkpointer's lock for births; an entry is replaced
 * at once.
 */
final class MemoryIndex implements ThreadIndex {
    private final Clock clock;
    private final Births births;
    private final Predicate<String> isRequested;
    private final Map<String, Entry> entries = new ConcurrentHashMap<>();

    // Guarded by the lock for births.
    private boolean open;

    /** What a thread has attached. */
    private record Entry(ThreadInfo info, long revision, Instant createdAt, Instant changedAt) {}

    /** Which threads there are. */
    interface Births {
        /** Does something while no thread comes or goes. */
        <T> T held(Supplier<T> work);

        List<ThreadRecord> all();

        Optional<ThreadRecord> find(String threadId);
    }

    MemoryIndex(Clock clock, Births births, Predicate<String> isRequested) {
        this.clock = clock;
        this.births = births;
        this.isRequested = isRequested;
    }

    // --- what the checkpointer reports, under its lock ---

    void born(String threadId, Instant now) {
        if (open) {
            entries.putIfAbsent(threadId, blank(threadId, now));
        }
    }

    void died(String threadId) {
        entries.remove(threadId);
    }

    // --- the port ---

    @Override
    public void open() {
        boolean unused = births.held(() -> {
            if (!open) {
                open = true;
                births.all()
                        .forEach(thread ->
                                entries.putIfAbsent(thread.threadId(), blank(thread.threadId(), thread.createdAt())));
            }
            return true;
        });
    }

    @Override
    public boolean create(ThreadInfo info) {
        Instant now = clock.instant();
        return births.held(() -> births.find(info.threadId()).isEmpty()
                && entries.putIfAbsent(info.threadId(), new Entry(info, 1, now, now)) == null);
    }

    @Override
    public boolean replace(ThreadInfo info, long revision) {
        Instant now = clock.instant();
        Entry before = entries.get(info.threadId());
        return before != null
                && before.revision() == revision
                && entries.replace(info.threadId(), before, new Entry(info, revision + 1, before.createdAt(), now));
    }

    @Override
    public Optional<ThreadRow> find(String threadId) {
        return Optional.ofNullable(entries.get(threadId)).map(this::row);
    }

    @Override
    public List<ThreadRow> search(ThreadSearch search) {
        return matching(search)
                .filter(row -> isAfter(row, search))
                .sorted(order(search))
                .skip(search.offset())
                .limit(search.limit())
                .toList();
    }

    @Override
    public long count(ThreadSearch search, long atMost) {
        return matching(search).limit(atMost).count();
    }

    private Stream<ThreadRow> matching(ThreadSearch search) {
        return entries.values().stream()
                .filter(entry -> matches(entry.info(), search))
                .map(this::row)
                .filter(row ->
                        search.activities().isEmpty() || search.activities().contains(row.activity()))
                .filter(row -> search.workflows().isEmpty()
                        || row.info().workflow() != null
                                && search.workflows().contains(row.info().workflow()));
    }

    private static boolean matches(ThreadInfo info, ThreadSearch search) {
        return info.isTemporary() == search.isTemporary()
                && info.threadId().contains(search.idPart())
                && (search.ids().isEmpty() || search.ids().contains(info.threadId()))
                && search.labels().stream().noneMatch(anyOf -> Collections.disjoint(anyOf, info.labels()));
    }

    private static boolean isAfter(ThreadRow row, ThreadSearch search) {
        ThreadSearch.Place place = search.after();
        if (place == null) {
            return true;
        }
        ThreadSearch.Place own = ThreadSearch.Place.of(row, search.order());
        int moments = search.order() == ThreadSearch.Order.ID ? 0 : own.moment().compareTo(place.moment());
        int compared = moments != 0
                ? moments
                : Arrays.compareUnsigned(
                        own.threadId().getBytes(UTF_8), place.threadId().getBytes(UTF_8));
        return search.isDescending() ? compared < 0 : compared > 0;
    }

    private static Comparator<ThreadRow> order(ThreadSearch search) {
        Comparator<ThreadRow> byId =
                Comparator.comparing(row -> row.info().threadId().getBytes(UTF_8), Arrays::compareUnsigned);
        Comparator<ThreadRow> order = switch (search.order()) {
            case CREATED -> Comparator.comparing(ThreadRow::createdAt).thenComparing(byId);
            case CHANGED -> Comparator.comparing(ThreadRow::changedAt).thenComparing(byId);
            case ID -> byId;
            case ACTIVITY -> Comparator.comparing(ThreadRow::activity).thenComparing(byId);
        };
        return search.isDescending() ? order.reversed() : order;
    }

    private ThreadRow row(Entry entry) {
        String threadId = entry.info().threadId();
        ThreadRow row = new ThreadRow(
                entry.info(), entry.revision(), entry.createdAt(), entry.changedAt(), null, null, null, false);
        return births.find(threadId)
                .map(thread -> row.running(
                        thread.workflow(),
                        thread.status(),
                        thread.head().runId(),
                        thread.head().checkpointId(),
                        thread.updatedAt()))
                .orElse(row)
                .requested(isRequested.test(threadId));
    }

    private static Entry blank(String threadId, Instant now) {
        return new Entry(new ThreadInfo(threadId, null, new byte[0], Set.of(), false), 1, now, now);
    }
}
