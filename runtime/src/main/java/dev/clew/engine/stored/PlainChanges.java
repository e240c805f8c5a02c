package dev.clew.engine.stored;

import dev.clew.spi.SavedChanges;
import dev.clew.value.CodecException;
import dev.clew.value.TypeRef;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Reads values that are stored as changes without the code that stored them, as plain data. A change is an object with the
 * members that have another value; of those that {@code @more} names it has what they have more, and of those in {@code @splice}
 * what comes between two parts of the list that stay. That is how graphs store their states. Writes nothing; what a sorted set or
 * map has more comes last.
 */
public enum PlainChanges implements SavedChanges<Object, Object> {
    /** The one. */
    ONLY;

    private static final String MORE = "@more";
    private static final String SPLICE = "@splice";

    @Override
    public TypeRef<Object> type() {
        return TypeRef.of(Object.class);
    }

    @Override
    public @Nullable Object between(Object before, Object after) {
        return null;
    }

    @Override
    public Object after(Object before, List<Object> changes) {
        Map<String, @Nullable Object> members = new LinkedHashMap<>();
        members(before).forEach((name, value) -> members.put(String.valueOf(name), own(value)));
        changes.forEach(change -> apply(members, members(change)));
        return members;
    }

    private static Map<?, ?> members(Object stored) {
        if (stored instanceof Map<?, ?> members) {
            return members;
        }
        throw unknown("it is no object");
    }

    private static CodecException unknown(String why) {
        return new CodecException("what was stored as a change cannot be read without its workflow: " + why, "$", null);
    }

    private static void apply(Map<String, @Nullable Object> members, Map<?, ?> change) {
        List<?> more = change.get(MORE) instanceof List<?> names ? names : List.of();
        Map<?, ?> splices = change.get(SPLICE) instanceof Map<?, ?> parts ? parts : Map.of();
        change.forEach((key, value) -> {
            String name = String.valueOf(key);
            if (more.contains(name)) {
                members.put(name, more(members.get(name), value));
            } else if (splices.get(name) instanceof List<?> stay) {
                splice(members.get(name), stay, value);
            } else if (!name.startsWith("@")) {
                members.put(name, own(value));
            }
        });
    }

    /** A container that nobody else changes. */
    private static @Nullable Object own(@Nullable Object value) {
        if (value instanceof List<?> list) {
            return new ArrayList<>(list);
        }
        return value instanceof Map<?, ?> map ? new LinkedHashMap<>(map) : value;
    }

    @SuppressWarnings("unchecked") // plain data
    private static Object more(@Nullable Object own, @Nullable Object added) {
        if (own instanceof List<?> list && added instanceof List<?> more) {
            ((List<@Nullable Object>) list).addAll(more);
            return own;
        } else if (own instanceof Map<?, ?> map && added instanceof Map<?, ?> more) {
            ((Map<Object, @Nullable Object>) map).putAll(more);
            return own;
        } else if (own instanceof String text && added instanceof String more) {
            return text + more;
        }
        throw unknown("what was added is no part of such a value");
    }

    @SuppressWarnings("unchecked") // plain data
    private static void splice(@Nullable Object own, List<?> stay, @Nullable Object added) {
        if (!(own instanceof List<?> all) || !(added instanceof List<?> between) || !fits(stay, all.size())) {
            throw unknown("it is no list of which such a part could be kept");
        }
        List<@Nullable Object> list = (List<@Nullable Object>) all;
        list.subList(number(stay, 1), number(stay, 2)).clear();
        list.addAll(number(stay, 1), between);
        list.subList(0, number(stay, 0)).clear();
    }

    private static boolean fits(List<?> stay, int size) {
        return stay.size() == 3
                && stay.stream().allMatch(Number.class::isInstance)
                && 0 <= number(stay, 0)
                && number(stay, 0) <= number(stay, 1)
                && number(stay, 1) <= number(stay, 2)
                && number(stay, 2) <= size;
    }

    private static int number(List<?> stay, int index) {
        return ((Number) stay.get(index)).intValue();
    }
}
