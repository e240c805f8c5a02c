package dev.clew.postgres;

import dev.clew.queue.RequestRow;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;

/**
 * From where on each queue is asked for READY requests. As long as somebody holds an old snapshot, such as a {@code pg_dump}, what
 * was taken stays in the index as dead entries, and a take from the beginning reads them all. Where that is slow, the next takes
 * begin at the first request that was found; from the beginning again after two seconds, so what became ready before it waits so long.
 */
final class ReadyFrom {
    private static final long SLOW = TimeUnit.MILLISECONDS.toNanos(20);

    /** How many slow takes in a row it takes: one may have other causes. */
    private static final int SLOW_ONES = 3;

    private static final long AGAIN = TimeUnit.SECONDS.toNanos(2);

    private final Map<String, Place> places = new ConcurrentHashMap<>();
    private final Map<String, Integer> slow = new ConcurrentHashMap<>();

    /**
     * A place in the order of a queue.
     *
     * @param since when it was found
     */
    record Place(int priority, long enqueuedAt, long since) {
        static final Place BEGINNING = new Place(Integer.MIN_VALUE, Long.MIN_VALUE, 0);
    }

    /** Where the next take begins. */
    Place of(String queue) {
        Place place = places.get(queue);
        return place == null || System.nanoTime() - place.since() >= AGAIN ? Place.BEGINNING : place;
    }

    /** What a take found, and how long it took. */
    void took(String queue, Place from, List<RequestRow> found, long nanos) {
        if (!from.equals(Place.BEGINNING)) {
            return;
        }
        if (nanos < SLOW) {
            slow.remove(queue);
            places.remove(queue);
            return;
        }
        if (slow.merge(queue, 1, Integer::sum) < SLOW_ONES || found.isEmpty()) {
            return;
        }
        RequestRow first = found.get(0);
        places.put(queue, new Place(first.request().priority(), Moments.stored(first.enqueuedAt()), System.nanoTime()));
    }
}
