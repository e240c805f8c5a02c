package dev.clew.graph;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * The routes that a node may give: nodes by their names, cases of types, or none.
 *
 * @param names the nodes that it may name
 * @param types the types that it may answer with
 * @param mayEnd whether it may name none, by an empty list
 * @param maySkip whether it may end the branch by no route at all
 * @param isMany whether it may answer with several at once
 */
record Ways(Set<String> names, List<RouteSpec> types, boolean mayEnd, boolean maySkip, boolean isMany) {
    static final Ways NONE = new Ways(Set.of(), List.of(), false, false, false);

    Ways {
        names = java.util.Collections.unmodifiableSet(new LinkedHashSet<>(names));
        types = List.copyOf(types);
    }

    /** Whether it routes by types alone, so that null can only be a missing route. */
    boolean isTyped() {
        return names.isEmpty() && !types.isEmpty();
    }

    boolean isNone() {
        return names.isEmpty() && types.isEmpty() && !mayEnd;
    }
}
