package dev.clew.json;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.annotation.JsonAlias;
import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonProperty;
import dev.clew.value.Codec;
import dev.clew.value.CodecException;
import dev.clew.value.TypeRef;
import java.io.IOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Records of every form that Java allows, with annotations wherever Java allows them. */
final class RecordComponentsTest {
    private final Codec codec = JsonCodec.standard();

    record Implicit(@JsonProperty("n") @JsonAlias("old") String name) {}

    record WrittenAccessor(
            @JsonProperty("n") @JsonAlias("old") String name) {
        @Override
        public String name() {
            return name;
        }
    }

    record OnAccessor(String name) {
        @Override
        @JsonProperty("n")
        @JsonAlias("old")
        public String name() {
            return name;
        }
    }

    record OnParameter(String name) {
        OnParameter(@JsonProperty("n") @JsonAlias("old") String name) {
            this.name = name;
        }
    }

    record WrittenBoth(@JsonProperty("n") @JsonAlias("old") String name) {
        WrittenBoth(String name) {
            this.name = name;
        }

        @Override
        public String name() {
            return name;
        }
    }

    record Swapped(
            @JsonProperty("b") String a, @JsonProperty("a") String b) {
        @Override
        public String a() {
            return a;
        }

        @Override
        public String b() {
            return b;
        }
    }

    record Contradictory(@JsonProperty("n") String name) {
        @Override
        @JsonProperty("m")
        public String name() {
            return name;
        }
    }

    record Secret(String user, @JsonIgnore String password) {}

    record NotIgnored(@JsonIgnore(false) String user) {}

    record Varargs(int first, String... rest) {
        @Override
        public boolean equals(Object other) {
            return other instanceof Varargs that && first == that.first && Arrays.equals(rest, that.rest);
        }

        @Override
        public int hashCode() {
            return first;
        }
    }

    record Growing<T>(T value, Growing<List<T>> next) {}

    sealed interface Value<T> {
        record Whole(int number) implements Value<Integer> {}

        record Text(String text) implements Value<String> {}

        record Any<T>(T value) implements Value<T> {}
    }

    record Twice(Value<Integer> number, Value<String> text) {}

    static List<Object> named() {
        return List.of(
                new Implicit("x"),
                new WrittenAccessor("x"),
                new OnAccessor("x"),
                new OnParameter("x"),
                new WrittenBoth("x"));
    }

    @ParameterizedTest
    @MethodSource("named")
    void namesOfAnnotationsCountWhereverTheyAre(Object value) {
        TypeRef<?> type = TypeRef.of(value.getClass());

        assertThat(json(value, type)).isEqualTo("{\"n\":\"x\"}");
        assertThat(read("{\"n\":\"x\"}", type)).isEqualTo(value);
        assertThat(read("{\"old\":\"x\"}", type)).isEqualTo(value);
        assertThat(codec.schema(type).orElseThrow()).contains("\"n\"").doesNotContain("\"name\"");
    }

    /** Annotations that are not on the accessor did not count before. */
    @Test
    void valuesAndDigestsOfTheFormerNameAreStillRecognized() {
        record Former(String name) {}
        Object[] arguments = {new WrittenAccessor("x")};
        byte[] former = codec.digest(new Object[] {new Former("x")}, List.of(TypeRef.of(Former.class)));

        assertThat(read("{\"name\":\"x\"}", TypeRef.of(WrittenAccessor.class))).isEqualTo(new WrittenAccessor("x"));
        assertThat(codec.matches(former, arguments, List.of(TypeRef.of(WrittenAccessor.class))))
                .isTrue();
        assertThat(codec.matches(
                        former, new Object[] {new WrittenAccessor("y")}, List.of(TypeRef.of(WrittenAccessor.class))))
                .isFalse();
    }

    @Test
    void aFormerNameGivesWayToAComponentThatHasIt() {
        assertThat(json(new Swapped("1", "2"), TypeRef.of(Swapped.class))).isEqualTo("{\"b\":\"1\",\"a\":\"2\"}");
        assertThat(read("{\"b\":\"1\",\"a\":\"2\"}", TypeRef.of(Swapped.class))).isEqualTo(new Swapped("1", "2"));
    }

    @Test
    void twoNamesOfOneComponentAreRefused() {
        assertThatThrownBy(() -> json(new Contradictory("x"), TypeRef.of(Contradictory.class)))
                .isInstanceOf(CodecException.class)
                .hasMessageContaining("Contradictory.name has several names");
    }

    @Test
    void aRecordWithAnIgnoredComponentIsRefused() {
        assertThatThrownBy(() -> json(new Secret("u", "p"), TypeRef.of(Secret.class)))
                .isInstanceOf(CodecException.class)
                .hasMessageContaining("@JsonIgnore on ")
                .hasMessageContaining("Secret.password");
        assertThat(json(new NotIgnored("u"), TypeRef.of(NotIgnored.class))).isEqualTo("{\"user\":\"u\"}");
    }

    @Test
    void recordsWithVarargsComeBackEqual() {
        for (Varargs value : List.of(new Varargs(1), new Varargs(1, "a"), new Varargs(1, "a", "b"))) {
            TypeRef<Varargs> type = TypeRef.of(Varargs.class);
            assertThat(codec.decode(codec.encode(value, type), type)).isEqualTo(value);
        }
    }

    @ParameterizedTest
    @CsvSource({"int,254", "int,255", "long,127", "double,127", "String,255", "int,253", "long,126"})
    void theLargestRecordsComeBackEqual(String component, int count, @TempDir Path directory) throws Exception {
        String components =
                IntStream.range(0, count).mapToObj(i -> component + " c" + i).collect(Collectors.joining(","));
        Class<?> record = compiled("public record Large(" + components + ") {}", directory);
        if (record == null) {
            return; // The language allows no constructor with so many parameters.
        }
        String json = IntStream.range(0, count)
                .mapToObj(i -> "\"c" + i + "\":" + (component.equals("String") ? "\"" + i + "\"" : i))
                .collect(Collectors.joining(",", "{", "}"));
        TypeRef<?> type = TypeRef.of(record);

        Object value = read(json, type);

        assertThat(codec.decode(codec.encode(value, type), type)).isEqualTo(value);
        assertThat(value.toString()).contains("c" + (count - 1) + "=" + (count - 1));
    }

    @Test
    void aTypeThatRefersToEverLargerFormsOfItselfIsStoredAndDescribed() {
        TypeRef<Growing<String>> type = new TypeRef<>() {};
        Growing<String> value = new Growing<>("a", new Growing<>(List.of("b"), null));

        assertThat(codec.decode(codec.encode(value, type), type)).isEqualTo(value);
        assertThat(codec.schema(type).orElseThrow()).contains("\"Growing16\"").doesNotContain("Growing17");
    }

    @Test
    void casesOfASealedTypeThatDoNotFitItsParametersAreLeftOut() {
        TypeRef<Value<Integer>> type = new TypeRef<>() {};
        Twice twice = new Twice(new Value.Whole(1), new Value.Any<>("x"));

        assertThat(codec.decode(codec.encode(new Value.Whole(1), type), type)).isEqualTo(new Value.Whole(1));
        assertThat(codec.decode(codec.encode(twice, TypeRef.of(Twice.class)), TypeRef.of(Twice.class)))
                .isEqualTo(twice);
        assertThat(codec.schema(type).orElseThrow()).contains("Whole").doesNotContain("Text");
        assertThatThrownBy(() -> read("{\"@type\":\"Text\",\"text\":\"x\"}", type))
                .hasMessageContaining("Value$Text is no case of ")
                .hasMessageContaining("Value<java.lang.Integer>");
        assertThatThrownBy(() -> codec.encode(new Value.Text("x"), type))
                .hasMessageContaining("Value$Text is no case of ");
    }

    private static Class<?> compiled(String source, Path directory) throws IOException, ReflectiveOperationException {
        Path file = Files.writeString(directory.resolve("Large.java"), source);
        int result = ToolProvider.getSystemJavaCompiler()
                .run(null, new java.io.ByteArrayOutputStream(), new java.io.ByteArrayOutputStream(), file.toString());
        if (result != 0) {
            return null;
        }
        try (URLClassLoader loader =
                new URLClassLoader(new URL[] {directory.toUri().toURL()})) {
            return loader.loadClass("Large");
        }
    }

    private Object read(String json, TypeRef<?> type) {
        return codec.decode(json.getBytes(StandardCharsets.UTF_8), type);
    }

    private String json(Object value, TypeRef<?> type) {
        return new String(codec.encode(value, type), StandardCharsets.UTF_8);
    }
}
