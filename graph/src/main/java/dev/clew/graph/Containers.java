package dev.clew.graph;

import dev.clew.value.IllegalRequestException;
import dev.clew.value.TypeRef;
import java.lang.reflect.Array;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.NavigableSet;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** Copies of the containers that updates are given, so that nothing changes them later; and which containers have such copies. */
final class Containers {
    /** What the JDK has an unmodifiable view of. Of a deque, or of a class such as {@code TreeSet}, it has none. */
    private static final Set<Class<?>> KEPT = Set.of(
            Collection.class,
            List.class,
            Set.class,
            SortedSet.class,
            NavigableSet.class,
            Map.class,
            SortedMap.class,
            NavigableMap.class);

    private Containers() {}

    /** Whether values that are declared as this can be kept from changing. */
    static boolean isKept(TypeRef<?> type) {
        return isKept(type.rawType());
    }

    static boolean isKept(Class<?> raw) {
        boolean isContainer = Collection.class.isAssignableFrom(raw) || Map.class.isAssignableFrom(raw);
        return !isContainer || !raw.getName().startsWith("java.util.") || KEPT.contains(raw);
    }

    /** The value itself, or an unmodifiable copy of a container that is a value of the same declared type. */
    static @Nullable Object copy(@Nullable Object value, TypeRef<?> type) {
        Object copy = copied(value, type.rawType());
        return copy == null || type.rawType().isInstance(copy) ? copy : value;
    }

    private static @Nullable Object copied(@Nullable Object value, Class<?> declared) {
        if (value instanceof SortedSet<?> sorted && SortedSet.class.isAssignableFrom(declared)) {
            return Collections.unmodifiableNavigableSet(new TreeSet<>(sorted));
        }
        if (value instanceof SortedMap<?, ?> sorted && SortedMap.class.isAssignableFrom(declared)) {
            return Collections.unmodifiableNavigableMap(new TreeMap<>(sorted));
        }
        if (value instanceof Set<?> set) {
            return Collections.unmodifiableSet(new LinkedHashSet<>(set));
        }
        if (value instanceof Map<?, ?> map) {
            return Collections.unmodifiableMap(new LinkedHashMap<>(map));
        }
        if (value instanceof Collection<?> elements) {
            return Collections.unmodifiableList(new ArrayList<>(elements));
        }
        return value != null && value.getClass().isArray() ? clone(value) : value;
    }

    /** The same value; a container as one that nobody can change by what is given. */
    static @Nullable Object view(@Nullable Object value, TypeRef<?> type) {
        Object view = KEPT.contains(type.rawType()) ? viewed(value) : value;
        return type.rawType().isInstance(view) ? view : value;
    }

    private static @Nullable Object viewed(@Nullable Object value) {
        if (value instanceof List<?> list) {
            return Collections.unmodifiableList(list);
        }
        if (value instanceof NavigableSet<?> sorted) {
            return Collections.unmodifiableNavigableSet(sorted);
        }
        if (value instanceof Set<?> set) {
            return Collections.unmodifiableSet(set);
        }
        if (value instanceof NavigableMap<?, ?> sorted) {
            return Collections.unmodifiableNavigableMap(sorted);
        }
        return value instanceof Map<?, ?> map ? Collections.unmodifiableMap(map) : value;
    }

    private static Object clone(Object array) {
        int length = Array.getLength(array);
        Object copy = Array.newInstance(array.getClass().getComponentType(), length);
        System.arraycopy(array, 0, copy, 0, length);
        return copy;
    }

    /** A copy of what must not be null. */
    static Object required(Component<?, ?> component, @Nullable Object value, TypeRef<?> type) {
        Object copy = copy(value, type);
        if (copy == null) {
            throw new IllegalRequestException("'" + component.name() + "' is written with null; leave it out");
        }
        return copy;
    }
}
