package dev.clew.graph;

import dev.clew.graph.fold.ValueChange;
import java.util.Map;

/**
 * What became of a state.
 *
 * @param byComponent by the names of the components that have another value
 * @param isReshaped whether it is stored with components that the state does not have any more, or under former names
 */
record StateChange(Map<String, ValueChange> byComponent, boolean isReshaped) {
    StateChange {
        byComponent = Map.copyOf(byComponent);
    }
}
