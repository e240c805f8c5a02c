package dev.clew.graph;

/**
 * What a node gives: an update of the state, or an update and the route by which the graph goes on.
 *
 * <pre>{@code
 * in -> update().notes("Rain falls.")
 * in -> update().notes("Rain falls.").goTo(Editor.AGAIN)
 * }</pre>
 *
 * @param <S> the state
 */
public sealed interface NodeResult<S> permits StateUpdate, RoutedUpdate {}
