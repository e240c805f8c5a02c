package dev.clew.graph;

import dev.clew.effect.Once;
import dev.clew.effect.Resolution;
import dev.clew.effect.UnknownOutcome;
import dev.clew.interrupt.InterruptKey;
import dev.clew.spi.TaskCall;
import dev.clew.spi.TaskSpec;
import dev.clew.value.IllegalRequestException;
import dev.clew.value.TypeRef;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Describes a node whose effect must not happen twice; {@link #leaf} ends it. Not thread-safe.
 *
 * <pre>{@code
 * .node("pay").after("quote").timeout(Duration.ofSeconds(30))
 *     .once(PAY_OUTCOME, receipt -> update().receipt(receipt))
 *     .notDone(Declined.class)
 *     .reconcile(new TypeRef<Optional<Receipt>>() {}, in -> bank.find(in.effectId()))
 *     .leaf(in -> update().receipt(bank.pay(in.state().invoice(), in.effectId())))
 * }</pre>
 *
 * @param <I> the input of the graph
 * @param <O> its output
 * @param <S> its state
 * @param <T> the type of what is sent to the node
 * @param <A> what {@code reconcile} and people say that the effect gave
 */
@SuppressWarnings("NullAway") // a compiler of JDK 17 does not see the nullness of type arguments in class files
public final class OnceNode<I, O extends @Nullable Object, S, T extends @Nullable Object, A extends @Nullable Object> {
    private final NodeBuilder<I, O, S, T> node;
    private final InterruptKey<UnknownOutcome, Resolution<A>> key;
    private final Function<? super A, ? extends @Nullable NodeResult<S>> result;
    private final List<Class<? extends Throwable>> notDone = new ArrayList<>();
    private @Nullable Duration settle;
    private @Nullable Asked<NodeInput<S, T>, ? extends Object> asked;
    private @Nullable TypeRef<Optional<A>> found;
    private UndoableEffect.@Nullable Undo<S, ?> undo;
    private Function<? super NodeInput<S, T>, ? extends List<? extends @Nullable Object>> shown =
            in -> in.sent() == null ? List.of() : List.of(in.sent());

    OnceNode(
            NodeBuilder<I, O, S, T> node,
            InterruptKey<UnknownOutcome, Resolution<A>> key,
            Function<? super A, ? extends @Nullable NodeResult<S>> result) {
        this.node = node;
        this.key = key;
        this.result = result;
    }

    /**
     * Asks the outside world.
     *
     * <pre>{@code
     * OnceNode.Asked<NodeInput<Order, Void>, Optional<Receipt>> found = in -> bank.find(in.effectId());
     * }</pre>
     *
     * @param <N> what the node gets
     * @param <F> what is found
     */
    @FunctionalInterface
    public interface Asked<N, F> {
        /** One attempt. */
        F ask(N in) throws Throwable;
    }

    /** A failure of this class says for sure that the effect did not happen. */
    public OnceNode<I, O, S, T, A> notDone(Class<? extends Throwable> failure) {
        notDone.add(failure);
        return this;
    }

    /** How long after an attempt was given up an empty {@code reconcile} counts. */
    public OnceNode<I, O, S, T, A> settle(Duration atLeast) {
        if (atLeast.isNegative()) {
            throw new IllegalRequestException(
                    "a node's settle must not be negative, but that of '" + node.name() + "' is " + atLeast);
        }
        settle = atLeast;
        return this;
    }

    /** Says what the effect gave, if it happened; empty if it did not. It may be repeated. */
    public OnceNode<I, O, S, T, A> reconcile(TypeRef<Optional<A>> type, Asked<NodeInput<S, T>, Optional<A>> body) {
        found = type;
        asked = body;
        return this;
    }

    /** Says whether the effect happened, of a node that gives nothing. It may be repeated. */
    public OnceNode<I, O, S, T, A> reconcile(Asked<NodeInput<S, T>, Boolean> body) {
        found = null;
        asked = body;
        return this;
    }

    /** What a person is shown of what the node got; what was sent to it, if nothing is said. */
    public OnceNode<I, O, S, T, A> shows(
            Function<? super NodeInput<S, T>, ? extends List<? extends @Nullable Object>> what) {
        shown = what;
        return this;
    }

    /** Undoes what an execution has done, when its run is undone. The node ends with {@link #gives}. */
    public OnceNode<I, O, S, T, A> undo(TypeRef<Optional<A>> type, UndoBody<NodeInput<S, T>, Optional<A>> body) {
        undo = UndoableNode.undo(node, type, body);
        return this;
    }

    /** {@link #undo(TypeRef, UndoBody)} of a node that gives nothing. */
    public OnceNode<I, O, S, T, A> undo(UndoBody<NodeInput<S, T>, Boolean> body) {
        undo = UndoableNode.undo(node, TypeRef.of(Boolean.class), body);
        return this;
    }

    /**
     * The node that can be undone, by what its effect gives; an update is made of that. It makes no durable calls.
     *
     * @param type of what it gives
     */
    @SuppressWarnings("unchecked") // what is sent to the node is of the type that it says
    public GraphSpec.Builder<I, O, S> gives(TypeRef<A> type, EffectBody<NodeInput<S, T>, A> body) {
        if (undo == null) {
            throw new IllegalRequestException("nothing undoes the node '" + node.name()
                    + "'; call undo(…) before gives(…), or end it with leaf(…)");
        }
        var untyped = (EffectBody<NodeInput<S, Object>, A>) (EffectBody<?, A>) body;
        UndoableEffect.OnceRules<S, A> rules = (leaf, in) -> around(leaf, in, said -> said);
        return node.effect(new UndoableEffect<>(type, untyped, result, rules, undo))
                .effectOnly()
                .questions(key);
    }

    /** The node. It makes no durable calls: in each replay a scope would act again. */
    public GraphSpec.Builder<I, O, S> leaf(NodeBody<NodeInput<S, T>, S> body) {
        if (undo != null) {
            throw new IllegalRequestException("the node '" + node.name()
                    + "' can be undone, and what undoes it takes what its effect gives; end it with gives(…)");
        }
        return node.effect(effect()).leaf(body).questions(key);
    }

    private NodeEffect<S> effect() {
        NodeEffect.InPlace<S> inPlace =
                (leaf, in, checked) -> around(leaf, in, said -> checked.apply(result.apply(said)));
        return inPlace;
    }

    /**
     * One execution.
     *
     * @param made makes what the step gives of what people and the outside world say
     */
    @SuppressWarnings("unchecked") // what is sent to the node is of the type that it says
    private <R extends @Nullable Object> Once<R> around(
            TaskSpec<R> leaf, Function<TaskCall, NodeInput<S, Object>> in, Function<? super A, ? extends R> made) {
        Once<R> once = Once.of(leaf, key, made).shows(call -> shown.apply((NodeInput<S, T>) in.apply(call)));
        notDone.forEach(once::notDone);
        if (settle != null) {
            once.settle(settle);
        }
        Asked<NodeInput<S, T>, ?> ask = asked;
        if (ask != null && found != null) {
            once.reconcile(found, call -> (Optional<A>) ask.ask((NodeInput<S, T>) in.apply(call)), made);
        } else if (ask != null) {
            once.reconcile(call -> (Boolean) ask.ask((NodeInput<S, T>) in.apply(call)), () -> made.apply(null));
        }
        return once;
    }
}
