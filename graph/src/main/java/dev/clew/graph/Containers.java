package dev.clew.graph;

import dev.clew.value.IllegalRequestException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Copies of the containers that updates are given, so that nothing changes them later. */
final class Containers {
    private Containers() {}

    /** The value itself, or an unmodifiable copy of a list, set or map. */
    static @Nullable Object copy(@Nullable Object value) {
        if (value instanceof List<?> list) {
            return Collections.unmodifiableList(new ArrayList<>(list));
        }
        if (value instanceof Set<?> set) {
            return Collections.unmodifiableSet(new LinkedHashSet<>(set));
        }
        if (value instanceof Map<?, ?> map) {
            return Collections.unmodifiableMap(new LinkedHashMap<>(map));
        }
        return value instanceof Collection<?> other ? Collections.unmodifiableList(new ArrayList<>(other)) : value;
    }

    /** A copy of what must not be null. */
    static Object required(Component<?, ?> component, @Nullable Object value) {
        Object copy = copy(value);
        if (copy == null) {
            throw new IllegalRequestException("'" + component.name() + "' is written with null; leave it out");
        }
        return copy;
    }
}
