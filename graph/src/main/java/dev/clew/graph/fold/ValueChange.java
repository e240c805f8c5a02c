package dev.clew.graph.fold;

import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * What a run made of the value of one component. It says what became of the value, and not which updates did it, so it means the
 * same under another reducer.
 *
 * <p>Values are compared by the identity of their elements: a reducer keeps the elements that it does not change, and whether
 * elements are equal says nothing of what is in them.
 */
public sealed interface ValueChange {
    /** The component has this value. */
    record Put(@Nullable Object value) implements ValueChange {}

    /** The value before has these elements, entries or characters more: a list or a text at its end. */
    record More(Object added) implements ValueChange {}

    /**
     * A list of elements {@code from} to {@code to} of the list before, of what was added, and of the elements from
     * {@code resume} on.
     */
    record Splice(int from, int to, int resume, List<?> added) implements ValueChange {}

    /** The containers that it looks into; values of any other declared type are put as a whole. */
    Set<Class<?>> COMPARED = Set.of(
            String.class,
            Collection.class,
            List.class,
            Set.class,
            SortedSet.class,
            java.util.NavigableSet.class,
            Map.class,
            SortedMap.class,
            java.util.NavigableMap.class);

    /**
     * What makes the one value of the other; null if they are the same.
     *
     * @param declared the declared type of the component
     */
    static @Nullable ValueChange between(Class<?> declared, @Nullable Object before, @Nullable Object after) {
        if (before == after) {
            return null;
        }
        ValueChange less = COMPARED.contains(declared) ? compared(declared, before, after) : null;
        return less == null ? new Put(after) : less;
    }

    private static @Nullable ValueChange compared(Class<?> declared, @Nullable Object before, @Nullable Object after) {
        if (before instanceof String was && after instanceof String is) {
            return is.startsWith(was) && !was.isEmpty() ? new More(is.substring(was.length())) : null;
        } else if (before instanceof List<?> was && after instanceof List<?> is) {
            return lists(was.toArray(), is.toArray());
        } else if (before instanceof Set<?> was && after instanceof Set<?> is) {
            return sets(was, is, SortedSet.class.isAssignableFrom(declared));
        } else if (before instanceof Map<?, ?> was && after instanceof Map<?, ?> is) {
            return maps(was, is, SortedMap.class.isAssignableFrom(declared));
        }
        return null;
    }

    private static @Nullable ValueChange lists(@Nullable Object[] was, @Nullable Object[] is) {
        int first = same(was, 0, is);
        if (first == was.length) {
            return first == 0 ? null : new More(part(is, first, is.length));
        }
        int last = 0;
        while (last < Math.min(was.length, is.length) - first
                && was[was.length - 1 - last] == is[is.length - 1 - last]) {
            last++;
        }
        int shift = first > 0 ? was.length : shift(was, is);
        if (was.length - shift > first + last) {
            return new Splice(shift, was.length, was.length, part(is, was.length - shift, is.length));
        }
        return first + last == 0 ? null : new Splice(0, first, was.length - last, part(is, first, is.length - last));
    }

    /** How many elements are the same from an index of the one and from the beginning of the other. */
    private static int same(@Nullable Object[] was, int from, @Nullable Object[] is) {
        int same = 0;
        while (from + same < was.length && same < is.length && was[from + same] == is[same]) {
            same++;
        }
        return same;
    }

    /**
     * How many elements a list has lost at its beginning, so that it begins with all others; all if it does not. Lists of many
     * equal elements are not worth more time than this.
     */
    private static int shift(@Nullable Object[] was, @Nullable Object[] is) {
        long compared = 0;
        for (int shift = 1; shift < was.length && compared < 4L * was.length; shift++) {
            int same = same(was, shift, is);
            if (same == was.length - shift) {
                return shift;
            }
            compared += same + 1;
        }
        return was.length;
    }

    private static List<@Nullable Object> part(@Nullable Object[] of, int from, int to) {
        List<@Nullable Object> part = new ArrayList<>(to - from);
        for (int i = from; i < to; i++) {
            part.add(of[i]);
        }
        return part;
    }

    /**
     * Of a set that is not sorted, what was added comes after all others.
     *
     * @param isSorted whether what is read is sorted, too: a sorted set that is declared as a set is read in the order in which
     *     it was stored
     */
    private static @Nullable ValueChange sets(Set<?> was, Set<?> is, boolean isSorted) {
        Set<@Nullable Object> added =
                isSorted && is instanceof SortedSet<?> sorted ? emptyLike(sorted) : new LinkedHashSet<>();
        Object[] kept = was.toArray();
        int next = 0;
        for (Object element : is) {
            if (next < kept.length && kept[next] == element) {
                next++;
            } else if (next == kept.length || isSorted) {
                added.add(element);
            } else {
                return null;
            }
        }
        return next < kept.length || next == 0 ? null : new More(added);
    }

    @SuppressWarnings("unchecked") // it gets elements of the same set
    private static Set<@Nullable Object> emptyLike(SortedSet<?> sorted) {
        return new TreeSet<>(((SortedSet<Object>) sorted).comparator());
    }

    /** Of a map that is not sorted, keys that were added come after all others. Keys that are equal may be different ones. */
    private static @Nullable ValueChange maps(Map<?, ?> was, Map<?, ?> is, boolean isSorted) {
        Map<@Nullable Object, @Nullable Object> added =
                isSorted && is instanceof SortedMap<?, ?> sorted ? emptyLike(sorted) : new LinkedHashMap<>();
        Object[] kept = was.keySet().toArray();
        int next = 0;
        for (Map.Entry<?, ?> entry : is.entrySet()) {
            boolean isKept = next < kept.length && isSame(kept[next], entry.getKey());
            if (!isKept && next < kept.length && !isSorted) {
                return null;
            }
            if (!isKept || was.get(entry.getKey()) != entry.getValue()) {
                added.put(entry.getKey(), entry.getValue());
            }
            next += isKept ? 1 : 0;
        }
        return next < kept.length || next == 0 ? null : new More(added);
    }

    /** Reducers that collect entries anew often make the texts of their keys anew, too. */
    private static boolean isSame(@Nullable Object key, @Nullable Object other) {
        return key == other || key instanceof String text && text.equals(other);
    }

    @SuppressWarnings("unchecked") // it gets keys of the same map
    private static Map<@Nullable Object, @Nullable Object> emptyLike(SortedMap<?, ?> sorted) {
        return new TreeMap<>(((SortedMap<Object, Object>) sorted).comparator());
    }

    /** How many elements of a container of this size stay. */
    default int kept(int size) {
        if (this instanceof Splice splice) {
            return splice.to() - splice.from() + size - splice.resume();
        }
        return this instanceof More ? size : 0;
    }
}
