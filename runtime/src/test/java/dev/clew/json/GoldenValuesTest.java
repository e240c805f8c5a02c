package dev.clew.json;

import static org.assertj.core.api.Assertions.assertThat;

import dev.clew.json.form.Limits;
import dev.clew.json.form.Shapes;
import dev.clew.json.jackson.ForeignShape;
import dev.clew.json.message.MessageShapes;
import dev.clew.json.shape.MigratedShape;
import dev.clew.json.shape.RecordShape;
import dev.clew.json.shape.RefusedShape;
import dev.clew.value.Codec;
import java.io.IOException;
import java.io.InputStream;
import java.lang.reflect.Type;
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

    /** The same of what language models are told to write. */
    private static final String MODEL_SCHEMAS = "golden-model-schemas.txt";

    private final Codec codec = JsonCodec.standard();
    private final Shapes shapes = new ShapeRegistry(List.of(), Map.of(), Limits.DEFAULT);

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
    void modelSchemaOfTheTypeStaysWhatItIs(String name) {
        GoldenValues.Golden golden = GoldenValues.all().get(name);

        assertThat(modelSchema(name, golden)).isEqualTo(lines(MODEL_SCHEMAS).get(name));
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
        Set<Class<?>> stored = GoldenValues.all().values().stream()
                .map(golden -> shapeClass(golden.type().type()))
                .collect(Collectors.toSet());

        assertThat(stored).containsExactlyInAnyOrderElementsOf(shapeClasses());
    }

    /** Numbers, texts and times have one shape, which is told apart by data, so each of their types has a value. */
    @Test
    void fileHasAValueOfEveryScalarOfTheJdk() throws IOException {
        Set<Type> golden = GoldenValues.all().values().stream()
                .map(value -> value.type().type())
                .collect(Collectors.toSet());
        List<Class<?>> scalars = CheckedTypesTest.platformTypes().stream()
                .filter(type -> Set.of("ScalarShape").contains(shapeClass(type).getSimpleName()))
                .toList();

        assertThat(scalars).hasSizeGreaterThan(30);
        assertThat(golden).containsAll(scalars).contains(byte[].class, int.class, boolean.class);
    }

    private Class<?> shapeClass(Type type) {
        Class<?> shape = shapes.of(type).getClass();
        return shape.isAnonymousClass() ? shape.getSuperclass() : shape;
    }

    private static Set<Class<?>> shapeClasses() throws Exception {
        Set<Class<?>> found = new HashSet<>();
        for (Class<?> known : List.of(RecordShape.class, ForeignShape.class, MessageShapes.class)) {
            Path folder = Path.of(
                            known.getResource(known.getSimpleName() + ".class").toURI())
                    .getParent();
            try (Stream<Path> files = Files.list(folder)) {
                for (Path file : (Iterable<Path>) files::iterator) {
                    String name = file.getFileName().toString();
                    if (name.matches("\\w+Shape\\.class")) {
                        found.add(Class.forName(known.getPackageName() + "." + name.replace(".class", "")));
                    }
                }
            }
        }
        found.removeAll(Set.of(RefusedShape.class, MigratedShape.class));
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

    private String modelSchema(String name, GoldenValues.Golden golden) {
        return name + "\t" + codec.modelSchema(golden.type()).orElseThrow();
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

    /** Prints the lines of all values, or with the argument {@code schemas} or {@code model-schemas} those of their types. */
    public static void main(String[] arguments) {
        GoldenValuesTest test = new GoldenValuesTest();
        String kind = arguments.length == 0 ? "values" : arguments[0];
        GoldenValues.all()
                .forEach((name, golden) -> System.out.println(
                        switch (kind) {
                            case "schemas" -> test.schema(name, golden);
                            case "model-schemas" -> test.modelSchema(name, golden);
                            default -> test.line(name, golden);
                        }));
    }
}
