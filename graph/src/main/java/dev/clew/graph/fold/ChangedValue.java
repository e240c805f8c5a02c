package dev.clew.graph.fold;

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

/**
 * A value to which one change after the other is applied, each in time for what it adds. The value that it began with is not
 * changed. Not thread-safe.
 */
public final class ChangedValue {
    private @Nullable Object value;

    /** Whether the value is a container of this object's own. */
    private boolean isOwn;

    public ChangedValue(@Nullable Object before) {
        this.value = before;
    }

    /**
     * Applies a change.
     *
     * @throws IllegalArgumentException if the value is none that could have been changed so
     */
    public void apply(ValueChange change) {
        if (change instanceof ValueChange.Put put) {
            value = put.value();
            isOwn = false;
        } else if (change instanceof ValueChange.More more) {
            own();
            add(more.added());
        } else if (change instanceof ValueChange.Splice splice) {
            own();
            splice(splice);
        }
    }

    /** The value now; a container is unmodifiable. */
    public @Nullable Object value() {
        Object now = isOwn ? unmodifiable(value) : value;
        // The next change must not show in the value that is returned here.
        isOwn = false;
        value = now;
        return now;
    }

    private static @Nullable Object unmodifiable(@Nullable Object own) {
        if (own instanceof StringBuilder text) {
            return text.toString();
        } else if (own instanceof List<?> list) {
            return Collections.unmodifiableList(list);
        } else if (own instanceof NavigableSet<?> set) {
            return Collections.unmodifiableNavigableSet(set);
        } else if (own instanceof Set<?> set) {
            return Collections.unmodifiableSet(set);
        } else if (own instanceof NavigableMap<?, ?> map) {
            return Collections.unmodifiableNavigableMap(map);
        }
        return own instanceof Map<?, ?> map ? Collections.unmodifiableMap(map) : own;
    }

    private void own() {
        if (!isOwn) {
            value = copy(value);
            isOwn = true;
        }
    }

    @SuppressWarnings("UnnecessaryStringBuilder") // what comes next is appended to it
    private static Object copy(@Nullable Object before) {
        if (before instanceof String text) {
            return new StringBuilder(text);
        } else if (before instanceof SortedSet<?> set) {
            return new TreeSet<>(set);
        } else if (before instanceof Set<?> set) {
            return new LinkedHashSet<>(set);
        } else if (before instanceof SortedMap<?, ?> map) {
            return new TreeMap<>(map);
        } else if (before instanceof Map<?, ?> map) {
            return new LinkedHashMap<>(map);
        } else if (before instanceof Collection<?> list) {
            return new ArrayList<>(list);
        }
        throw new IllegalArgumentException("it is no container to which something could be added");
    }

    @SuppressWarnings("unchecked") // decoded as the type of the component, as the value was
    private void add(Object added) {
        if (value instanceof StringBuilder text && added instanceof String more) {
            text.append(more);
        } else if (value instanceof Collection<?> all && added instanceof Collection<?> more) {
            ((Collection<@Nullable Object>) all).addAll(more);
        } else if (value instanceof Map<?, ?> all && added instanceof Map<?, ?> more) {
            ((Map<@Nullable Object, @Nullable Object>) all).putAll(more);
        } else {
            throw new IllegalArgumentException("what was added is no part of such a value");
        }
    }

    @SuppressWarnings("unchecked") // decoded as the type of the component, as the value was
    private void splice(ValueChange.Splice splice) {
        if (!(value instanceof List<?> kept) || !fits(splice, kept.size())) {
            throw new IllegalArgumentException("it is no list of which such a part could be kept");
        }
        List<@Nullable Object> list = (List<@Nullable Object>) kept;
        list.subList(splice.to(), splice.resume()).clear();
        list.addAll(splice.to(), splice.added());
        list.subList(0, splice.from()).clear();
    }

    private static boolean fits(ValueChange.Splice splice, int size) {
        return 0 <= splice.from()
                && splice.from() <= splice.to()
                && splice.to() <= splice.resume()
                && splice.resume() <= size;
    }
}
