package dev.clew.graph;

import org.jspecify.annotations.Nullable;

/**
 * What a node does: it gets the state and gives an update, with or without a route. Null changes nothing.
 *
 * <pre>{@code
 * NodeBody<NodeInput<Chat, Void>, Chat> greet = in -> update().messages("Hello, " + in.state().user());
 * }</pre>
 *
 * @param <N> what it gets: a {@link NodeInput}, {@link ScopeInput} or {@link HandlerInput}
 * @param <S> the state
 */
@FunctionalInterface
public interface NodeBody<N, S> {
    /** One attempt of the node. */
    @Nullable
    NodeResult<S> run(N in) throws Throwable;
}
