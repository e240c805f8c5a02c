package dev.clew.json;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The short way to the members of an object as {@link JsonObjects} writes it: no space between tokens, plain names. It looks
 * for the ends of members only, so whatever else is wrong in a member is found when that is decoded. Null means "not here,
 * take the long way", also for whatever looks wrong.
 */
final class PlainObject {
    private final byte[] object;
    private final Map<String, byte[]> members = new LinkedHashMap<>();
    private int at = 1;

    private PlainObject(byte[] object) {
        this.object = object;
    }

    static @Nullable Map<String, byte[]> split(byte[] object) {
        if (object.length < 2 || object[0] != '{' || object[object.length - 1] != '}') {
            return null;
        }
        PlainObject plain = new PlainObject(object);
        return object.length == 2 || plain.all() ? plain.members : null;
    }

    /** The last member ends with the object's last byte. */
    private boolean all() {
        while (at < object.length) {
            String name = name();
            int start = at;
            if (name == null || !skipValue() || members.put(name, Arrays.copyOfRange(object, start, at)) != null) {
                return false;
            }
            boolean isLast = at == object.length - 1;
            if (isLast != (object[at] == '}')) {
                return false;
            }
            at++;
        }
        return true;
    }

    /** A name in plain ASCII, with its colon; else null. */
    private @Nullable String name() {
        int start = at + 1;
        int end = start;
        while (end < object.length && Scalar.isPlain((char) object[end])) {
            end++;
        }
        if (object[at] != '"' || end + 2 >= object.length || object[end] != '"' || object[end + 1] != ':') {
            return null;
        }
        at = end + 2;
        return new String(object, start, end - start, StandardCharsets.ISO_8859_1);
    }

    /** Steps over a value, up to the comma or brace after it; false if it has no such end, or is empty. */
    private boolean skipValue() {
        int start = at;
        int depth = 0;
        for (; at < object.length; at++) {
            switch (object[at]) {
                case '"' -> {
                    if (!skipText()) {
                        return false;
                    }
                }
                case '{', '[' -> depth++;
                case '}', ']' -> {
                    if (depth == 0) {
                        return at > start && object[at] == '}';
                    }
                    depth--;
                }
                case ',' -> {
                    if (depth == 0) {
                        return at > start;
                    }
                }
                case ' ', '\t', '\n', '\r' -> {
                    return false;
                }
                default -> {}
            }
        }
        return false;
    }

    /** Steps from the first quote of a text to the last one; false if there is none. */
    private boolean skipText() {
        for (at++; at < object.length; at++) {
            if (object[at] == '"') {
                return true;
            }
            if (object[at] == '\\') {
                at++;
            }
        }
        return false;
    }
}
