package dev.clew.server.feed;

import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/**
 * Where an event is in its thread: 17 bits for the run, 20 for the place in its log, 16 for the place among the events of
 * that entry. The same on every server and at every reading, and safe as a number of JavaScript.
 *
 * <p>Events that are derived from an entry take places below {@value #FIRST_LIVE}, those that are not in the log take the
 * places from there on after the newest entry that was known. Each takes {@value #PARTS} places, because a client may read it
 * as several events.
 *
 * <pre>{@code
 * String id = FeedPosition.id(FeedPosition.of(3, 17, 0));   // 3-17-0
 * }</pre>
 */
public final class FeedPosition {
    /** How many places an event takes. */
    public static final int PARTS = 8;

    /** The first place of events that are not in the log. */
    static final int FIRST_LIVE = 64;

    /** The place at which a run rests of which its log does not say so: after all that was heard of it. */
    static final int AT_REST = 65_000;

    private static final int PLACE_BITS = 16;
    private static final int ENTRY_BITS = 20;
    static final int MAX_PLACE = (1 << PLACE_BITS) - 1;
    private static final long MAX_ENTRY = (1L << ENTRY_BITS) - 1;

    private FeedPosition() {}

    /**
     * A position.
     *
     * @param run the run's number, from 1
     * @param entry 0 for before the first entry of the log, else one more than the entry's number
     */
    static long of(int run, long entry, int place) {
        return (long) run << PLACE_BITS + ENTRY_BITS
                | Math.min(entry, MAX_ENTRY) << PLACE_BITS
                | Math.min(place, MAX_PLACE);
    }

    /** The position before all events of a run. */
    public static long before(int run) {
        return of(run, 0, 0) - 1;
    }

    /** The number of the run. */
    public static int run(long position) {
        return (int) (position >> PLACE_BITS + ENTRY_BITS);
    }

    /** The position of the whole event that a position is in. */
    public static long whole(long position) {
        return position & -PARTS;
    }

    /** Whether an event at this position is not in the log. */
    static boolean isLive(long position) {
        long place = position & MAX_PLACE;
        return place >= FIRST_LIVE && place < AT_REST;
    }

    /** The position as a text. */
    public static String id(long position) {
        long entry = position >> PLACE_BITS & MAX_ENTRY;
        return run(position) + "-" + entry + "-" + (position & MAX_PLACE);
    }

    /** The position that a text names; empty if it names none. */
    public static OptionalLong read(@Nullable String id) {
        if (id == null) {
            return OptionalLong.empty();
        }
        String[] parts = id.split("-", -1);
        if (parts.length != 3) {
            return OptionalLong.empty();
        }
        try {
            return OptionalLong.of(
                    of(Integer.parseInt(parts[0]), Long.parseLong(parts[1]), Integer.parseInt(parts[2])));
        } catch (NumberFormatException none) {
            return OptionalLong.empty();
        }
    }
}
