package dev.clew.engine;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Steps that go on although the scope attempt that called them is over: it timed out, failed or is parked. Whoever calls
 * such a step again joins it, so that no step runs twice at once. Guarded by the session's lock.
 */
final class Leftovers {
    private final Map<String, Step> byPath = new HashMap<>();

    /** So that nobody needs the lock to see that there are none, as nearly always. */
    private volatile boolean some;

    boolean isEmpty() {
        return !some;
    }

    void add(Step step) {
        byPath.put(step.path(), step);
        some = true;
    }

    @Nullable
    Step take(String path) {
        Step step = byPath.remove(path);
        some = !byPath.isEmpty();
        return step;
    }

    /** The step at this path, which stays; null if there is none. */
    @Nullable
    Step find(String path) {
        return byPath.get(path);
    }

    /** All that belong to a scope, at any depth. */
    List<Step> takeBelow(String path) {
        List<Step> below = new ArrayList<>();
        for (Iterator<Step> all = byPath.values().iterator(); all.hasNext(); ) {
            Step step = all.next();
            if (path.isEmpty() || step.path().startsWith(path + "/")) {
                below.add(step);
                all.remove();
            }
        }
        some = !byPath.isEmpty();
        return below;
    }
}
