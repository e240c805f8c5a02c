package dev.clew.langchain4j;

import static org.assertj.core.api.Assertions.assertThat;

import dev.clew.annotations.Describe;
import dev.clew.json.JsonCodec;
import dev.clew.value.Codec;
import dev.clew.value.TypeRef;
import dev.langchain4j.agent.tool.P;
import dev.langchain4j.agent.tool.Tool;
import dev.langchain4j.agent.tool.ToolSpecifications;
import dev.langchain4j.internal.JsonSchemaElementUtils;
import dev.langchain4j.model.output.structured.Description;
import java.lang.reflect.Method;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/**
 * Our schemas of tools beside those that LangChain4j makes of the same Java. What is the same must stay the same, and what differs
 * is listed here and explained in the guide.
 */
final class ToolSchemasTest {
    enum Class4 {
        FIRST,
        SECOND
    }

    record Trip(
            @Describe("the English name of a city") @Description("the English name of a city")
            String to,

            int days,
            @Nullable String note) {}

    /** The same method for both. */
    static final class Travel {
        @Tool("Books a trip.")
        String book(
                @P("the trip") Trip trip,
                List<String> names,
                Class4 seat,
                boolean isFlexible,
                LocalDate day,
                BigDecimal price,
                Map<String, Integer> rooms,
                Optional<Integer> people) {
            return trip.to() + names + seat + isFlexible + day + price + rooms + people;
        }
    }

    private static Map<String, Object> theirs() throws NoSuchMethodException {
        Method book = java.util.stream.Stream.of(Travel.class.getDeclaredMethods())
                .filter(method -> method.getName().equals("book"))
                .findFirst()
                .orElseThrow(NoSuchMethodException::new);
        return JsonSchemaElementUtils.toMap(
                ToolSpecifications.toolSpecificationFrom(book).parameters());
    }

    private static Map<?, ?> ours() {
        Map<String, Codec.ModelMember> members = new LinkedHashMap<>();
        members.put("trip", member(TypeRef.of(Trip.class), "the trip"));
        members.put("names", member(new TypeRef<List<String>>() {}, ""));
        members.put("seat", member(TypeRef.of(Class4.class), ""));
        members.put("isFlexible", member(TypeRef.of(boolean.class), ""));
        members.put("day", member(TypeRef.of(LocalDate.class), ""));
        members.put("price", member(TypeRef.of(BigDecimal.class), ""));
        members.put("rooms", member(new TypeRef<Map<String, Integer>>() {}, ""));
        members.put("people", new Codec.ModelMember(new TypeRef<Optional<Integer>>() {}, true, ""));
        JsonCodec codec = JsonCodec.standard();
        return (Map<?, ?>)
                codec.decodePlain(codec.modelSchema(members).orElseThrow().getBytes(StandardCharsets.UTF_8));
    }

    private static Codec.ModelMember member(TypeRef<?> type, String description) {
        return new Codec.ModelMember(type, false, description);
    }

    /** Without the definitions below the root, which say the same in one place. */
    private static Map<?, ?> inlined(Map<?, ?> schema) {
        Map<String, Object> root = new LinkedHashMap<>();
        schema.forEach((name, value) -> root.put(String.valueOf(name), value));
        Map<?, ?> definitions = (Map<?, ?>) root.remove("$defs");
        return (Map<?, ?>) inlined(root, definitions);
    }

    private static Object inlined(Object value, Map<?, ?> definitions) {
        if (!(value instanceof Map<?, ?> map)) {
            return value;
        }
        Map<String, Object> made = new LinkedHashMap<>();
        map.forEach((name, member) -> {
            if (name.equals("$ref")) {
                Object target = definitions.get(String.valueOf(member).replace("#/$defs/", ""));
                ((Map<?, ?>) inlined(target, definitions))
                        .forEach((each, inner) -> made.put(String.valueOf(each), inner));
            } else {
                made.put(String.valueOf(name), inlined(member, definitions));
            }
        });
        return made;
    }

    /** All leaves of a schema by their paths. */
    private static Map<String, String> leaves(Map<?, ?> schema) {
        Map<String, String> leaves = new TreeMap<>();
        leaves("", schema, leaves);
        return leaves;
    }

    private static void leaves(String path, Object value, Map<String, String> leaves) {
        if (value instanceof Map<?, ?> map) {
            map.forEach((name, member) ->
                    leaves(path.isEmpty() ? String.valueOf(name) : path + "." + name, member, leaves));
        } else if (value instanceof List<?> list && path.endsWith("required")) {
            leaves.put(
                    path, list.stream().map(String::valueOf).sorted().toList().toString());
        } else {
            leaves.put(path, String.valueOf(value));
        }
    }

    @Test
    void differAsTheGuideSays() throws Exception {
        Map<String, String> ours = leaves(inlined(ours()));
        Map<String, String> theirs = leaves(theirs());
        Map<String, String> differences = new TreeMap<>();
        ours.forEach((path, value) -> {
            if (!value.equals(theirs.get(path))) {
                differences.put(path, theirs.getOrDefault(path, "–") + " → " + value);
            }
        });
        theirs.forEach((path, value) -> {
            if (!ours.containsKey(path)) {
                differences.put(path, value + " → –");
            }
        });

        assertThat(differences)
                .isEqualTo(new TreeMap<>(Map.ofEntries(
                        // Closed objects: a member that was not asked for is a mistake of the model.
                        Map.entry("additionalProperties", "– → false"),
                        Map.entry("properties.trip.additionalProperties", "– → false"),
                        // What may be null may be left out, and may be null.
                        Map.entry("properties.people.type", "integer → [integer, null]"),
                        Map.entry("properties.trip.properties.note.type", "string → [string, null]"),
                        Map.entry("properties.trip.required", "[days, note, to] → [days, to]"),
                        // A map has any members of its type, and not none.
                        Map.entry("properties.rooms.additionalProperties.type", "– → integer"),
                        Map.entry("properties.rooms.required", "[] → –"),
                        // A date is a text of ISO 8601, as the codec reads it.
                        Map.entry("properties.day.type", "object → string"),
                        Map.entry("properties.day.format", "– → date"),
                        Map.entry("properties.day.description", "– → such as 2031-01-31"),
                        Map.entry("properties.day.properties.day.type", "integer → –"),
                        Map.entry("properties.day.properties.month.type", "integer → –"),
                        Map.entry("properties.day.properties.year.type", "integer → –"),
                        Map.entry("properties.day.required", "[day, month, year] → –"))));
    }
}
