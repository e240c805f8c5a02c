package dev.clew.graph;

/**
 * Undoes the effect of a node. It may be repeated.
 *
 * <pre>{@code
 * UndoBody<NodeInput<Order, Void>, Optional<Receipt>> refund = (in, receipt) -> bank.refund(in.effectId());
 * }</pre>
 *
 * @param <N> what the node got: its {@code effectId} is that of the effect; it has no superstep, and of the state what the node reads
 * @param <F> what is known of the result: an {@code Optional} of it, which is empty if the effect perhaps never happened; of an effect
 *     without one, whether it is known to have happened
 */
@FunctionalInterface
public interface UndoBody<N, F> {
    /** One attempt. */
    void undo(N in, F known) throws Throwable;
}
