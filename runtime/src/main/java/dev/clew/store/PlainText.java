package dev.clew.store;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Plain data as text that can be embedded: text and scalars as they are, all else as JSON with its members sorted, so
 * that the same data is the same text.
 */
final class PlainText {
    private PlainText() {}

    static String of(Object plain) {
        if (plain instanceof Map<?, ?> || plain instanceof List<?>) {
            StringBuilder text = new StringBuilder();
            write(plain, text);
            return text.toString();
        }
        return plain.toString();
    }

    private static void write(Object plain, StringBuilder text) {
        if (plain instanceof Map<?, ?> map) {
            text.append('{');
            String separator = "";
            for (Map.Entry<?, ?> member : new TreeMap<>(map).entrySet()) {
                text.append(separator);
                quote(String.valueOf(member.getKey()), text);
                text.append(": ");
                writeOrNull(member.getValue(), text);
                separator = ", ";
            }
            text.append('}');
        } else if (plain instanceof List<?> list) {
            text.append('[');
            String separator = "";
            for (Object element : list) {
                text.append(separator);
                writeOrNull(element, text);
                separator = ", ";
            }
            text.append(']');
        } else if (plain instanceof String string) {
            quote(string, text);
        } else {
            text.append(plain);
        }
    }

    private static void writeOrNull(@Nullable Object plain, StringBuilder text) {
        if (plain == null) {
            text.append("null");
        } else {
            write(plain, text);
        }
    }

    private static void quote(String string, StringBuilder text) {
        text.append('"');
        for (int i = 0; i < string.length(); i++) {
            char c = string.charAt(i);
            text.append(c == '"' || c == '\\' ? "\\" : "").append(c);
        }
        text.append('"');
    }
}
