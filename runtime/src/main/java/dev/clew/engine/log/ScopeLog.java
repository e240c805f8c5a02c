package dev.clew.engine.log;

import dev.clew.checkpoint.CheckpointException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What the log says of the steps of one scope. Guarded by the run's journal while the run lives. */
public final class ScopeLog {
    private final String path;
    private final Map<String, StepLog> steps = new LinkedHashMap<>();
    private final List<@Nullable StepLog> byOrdinal = new ArrayList<>();
    private final Set<String> patches = new HashSet<>();

    /** How many calls had been made when a failure was observed, by the failed call's ordinal. */
    private final Map<Integer, Integer> observed = new HashMap<>();

    /** How many calls of this scope were counted, by whichever of its attempts made most. Touched by the scope's code only. */
    private int counted;

    ScopeLog(String path) {
        this.path = path;
    }

    public String path() {
        return path;
    }

    /** Whether no attempt of this scope has made so many calls before. */
    public boolean counts(int ordinal) {
        boolean more = ordinal >= counted;
        counted = more ? ordinal + 1 : counted;
        return more;
    }

    /** The step with this segment, or null where nothing is known of it. */
    public @Nullable StepLog step(String segment) {
        return steps.get(segment);
    }

    /** The step that was called as the scope's n-th call, or null. */
    public @Nullable StepLog at(int ordinal) {
        StepLog found = ordinal < byOrdinal.size() ? byOrdinal.get(ordinal) : null;
        return found == null || found.dropped() ? null : found;
    }

    /** One more than the greatest ordinal of which anything is known. */
    public int end() {
        for (int i = byOrdinal.size(); i > 0; i--) {
            if (at(i - 1) != null) {
                return i;
            }
        }
        return 0;
    }

    public Collection<StepLog> steps() {
        return steps.values();
    }

    public boolean patched(String id) {
        return patches.contains(id);
    }

    void patch(String id) {
        patches.add(id);
    }

    StepLog called(String segment, LogEntry.Call call) {
        StepLog step = steps.get(segment);
        if (step == null) {
            step = new StepLog(StepPath.child(path, segment), call);
            steps.put(segment, step);
        } else {
            step.called(call);
        }
        place(call.ordinal(), step);
        call.observedFailures().forEach(seen -> observed.put(seen.failure(), seen.callsBefore()));
        return step;
    }

    private void place(int ordinal, StepLog step) {
        while (byOrdinal.size() <= ordinal) {
            byOrdinal.add(null);
        }
        byOrdinal.set(ordinal, step);
    }

    StepLog known(String segment) {
        StepLog step = steps.get(segment);
        if (step == null) {
            throw new CheckpointException("the log names step '" + StepPath.child(path, segment)
                    + "' before it was called; the log is damaged");
        }
        return step;
    }

    /** The failures that no surviving call came after: what a new attempt of this scope forgets. */
    public List<Integer> trailingFailures() {
        int surviving = end();
        while (surviving > 0 && !survives(surviving - 1)) {
            surviving--;
        }
        List<Integer> trailing = new ArrayList<>();
        for (int i = 0; i < byOrdinal.size(); i++) {
            StepLog step = at(i);
            if (step != null && step.isFailure() && observed.getOrDefault(i, Integer.MAX_VALUE) >= surviving) {
                trailing.add(i);
            }
        }
        return trailing;
    }

    private boolean survives(int ordinal) {
        StepLog step = at(ordinal);
        return step != null && !step.isFailure();
    }

    void drop(List<Integer> ordinals) {
        for (int ordinal : ordinals) {
            StepLog step = at(ordinal);
            if (step != null) {
                step.drop();
                byOrdinal.set(ordinal, null);
                observed.remove(ordinal);
            }
        }
    }
}
