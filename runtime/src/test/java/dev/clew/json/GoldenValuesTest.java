package dev.clew.json;

import static org.assertj.core.api.Assertions.assertThat;

import dev.clew.value.Codec;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Stored values and digests of arguments outlive releases, so they never change. Each line of the file has a name, the
 * digest in Base64 and the stored JSON. Lines are added, never edited.
 */
final class GoldenValuesTest {
    private static final String FILE = "golden-values.txt";

    /** A line for each type: the name of a value of it and its JSON Schema, which is recorded with questions. */
    private static final String SCHEMAS = "golden-schemas.txt";

    private final Codec codec = JsonCodec.standard();

    @ParameterizedTest
    @MethodSource("names")
    void storedBytesAndDigestStayWhatTheyAre(String name) {
        GoldenValues.Golden golden = GoldenValues.all().get(name);

        assertThat(line(name, golden)).isEqualTo(lines(FILE).get(name));
    }

    @ParameterizedTest
    @MethodSource("names")
    void schemaOfTheTypeStaysWhatItIs(String name) {
        GoldenValues.Golden golden = GoldenValues.all().get(name);

        assertThat(schema(name, golden)).isEqualTo(lines(SCHEMAS).get(name));
    }

    @ParameterizedTest
    @MethodSource("names")
    void storedBytesAreReadAndWrittenAgain(String name) {
        GoldenValues.Golden golden = GoldenValues.all().get(name);
        byte[] stored = lines(FILE).get(name).split("\t", 3)[2].getBytes(StandardCharsets.UTF_8);

        Object read = codec.decode(stored, golden.type());

        assertThat(codec.encode(read, golden.type())).isEqualTo(stored);
    }

    @Test
    void theFileHasEveryValue() {
        assertThat(lines(FILE).keySet())
                .containsExactlyInAnyOrderElementsOf(GoldenValues.all().keySet());
    }

    /** Refused and open types have no stored form; a migrated one is stored as its own shape. */
    @Test
    void fileHasAValueOfEveryShape() throws Exception {
        Shapes shapes = new Shapes(List.of(), Map.of(), Limits.DEFAULT);
        Set<Class<?>> stored = GoldenValues.all().values().stream()
                .map(golden -> shapes.of(golden.type().type()).getClass())
                .collect(Collectors.toSet());

        assertThat(stored).containsExactlyInAnyOrderElementsOf(shapeClasses());
    }

    private static Set<Class<?>> shapeClasses() throws Exception {
        Path folder = Path.of(Shape.class.getResource("Shape.class").toURI()).getParent();
        Set<Class<?>> found = new HashSet<>();
        try (Stream<Path> files = Files.list(folder)) {
            for (Path file : (Iterable<Path>) files::iterator) {
                String name = file.getFileName().toString();
                if (name.matches("\\w+Shape\\.class")) {
                    found.add(Class.forName("dev.clew.json." + name.replace(".class", "")));
                }
            }
        }
        found.removeAll(Set.of(Shape.class, RefusedShape.class, OpenShape.class, MigratedShape.class));
        return found;
    }

    static List<String> names() {
        return List.copyOf(GoldenValues.all().keySet());
    }

    private String line(String name, GoldenValues.Golden golden) {
        byte[] digest = codec.digest(new Object[] {golden.value()}, List.of(golden.type()));
        String stored = new String(codec.encode(golden.value(), golden.type()), StandardCharsets.UTF_8);
        return name + "\t" + Base64.getEncoder().encodeToString(digest) + "\t" + stored;
    }

    private String schema(String name, GoldenValues.Golden golden) {
        return name + "\t" + codec.schema(golden.type()).orElseThrow();
    }

    private static Map<String, String> lines(String file) {
        try (InputStream in = GoldenValuesTest.class.getResourceAsStream(file)) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .collect(Collectors.toMap(line -> line.split("\t", 2)[0], line -> line));
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    /** Prints the lines of all values, or with any argument the schemas of their types. */
    public static void main(String[] arguments) {
        GoldenValuesTest test = new GoldenValuesTest();
        GoldenValues.all()
                .forEach((name, golden) -> System.out.println(
                        arguments.length == 0 ? test.line(name, golden) : test.schema(name, golden)));
    }
}
