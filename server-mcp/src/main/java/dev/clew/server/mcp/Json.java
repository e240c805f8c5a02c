package dev.clew.server.mcp;

import io.modelcontextprotocol.json.McpJsonDefaults;
import io.modelcontextprotocol.json.McpJsonMapper;
import io.modelcontextprotocol.json.TypeRef;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** JSON as maps, lists and scalars, as the protocol's SDK reads it. */
final class Json {
    static final McpJsonMapper MAPPER = McpJsonDefaults.getMapper();

    private static final TypeRef<Object> ANY = new TypeRef<>() {};

    private Json() {}

    static @Nullable Object read(byte[] json) {
        try {
            return json.length == 0 ? null : MAPPER.readValue(json, ANY);
        } catch (IOException | RuntimeException malformed) {
            throw new IllegalArgumentException("the body is not well-formed JSON", malformed);
        }
    }

    static byte[] write(@Nullable Object value) {
        try {
            return MAPPER.writeValueAsBytes(value);
        } catch (IOException impossible) {
            throw new IllegalStateException("plain data has no JSON", impossible);
        }
    }

    static String text(@Nullable Object value) {
        return new String(write(value), java.nio.charset.StandardCharsets.UTF_8);
    }

    /** The members of an object; none if it is no object. */
    static Map<String, Object> object(@Nullable Object value) {
        Map<String, Object> members = new LinkedHashMap<>();
        if (value instanceof Map<?, ?> map) {
            map.forEach((name, member) -> members.put(String.valueOf(name), member));
        }
        return members;
    }

    static List<?> list(@Nullable Object value) {
        return value instanceof List<?> list ? list : List.of();
    }

    static Optional<String> text(Map<String, Object> object, String name) {
        return object.get(name) instanceof String text && !text.isBlank() ? Optional.of(text) : Optional.empty();
    }
}
