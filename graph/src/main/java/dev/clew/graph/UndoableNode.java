package dev.clew.graph;

import dev.clew.value.IllegalRequestException;
import dev.clew.value.TypeRef;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Describes a node whose effect may happen twice, and is undone if its run is; {@link #gives} ends it. Not thread-safe.
 *
 * <pre>{@code
 * .node("reserve").after("quote")
 *     .undoable((String seat) -> update().seat(seat))
 *     .undo(new TypeRef<Optional<String>>() {}, (in, seat) -> theatre.release(in.effectId()))
 *     .gives(TypeRef.of(String.class), in -> theatre.reserve(in.state().show(), in.effectId()))
 * }</pre>
 *
 * @param <I> the input of the graph
 * @param <O> its output
 * @param <S> its state
 * @param <T> the type of what is sent to the node
 * @param <A> what its effect gives
 */
@SuppressWarnings("NullAway") // a compiler of JDK 17 does not see the nullness of type arguments in class files
public final class UndoableNode<
        I, O extends @Nullable Object, S, T extends @Nullable Object, A extends @Nullable Object> {
    private final NodeBuilder<I, O, S, T> node;
    private final Function<? super A, ? extends @Nullable NodeResult<S>> result;
    private UndoableEffect.@Nullable Undo<S, ?> undo;

    UndoableNode(NodeBuilder<I, O, S, T> node, Function<? super A, ? extends @Nullable NodeResult<S>> result) {
        this.node = node;
        this.result = result;
    }

    /** Undoes what an execution has done, when its run is undone. */
    public UndoableNode<I, O, S, T, A> undo(TypeRef<Optional<A>> type, UndoBody<NodeInput<S, T>, Optional<A>> body) {
        undo = undo(node, type, body);
        return this;
    }

    /** {@link #undo(TypeRef, UndoBody)} of an effect that gives nothing. */
    public UndoableNode<I, O, S, T, A> undo(UndoBody<NodeInput<S, T>, Boolean> body) {
        undo = undo(node, TypeRef.of(Boolean.class), body);
        return this;
    }

    @SuppressWarnings("unchecked") // what is sent to the node is of the type that it says
    static <S, T extends @Nullable Object, F> UndoableEffect.Undo<S, F> undo(
            NodeBuilder<?, ?, S, T> node, TypeRef<F> type, UndoBody<NodeInput<S, T>, F> body) {
        node.requireUncached("has undo");
        return new UndoableEffect.Undo<>(type, (UndoBody<NodeInput<S, Object>, F>) (UndoBody<?, F>) body);
    }

    /**
     * The node, by what its effect gives; an update is made of that. It makes no durable calls.
     *
     * @param type of what it gives
     */
    @SuppressWarnings("unchecked") // what is sent to the node is of the type that it says
    public GraphSpec.Builder<I, O, S> gives(TypeRef<A> type, EffectBody<NodeInput<S, T>, A> body) {
        if (undo == null) {
            throw new IllegalRequestException(
                    "nothing undoes the node '" + node.name() + "'; call undo(…) before gives(…)");
        }
        var untyped = (EffectBody<NodeInput<S, Object>, A>) (EffectBody<?, A>) body;
        return node.effect(new UndoableEffect<>(type, untyped, result, null, undo))
                .effectOnly();
    }
}
