package dev.clew.json;

import static org.assertj.core.api.Assertions.assertThat;

import dev.clew.engine.schema.Schema;
import dev.clew.value.Codec;
import dev.clew.value.CodecException;
import dev.clew.value.TypeRef;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.stream.Stream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What is written of a type fits its schema, and what fits is read as it stands: nothing is filled in or dropped. */
final class SchemaCheckTest {
    private static final List<TypeRef<?>> TYPES = List.of(
            TypeRef.of(Everything.class),
            TypeRef.of(Figure.class),
            TypeRef.of(Node.class),
            TypeRef.of(Bean.class),
            TypeRef.of(Point.class),
            new TypeRef<Optional<Figure>>() {},
            new TypeRef<List<Figure>>() {},
            new TypeRef<Map<String, List<Point>>>() {});

    private final Codec codec = JsonCodec.standard();

    private Schema schema(TypeRef<?> type) {
        return Schema.of(type, codec).orElseThrow();
    }

    @ParameterizedTest
    @MethodSource({
        "dev.clew.json.RoundTripTest#scalars",
        "dev.clew.json.RoundTripTest#times",
        "dev.clew.json.RoundTripTest#containers",
        "dev.clew.json.RoundTripTest#keys",
        "dev.clew.json.RoundTripTest#records",
        "dev.clew.json.RoundTripTest#sealedTypes",
        "dev.clew.json.RoundTripTest#beans"
    })
    void whatIsWrittenFits(Object value, TypeRef<?> type) {
        if (value != null) {
            assertThat(schema(type).misfit(codec.decodePlain(codec.encode(value, type))))
                    .isEmpty();
        }
    }

    static Stream<Arguments> changed() {
        List<Arguments> cases = new ArrayList<>();
        for (TypeRef<?> type : TYPES) {
            cases.add(Arguments.of(type, 0));
            cases.add(Arguments.of(type, 1));
        }
        return cases.stream();
    }

    @ParameterizedTest
    @MethodSource("changed")
    void whatFitsIsReadAsItStandsOrRefused(TypeRef<?> type, int start) {
        Object whole = codec.decodePlain(start == 0 ? sample(type) : codec.encode(List.of(), TypeRef.of(Object.class)));
        int fitting = 0;
        for (int seed = 0; seed < 2_000; seed++) {
            Random random = new Random(seed);
            Object plain = changed(whole, random, 1 + random.nextInt(3));
            if (schema(type).misfit(plain).isEmpty()) {
                fitting += readsTheSame(plain, type, seed) ? 1 : 0;
            }
        }
        assertThat(fitting).isGreaterThanOrEqualTo(start == 0 ? 10 : 0);
    }

    private byte[] sample(TypeRef<?> type) {
        Everything all = Everything.of("t");
        return Stream.<Object>of(
                        all,
                        new Figure.Circle(0.5),
                        new Node("n", List.of(), null),
                        new Bean(),
                        new Point(1, 2),
                        Optional.of(new Figure.Circle(1)),
                        List.of(new Figure.Circle(2), Figure.Special.NONE),
                        Map.of("a", List.of(new Point(3, 4))))
                .skip(TYPES.indexOf(type))
                .map(value -> codec.encode(value, type))
                .findFirst()
                .orElseThrow();
    }

    private boolean readsTheSame(Object plain, TypeRef<?> type, int seed) {
        byte[] bytes = codec.encode(plain, TypeRef.of(Object.class));
        Object again;
        try {
            again = codec.decodePlain(codec.encode(codec.decode(bytes, type), type));
        } catch (CodecException refused) {
            return false;
        }
        assertThat(normal(again))
                .as("seed %s, %s", seed, new String(bytes, StandardCharsets.UTF_8))
                .isEqualTo(normal(plain));
        return true;
    }

    /** Numbers and times by their value, and not in the order or the words that they were written in. */
    private static Object normal(Object plain) {
        if (plain instanceof Map<?, ?> map) {
            Map<Object, Object> normal = new LinkedHashMap<>();
            map.forEach((key, value) -> normal.put(key, normal(value)));
            return normal;
        } else if (plain instanceof List<?> list) {
            return list.stream().map(SchemaCheckTest::normal).distinct().toList();
        } else if (plain instanceof Number number) {
            return (float) new BigDecimal(number.toString()).doubleValue();
        }
        return plain instanceof String ? "text" : plain;
    }

    private static final List<?> PIECES = Arrays.asList(
            null, true, 0, -1L, 1.5, 1L << 40, "", "x", "GREEN", Map.of(), List.of(), Map.of("@type", "Circle"));

    /** The value with a member removed, renamed, added, or anything replaced, somewhere in it. */
    private static Object changed(Object plain, Random random, int times) {
        Object result = plain;
        for (int i = 0; i < times; i++) {
            result = changed(result, random);
        }
        return result;
    }

    private static Object changed(Object plain, Random random) {
        if (plain instanceof Map<?, ?> map && !map.isEmpty()) {
            Map<Object, Object> copy = new LinkedHashMap<>(map);
            Object name = new ArrayList<>(map.keySet()).get(random.nextInt(map.size()));
            switch (random.nextInt(10)) {
                case 0 -> copy.remove(name);
                case 1 -> copy.put(name + "x", copy.remove(name));
                case 2 -> copy.put("more", piece(random));
                default -> copy.put(name, changed(copy.get(name), random));
            }
            return copy;
        } else if (plain instanceof List<?> list && !list.isEmpty()) {
            List<Object> copy = new ArrayList<>(list);
            int at = random.nextInt(copy.size());
            copy.set(at, changed(copy.get(at), random));
            return copy;
        }
        return random.nextInt(3) == 0 ? plain : piece(random);
    }

    private static Object piece(Random random) {
        return PIECES.get(random.nextInt(PIECES.size()));
    }

    @Test
    void aMemberThatIsMissingOrUnknownDoesNotFitAtAnyDepth() {
        Map<?, ?> whole = (Map<?, ?>) codec.decodePlain(codec.encode(Everything.of("t"), TypeRef.of(Everything.class)));
        Schema schema = schema(TypeRef.of(Everything.class));

        assertThat(whole.keySet()).isNotEmpty().allSatisfy(name -> {
            Map<Object, Object> without = new LinkedHashMap<>(whole);
            without.remove(name);
            assertThat(schema.misfit(without))
                    .hasValueSatisfying(misfit -> assertThat(misfit).contains(String.valueOf(name)));
        });
    }

    @Property
    void anyJsonFitsOrNotAndNeverFails(@ForAll("documents") String json) {
        Object plain;
        try {
            plain = codec.decodePlain(json.getBytes(StandardCharsets.UTF_8));
        } catch (CodecException refused) {
            return;
        }
        TYPES.forEach(type -> assertThat(schema(type).misfit(plain)).isNotNull());
    }

    @net.jqwik.api.Provide
    net.jqwik.api.Arbitrary<String> documents() {
        return net.jqwik.api.Arbitraries.of(
                        "{", "}", "[", "]", ":", ",", "\"@type\"", "\"Circle\"", "\"x\"", "1", "1.5", "null", "true")
                .list()
                .ofMaxSize(12)
                .map(pieces -> String.join("", pieces));
    }

    @Test
    void aSchemaThatRefersToItselfForEverEndsInAMisfit() {
        Schema circle = Schema.parse(
                        "{\"$ref\":\"#/$defs/A\",\"$defs\":{\"A\":{\"anyOf\":[{\"$ref\":\"#/$defs/A\"}]}}}", codec)
                .orElseThrow();

        assertThat(circle.misfit(1))
                .hasValueSatisfying(misfit -> assertThat(misfit).contains("never ends"));
    }
}
