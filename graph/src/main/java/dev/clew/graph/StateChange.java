package dev.clew.graph;

import dev.clew.graph.fold.ValueChange;
import java.util.Map;

/**
 * What became of a state.
 *
 * @param byComponent by the names of the components that have another value
 * @param isPartial whether more is stored of it: components that the state does not have any more
 */
record StateChange(Map<String, ValueChange> byComponent, boolean isPartial) {
    StateChange {
        byComponent = Map.copyOf(byComponent);
    }
}
