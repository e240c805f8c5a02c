package dev.clew.agents.middleware;

import dev.clew.graph.Component;
import dev.clew.graph.StateSpec;
import dev.clew.graph.StateUpdate;
import dev.clew.value.TypeRef;
import org.jspecify.annotations.Nullable;

/**
 * What {@link Summarization} keeps in the state: what stands for the older messages.
 *
 * @param text the summary
 * @param upTo the id of the last message that it stands for
 */
@SuppressWarnings("NullAway") // a compiler of JDK 17 does not see the nullness of type arguments in class files
record Summary(String text, String upTo) {
    private static final Component<@Nullable Summary, @Nullable Summary> COMPONENT =
            Component.<@Nullable Summary>lastValue("summary", TypeRef.of(Summary.class), null)
                    .nullable();

    static final StateSpec<Section> STATE = StateSpec.of(
            Section.class,
            values -> new Section(values.get(COMPONENT)),
            section -> new @Nullable Object[] {section.summary()},
            COMPONENT);

    /** The section. */
    record Section(@Nullable Summary summary) {}

    StateUpdate<Section> update() {
        return STATE.changes().set(COMPONENT, this).update();
    }
}
