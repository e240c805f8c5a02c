package dev.clew.postgres;

import dev.clew.checkpoint.CheckpointException;
import java.math.BigDecimal;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Plain data as jsonb can have it. Text is mapped as {@link Texts} says, because jsonb has no U+0000. Numbers keep their value to
 * the last digit. Data that jsonb cannot have, or that is too much to be worth it, is left out, as a whole.
 */
final class PlainJson {
    /** Some larger documents are not looked into by the database. */
    private static final int LONGEST = 1 << 20;

    /** What numeric holds without rounding, on both sides of the point, is some times as much. */
    private static final int MOST_DIGITS = 1_000;

    private final StringBuilder json = new StringBuilder();

    private PlainJson() {}

    /** Says that data has no form in jsonb. */
    private static final class NoFormException extends RuntimeException {
        private static final long serialVersionUID = 1L;

        NoFormException() {
            super(null, null, false, false);
        }
    }

    /** The text of the data; null if there is none. A document is never null itself. */
    static @Nullable String write(@Nullable Object plain) {
        if (plain == null) {
            return null;
        }
        try {
            PlainJson json = new PlainJson();
            json.add(plain);
            return json.json.toString();
        } catch (NoFormException | CheckpointException e) {
            return null; // the latter is of text that is not well-formed
        }
    }

    private void add(@Nullable Object plain) {
        if (plain == null) {
            json.append("null");
        } else if (plain instanceof String text) {
            quote(Texts.stored(text));
        } else if (plain instanceof Boolean flag) {
            json.append(flag.booleanValue());
        } else if (plain instanceof Number number) {
            json.append(decimal(number));
        } else if (plain instanceof List<?> list) {
            elements(list);
        } else if (plain instanceof Map<?, ?> map) {
            members(map);
        } else {
            throw new NoFormException();
        }
        if (json.length() > LONGEST) {
            throw new NoFormException();
        }
    }

    private void elements(List<?> list) {
        String separator = "[";
        for (Object element : list) {
            json.append(separator);
            add(element);
            separator = ",";
        }
        json.append(list.isEmpty() ? "[]" : "]");
    }

    private void members(Map<?, ?> map) {
        String separator = "{";
        for (Map.Entry<?, ?> member : map.entrySet()) {
            json.append(separator);
            quote(Texts.stored(String.valueOf(member.getKey())));
            json.append(':');
            add(member.getValue());
            separator = ",";
        }
        json.append(map.isEmpty() ? "{}" : "}");
    }

    private static String decimal(Number number) {
        BigDecimal decimal;
        try {
            decimal = new BigDecimal(number.toString());
        } catch (NumberFormatException notANumber) {
            throw new NoFormException();
        }
        if (Math.abs((long) decimal.scale()) > MOST_DIGITS || decimal.precision() > MOST_DIGITS) {
            throw new NoFormException();
        }
        return decimal.toString();
    }

    private void quote(String text) {
        json.append('"');
        for (int i = 0; i < text.length(); i++) {
            char each = text.charAt(i);
            if (each == '"' || each == '\\') {
                json.append('\\').append(each);
            } else if (each < ' ') {
                json.append("\\u").append(String.format(Locale.ROOT, "%04x", (int) each));
            } else {
                json.append(each);
            }
        }
        json.append('"');
    }
}
