package dev.clew.engine.format;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.clew.value.Codec;
import dev.clew.value.TypeRef;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The JSON Schema of an object, from the schemas of its members. None is required. */
final class MembersSchema {
    private static final String DEFINITIONS = "$defs";
    private static final String REFERENCE = "#/" + DEFINITIONS + "/";

    private final Codec codec;
    private final Map<String, @Nullable Object> properties = new LinkedHashMap<>();
    private final Map<String, @Nullable Object> definitions = new LinkedHashMap<>();

    MembersSchema(Codec codec) {
        this.codec = codec;
    }

    /** Two members may define different types of one name, so definitions are named after their member, too. */
    void add(String member, String schema) {
        if (codec.decodePlain(schema.getBytes(UTF_8)) instanceof Map<?, ?> parsed) {
            Map<String, @Nullable Object> own = prefixed(parsed, member + ".");
            own.remove("$schema");
            if (own.remove(DEFINITIONS) instanceof Map<?, ?> defined) {
                defined.forEach((name, definition) -> definitions.put(member + "." + name, definition));
            }
            properties.put(member, own);
        } else {
            properties.put(member, true);
        }
    }

    private static Map<String, @Nullable Object> prefixed(Map<?, ?> schema, String prefix) {
        Map<String, @Nullable Object> copy = new LinkedHashMap<>();
        schema.forEach((key, value) -> copy.put(String.valueOf(key), prefixed(value, prefix)));
        return copy;
    }

    private static @Nullable Object prefixed(@Nullable Object part, String prefix) {
        if (part instanceof Map<?, ?> map) {
            return prefixed(map, prefix);
        }
        if (part instanceof List<?> list) {
            return list.stream().map(each -> prefixed(each, prefix)).toList();
        }
        return part instanceof String text && text.startsWith(REFERENCE)
                ? REFERENCE + prefix + text.substring(REFERENCE.length())
                : part;
    }

    String text() {
        Map<String, @Nullable Object> schema = new LinkedHashMap<>();
        schema.put("type", "object");
        schema.put("properties", properties);
        schema.put("additionalProperties", false);
        if (!definitions.isEmpty()) {
            schema.put(DEFINITIONS, definitions);
        }
        return new String(codec.encode(schema, TypeRef.of(Object.class)), UTF_8);
    }
}
