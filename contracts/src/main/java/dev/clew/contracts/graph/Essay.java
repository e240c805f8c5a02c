package dev.clew.contracts.graph;

import dev.clew.annotations.Append;
import dev.clew.annotations.End;
import dev.clew.annotations.To;
import dev.clew.graph.Component;
import dev.clew.graph.StateSpec;
import dev.clew.graph.StateUpdate;
import dev.clew.value.TypeRef;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The state of the graphs of these suites: a value, a list to which nodes append, and a constructor that refuses.
 *
 * @param topic kept as it was written last
 * @param notes all that nodes append
 * @param draft kept as it was written last
 */
record Essay(
        @Nullable String topic,
        List<String> notes,
        @Nullable String draft) {
    Essay {
        if (notes.contains("refused")) {
            throw new IllegalArgumentException("'refused' is no note");
        }
    }

    /** What an editor may decide. */
    enum Editor {
        @To("write")
        AGAIN,
        @End
        DONE
    }

    /** What is sent to a node. */
    record Query(String text) {}

    static final Component<@Nullable String, @Nullable String> TOPIC =
            Component.lastValue("topic", TypeRef.of(String.class), null);
    static final Component<List<String>, List<String>> NOTES = Component.reduced(
            "notes",
            TypeRef.listOf(TypeRef.of(String.class)),
            TypeRef.listOf(TypeRef.of(String.class)),
            new Append.ToList<String>());
    static final Component<@Nullable String, @Nullable String> DRAFT =
            Component.lastValue("draft", TypeRef.of(String.class), null);

    static final StateSpec<Essay> STATE = StateSpec.of(
            Essay.class,
            values -> new Essay(values.get(TOPIC), values.get(NOTES), values.get(DRAFT)),
            essay -> new @Nullable Object[] {essay.topic(), essay.notes(), essay.draft()},
            TOPIC,
            NOTES,
            DRAFT);

    static StateUpdate<Essay> topic(String topic) {
        return STATE.changes().set(TOPIC, topic).update();
    }

    static StateUpdate<Essay> note(String... notes) {
        return STATE.changes().add(NOTES, List.of(notes)).update();
    }

    static StateUpdate<Essay> draft(String draft) {
        return STATE.changes().set(DRAFT, draft).update();
    }
}
