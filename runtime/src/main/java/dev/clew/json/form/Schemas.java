package dev.clew.json.form;

import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JavaType;

/**
 * Describes shapes as JSON Schema, draft 2020-12. Records, beans and sealed types are described once each, under their
 * simple names, so that types may refer to themselves.
 */
public final class Schemas {
    private static final String DRAFT = "https://json-schema.org/draft/2020-12/schema";

    /** A generic type that refers to ever larger forms of itself is described so far, then left open. */
    private static final int MAX_FORMS = 16;

    private final Map<JavaType, String> names = new HashMap<>();
    private final Map<String, Object> definitions = new LinkedHashMap<>();

    private Schemas() {}

    /** The schema of a value of this shape; null is one if the type says so. */
    public static Map<String, Object> of(Shape root, boolean nullable) {
        Schemas schemas = new Schemas();
        Map<String, Object> described = nullable ? schemas.nullable(root) : root.schema(schemas);
        Map<String, Object> schema = new LinkedHashMap<>();
        schema.put("$schema", DRAFT);
        schema.putAll(described);
        if (!schemas.definitions.isEmpty()) {
            schema.put("$defs", schemas.definitions);
        }
        return schema;
    }

    /** {@code {"type": …}} */
    public static Map<String, Object> type(String type) {
        return with("type", type);
    }

    /** {@code {keyword: …}} */
    public static Map<String, Object> with(String keyword, Object value) {
        return with(keyword, value, new LinkedHashMap<>());
    }

    /** A schema with one keyword more. */
    public static Map<String, Object> with(String keyword, Object value, Map<String, Object> schema) {
        schema.put(keyword, value);
        return schema;
    }

    /** A value of this shape, or null where the shape allows it. */
    public Map<String, Object> nullable(Shape shape) {
        Map<String, Object> schema = shape.schema(this);
        Object type = schema.get("type");
        if (shape.ofAbsent() != null || schema.isEmpty() || "null".equals(type)) {
            return schema;
        }
        if (type instanceof String && schema.size() == 1) {
            schema.put("type", List.of(type, "null"));
            return schema;
        }
        return with("anyOf", List.of(schema, type("null")));
    }

    /** A reference to what is described here, once. */
    public Map<String, Object> named(JavaType type, Description description) {
        String name = names.get(type);
        if (name == null) {
            if (names.keySet().stream()
                            .filter(known -> known.hasRawClass(type.getRawClass()))
                            .count()
                    == MAX_FORMS) {
                return new LinkedHashMap<>();
            }
            name = freeName(type.getRawClass().getSimpleName());
            names.put(type, name);
            Map<String, Object> definition = new LinkedHashMap<>();
            definitions.put(name, definition);
            definition.putAll(description.describe());
        }
        return with("$ref", "#/$defs/" + name);
    }

    /** Works out a schema; whatever it refers to may refer back. */
    public interface Description {
        Map<String, Object> describe();
    }

    private String freeName(String simple) {
        String name = simple;
        for (int n = 2; definitions.containsKey(name); n++) {
            name = simple + n;
        }
        return name;
    }

    /** An object that is written with exactly these members, and a discriminator if there is one. */
    public static Map<String, Object> object(@Nullable String tag, Map<String, Object> members) {
        Map<String, Object> properties = new LinkedHashMap<>();
        if (tag != null) {
            properties.put(Tags.PROPERTY, with("const", tag));
        }
        properties.putAll(members);
        return object(properties, List.copyOf(properties.keySet()));
    }

    /** An object that is written with members of these only. */
    public static Map<String, Object> object(Map<String, Object> properties, List<String> required) {
        return with(
                "additionalProperties",
                false,
                with("required", required, with("properties", properties, type("object"))));
    }
}
