package dev.clew.engine.cache;

import dev.clew.cache.CacheKey;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Which cached calls are being computed in this graph, and who waits for their results. Nobody waits with a thread or a
 * permit: followers are called back.
 */
public final class Flights {
    private final ConcurrentHashMap<CacheKey, Flight> flying = new ConcurrentHashMap<>();

    /** One key that somebody computes. */
    public static final class Flight {
        private final CacheKey key;

        /** Guarded by the map's entry. */
        private final List<Consumer<byte @Nullable []>> followers = new ArrayList<>();

        private Flight(CacheKey key) {
            this.key = key;
        }
    }

    /**
     * Makes the caller the leader of this key; or, where there is one, its follower.
     *
     * @param follower called once: with the clear bytes of the leader's result, or with null where it gave none; must
     *     hand itself on to a thread
     * @return null for a follower
     */
    @Nullable
    public Flight lead(CacheKey key, Consumer<byte @Nullable []> follower) {
        Flight mine = new Flight(key);
        Flight now = flying.compute(key, (k, other) -> {
            if (other == null) {
                return mine;
            }
            other.followers.add(follower);
            return other;
        });
        return now == mine ? mine : null;
    }

    /** Ends a flight, once, and tells its followers. */
    public void land(Flight flight, byte @Nullable [] result) {
        if (flying.remove(flight.key, flight)) {
            flight.followers.forEach(follower -> follower.accept(result));
        }
    }
}
