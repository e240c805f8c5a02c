package dev.clew.engine.core;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Steps that go on although the scope attempt that called them is over: it timed out, failed or is parked. The next attempt
 * that calls such a step joins it, so that no step runs twice at once. Guarded by the run's lock.
 */
final class OrphanedSteps {
    private final Map<String, CoreStep> byPath = new HashMap<>();

    /** So that nobody needs the lock to see that there are none, as nearly always. */
    private volatile boolean some;

    boolean isEmpty() {
        return !some;
    }

    void add(CoreStep step) {
        byPath.put(step.path(), step);
        some = true;
    }

    @Nullable
    CoreStep take(String path) {
        CoreStep step = byPath.remove(path);
        some = !byPath.isEmpty();
        return step;
    }

    /** The step at this path, which stays; null if there is none. */
    @Nullable
    CoreStep find(String path) {
        return byPath.get(path);
    }

    /** Takes all that belong to a scope, at any depth. */
    List<CoreStep> takeBelow(String path) {
        List<CoreStep> below = new ArrayList<>();
        for (Iterator<CoreStep> all = byPath.values().iterator(); all.hasNext(); ) {
            CoreStep step = all.next();
            if (path.isEmpty() || step.path().startsWith(path + "/")) {
                below.add(step);
                all.remove();
            }
        }
        some = !byPath.isEmpty();
        return below;
    }
}
