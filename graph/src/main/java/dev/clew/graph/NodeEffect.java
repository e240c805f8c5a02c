package dev.clew.graph;

import dev.clew.effect.Once;
import dev.clew.spi.TaskCall;
import dev.clew.spi.TaskSpec;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** What is said of the effect of a node. */
sealed interface NodeEffect<S> permits NodeEffect.InPlace, UndoableEffect {
    /** That it must not happen twice, and how its outcome becomes known: the node's own step sees to that. */
    @FunctionalInterface
    non-sealed interface InPlace<S> extends NodeEffect<S> {
        /**
         * One execution.
         *
         * @param leaf runs an attempt
         * @param in what the node gets in one attempt
         * @param checked refuses what the node must not give
         */
        Once<NodeResult<S>> around(
                TaskSpec<NodeResult<S>> leaf,
                Function<TaskCall, NodeInput<S, Object>> in,
                UnaryOperator<@Nullable NodeResult<S>> checked);
    }
}
