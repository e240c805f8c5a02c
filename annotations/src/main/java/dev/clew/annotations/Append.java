package dev.clew.annotations;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * Makes a component of a {@link State @State} collect what is written to it: a {@code List} gets new elements at its end, a
 * {@code Set} gets those that it does not have yet.
 *
 * <pre>{@code
 * @State
 * public record ResearchState(@Append List<String> notes, @Append Set<String> tags) {}
 *
 * update().notes("Rain falls.", "Snow too.").tags("weather")
 * }</pre>
 *
 * <p>It starts empty. {@code replaceNotes(List)} replaces all of it.
 */
@Documented
@Reduce({Append.ToList.class, Append.ToSet.class})
@Target(ElementType.RECORD_COMPONENT)
@Retention(RetentionPolicy.CLASS)
public @interface Append {
    /**
     * Appends the elements of a list. Appending takes time for the new elements only: lists that grew from one another share
     * their elements.
     *
     * <pre>{@code
     * new Append.ToList<String>().apply(List.of("a"), List.of("b", "c")); // [a, b, c]
     * }</pre>
     *
     * @param <E> the type of the elements
     */
    final class ToList<E> implements Reducer<List<E>, List<E>> {
        /** The reducer. */
        public ToList() {}

        @Override
        public List<E> identity() {
            return List.of();
        }

        @Override
        public List<E> apply(List<E> current, List<E> update) {
            return GrowingList.of(current).plus(update);
        }
    }

    /**
     * Adds the elements of a set, in the order in which they came first.
     *
     * <pre>{@code
     * new Append.ToSet<String>().apply(Set.of("a"), Set.of("a", "b")); // [a, b]
     * }</pre>
     *
     * @param <E> the type of the elements
     */
    final class ToSet<E> implements Reducer<Set<E>, Set<E>> {
        /** The reducer. */
        public ToSet() {}

        @Override
        public Set<E> identity() {
            return Set.of();
        }

        @Override
        public Set<E> apply(Set<E> current, Set<E> update) {
            if (current.containsAll(update)) {
                return current;
            }
            Set<E> all = new LinkedHashSet<>(current);
            all.addAll(update);
            return Collections.unmodifiableSet(all);
        }
    }
}
