package dev.clew.processor;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.testing.compile.Compilation;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Compiles each example of {@code good/} with the runtime and every lint, no warning let through, and compares what is
 * generated with {@code expected/}. To accept what is generated now, name the folder of the two:
 * {@code CLEW_UPDATE_GOLDENS=$PWD/processor/src/test/resources mvn test}.
 */
class GoldenTest {
    static Stream<Path> good() {
        return Sources.files("good").stream();
    }

    @ParameterizedTest
    @MethodSource("good")
    void generatesWhatIsExpected(Path example) throws IOException {
        Compilation compilation = Sources.strict().compile(Sources.read(example));

        assertThat(compilation.diagnostics())
                .filteredOn(each -> !each.getMessage(null).startsWith("CLEW032"))
                .isEmpty();
        Map<String, String> generated = Sources.generated(compilation);
        update(example, generated);
        assertThat(generated).isNotEmpty().isEqualTo(expected(example));
    }

    private static void update(Path example, Map<String, String> generated) throws IOException {
        String root = System.getenv("CLEW_UPDATE_GOLDENS");
        if (root != null) {
            for (Map.Entry<String, String> file : generated.entrySet()) {
                Path golden = Path.of(root, "expected", name(example), file.getKey());
                Files.createDirectories(golden.getParent());
                Files.writeString(golden, file.getValue());
            }
        }
    }

    private static Map<String, String> expected(Path example) throws IOException {
        Path folder = Path.of("src/test/resources/expected", name(example));
        Map<String, String> files = new TreeMap<>();
        try (Stream<Path> found = Files.walk(folder)) {
            List<Path> goldens = found.filter(Files::isRegularFile).toList();
            goldens.forEach(
                    file -> files.put(folder.relativize(file).toString().replace('\\', '/'), Sources.text(file)));
        }
        return files;
    }

    private static String name(Path example) {
        return example.getFileName().toString().replace(".java", "");
    }
}
