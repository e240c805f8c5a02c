package dev.clew.graph;

import dev.clew.value.TypeRef;
import org.jspecify.annotations.Nullable;

/**
 * What an execution of a node begins with.
 *
 * @param values the state as it was when the superstep began
 * @param sent what was sent to it, or null
 * @param sentType the type of what is sent to the node, or null
 * @param superstep which superstep it runs in
 */
record NodeEntry(
        StateValues values, @Nullable Object sent, @Nullable TypeRef<?> sentType, Superstep superstep) {}
