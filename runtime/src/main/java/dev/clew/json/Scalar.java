package dev.clew.json;

import dev.clew.json.shape.Scalars;
import dev.clew.value.TypeRef;
import java.lang.reflect.Type;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The short way for single scalars, which most steps carry: the same bytes as the shapes give, without a generator or
 * parser. Null means "not here, take the long way", also for whatever looks wrong, so that one place reports errors.
 */
final class Scalar {
    private static final byte[] NULL = {'n', 'u', 'l', 'l'};
    private static final byte[] TRUE = {'t', 'r', 'u', 'e'};
    private static final byte[] FALSE = {'f', 'a', 'l', 's', 'e'};

    /** The types of which null has this short way. */
    private static final Set<Type> TYPES =
            Set.of(String.class, Integer.class, Long.class, Boolean.class, Double.class, Void.class, Object.class);

    private static final Pattern DECIMAL = Pattern.compile("-?(0|[1-9][0-9]{0,30})\\.[0-9]{1,30}(E-?[0-9]{1,3})?");

    private Scalar() {}

    static byte @Nullable [] encode(@Nullable Object value, TypeRef<?> type) {
        if (value == null) {
            return TYPES.contains(type.type()) ? NULL.clone() : null;
        }
        if (type.type() != value.getClass() && type.type() != Object.class) {
            return null;
        }
        if (value instanceof String text) {
            return quoted(text);
        }
        if (value instanceof Integer || value instanceof Long) {
            return digits(((Number) value).longValue());
        }
        if (value instanceof Boolean bool) {
            return bool ? TRUE.clone() : FALSE.clone();
        }
        if (value instanceof Double d && Double.isFinite(d)) {
            return ascii(Scalars.text(d));
        }
        return null;
    }

    static @Nullable Object decode(byte[] json, Object type) {
        if (type == String.class) {
            return unquoted(json);
        }
        if (type == Integer.class) {
            Long value = integer(json, 10);
            return value == null || value != value.intValue() ? null : (Object) value.intValue();
        }
        if (type == Long.class) {
            return integer(json, 18);
        }
        if (type == Boolean.class) {
            return Arrays.equals(json, TRUE) ? Boolean.TRUE : Arrays.equals(json, FALSE) ? Boolean.FALSE : null;
        }
        return type == Double.class ? decimal(json) : null;
    }

    /** A text, a whole number or a truth value, as plain data. */
    static @Nullable Object plain(byte[] json) {
        Object text = unquoted(json);
        if (text != null) {
            return text;
        }
        Long number = integer(json, 18);
        if (number != null) {
            return number == number.intValue() ? (Object) number.intValue() : number;
        }
        return decode(json, Boolean.class);
    }

    private static byte[] digits(long number) {
        if (number == Long.MIN_VALUE) {
            return ascii(Long.toString(number));
        }
        long rest = Math.abs(number);
        int length = number < 0 ? 2 : 1;
        for (long more = rest / 10; more > 0; more /= 10) {
            length++;
        }
        byte[] json = new byte[length];
        json[0] = '-';
        int place = length;
        do {
            json[--place] = (byte) ('0' + rest % 10);
            rest /= 10;
        } while (rest > 0);
        return json;
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.ISO_8859_1);
    }

    static byte @Nullable [] quoted(String text) {
        byte[] json = new byte[text.length() + 2];
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (!isPlain(c)) {
                return null;
            }
            json[i + 1] = (byte) c;
        }
        json[0] = '"';
        json[json.length - 1] = '"';
        return json;
    }

    static @Nullable String unquoted(byte[] json) {
        int last = json.length - 1;
        if (last < 1 || json[0] != '"' || json[last] != '"') {
            return null;
        }
        for (int i = 1; i < last; i++) {
            if (!isPlain((char) json[i])) {
                return null;
            }
        }
        return new String(json, 1, last - 1, StandardCharsets.ISO_8859_1);
    }

    private static boolean isPlain(char c) {
        return c >= ' ' && c < 0x7f && c != '"' && c != '\\';
    }

    private static @Nullable Long integer(byte[] json, int maxDigits) {
        int start = json.length > 0 && json[0] == '-' ? 1 : 0;
        int digits = json.length - start;
        if (digits < 1 || digits > maxDigits || (json[start] == '0' && json.length > 1)) {
            return null;
        }
        long value = 0;
        for (int i = start; i < json.length; i++) {
            if (json[i] < '0' || json[i] > '9') {
                return null;
            }
            value = value * 10 + (json[i] - '0');
        }
        return start == 1 ? -value : value;
    }

    private static @Nullable Double decimal(byte[] json) {
        String text = json.length > 40 ? "" : new String(json, StandardCharsets.ISO_8859_1);
        double value = DECIMAL.matcher(text).matches() ? Double.parseDouble(text) : Double.NaN;
        return Double.isFinite(value) ? value : null;
    }
}
