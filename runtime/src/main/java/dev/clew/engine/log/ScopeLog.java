package dev.clew.engine.log;

import dev.clew.checkpoint.CheckpointException;
import dev.clew.effect.EffectNotes;
import java.util.ArrayList;
import java.util.Arrays;
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
    /** Advisory steps whose place another call has taken, by segment, the newest first. */
    private Map<String, List<StepLog>> replaced = Map.of();

    private Set<String> patches = Set.of();

    private Map<String, Note> notes = Map.of();

    private final ObservedFailures failures = new ObservedFailures();

    /** The failed steps that made the newest attempt fail; empty if they are not known. */
    private List<Integer> causes = List.of();

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
        patches = patches.isEmpty() ? new HashSet<>() : patches;
        patches.add(id);
    }

    /** What the scope noted under a key. */
    public static final class Note {
        private final byte[] value;
        private final long seq;
        private @Nullable Object memo;

        private Note(byte[] value, long seq) {
            this.value = value;
            this.seq = seq;
        }

        /** Its place in the log. */
        public long seq() {
            return seq;
        }

        /** The protected value. */
        public byte[] value() {
            return value;
        }

        /** The value in memory, for runs that encode nothing. */
        public @Nullable Object memo() {
            return memo;
        }

        public void memo(@Nullable Object noted) {
            memo = noted;
        }
    }

    /** Returns what the scope noted under this key, or null. A new attempt of the scope forgets none of it. */
    public @Nullable Note note(String key) {
        return notes.get(key);
    }

    void note(String key, byte[] value, long seq) {
        notes = notes.isEmpty() ? new HashMap<>() : notes;
        notes.putIfAbsent(key, new Note(value, seq));
    }

    /** How often it was noted that it is to be undone: once for each list of arguments that it was called with. */
    public int registrations() {
        int newest = 0;
        while (notes.containsKey(EffectNotes.CALLED + (newest + 1))) {
            newest++;
        }
        return newest;
    }

    /** Whether it is that of a task whose effect must not happen twice, and may have happened. */
    public boolean mayHaveActed() {
        int newest = effectAttempts();
        return newest > 0
                && !notes.containsKey(EffectNotes.OVER + newest)
                && !notes.containsKey(EffectNotes.DENIED + newest);
    }

    /** Whether a person said what became of its newest attempt, and the run has not gone on since. */
    boolean isSettledByHand() {
        return notes.containsKey(EffectNotes.SETTLED + effectAttempts());
    }

    /** How many attempts of a task began whose effect must not happen twice; 0 if it is none. */
    public int effectAttempts() {
        int newest = 0;
        while (notes.containsKey(EffectNotes.BEGUN + (newest + 1))) {
            newest++;
        }
        return newest;
    }

    /** What its steps have done by now is not theirs to undo: the run begins like another one, which has done it. */
    void disown() {
        for (StepLog step : everything()) {
            ScopeLog below = step.scope();
            if (below != null) {
                below.disown();
                if (step.done() && !below.notes.isEmpty()) {
                    below.notes.keySet().removeIf(key -> key.startsWith(EffectNotes.CALLED));
                }
            }
        }
    }

    /** All steps of which anything is known, also those whose place others have taken. */
    public List<StepLog> everything() {
        List<StepLog> all = new ArrayList<>(steps.values());
        replaced.values().forEach(all::addAll);
        return all;
    }

    /** Nothing that is recorded of its calls is repeated: what calls them is over. */
    void leaveAll() {
        steps.values().forEach(StepLog::leave);
        byOrdinal.clear();
    }

    /** The advisory steps of this segment, the newest first: a call may take any of them. */
    public List<StepLog> advisory(String segment) {
        StepLog newest = steps.get(segment);
        if (newest == null || !newest.advisory()) {
            return List.of();
        }
        List<StepLog> all = new ArrayList<>(List.of(newest));
        all.addAll(replaced.getOrDefault(segment, List.of()));
        return all;
    }

    /** The advisory step that another call of this segment takes the place of, or null. */
    @Nullable
    StepLog replace(String segment) {
        StepLog step = steps.get(segment);
        if (step == null || !step.advisory()) {
            return null;
        }
        steps.remove(segment);
        replaced = replaced.isEmpty() ? new HashMap<>() : replaced;
        replaced.computeIfAbsent(segment, first -> new ArrayList<>()).add(0, step);
        return step;
    }

    /** The advisory step of this segment that was called with what has this digest takes its place again. */
    StepLog callAgain(String segment, byte[] digest) {
        for (StepLog step : advisory(segment)) {
            if (Arrays.equals(step.call().digest(), digest)) {
                replace(segment);
                replaced.getOrDefault(segment, List.of()).remove(step);
                steps.put(segment, step);
                step.calledAgain();
                return step;
            }
        }
        throw new CheckpointException("the log takes step '" + StepPath.child(path, segment)
                + "' again, which nobody called like that; the log is damaged");
    }

    StepLog called(String segment, LogEntry.Call call, long seq) {
        StepLog step = steps.get(segment);
        if (step == null) {
            step = new StepLog(StepPath.child(path, segment), call);
            steps.put(segment, step);
        } else {
            step.called(call);
        }
        place(call.ordinal(), step);
        failures.observed(call.observedFailures(), seq);
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

    void causedBy(LogEntry.CausedBy entry, long seq) {
        causes = entry.causes();
        failures.observed(entry.observedFailures(), seq);
    }

    /** What a new attempt of this scope forgets, and from which call on it need not repeat what is recorded. */
    public Restart restart() {
        return new Restart.Plan(this, failures).made(causes);
    }

    /** A new attempt begins. */
    void restart(List<Integer> forgotten, int advisoryFrom) {
        Set<Integer> dropped = new HashSet<>(forgotten);
        for (int i = advisoryFrom; i < byOrdinal.size(); i++) {
            StepLog step = at(i);
            if (step != null && !dropped.contains(i)) {
                step.advise();
                byOrdinal.set(i, null);
            }
        }
        for (int ordinal : dropped) {
            StepLog step = at(ordinal);
            if (step != null) {
                step.drop();
                byOrdinal.set(ordinal, null);
            }
        }
        failures.forgetFrom(forgotten, advisoryFrom);
        causes = List.of();
    }
}
