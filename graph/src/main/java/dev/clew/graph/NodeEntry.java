package dev.clew.graph;

import dev.clew.stream.StreamEvent;
import dev.clew.value.TypeRef;
import org.jspecify.annotations.Nullable;

/**
 * What an execution of a node begins with.
 *
 * @param values the state as it was when the superstep began
 * @param sent what was sent to it, or null
 * @param sentType the type of what is sent to the node; null if it needs no copy
 * @param superstep which superstep it runs in; null of an execution that is undone
 * @param place which of the superstep's executions it is; null of one that is undone
 */
record NodeEntry(
        StateValues values,
        @Nullable Object sent,
        @Nullable TypeRef<?> sentType,
        @Nullable Superstep superstep,
        StreamEvent.@Nullable Place place) {
    /** The same, but that the node gets what was sent as it is. */
    NodeEntry uncopied() {
        return new NodeEntry(values, sent, null, superstep, place);
    }
}
