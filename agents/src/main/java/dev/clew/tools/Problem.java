package dev.clew.tools;

import org.jspecify.annotations.Nullable;

/**
 * One thing that is wrong with arguments.
 *
 * @param path where: {@code trip.days}
 * @param expected what was expected there
 * @param given what was given
 */
record Problem(String path, String expected, String given) {
    private static final int LONGEST = 60;

    static Problem at(String path, String expected, @Nullable Object given) {
        return new Problem(path, expected, shown(given));
    }

    private static String shown(@Nullable Object value) {
        String text = value instanceof String string ? "\"" + string + "\"" : String.valueOf(value);
        return text.length() > LONGEST ? text.substring(0, LONGEST) + "…" : text;
    }

    @Override
    public String toString() {
        return (path.isEmpty() ? "" : path + ": ") + "expected " + expected + ", given " + given;
    }
}
