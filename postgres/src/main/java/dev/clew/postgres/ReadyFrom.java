package dev.clew.postgres;

import dev.clew.queue.RequestRow;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;

/**
 * From where on each queue is asked for READY requests. As long as somebody holds an old snapshot, such as a {@code pg_dump}, what
 * was taken stays in the index as dead entries, and a take from the beginning reads them all. Where that is slow, the next takes
 * begin at the first request that was found, so what becomes ready before it waits. Takes from the beginning follow when they need
 * a tenth of the time, and two seconds later at the latest: one that was slow for another reason delays little.
 */
final class ReadyFrom {
    private static final long SLOW = TimeUnit.MILLISECONDS.toNanos(20);

    /** How many slow takes in a row it takes: one may have other causes. */
    private static final int SLOW_ONES = 3;

    /** So many times as long as it took, the beginning is left alone. */
    private static final int REST = 10;

    private static final long LONGEST_REST = TimeUnit.SECONDS.toNanos(2);

    private final Map<String, Place> places = new ConcurrentHashMap<>();
    private final Map<String, Integer> slow = new ConcurrentHashMap<>();

    /**
     * A place in the order of a queue.
     *
     * @param until up to when takes begin here
     */
    record Place(int priority, long enqueuedAt, long until) {
        static final Place BEGINNING = new Place(Integer.MIN_VALUE, Long.MIN_VALUE, 0);
    }

    /**
     * Where the next take begins.
     *
     * @param now in nanoseconds that only serve to measure
     */
    Place of(String queue, long now) {
        Place place = places.get(queue);
        return place == null || now - place.until() >= 0 ? Place.BEGINNING : place;
    }

    /**
     * What a take found that began then and took so long.
     *
     * @return whether takes of this queue are slow
     */
    boolean took(String queue, Place from, List<RequestRow> found, long begun, long nanos) {
        if (!from.equals(Place.BEGINNING)) {
            return false;
        }
        if (nanos < SLOW) {
            slow.remove(queue);
            places.remove(queue);
            return false;
        }
        boolean isSlow = slow.merge(queue, 1, Integer::sum) >= SLOW_ONES;
        if (isSlow && !found.isEmpty()) {
            RequestRow first = found.get(0);
            long until = begun + nanos + Math.min(REST * nanos, LONGEST_REST);
            places.put(queue, new Place(first.request().priority(), Moments.stored(first.enqueuedAt()), until));
        }
        return isSlow;
    }
}
