package dev.clew.graph;

import org.jspecify.annotations.Nullable;

/**
 * What acts in a node whose effect can be undone: it gives what the effect gave, of which an update is made.
 *
 * <pre>{@code
 * EffectBody<NodeInput<Order, Void>, Receipt> pay = in -> bank.pay(in.state().invoice(), in.effectId());
 * }</pre>
 *
 * @param <N> what the node gets
 * @param <A> what the effect gives
 */
@FunctionalInterface
public interface EffectBody<N, A extends @Nullable Object> {
    /** One attempt. */
    A run(N in) throws Throwable;
}
