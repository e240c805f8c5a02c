package dev.clew.engine.format;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The first place at which two values differ, as plain data.
 *
 * @param path from the value's root, which is empty: {@code items[2].count}
 */
record ValueDifference(
        String path, @Nullable Object before, @Nullable Object now) {
    private static final Object MISSING = new Object() {
        @Override
        public String toString() {
            return "missing";
        }
    };

    private static final Pattern WORD = Pattern.compile("[\\p{L}_$@][\\p{L}\\p{N}_$@-]*");

    /**
     * The first difference that a digest sees, else the first one at all; null if the values are equal. Digests leave out
     * empty members of records, and the order of sets. Plain data does not tell records from maps, or sets from lists.
     */
    static @Nullable ValueDifference first(@Nullable Object before, @Nullable Object now) {
        ValueDifference seen = first("", before, now, true);
        return seen != null ? seen : first("", before, now, false);
    }

    private static @Nullable ValueDifference first(
            String path, @Nullable Object before, @Nullable Object now, boolean lenient) {
        if (Objects.equals(before, now) || lenient && isEmpty(before) && isEmpty(now) && eitherMissing(before, now)) {
            return null;
        }
        if (before instanceof Map<?, ?> one && now instanceof Map<?, ?> other) {
            return inMaps(path, one, other, lenient);
        }
        if (before instanceof List<?> one && now instanceof List<?> other) {
            return lenient && isShuffled(one, other) ? null : inLists(path, one, other, lenient);
        }
        return new ValueDifference(path, before, now);
    }

    private static boolean eitherMissing(@Nullable Object before, @Nullable Object now) {
        return before == MISSING || now == MISSING || before == null || now == null;
    }

    private static @Nullable ValueDifference inMaps(String path, Map<?, ?> before, Map<?, ?> now, boolean lenient) {
        TreeSet<String> keys = new TreeSet<>();
        before.keySet().forEach(key -> keys.add(String.valueOf(key)));
        now.keySet().forEach(key -> keys.add(String.valueOf(key)));
        for (String key : keys) {
            ValueDifference found = first(member(path, key), get(before, key), get(now, key), lenient);
            if (found != null) {
                return found;
            }
        }
        return null;
    }

    private static @Nullable Object get(Map<?, ?> map, String key) {
        return map.containsKey(key) ? map.get(key) : MISSING;
    }

    static String member(String path, String key) {
        String step = WORD.matcher(key).matches() ? key : "['" + PlainText.cut(key, 60) + "']";
        return path.isEmpty() || step.startsWith("[") ? path + step : path + "." + step;
    }

    private static @Nullable ValueDifference inLists(String path, List<?> before, List<?> now, boolean lenient) {
        for (int i = 0; i < Math.max(before.size(), now.size()); i++) {
            ValueDifference found = first(
                    path + "[" + i + "]",
                    i < before.size() ? before.get(i) : MISSING,
                    i < now.size() ? now.get(i) : MISSING,
                    // Elements of lists are never left out.
                    lenient && i < Math.min(before.size(), now.size()));
            if (found != null) {
                return found;
            }
        }
        return null;
    }

    private static boolean isShuffled(List<?> before, List<?> now) {
        if (before.size() != now.size()) {
            return false;
        }
        List<Object> left = new ArrayList<>(now);
        return before.stream().allMatch(left::remove);
    }

    private static boolean isEmpty(@Nullable Object value) {
        return value == null
                || value == MISSING
                || Boolean.FALSE.equals(value)
                || "".equals(value)
                || value instanceof Number number && number.doubleValue() == 0
                || value instanceof List<?> list && list.isEmpty()
                || value instanceof Map<?, ?> map && map.values().stream().allMatch(ValueDifference::isEmpty);
    }

    /** As a part of a sentence: {@code items[2].count was 5 and is 7}. */
    String text(int longest) {
        return (path.isEmpty() ? "it" : path) + " was " + PlainText.of(before, longest) + " and is "
                + PlainText.of(now, longest);
    }
}
