package dev.clew.json;

import dev.clew.json.form.Failures;
import dev.clew.json.form.Limits;
import dev.clew.json.form.Misfit;
import dev.clew.value.TypeRef;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;

/** JSON objects whose members are JSON texts already. */
final class JsonObjects {
    private static final TypeRef<String> NAME = TypeRef.of(String.class);

    private final JsonCodec codec;
    private final Limits limits;

    JsonObjects(JsonCodec codec, Limits limits) {
        this.codec = codec;
        this.limits = limits;
    }

    byte[] join(Map<String, byte[]> members) {
        try {
            List<byte[]> parts = new ArrayList<>(2 * members.size());
            long size = 1 + Math.max(1, 2L * members.size());
            for (Map.Entry<String, byte[]> member : members.entrySet()) {
                byte[] name = codec.encode(member.getKey(), NAME);
                parts.add(name);
                parts.add(member.getValue());
                size += name.length + (long) member.getValue().length;
            }
            limits.checkBytes(size);
            return joined(parts, (int) size);
        } catch (RuntimeException e) {
            throw Failures.translate("cannot encode an object", "$", e);
        }
    }

    /** Names and values, one after the other. */
    private static byte[] joined(List<byte[]> parts, int size) {
        byte[] object = new byte[size];
        object[0] = '{';
        int end = 1;
        for (int i = 0; i < parts.size(); i++) {
            byte[] part = parts.get(i);
            System.arraycopy(part, 0, object, end, part.length);
            end += part.length;
            object[end++] = (byte) (i % 2 == 0 ? ':' : ',');
        }
        object[size - 1] = '}';
        return object;
    }

    /** A member's text ends where the next token begins, less the comma: a parser may have read beyond a number. */
    Map<String, byte[]> split(byte[] object, JsonParser in) {
        Map<String, byte[]> members = new LinkedHashMap<>();
        if (in.nextToken() != JsonToken.START_OBJECT) {
            throw new Misfit("not an object");
        }
        JsonToken next = in.nextToken();
        while (next == JsonToken.PROPERTY_NAME) {
            String name = in.currentName();
            in.nextToken();
            int start = offset(in);
            in.skipChildren();
            next = in.nextToken();
            if (members.put(name, Arrays.copyOfRange(object, start, end(object, offset(in), next))) != null) {
                throw new Misfit("two members are named '" + name + "'");
            }
        }
        if (next != JsonToken.END_OBJECT || in.nextToken() != null) {
            throw new Misfit("more than one value is stored");
        }
        return members;
    }

    private static int offset(JsonParser in) {
        return Math.toIntExact(in.currentTokenLocation().getByteOffset());
    }

    private static int end(byte[] object, int next, JsonToken token) {
        int end = next;
        if (token == JsonToken.PROPERTY_NAME) {
            do {
                end--;
            } while (object[end] != ',');
        }
        return end;
    }
}
