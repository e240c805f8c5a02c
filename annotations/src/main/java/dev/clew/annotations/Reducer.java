package dev.clew.annotations;

/**
 * Folds the updates of a state component into its value.
 *
 * <p>A reducer must be pure and total: the same arguments give an equal value, neither argument is changed, and no value is
 * refused. It is run again whenever the state is folded again, so it must not ask for the time, chance or the world.
 *
 * <pre>{@code
 * public enum Highest implements Reducer<Integer, Integer> {
 *     INSTANCE;
 *
 *     @Override
 *     public Integer identity() {
 *         return 0;
 *     }
 *
 *     @Override
 *     public Integer apply(Integer current, Integer update) {
 *         return Math.max(current, update);
 *     }
 * }
 *
 * @State
 * public record Contest(@Reduce(Highest.class) int best) {}
 * }</pre>
 *
 * <p>Generated code makes a reducer by its public constructor, which takes the members of the annotation that
 * {@link Reduce @Reduce} stands on, in their order; most take none. The reducer may also be an enum with one constant.
 *
 * @param <V> the type of the component
 * @param <U> the type of one update; often the same
 */
public interface Reducer<V, U> {
    /**
     * Returns the value that the component has before its first update. Every update goes through {@link #apply}, the first
     * one too.
     *
     * @return the value to start with
     */
    V identity();

    /**
     * Returns the value after one update.
     *
     * @param current the value so far; not to be changed
     * @param update what a node wrote; not to be changed
     * @return the new value
     */
    V apply(V current, U update);

    /**
     * Completes an update before it is recorded, for example with ids for elements that have none. It is asked once, when a node,
     * the input or an edit gives the update; {@link #apply} then gets what was recorded.
     *
     * @param update what was given; not to be changed
     * @param ids gives ids
     * @return the update to record; the same object if nothing is to be completed
     */
    default U prepare(U update, IdSource ids) {
        return update;
    }
}
