package dev.clew.graph.fold;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What one update does to one component. */
public sealed interface Write {
    /** A component that keeps its last value gets this one. */
    record Set(@Nullable Object value) implements Write {}

    /** A reduced component takes these updates, in their order. */
    record Add(List<Object> updates) implements Write {
        public Add {
            updates = Collections.unmodifiableList(new ArrayList<>(updates));
        }

        /** These updates and then those. */
        public Add plus(List<Object> more) {
            List<Object> both = new ArrayList<>(updates);
            both.addAll(more);
            return new Add(both);
        }
    }

    /** A reduced component gets this value, past its reducer. */
    record Replace(@Nullable Object value) implements Write {}
}
