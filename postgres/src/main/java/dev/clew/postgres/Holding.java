package dev.clew.postgres;

import dev.clew.checkpoint.Claim;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a writer knows of a thread that this process owns: the numbers of its runs, and where their logs continue. Nobody else
 * changes them while the claim holds, and each write asks whether it does; so the order of a log is checked here.
 */
final class Holding {
    final Claim claim;

    /** Whether a write of the claim failed, so that its later ones must. */
    boolean failed;

    /** Whether the claim named a request: then its release moves a line. */
    boolean queued;

    private int lastRun;

    /** Whether runs that are not here do not exist. */
    private final boolean whole;

    private final Map<String, Place> runs;

    /**
     * A run's number in the keys of the log, and the place of its next entry.
     *
     * @param no 0 for a run that does not exist
     */
    record Place(int no, int next) {
        static final Place NONE = new Place(0, 0);
    }

    /** A claim of which only the number of runs is known. */
    Holding(Claim claim, int lastRun, boolean whole) {
        this(claim, lastRun, whole, new HashMap<>());
    }

    private Holding(Claim claim, int lastRun, boolean whole, Map<String, Place> runs) {
        this.claim = claim;
        this.lastRun = lastRun;
        this.whole = whole;
        this.runs = runs;
    }

    /** What can be changed, and thrown away if the change is not stored. */
    Holding copy() {
        Holding copy = new Holding(claim, lastRun, whole, new HashMap<>(runs));
        copy.failed = failed;
        copy.queued = queued;
        return copy;
    }

    /** Whether the place of a run must be read before it is asked for. */
    boolean needs(@Nullable String runId) {
        return runId != null && !whole && !runs.containsKey(runId);
    }

    int lastRun() {
        return lastRun;
    }

    Map<String, Place> runs() {
        return runs;
    }

    Place place(@Nullable String runId) {
        return runId == null ? Place.NONE : runs.getOrDefault(runId, Place.NONE);
    }

    void put(String runId, Place place) {
        runs.put(runId, place);
    }

    /** The number of a run whose row is stored: a new one if it has none. */
    int number(String runId) {
        Place known = place(runId);
        if (known.no() == 0) {
            lastRun++;
            runs.put(runId, new Place(lastRun, 0));
            return lastRun;
        }
        return known.no();
    }
}
