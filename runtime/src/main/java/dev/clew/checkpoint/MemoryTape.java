package dev.clew.checkpoint;

import dev.clew.index.Tape;
import dev.clew.index.TapePiece;
import dev.clew.index.TapePlace;
import java.time.Clock;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.stream.Stream;

/** The tapes of all threads in memory. One lock guards them, which is taken last. */
final class MemoryTape implements Tape {
    private final Clock clock;
    private final Predicate<String> isStored;

    /** By thread and run. Guarded by this object. */
    private final Map<String, Map<Integer, Pieces>> ofThread = new HashMap<>();

    MemoryTape(Clock clock, Predicate<String> isStored) {
        this.clock = clock;
        this.isStored = isStored;
    }

    private static final class Pieces {
        final NavigableMap<Long, TapePiece> bySeq = new TreeMap<>();
        long bytes;
    }

    @Override
    public boolean append(String threadId, int run, byte[] bytes) {
        if (!isStored.test(threadId)) {
            return false;
        }
        synchronized (this) {
            Pieces pieces = ofThread.computeIfAbsent(threadId, id -> new HashMap<>())
                    .computeIfAbsent(run, number -> new Pieces());
            long last = pieces.bySeq.isEmpty() ? 0 : pieces.bySeq.lastKey();
            long seq = Math.max(last + 1, clock.millis());
            pieces.bySeq.put(seq, new TapePiece(threadId, run, seq, bytes));
            pieces.bytes += bytes.length;
            while (pieces.bytes > MOST_BYTES && pieces.bySeq.size() > 1) {
                pieces.bytes -= pieces.bySeq.pollFirstEntry().getValue().bytes().length;
            }
            return true;
        }
    }

    @Override
    public synchronized List<TapePiece> read(Collection<TapePlace> after, int limit) {
        return after.stream().flatMap(this::after).limit(limit).toList();
    }

    private Stream<TapePiece> after(TapePlace place) {
        Pieces pieces = ofThread.getOrDefault(place.threadId(), Map.of()).get(place.run());
        return pieces == null ? Stream.empty() : pieces.bySeq.tailMap(place.seq(), false).values().stream();
    }

    @Override
    public synchronized Optional<TapePiece> newest(String threadId, int run) {
        Pieces pieces = ofThread.getOrDefault(threadId, Map.of()).get(run);
        return pieces == null
                ? Optional.empty()
                : Optional.of(pieces.bySeq.lastEntry().getValue());
    }

    @Override
    public synchronized int tidy() {
        long before = clock.millis() - KEPT.toMillis();
        int[] removed = {0};
        ofThread.values()
                .forEach(runs -> runs.values().removeIf(pieces -> {
                    boolean isOver = pieces.bySeq.lastKey() < before;
                    removed[0] += isOver ? pieces.bySeq.size() : 0;
                    return isOver;
                }));
        ofThread.values().removeIf(Map::isEmpty);
        return removed[0];
    }

    synchronized void removeOf(String threadId) {
        ofThread.remove(threadId);
    }

    synchronized void removeOf(String threadId, int run) {
        ofThread.getOrDefault(threadId, new HashMap<>()).remove(run);
    }
}
