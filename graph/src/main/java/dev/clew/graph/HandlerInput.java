package dev.clew.graph;

import dev.clew.task.Failure;
import org.jspecify.annotations.Nullable;

/**
 * What the body gets that stands in for a node which failed: what the node got, and its failure.
 *
 * <pre>{@code
 * .node("search").takes(Query.class)
 *     .onError(in -> update().notes("nothing about " + in.sent().text() + ": " + in.failure().message()))
 *     .leaf(in -> update().notes(web.find(in.sent().text())))
 * }</pre>
 *
 * @param <S> the state
 * @param <T> the type of what is sent to the node
 */
public interface HandlerInput<S, T extends @Nullable Object> extends ScopeInput<S, T> {
    /** Why the node failed, in its recorded form. */
    Failure failure();
}
