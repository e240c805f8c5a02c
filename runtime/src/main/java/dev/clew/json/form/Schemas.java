package dev.clew.json.form;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
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
    private final boolean forModels;

    private Schemas(boolean forModels) {
        this.forModels = forModels;
    }

    /**
     * A member of an object.
     *
     * @param shape the shape of its values
     * @param nullable whether a language model may write null
     * @param description what the model is told of it, or empty
     */
    public record Member(Shape shape, boolean nullable, String description) {}

    /** The schema of a value of this shape; null is one if the type says so. */
    public static Map<String, Object> of(Shape root, boolean nullable) {
        Schemas schemas = new Schemas(false);
        Map<String, Object> described = nullable ? schemas.nullable(root) : root.schema(schemas);
        Map<String, Object> schema = new LinkedHashMap<>();
        schema.put("$schema", DRAFT);
        schema.putAll(described);
        if (!schemas.definitions.isEmpty()) {
            schema.put("$defs", schemas.definitions);
        }
        return schema;
    }

    /**
     * What a language model may write as a value of this shape: null only where it is meant, no bounds, and {@code type} as the
     * discriminator, because providers refuse names with an {@code @}. The root stands where it is, not behind a reference.
     */
    public static Map<String, Object> forModel(Shape root, boolean nullable) {
        Schemas schemas = new Schemas(true);
        return schemas.inlined(nullable ? schemas.orNull(root) : root.schema(schemas));
    }

    /** {@link #forModel(Shape, boolean)} for an object that has these members and no others. */
    public static Map<String, Object> forModel(Map<String, Member> members) {
        Schemas schemas = new Schemas(true);
        return schemas.inlined(schemas.members(null, members));
    }

    private Map<String, Object> inlined(Map<String, Object> described) {
        Map<String, Object> schema = new LinkedHashMap<>(described);
        if (schema.remove("$ref") instanceof String reference) {
            String name = reference.substring("#/$defs/".length());
            Map<String, Object> root = definition(name);
            Map<String, Object> own = new LinkedHashMap<>(root);
            own.putAll(schema);
            schema = own;
            if (!refersTo(reference, definitions.values())) {
                definitions.remove(name);
            }
        }
        if (!definitions.isEmpty()) {
            schema.put("$defs", definitions);
        }
        return schema;
    }

    @SuppressWarnings("unchecked") // schemas are such maps
    private Map<String, Object> definition(String name) {
        return (Map<String, Object>) Objects.requireNonNull(definitions.get(name));
    }

    private static boolean refersTo(String reference, @Nullable Object part) {
        if (part instanceof Map<?, ?> map) {
            return reference.equals(map.get("$ref")) || refersTo(reference, map.values());
        }
        return part instanceof Collection<?> all && all.stream().anyMatch(each -> refersTo(reference, each));
    }

    /** Whether this describes what language models write; else what the codec writes. */
    public boolean isForModels() {
        return forModels;
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

    /** A value of this shape, or null where the shape allows it. From a model no null is wanted. */
    public Map<String, Object> nullable(Shape shape) {
        return forModels ? shape.schema(this) : orNull(shape);
    }

    /** A value of this shape, or null. */
    public Map<String, Object> orNull(Shape shape) {
        Map<String, Object> schema = shape.schema(this);
        Object type = schema.get("type");
        boolean isNever = !forModels && shape.ofAbsent() != null;
        boolean isAlready =
                type instanceof List || (schema.get("anyOf") instanceof List<?> any && any.contains(type("null")));
        if (isNever || isAlready || schema.isEmpty() || "null".equals(type)) {
            return schema;
        }
        if (type instanceof String && (schema.size() == 1 || (forModels && !schema.containsKey("enum")))) {
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

    /**
     * An object that is written with exactly these members, and a discriminator if there is one. A model may leave out what may be
     * null.
     */
    public Map<String, Object> members(@Nullable String tag, Map<String, Member> members) {
        Map<String, Object> properties = tagged(tag);
        List<String> required = new ArrayList<>(properties.keySet());
        members.forEach((name, member) -> {
            if (properties.containsKey(name)) {
                throw new Misfit("a case of a sealed type has a component '" + name
                        + "', which is the name of the discriminator; rename the component");
            }
            properties.put(name, Misfit.at(this, name, () -> forModels ? forModel(member) : orNull(member.shape())));
            if (!forModels || !(member.nullable() || member.shape().isOptional())) {
                required.add(name);
            }
        });
        return object(properties, required);
    }

    private Map<String, Object> forModel(Member member) {
        Map<String, Object> schema =
                member.nullable() ? orNull(member.shape()) : member.shape().schema(this);
        if (!member.description().isEmpty()) {
            Object own = schema.get("description");
            schema.put("description", own == null ? member.description() : member.description() + " (" + own + ")");
        }
        return schema;
    }

    /** The members that every object has: the discriminator, if there is one. */
    public Map<String, Object> tagged(@Nullable String tag) {
        Map<String, Object> properties = new LinkedHashMap<>();
        if (tag != null) {
            properties.put(forModels ? "type" : Tags.PROPERTY, with("const", tag));
        }
        return properties;
    }

    /** An object that is written with members of these only. */
    public static Map<String, Object> object(Map<String, Object> properties, List<String> required) {
        return with(
                "additionalProperties",
                false,
                with("required", required, with("properties", properties, type("object"))));
    }
}
