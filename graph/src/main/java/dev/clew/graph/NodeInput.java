package dev.clew.graph;

import dev.clew.flow.TaskContext;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/**
 * What a node's body gets: the state as it was when the superstep began, what was sent to it, and the handle of the attempt.
 *
 * <pre>{@code
 * .node("search").takes(Query.class).leaf(in -> update().notes(web.find(in.sent().text(), in.state().topic())))
 * }</pre>
 *
 * @param <S> the state
 * @param <T> the type of what is sent to it
 */
public interface NodeInput<S, T extends @Nullable Object> extends TaskContext {
    /** The state. */
    S state();

    /** The value of one component. */
    <V extends @Nullable Object> V value(Component<V, ?> component);

    /**
     * The value of one component that must have one by now.
     *
     * @throws MissingValueException if it is null; the message names the nodes that write it
     */
    <V> V required(Component<? extends @Nullable V, ?> component);

    /** What was sent to the node; null where an edge leads to it. */
    T sent();

    /** Which superstep this is. */
    Superstep superstep();

    /** The {@code @Context} of this type. */
    <C> C context(Class<C> type);

    /** Waits for a stage, and gives what it gives; its failure is thrown unwrapped. */
    <R extends @Nullable Object> R await(CompletionStage<R> stage) throws Throwable;
}
