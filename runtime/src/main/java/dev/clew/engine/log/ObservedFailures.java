package dev.clew.engine.log;

import dev.clew.engine.log.LogEntry.Observed;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Which failures a scope's code has seen, in that order, as entries of later calls noted them. */
final class ObservedFailures {
    private final Map<Integer, Seen> byOrdinal = new LinkedHashMap<>();

    /** How many calls had been made by then, and the place of the entry that noted it. */
    private record Seen(int callsBefore, long notedAt) {}

    void observed(List<Observed> noted, long seq) {
        if (noted.isEmpty()) {
            return;
        }
        // A replay of the same attempt notes it again, later than it was seen.
        noted.forEach(failure -> byOrdinal.putIfAbsent(failure.failure(), new Seen(failure.callsBefore(), seq)));
    }

    /** How many calls had been made when this failure was seen; the greatest number if it is not known to be seen. */
    int callsBefore(int ordinal) {
        Seen seen = byOrdinal.get(ordinal);
        return seen == null ? Integer.MAX_VALUE : seen.callsBefore();
    }

    /** The first of these that was seen, or null. */
    @Nullable
    Integer first(List<Integer> ordinals) {
        return byOrdinal.keySet().stream()
                .filter(ordinals::contains)
                .findFirst()
                .orElse(null);
    }

    /** Whether a failure was seen before another one that was seen; with null, whether it was seen at all. */
    boolean isBefore(int ordinal, @Nullable Integer other) {
        for (int seen : byOrdinal.keySet()) {
            if (other != null && seen == other) {
                return false;
            }
            if (seen == ordinal) {
                return true;
            }
        }
        return false;
    }

    /** Whether an entry at this place came after the failure was seen. */
    boolean isSeenBy(int ordinal, long seq) {
        Seen seen = byOrdinal.get(ordinal);
        return seen != null && seen.notedAt() <= seq;
    }

    /** A new attempt begins: what was seen from the first dropped failure on is seen anew, or not at all. */
    void forgetFrom(List<Integer> dropped, int advisoryFrom) {
        Integer first = first(dropped);
        boolean anew = false;
        for (Integer ordinal : List.copyOf(byOrdinal.keySet())) {
            anew |= ordinal.equals(first);
            if (anew || ordinal >= advisoryFrom) {
                byOrdinal.remove(ordinal);
            }
        }
    }
}
