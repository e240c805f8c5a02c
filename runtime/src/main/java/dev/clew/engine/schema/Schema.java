package dev.clew.engine.schema;

import dev.clew.value.Codec;
import dev.clew.value.CodecException;
import dev.clew.value.TypeRef;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A JSON Schema, or a part of one, as plain data. Immutable.
 *
 * <p>It knows the keywords that the codec writes: {@code $ref $defs type enum const anyOf oneOf properties required
 * additionalProperties items minimum maximum minLength maxLength format}. It ignores all others, as JSON Schema does.
 */
public final class Schema {
    private static final Set<String> CONSTRAINTS = Set.of("$ref", "type", "enum", "const", "anyOf", "oneOf");

    private final Map<?, ?> definitions;
    private final Map<?, ?> node;
    private final String text;

    private Schema(Map<?, ?> definitions, Map<?, ?> node, String text) {
        this.definitions = definitions;
        this.node = node;
        this.text = text;
    }

    /** The schema of what the codec writes for a type; empty if the codec cannot describe it. */
    public static Optional<Schema> of(TypeRef<?> type, Codec codec) {
        try {
            return codec.schema(type).flatMap(text -> parse(text, codec));
        } catch (CodecException undescribed) {
            return Optional.empty();
        }
    }

    /** The schema of this text; empty for no text, and for a text that is no JSON object. */
    public static Optional<Schema> parse(@Nullable String text, Codec codec) {
        if (text == null) {
            return Optional.empty();
        }
        return codec instanceof ParsedSchemas.Keeper keeper
                ? keeper.schemas().of(text, unknown -> parsed(unknown, codec))
                : parsed(text, codec);
    }

    private static Optional<Schema> parsed(String text, Codec codec) {
        try {
            Object plain = codec.decodePlain(text.getBytes(StandardCharsets.UTF_8));
            return plain instanceof Map<?, ?> root
                    ? Optional.of(new Schema(map(root.get("$defs")), root, text))
                    : Optional.empty();
        } catch (CodecException unreadable) {
            return Optional.empty();
        }
    }

    /** The text that the whole schema was parsed from. */
    public String text() {
        return text;
    }

    /** Why a value does not fit: its path, and what is wanted there. It quotes nothing of the value. Empty if it fits. */
    public Optional<String> misfit(@Nullable Object plain) {
        return Optional.ofNullable(SchemaCheck.misfit(this, plain, "$"));
    }

    /** Whether every value that fits the other schema fits this one. */
    public boolean takesAllOf(Schema other) {
        return text.equals(other.text) || new SchemaWidening(false).takes(this, other);
    }

    /** {@link #takesAllOf}, if members that only this schema has may be missing. */
    public boolean readsAllOf(Schema other) {
        return text.equals(other.text) || new SchemaWidening(true).takes(this, other);
    }

    /** Itself, or what its reference refers to. */
    Schema resolved() {
        Schema found = this;
        for (int i = 0; i <= definitions.size() && found.node.get("$ref") instanceof String ref; i++) {
            found = part(definitions.get(ref.substring(ref.lastIndexOf('/') + 1)));
        }
        return found;
    }

    /** Whether it allows every value. */
    boolean isOpen() {
        return CONSTRAINTS.stream().noneMatch(node::containsKey);
    }

    /** The schemas of which one must fit; none if it is not such a choice. */
    List<Schema> alternatives() {
        List<Schema> parts = new ArrayList<>();
        Object choice = node.containsKey("anyOf") ? node.get("anyOf") : node.get("oneOf");
        if (choice instanceof List<?> list) {
            list.forEach(alternative -> parts.add(part(alternative)));
        }
        return parts;
    }

    /** The values of which it allows one; null if it names none. */
    @Nullable
    List<?> constants() {
        if (node.containsKey("const")) {
            return Collections.singletonList(node.get("const"));
        }
        return node.get("enum") instanceof List<?> list ? list : null;
    }

    /** The names of the types that it allows; none if it does not say. */
    List<String> types() {
        Object type = node.get("type");
        return type instanceof String one ? List.of(one) : texts(type);
    }

    /** The same schema for one of its types. */
    Schema only(String type) {
        Map<Object, Object> narrowed = new HashMap<>(node);
        narrowed.put("type", type);
        return new Schema(definitions, narrowed, text);
    }

    /** The schemas of an object's named members. */
    Map<String, Schema> properties() {
        Map<String, Schema> members = new LinkedHashMap<>();
        map(node.get("properties")).forEach((name, member) -> members.put(String.valueOf(name), part(member)));
        return members;
    }

    List<String> required() {
        return texts(node.get("required"));
    }

    /** What an object's other members must be; empty if it may have no others. */
    Optional<Schema> others() {
        Object additional = node.get("additionalProperties");
        return Boolean.FALSE.equals(additional) ? Optional.empty() : Optional.of(part(additional));
    }

    /** What a list's elements must be. */
    Schema items() {
        return part(node.get("items"));
    }

    /** The value of a keyword whose value is a number; null if it is missing. */
    @Nullable
    Number number(String keyword) {
        return node.get(keyword) instanceof Number bound ? bound : null;
    }

    Optional<String> format() {
        return node.get("format") instanceof String name ? Optional.of(name) : Optional.empty();
    }

    private Schema part(@Nullable Object of) {
        return new Schema(definitions, map(of), text);
    }

    private static Map<?, ?> map(@Nullable Object of) {
        return of instanceof Map<?, ?> map ? map : Map.of();
    }

    private static List<String> texts(@Nullable Object of) {
        return of instanceof List<?> list ? list.stream().map(String::valueOf).toList() : List.of();
    }

    /** Two parts of one schema are equal if they say the same. */
    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof Schema that && node.equals(that.node) && definitions.equals(that.definitions);
    }

    @Override
    public int hashCode() {
        return node.hashCode();
    }

    @Override
    public String toString() {
        return "Schema" + node;
    }
}
