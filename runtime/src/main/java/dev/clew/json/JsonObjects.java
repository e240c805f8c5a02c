package dev.clew.json;

import dev.clew.json.form.BoundedBytes;
import dev.clew.json.form.Failures;
import dev.clew.json.form.Limits;
import dev.clew.json.form.Misfit;
import dev.clew.value.TypeRef;
import java.util.Arrays;
import java.util.LinkedHashMap;
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
            BoundedBytes bytes = new BoundedBytes(limits);
            bytes.write('{');
            boolean first = true;
            for (Map.Entry<String, byte[]> member : members.entrySet()) {
                if (!first) {
                    bytes.write(',');
                }
                first = false;
                bytes.writeBytes(codec.encode(member.getKey(), NAME));
                bytes.write(':');
                bytes.writeBytes(member.getValue());
            }
            bytes.write('}');
            return bytes.toByteArray();
        } catch (RuntimeException e) {
            throw Failures.translate("cannot encode an object", "$", e);
        }
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
