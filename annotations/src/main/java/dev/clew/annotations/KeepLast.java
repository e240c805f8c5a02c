package dev.clew.annotations;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/**
 * Makes a {@code List} component of a {@link State @State} keep the newest elements that are written to it.
 *
 * <pre>{@code
 * @State
 * public record Monitor(@KeepLast(3) List<Integer> temperatures) {}
 * }</pre>
 *
 * <p>It starts empty.
 */
@Documented
@Reduce(KeepLast.InList.class)
@Target(ElementType.RECORD_COMPONENT)
@Retention(RetentionPolicy.CLASS)
public @interface KeepLast {
    /**
     * How many elements are kept; at least 1.
     *
     * @return the number
     */
    int value();

    /**
     * Appends elements to a list and drops the oldest.
     *
     * <pre>{@code
     * new KeepLast.InList<Integer>(2).apply(List.of(1, 2), List.of(3)); // [2, 3]
     * }</pre>
     *
     * @param <E> the type of the elements
     */
    final class InList<E> implements Reducer<List<E>, List<E>> {
        private final int most;

        /**
         * A reducer that keeps so many elements.
         *
         * @param most how many; at least 1
         */
        public InList(int most) {
            if (most < 1) {
                throw new IllegalArgumentException("@KeepLast keeps at least 1 element, not " + most);
            }
            this.most = most;
        }

        @Override
        public List<E> identity() {
            return List.of();
        }

        @Override
        public List<E> apply(List<E> current, List<E> update) {
            List<E> all = new ArrayList<>(current);
            all.addAll(update);
            return Collections.unmodifiableList(
                    all.size() <= most ? all : new ArrayList<>(all.subList(all.size() - most, all.size())));
        }

        @Override
        public boolean equals(Object other) {
            return other instanceof InList<?> that && that.most == most;
        }

        @Override
        public int hashCode() {
            return most;
        }

        /**
         * Returns the annotation that it stands for, so that a run can record how many elements were kept.
         *
         * @return {@code @KeepLast(3)}
         */
        @Override
        public String toString() {
            return "@KeepLast(" + most + ")";
        }
    }
}
