package dev.clew.json.message;

import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The members of an object that is read, and which of them were taken. Confined to one call. */
final class Members {
    private final Map<String, @Nullable Object> all;
    private final Set<String> taken = new LinkedHashSet<>();

    Members(Map<?, ?> object) {
        all = new LinkedHashMap<>();
        object.forEach((name, value) -> all.put(String.valueOf(name), value));
    }

    /** Takes a member; null if there is none. */
    @Nullable
    Object take(String name) {
        taken.add(name);
        return all.get(name);
    }

    /** Takes a member that is text; null if there is none. */
    @Nullable
    String text(String name) {
        Object value = take(name);
        if (value == null || value instanceof String) {
            return (String) value;
        }
        throw IllegalMessageException.expected("text", name, value);
    }

    /** Takes the first of these members that there is, which must be text. */
    @Nullable
    String firstText(String... names) {
        String first = null;
        for (String name : names) {
            String value = text(name);
            first = first == null ? value : first;
        }
        return first;
    }

    /** Takes a member that is an object; empty if there is none. */
    Map<String, @Nullable Object> object(String name) {
        Object value = take(name);
        if (value == null) {
            return Map.of();
        }
        if (value instanceof Map<?, ?> map) {
            return new Members(map).all;
        }
        throw IllegalMessageException.expected("an object", name, value);
    }

    /** Takes a member that is a list; empty if there is none. */
    List<? extends @Nullable Object> list(String name) {
        Object value = take(name);
        if (value == null || value instanceof List<?>) {
            return value == null ? List.of() : (List<?>) value;
        }
        throw IllegalMessageException.expected("a list", name, value);
    }

    /** Takes a member that is a whole number; 0 if there is none. */
    long number(String name) {
        Object value = take(name);
        if (value == null || value instanceof Integer || value instanceof Long) {
            return value == null ? 0 : ((Number) value).longValue();
        }
        throw IllegalMessageException.expected("a whole number", name, value);
    }

    boolean has(String name) {
        return all.containsKey(name);
    }

    /** Returns what was not taken. */
    Map<String, @Nullable Object> rest() {
        Map<String, @Nullable Object> rest = new LinkedHashMap<>(all);
        rest.keySet().removeAll(taken);
        return rest;
    }
}
