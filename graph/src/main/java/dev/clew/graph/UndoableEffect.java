package dev.clew.graph;

import dev.clew.effect.Once;
import dev.clew.effect.Undoable;
import dev.clew.spi.TaskBody;
import dev.clew.spi.TaskCall;
import dev.clew.spi.TaskSpec;
import dev.clew.value.TypeRef;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * That the effect of a node can be undone. It is a step of its own in the step of the node, which makes an update of what it gave: what
 * undoes it takes what the effect gave, and not an update.
 *
 * @param type of what the effect gives
 * @param body one attempt
 * @param result makes what the node gives of what the effect gave; a pure function
 * @param once that it must not happen twice, or null
 * @param undo what undoes it
 */
@SuppressWarnings("NullAway") // a compiler of JDK 17 does not see the nullness of type arguments in class files
record UndoableEffect<S, A extends @Nullable Object>(
        TypeRef<A> type,
        EffectBody<NodeInput<S, Object>, A> body,
        Function<? super A, ? extends @Nullable NodeResult<S>> result,
        @Nullable OnceRules<S, A> once,
        Undo<S, ?> undo)
        implements NodeEffect<S> {
    /**
     * What undoes it.
     *
     * @param type an {@code Optional} of what the effect gives, or a boolean
     */
    record Undo<S, F>(TypeRef<F> type, UndoBody<NodeInput<S, Object>, F> body) {
        private TaskBody<@Nullable Object> of(Function<TaskCall, NodeInput<S, Object>> past, int result) {
            return call -> {
                body.undo(past.apply(call), call.<F>arg(result));
                return null;
            };
        }
    }

    /** That an effect must not happen twice, as it is said to a step that gives what the effect gives. */
    @FunctionalInterface
    interface OnceRules<S, A extends @Nullable Object> {
        /**
         * One execution.
         *
         * @param in what the node gets in one attempt
         */
        Once<A> around(TaskSpec<A> leaf, Function<TaskCall, NodeInput<S, Object>> in);
    }

    /**
     * The step of one execution.
     *
     * @param named its name, its policies, and what the node reads as its parameters
     * @param in what the node gets in one attempt
     * @param past what it got, of the arguments of the step
     */
    @SuppressWarnings("unchecked") // what undoes it takes an Optional of what it gives, or a boolean
    TaskSpec<A> step(
            TaskSpec.Builder<A> named,
            Function<TaskCall, NodeInput<S, Object>> in,
            Function<TaskCall, NodeInput<S, Object>> past) {
        TaskSpec<A> leaf = named.leaf(call -> body.run(in.apply(call)));
        TaskBody<?> undoes = undo.of(past, leaf.parameters().size());
        boolean takesResult = undo.type().rawType() == Optional.class;
        TypeRef<Optional<A>> given = (TypeRef<Optional<A>>) undo.type();
        if (once != null) {
            Once<A> all = once.around(leaf, in);
            return (takesResult ? all.undo(given, undoes) : all.undo(undoes)).spec();
        }
        Undoable<A> all = Undoable.of(leaf);
        return (takesResult ? all.undo(given, undoes) : all.undo(undoes)).spec();
    }

    /** What the node gives of the result of that step. */
    @SuppressWarnings("unchecked") // it is of the step's type
    @Nullable
    NodeResult<S> made(@Nullable Object given) {
        return result.apply((A) given);
    }
}
