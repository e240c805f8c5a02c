package dev.clew.graph;

import dev.clew.annotations.Append;
import dev.clew.annotations.End;
import dev.clew.annotations.Merge;
import dev.clew.annotations.Reducer;
import dev.clew.annotations.To;
import dev.clew.value.TypeRef;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A state with a component of each kind, and routes of each kind. */
final class Research {
    record Draft(String text) {}

    record Query(String text) {}

    sealed interface Verdict {
        record Good() implements Verdict {}

        record Weak(String why) implements Verdict {}
    }

    enum Editor {
        @To("write")
        AGAIN,
        @End
        DONE
    }

    /** Keeps the greatest number. */
    enum Highest implements Reducer<Integer, Integer> {
        INSTANCE;

        @Override
        public Integer identity() {
            return 0;
        }

        @Override
        public Integer apply(Integer current, Integer update) {
            return Math.max(current, update);
        }
    }

    /** Its updates have another type than its values. */
    enum Count implements Reducer<Map<String, Integer>, String> {
        INSTANCE;

        private static final Merge.ToMap<String, Integer> MERGE = new Merge.ToMap<>();

        @Override
        public Map<String, Integer> identity() {
            return Map.of();
        }

        @Override
        public Map<String, Integer> apply(Map<String, Integer> current, String word) {
            if (word.equals("forbidden")) {
                throw new IllegalStateException("a secret");
            }
            return MERGE.apply(current, Map.of(word, current.getOrDefault(word, 0) + 1));
        }
    }

    record State(String topic, List<String> notes, @Nullable Draft draft, int best, Map<String, Integer> counts) {
        State {
            if (best > 100) {
                throw new IllegalArgumentException("best is at most 100");
            }
        }
    }

    static final Component<String, String> TOPIC = Component.lastValue("topic", TypeRef.of(String.class), null);
    static final Component<List<String>, List<String>> NOTES = Component.reduced(
            "notes", new TypeRef<List<String>>() {}, new TypeRef<List<String>>() {}, new Append.ToList<String>());
    static final Component<@Nullable Draft, @Nullable Draft> DRAFT =
            Component.lastValue("draft", new TypeRef<@Nullable Draft>() {}, null);
    static final Component<Integer, Integer> BEST =
            Component.reduced("best", TypeRef.of(Integer.class), TypeRef.of(Integer.class), Highest.INSTANCE);
    static final Component<Map<String, Integer>, String> COUNTS = Component.reduced(
            "counts", new TypeRef<Map<String, Integer>>() {}, TypeRef.of(String.class), Count.INSTANCE);

    static final StateSpec<State> STATE = StateSpec.of(
            State.class,
            values -> new State(
                    values.get(TOPIC), values.get(NOTES), values.get(DRAFT), values.get(BEST), values.get(COUNTS)),
            state -> new Object[] {state.topic(), state.notes(), state.draft(), state.best(), state.counts()},
            TOPIC,
            NOTES,
            DRAFT,
            BEST,
            COUNTS);

    private Research() {}

    static Changes<State> changes() {
        return STATE.changes();
    }

    static State start() {
        return STATE.make(STATE.start());
    }
}
