package dev.clew.spi;

import dev.clew.value.TypeRef;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How the value that a workflow saves is stored as a change of the value that it began with, so that a thread of many runs
 * does not store each value in full. Pure and thread-safe; what it is given is not changed.
 *
 * <p>A value that is stored as a change is read with the code of that later time. So what a change means must be in the change,
 * and not in the code. {@link dev.clew.Operator} has no code at all. It takes a change for an object with the members that have
 * another value, where {@code @more} and {@code @splice} say which of them have more or have lost some, as those of a graph's
 * state do; a value with changes that are no objects it cannot show.
 *
 * <pre>{@code
 * final class Appended implements SavedChanges<List<String>, List<String>> {
 *   public TypeRef<List<String>> type() {
 *     return new TypeRef<List<String>>() {};
 *   }
 *
 *   public List<String> between(List<String> before, List<String> after) {
 *     return after.size() < before.size() ? null : after.subList(before.size(), after.size());
 *   }
 *
 *   public List<String> after(List<String> before, List<List<String>> changes) {
 *     return Stream.concat(before.stream(), changes.stream().flatMap(List::stream)).toList();
 *   }
 * }
 * }</pre>
 *
 * @param <S> the values that are saved
 * @param <C> the changes
 */
public interface SavedChanges<S, C> {
    /** The type of the changes, which says how they are stored. */
    TypeRef<C> type();

    /** What makes the one value of the other; null if storing the value itself takes no more room. */
    @Nullable
    C between(S before, S after);

    /** The value after all these changes, one after the other. */
    S after(S before, List<C> changes);
}
