package dev.clew.tools;

import dev.clew.value.Codec;
import dev.clew.value.CodecException;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Checks what a model wrote against the schema that it was given, before it is decoded: the codec forgives what is missing or
 * unknown, which is right for stored values, but a tool would then act on values that the model never gave.
 *
 * <p>Taken as meant are only: a number, true or false, an object or a list as text; {@code 5.0} for 5; and null, or nothing,
 * where null is a value. Of JSON Schema it knows what {@code Codec.modelSchema} writes; what it does not know, it lets pass.
 */
final class ArgumentCheck {
    private static final String DISCRIMINATOR = "type";
    private static final String STORED_DISCRIMINATOR = "@type";

    private final Map<String, ? extends @Nullable Object> root;
    private final Codec codec;
    private final Cases cases;
    private final List<Problem> problems = new ArrayList<>();

    private ArgumentCheck(Map<String, ? extends @Nullable Object> root, Codec codec, Cases cases) {
        this.root = root;
        this.codec = codec;
        this.cases = cases;
    }

    /** How a value of a sealed type tells its case. */
    enum Cases {
        /** By {@code @type}, as the codec reads it. */
        STORED,
        /** By {@code type}, as a model writes it. */
        WRITTEN,
        /** There are no sealed types: the schema is not the codec's, and {@code type} is a member like others. */
        NONE
    }

    /**
     * What came of a check.
     *
     * @param value the value, of the types of the schema, if there are no problems
     * @param problems what is wrong with it
     */
    record Checked(@Nullable Object value, List<Problem> problems) {}

    /** Checks a value. */
    static Checked check(
            Map<String, ? extends @Nullable Object> schema, @Nullable Object value, Codec codec, Cases cases) {
        ArgumentCheck check = new ArgumentCheck(schema, codec, cases);
        Object taken = check.value(schema, value, "");
        return new Checked(taken, List.copyOf(check.problems));
    }

    private @Nullable Object wrong(String path, String expected, @Nullable Object given) {
        problems.add(Problem.at(path, expected, given));
        return null;
    }

    private @Nullable Object value(Map<?, ?> declared, @Nullable Object given, String path) {
        Map<?, ?> schema = resolved(declared);
        List<?> any = list(schema.get("anyOf"));
        if (!any.isEmpty()) {
            return anyOf(any, given, path);
        }
        if (schema.containsKey("const") && !Objects.equals(schema.get("const"), given)) {
            return wrong(path, "one of [" + schema.get("const") + "]", given);
        }
        List<?> types = schema.get("type") instanceof String one ? List.of(one) : list(schema.get("type"));
        if (given == null) {
            boolean isNull = types.isEmpty() || types.contains("null");
            return isNull ? null : wrong(path, expected(schema, types), null);
        }
        List<?> allowed = list(schema.get("enum"));
        if (!allowed.isEmpty()) {
            return allowed.contains(given) ? given : wrong(path, "one of " + allowed, given);
        }
        String type = types.stream()
                .map(String::valueOf)
                .filter(each -> !each.equals("null"))
                .findFirst()
                .orElse("");
        return switch (type) {
            case "object" -> object(schema, given, path);
            case "array" -> array(schema, given, path);
            case "string" -> given instanceof String ? given : wrong(path, "text", given);
            case "boolean" -> bool(given, path);
            case "integer" -> whole(given, path);
            case "number" -> number(given, path);
            default -> given;
        };
    }

    private static String expected(Map<?, ?> schema, List<?> types) {
        if (!list(schema.get("enum")).isEmpty()) {
            return "one of " + schema.get("enum");
        }
        return switch (String.valueOf(types.get(0))) {
            case "string" -> "text";
            case "integer" -> "a whole number";
            case "number" -> "a number";
            case "boolean" -> "true or false";
            case "array" -> "a list";
            default -> "an object";
        };
    }

    private Map<?, ?> resolved(Map<?, ?> schema) {
        Map<?, ?> found = schema;
        for (int i = 0; i < 50 && found.get("$ref") instanceof String reference; i++) {
            Object definition = reference.equals("#")
                    ? root
                    : map(root.get("$defs")).get(reference.replaceFirst("^#/\\$defs/", ""));
            found = map(definition);
        }
        return found;
    }

    // --- choices ---

    private @Nullable Object anyOf(List<?> any, @Nullable Object given, String path) {
        List<Map<?, ?>> branches = new ArrayList<>();
        for (Object branch : any) {
            Map<?, ?> schema = resolved(map(branch));
            if ("null".equals(schema.get("type"))) {
                if (given == null) {
                    return null;
                }
            } else {
                branches.add(schema);
            }
        }
        if (branches.size() == 1) {
            return value(branches.get(0), given, path);
        }
        Object parsed = parsed(given, Map.class);
        boolean isTold =
                cases != Cases.NONE || (parsed instanceof Map<?, ?> object && object.containsKey(DISCRIMINATOR));
        if (isTold && branches.stream().allMatch(branch -> tag(branch) != null)) {
            return oneCase(branches, parsed, path);
        }
        for (Map<?, ?> branch : branches) {
            Checked attempt = attempt(branch, given, path);
            if (attempt.problems().isEmpty()) {
                return attempt.value();
            }
        }
        return wrong(path, "one of " + branches.size() + " forms, see the schema", given);
    }

    private @Nullable Object oneCase(List<Map<?, ?>> branches, @Nullable Object given, String path) {
        List<@Nullable Object> names = new ArrayList<>();
        for (Map<?, ?> each : branches) {
            names.add(tag(each));
        }
        if (!(given instanceof Map<?, ?> object)) {
            return wrong(path, "an object whose type is one of " + names, given);
        }
        for (Map<?, ?> each : branches) {
            if (Objects.equals(tag(each), object.get(DISCRIMINATOR))) {
                return object(each, object, path);
            }
        }
        return wrong(inside(path, DISCRIMINATOR), "one of " + names, object.get(DISCRIMINATOR));
    }

    private Checked attempt(Map<?, ?> branch, @Nullable Object given, String path) {
        ArgumentCheck inner = new ArgumentCheck(root, codec, cases);
        Object taken = inner.value(branch, given, path);
        return new Checked(taken, inner.problems);
    }

    /** The name of the case of a sealed type that a schema describes; null if it describes none. */
    private static @Nullable Object tag(Map<?, ?> schema) {
        return map(map(schema.get("properties")).get(DISCRIMINATOR)).get("const");
    }

    // --- objects and lists ---

    private @Nullable Object object(Map<?, ?> schema, Object given, String path) {
        if (!(parsed(given, Map.class) instanceof Map<?, ?> object)) {
            return wrong(path, "an object", given);
        }
        Map<?, ?> properties = map(schema.get("properties"));
        Object others = schema.get("additionalProperties");
        Map<String, @Nullable Object> taken = new LinkedHashMap<>();
        Object tag = cases == Cases.NONE ? null : tag(schema);
        if (tag != null) {
            if (object.containsKey(DISCRIMINATOR) && !tag.equals(object.get(DISCRIMINATOR))) {
                wrong(inside(path, DISCRIMINATOR), "one of [" + tag + "]", object.get(DISCRIMINATOR));
            }
            taken.put(cases == Cases.STORED ? STORED_DISCRIMINATOR : DISCRIMINATOR, tag);
        }
        for (Object name : list(schema.get("required"))) {
            if (!object.containsKey(name) && !(tag != null && DISCRIMINATOR.equals(name))) {
                problems.add(new Problem(inside(path, name), "a value", "nothing"));
            }
        }
        object.forEach((name, value) -> {
            String member = inside(path, name);
            if (properties.get(name) instanceof Map<?, ?> known) {
                if (tag == null || !DISCRIMINATOR.equals(name)) {
                    taken.put(String.valueOf(name), value(known, value, member));
                }
            } else if (Boolean.FALSE.equals(others)) {
                wrong(member, "no such member; there are " + properties.keySet(), value);
            } else {
                taken.put(String.valueOf(name), others instanceof Map<?, ?> each ? value(each, value, member) : value);
            }
        });
        return taken;
    }

    private @Nullable Object array(Map<?, ?> schema, Object given, String path) {
        if (!(parsed(given, List.class) instanceof List<?> elements)) {
            return wrong(path, "a list", given);
        }
        List<@Nullable Object> taken = new ArrayList<>();
        for (Object element : elements) {
            String place = path + "[" + taken.size() + "]";
            taken.add(schema.get("items") instanceof Map<?, ?> items ? value(items, element, place) : element);
        }
        return taken;
    }

    /** What a text says in JSON, if that is of this kind; else the value itself. */
    private @Nullable Object parsed(@Nullable Object given, Class<?> kind) {
        if (given instanceof String text) {
            try {
                Object plain = codec.decodePlain(text.getBytes(StandardCharsets.UTF_8));
                return kind.isInstance(plain) ? plain : given;
            } catch (CodecException noJson) {
                return given;
            }
        }
        return given;
    }

    // --- scalars ---

    private @Nullable Object bool(Object given, String path) {
        if (given instanceof Boolean) {
            return given;
        }
        return "true".equals(given) || "false".equals(given)
                ? (Object) given.equals("true")
                : wrong(path, "true or false", given);
    }

    private @Nullable Object whole(Object given, String path) {
        BigDecimal number = decimal(given);
        if (number == null || number.stripTrailingZeros().scale() > 0) {
            return wrong(path, "a whole number", given);
        }
        if (given instanceof Integer || given instanceof Long || given instanceof BigInteger) {
            return given;
        }
        return number.precision() - number.scale() > 1000
                ? wrong(path, "a whole number", given)
                : smallest(number.toBigInteger());
    }

    /** As JSON is read, so that a rule sees one class whatever the model wrote. */
    private static Number smallest(BigInteger number) {
        if (number.bitLength() < Integer.SIZE) {
            return number.intValueExact();
        }
        return number.bitLength() < Long.SIZE ? (Number) number.longValueExact() : number;
    }

    private @Nullable Object number(Object given, String path) {
        BigDecimal number = decimal(given);
        if (number == null) {
            return wrong(path, "a number", given);
        }
        return given instanceof Number ? given : number;
    }

    private static @Nullable BigDecimal decimal(Object given) {
        try {
            return given instanceof Number || given instanceof String
                    ? new BigDecimal(given.toString().strip())
                    : null;
        } catch (NumberFormatException noNumber) {
            return null;
        }
    }

    // --- parts of a schema ---

    private static String inside(String path, @Nullable Object name) {
        return path.isEmpty() ? String.valueOf(name) : path + "." + name;
    }

    private static Map<?, ?> map(@Nullable Object part) {
        return part instanceof Map<?, ?> map ? map : Map.of();
    }

    private static List<?> list(@Nullable Object part) {
        return part instanceof List<?> list ? list : List.of();
    }
}
