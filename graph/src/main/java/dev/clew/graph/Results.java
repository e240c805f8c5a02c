package dev.clew.graph;

import dev.clew.graph.fold.Writes;
import org.jspecify.annotations.Nullable;

/** What is in the results of nodes. */
final class Results {
    private Results() {}

    /** The update of a result; null where the node changed nothing. */
    static <S> @Nullable StateUpdate<S> update(@Nullable NodeResult<S> result) {
        if (result instanceof RoutedUpdate<S, ?> routed) {
            return routed.update();
        }
        return result instanceof StateUpdate<S> update ? update : null;
    }

    static <S> Writes writes(@Nullable NodeResult<S> result) {
        StateUpdate<S> update = update(result);
        return update == null ? Writes.NONE : update.changes().writes();
    }
}
