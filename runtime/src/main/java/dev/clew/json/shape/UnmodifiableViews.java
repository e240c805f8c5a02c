package dev.clew.json.shape;

import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.NavigableSet;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** Views that keep containers from being changed, for those declared types that have one. */
final class UnmodifiableViews {
    private static final Map<Class<?>, UnaryOperator<Object>> VIEWS = new LinkedHashMap<>();

    static {
        VIEWS.put(List.class, value -> Collections.unmodifiableList((List<?>) value));
        VIEWS.put(Set.class, value -> Collections.unmodifiableSet((Set<?>) value));
        VIEWS.put(SortedSet.class, value -> Collections.unmodifiableSortedSet((SortedSet<?>) value));
        VIEWS.put(NavigableSet.class, value -> Collections.unmodifiableNavigableSet((NavigableSet<?>) value));
        VIEWS.put(Map.class, value -> Collections.unmodifiableMap((Map<?, ?>) value));
        VIEWS.put(SortedMap.class, value -> Collections.unmodifiableSortedMap((SortedMap<?, ?>) value));
        VIEWS.put(NavigableMap.class, value -> Collections.unmodifiableNavigableMap((NavigableMap<?, ?>) value));
        VIEWS.put(Collection.class, UnmodifiableViews::ofCollection);
        VIEWS.put(Iterable.class, UnmodifiableViews::ofCollection);
    }

    private UnmodifiableViews() {}

    /** A list stays a list, so that it is equal to others. */
    private static Object ofCollection(Object value) {
        return value instanceof List<?> list
                ? Collections.unmodifiableList(list)
                : Collections.unmodifiableCollection((Collection<?>) value);
    }

    /** What makes a view of a value that is declared so; the value itself where there is none. */
    static UnaryOperator<Object> of(Class<?> declared) {
        return VIEWS.getOrDefault(declared, UnaryOperator.identity());
    }

    /** Plain data whose lists and maps cannot be changed. */
    static Object deep(Object plain) {
        if (plain instanceof List<?>) {
            @SuppressWarnings("unchecked") // just read, and nobody else has it
            List<@Nullable Object> list = (List<@Nullable Object>) plain;
            list.replaceAll(element -> element == null ? null : deep(element));
            return Collections.unmodifiableList(list);
        }
        if (plain instanceof Map<?, ?>) {
            @SuppressWarnings("unchecked") // just read, and nobody else has it
            Map<String, @Nullable Object> map = (Map<String, @Nullable Object>) plain;
            map.replaceAll((key, element) -> element == null ? null : deep(element));
            return Collections.unmodifiableMap(map);
        }
        return plain;
    }
}
