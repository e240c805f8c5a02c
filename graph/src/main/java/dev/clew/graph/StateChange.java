package dev.clew.graph;

import dev.clew.graph.fold.ValueChange;
import java.util.Map;

/**
 * What became of a state.
 *
 * @param byComponent by the names of the components that have another value
 */
record StateChange(Map<String, ValueChange> byComponent) {
    StateChange {
        byComponent = Map.copyOf(byComponent);
    }
}
