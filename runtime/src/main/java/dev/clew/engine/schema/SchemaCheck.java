package dev.clew.engine.schema;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Checks values, as plain data, against schemas.
 *
 * <p>What it says names members that the schema names, and types. It never quotes the value, and neither the value's own
 * names: unknown members, and the keys of maps.
 */
final class SchemaCheck {
    /** How many choices may stand within each other for one value; it ends a schema that refers to itself. */
    private static final int MAX_CHOICES = 100;

    private SchemaCheck() {}

    /** Null if the value fits, else its path and what is wanted there. */
    static @Nullable String misfit(Schema part, @Nullable Object value, String path) {
        return misfit(part, value, path, 0);
    }

    private static @Nullable String misfit(Schema part, @Nullable Object value, String path, int choices) {
        Schema schema = part.resolved();
        List<Schema> alternatives = schema.alternatives();
        if (choices == MAX_CHOICES) {
            return path + ": the schema of the answer never ends";
        }
        if (!alternatives.isEmpty()) {
            return none(alternatives, value, path, choices + 1);
        }
        List<?> constants = schema.constants();
        if (constants != null && constants.stream().noneMatch(constant -> same(constant, value))) {
            return path + ": " + wanted(schema) + " is wanted";
        }
        List<String> types = schema.types();
        if (!types.isEmpty() && types.stream().noneMatch(type -> isOf(type, value))) {
            return path + ": " + wanted(schema) + " is wanted, not " + kindOf(value);
        }
        if (value instanceof Map<?, ?> members) {
            return member(schema, members, path);
        }
        if (value instanceof List<?> elements) {
            return element(schema.items(), elements, path);
        }
        return scalarFits(schema, value) ? null : path + ": " + wanted(schema) + " is wanted, and this one is not";
    }

    /** What keeps a value from all alternatives: of the only one for its kind, or of the one that its tag names. */
    private static @Nullable String none(List<Schema> alternatives, @Nullable Object value, String path, int choices) {
        String closest = null;
        int close = 0;
        for (Schema alternative : alternatives) {
            String misfit = misfit(alternative, value, path, choices);
            if (misfit == null) {
                return null;
            }
            if (isMeant(alternative.resolved(), value)) {
                closest = misfit;
                close++;
            }
        }
        if (closest != null && close == 1) {
            return closest;
        }
        List<String> names =
                alternatives.stream().map(a -> wanted(a.resolved())).distinct().toList();
        return path + ": " + String.join(" or ", names) + " is wanted" + (close == 0 ? ", not " + kindOf(value) : "");
    }

    private static boolean isMeant(Schema alternative, @Nullable Object value) {
        Schema tag = alternative.properties().get("@type");
        if (tag == null || !(value instanceof Map<?, ?> members)) {
            return alternative.isOpen() || !alternative.alternatives().isEmpty() || ofItsKind(alternative, value);
        }
        List<?> constants = tag.constants();
        return constants != null && constants.contains(members.get("@type"));
    }

    private static boolean ofItsKind(Schema alternative, @Nullable Object value) {
        return alternative.types().stream().anyMatch(type -> isOf(type, value));
    }

    private static @Nullable String member(Schema schema, Map<?, ?> members, String path) {
        Map<String, Schema> properties = schema.properties();
        for (String required : schema.required()) {
            if (!members.containsKey(required)) {
                return path + ": the member '" + required + "' is missing";
            }
        }
        for (Map.Entry<?, ?> member : members.entrySet()) {
            String name = String.valueOf(member.getKey());
            Schema known = properties.get(name);
            if (known == null && schema.others().isEmpty()) {
                return path + ": a member is unknown; known are " + new TreeSet<>(properties.keySet());
            }
            String misfit = known != null
                    ? misfit(known, member.getValue(), path + "." + name)
                    : misfit(schema.others().orElseThrow(), member.getValue(), path + ".*");
            if (misfit != null) {
                return misfit;
            }
        }
        return null;
    }

    private static @Nullable String element(Schema items, List<?> elements, String path) {
        for (int i = 0; i < elements.size(); i++) {
            String misfit = misfit(items, elements.get(i), path + "[" + i + "]");
            if (misfit != null) {
                return misfit;
            }
        }
        return null;
    }

    private static boolean scalarFits(Schema schema, @Nullable Object value) {
        if (value instanceof Number number) {
            return isWithin(exact(number), schema.number("minimum"), schema.number("maximum"));
        }
        if (value instanceof String text) {
            BigDecimal length = BigDecimal.valueOf(text.codePointCount(0, text.length()));
            return isWithin(length, schema.number("minLength"), schema.number("maxLength"))
                    && schema.format().map(format -> isOfFormat(format, text)).orElse(true);
        }
        return true;
    }

    private static boolean isWithin(BigDecimal value, @Nullable Number least, @Nullable Number most) {
        return (least == null || value.compareTo(exact(least)) >= 0)
                && (most == null || value.compareTo(exact(most)) <= 0);
    }

    /** Formats are checked as the codec reads them. */
    private static boolean isOfFormat(String format, String text) {
        try {
            switch (format) {
                case "uuid" -> UUID.fromString(text);
                case "date" -> LocalDate.parse(text);
                case "date-time" -> Instant.parse(text);
                default -> {}
            }
            return true;
        } catch (RuntimeException other) {
            return false;
        }
    }

    static boolean isOf(String type, @Nullable Object value) {
        return switch (type) {
            case "null" -> value == null;
            case "boolean" -> value instanceof Boolean;
            case "string" -> value instanceof String;
            case "number" -> value instanceof Number;
            case "integer" -> value instanceof Integer || value instanceof Long || value instanceof BigInteger;
            case "array" -> value instanceof List;
            case "object" -> value instanceof Map;
            default -> true;
        };
    }

    private static boolean same(@Nullable Object constant, @Nullable Object value) {
        if (constant instanceof Number wanted && value instanceof Number given) {
            return exact(wanted).compareTo(exact(given)) == 0;
        }
        return constant == null ? value == null : constant.equals(value);
    }

    static BigDecimal exact(Number number) {
        if (number instanceof Integer || number instanceof Long) {
            return BigDecimal.valueOf(number.longValue());
        }
        return number instanceof BigDecimal decimal ? decimal : new BigDecimal(number.toString());
    }

    private static String wanted(Schema schema) {
        List<?> constants = schema.constants();
        if (constants != null) {
            return constants.size() == 1 ? "'" + constants.get(0) + "'" : "one of " + constants;
        }
        Schema tag = schema.properties().get("@type");
        List<?> tags = tag == null ? null : tag.constants();
        if (tags != null) {
            return "an object with '@type' " + tags;
        }
        if (schema.types().isEmpty()) {
            return "another value";
        }
        String types = String.join(
                " or ", schema.types().stream().map(SchemaCheck::named).toList());
        Number least = schema.number("minimum");
        String range = least == null ? "" : " from " + least + " to " + schema.number("maximum");
        return types
                + range
                + schema.format().map(f -> " in the format '" + f + "'").orElse("");
    }

    private static String named(String type) {
        return switch (type) {
            case "null" -> "null";
            case "string" -> "text";
            case "array" -> "a list";
            case "object" -> "an object";
            case "integer" -> "an integer";
            default -> "a " + type;
        };
    }

    private static String kindOf(@Nullable Object value) {
        if (value == null) {
            return "null";
        }
        return List.of("boolean", "string", "integer", "number", "array", "object").stream()
                .filter(type -> isOf(type, value))
                .findFirst()
                .map(SchemaCheck::named)
                .orElse("another value");
    }
}
