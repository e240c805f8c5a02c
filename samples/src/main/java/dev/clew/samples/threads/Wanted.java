package dev.clew.samples.threads;

import dev.clew.interrupt.PendingInterrupt;
import dev.clew.json.JsonCodec;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * What a question wants, as a person reads it: made of the JSON Schema of its answer, with a line for each case.
 *
 * <pre>
 * {"approved": true or false, "feedback": text or null}
 * </pre>
 */
final class Wanted {
    private static final int DEEPEST = 4;

    private final Map<?, ?> schema;

    private Wanted(Map<?, ?> schema) {
        this.schema = schema;
    }

    /** A line for each case; empty if the question was recorded without a schema. */
    static List<String> by(PendingInterrupt<?, ?> question) {
        return question.answerSchema()
                .map(json -> JsonCodec.standard().decodePlain(json.getBytes(StandardCharsets.UTF_8)))
                .filter(Map.class::isInstance)
                .map(schema -> new Wanted((Map<?, ?>) schema).cases())
                .orElse(List.of());
    }

    private List<String> cases() {
        Map<?, ?> root = resolved(schema);
        List<?> cases = root.get("oneOf") instanceof List<?> several ? several : List.of(root);
        return cases.stream().map(one -> text(one, 0)).toList();
    }

    private String text(@Nullable Object part, int depth) {
        if (!(part instanceof Map<?, ?> unresolved) || depth > DEEPEST) {
            return "any JSON";
        }
        Map<?, ?> of = resolved(unresolved);
        for (String alternatives : List.of("oneOf", "anyOf")) {
            if (of.get(alternatives) instanceof List<?> several) {
                return several.stream()
                        .map(one -> text(one, depth + 1))
                        .distinct()
                        .collect(Collectors.joining(" or "));
            }
        }
        if (of.containsKey("const")) {
            return Plain.json(of.get("const"));
        }
        if (of.get("enum") instanceof List<?> constants) {
            return constants.stream().map(Plain::json).collect(Collectors.joining(" or "));
        }
        List<?> types = of.get("type") instanceof List<?> several ? several : List.of(String.valueOf(of.get("type")));
        return types.stream()
                .map(type -> typed(String.valueOf(type), of, depth))
                .collect(Collectors.joining(" or "));
    }

    private String typed(String type, Map<?, ?> of, int depth) {
        return switch (type) {
            case "string" -> of.get("format") == null ? "text" : String.valueOf(of.get("format"));
            case "integer" -> "a whole number";
            case "number" -> "a number";
            case "boolean" -> "true or false";
            case "null" -> "null";
            case "array" -> "[" + text(of.get("items"), depth + 1) + ", …]";
            case "object" -> object(of, depth);
            default -> "any JSON";
        };
    }

    private String object(Map<?, ?> of, int depth) {
        if (!(of.get("properties") instanceof Map<?, ?> properties)) {
            return "{\"name\": " + text(of.get("additionalProperties"), depth + 1) + ", …}";
        }
        return properties.entrySet().stream()
                .map(member -> Plain.json(member.getKey()) + ": " + text(member.getValue(), depth + 1))
                .collect(Collectors.joining(", ", "{", "}"));
    }

    /** What a reference to a definition of the schema stands for. */
    private Map<?, ?> resolved(Map<?, ?> part) {
        if (part.get("$ref") instanceof String reference && schema.get("$defs") instanceof Map<?, ?> definitions) {
            Object found = definitions.get(reference.substring(reference.lastIndexOf('/') + 1));
            if (found instanceof Map<?, ?> definition) {
                return resolved(definition);
            }
        }
        return part;
    }
}
