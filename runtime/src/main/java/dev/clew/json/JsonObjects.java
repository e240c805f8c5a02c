package dev.clew.json;

import dev.clew.json.form.Limits;
import dev.clew.json.form.Misfit;
import dev.clew.value.Codec;
import dev.clew.value.TypeRef;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * JSON objects whose members are JSON texts already. Only the ends of members are looked for when one is taken apart: whatever
 * else is wrong in a member is found when that is decoded.
 */
final class JsonObjects {
    private static final TypeRef<String> NAME = TypeRef.of(String.class);

    private final Codec names;
    private final byte[] object;
    private int at;

    private JsonObjects(byte[] object, Codec names) {
        this.object = object;
        this.names = names;
    }

    static byte[] join(Map<String, byte[]> members, Limits limits, Codec names) {
        List<byte[]> parts = new ArrayList<>(2 * members.size());
        members.forEach((name, value) -> {
            parts.add(names.encode(name, NAME));
            parts.add(value);
        });
        long size = 1L + Math.max(1, parts.size());
        for (byte[] part : parts) {
            size += part.length;
        }
        limits.checkBytes(size);
        ByteBuffer object = ByteBuffer.allocate((int) size).put((byte) '{');
        for (int i = 0; i < parts.size(); i++) {
            object.put(parts.get(i)).put((byte) (i % 2 == 0 ? ':' : ','));
        }
        object.put((int) size - 1, (byte) '}');
        return object.array();
    }

    static Map<String, byte[]> split(byte[] object, Codec names) {
        return new JsonObjects(object, names).members();
    }

    private Map<String, byte[]> members() {
        if (next() != '{') {
            throw new Misfit("not an object");
        }
        at++;
        Map<String, byte[]> members = new LinkedHashMap<>();
        boolean more = next() != '}';
        while (more) {
            String name = name();
            pass(':');
            if (members.put(name, value()) != null) {
                throw new Misfit("two members are named '" + name + "'");
            }
            more = next() == ',';
            at += more ? 1 : 0;
        }
        pass('}');
        if (next() != 0) {
            throw new Misfit("more than one value is stored");
        }
        return members;
    }

    /** Steps over space; the byte after it, or 0 at the end. */
    private byte next() {
        while (at < object.length && isSpace(object[at])) {
            at++;
        }
        return at < object.length ? object[at] : 0;
    }

    private static boolean isSpace(byte b) {
        return b == ' ' || b == '\t' || b == '\n' || b == '\r';
    }

    private void pass(char wanted) {
        require(next() == wanted);
        at++;
    }

    private static void require(boolean wellFormed) {
        if (!wellFormed) {
            throw new Misfit("not well-formed JSON");
        }
    }

    private String name() {
        require(next() == '"');
        int start = at;
        skipText();
        at++;
        byte[] quoted = Arrays.copyOfRange(object, start, at);
        String plain = Scalar.unquoted(quoted);
        return plain != null ? plain : Objects.requireNonNull(names.decode(quoted, NAME));
    }

    private byte[] value() {
        byte first = next();
        int start = at;
        if (first == '"') {
            skipText();
            at++;
        } else if (first == '{' || first == '[') {
            skipNested();
        } else {
            while (at < object.length && !isSpace(object[at]) && ",:]}\"".indexOf(object[at]) < 0) {
                at++;
            }
        }
        require(at > start);
        return Arrays.copyOfRange(object, start, at);
    }

    private void skipNested() {
        int depth = 0;
        do {
            require(at < object.length);
            switch (object[at]) {
                case '"' -> skipText();
                case '{', '[' -> depth++;
                case '}', ']' -> depth--;
                default -> {}
            }
            at++;
        } while (depth > 0);
    }

    /** Steps from the first quote of a text to the last one. */
    private void skipText() {
        int end = at + 1;
        while (end < object.length && object[end] != '"') {
            end += object[end] == '\\' ? 2 : 1;
        }
        require(end < object.length);
        at = end;
    }
}
