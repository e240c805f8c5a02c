package dev.clew.processor;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Holds the stages of the processor: each is a package, is small, and uses earlier ones only. */
final class RoomsTest {
    private static final Path ROOT = Path.of("src/main/java/dev/clew/processor");

    /** In the order in which they run; the processors themselves use all of them. */
    private static final List<String> STAGES = List.of("read", "validate", "model", "write", "state", "graph");

    private static final Pattern IMPORT = Pattern.compile("import (?:static )?dev\\.clew\\.processor\\.([a-z]+|[A-Z])");

    @ParameterizedTest
    @ValueSource(strings = {"read", "validate", "model", "write", "state", "graph", "lint"})
    void stageUsesEarlierStagesOnly(String stage) throws IOException {
        List<String> earlier = STAGES.subList(0, Math.max(0, STAGES.indexOf(stage)));

        List<String> used = new ArrayList<>();
        for (Path file : types(ROOT.resolve(stage))) {
            IMPORT.matcher(Files.readString(file))
                    .results()
                    .map(MatchResult::group)
                    .map(found -> found.substring(found.lastIndexOf('.') + 1))
                    .filter(room -> !room.equals(stage))
                    .forEach(used::add);
        }

        assertThat(earlier).containsAll(used);
    }

    /** The class path of the compiler has neither the engine nor what it stands on. */
    @Test
    void nothingOfClewIsUsedButAnnotationsAndTheShapeOfGraphs() throws IOException {
        Pattern others = Pattern.compile("dev\\.clew\\.(?!processor|annotations|graph\\.topology)[a-z]+\\.[A-Za-z.]+;");
        List<String> found = new ArrayList<>();
        try (Stream<Path> files = Files.walk(ROOT)) {
            for (Path file :
                    files.filter(each -> each.toString().endsWith(".java")).toList()) {
                others.matcher(Files.readString(file))
                        .results()
                        .map(MatchResult::group)
                        .forEach(found::add);
            }
        }

        assertThat(found).isEmpty();
    }

    @Test
    void everyPackageHasAtMost25Types() throws IOException {
        List<Path> rooms;
        try (Stream<Path> all = Files.walk(ROOT)) {
            rooms = all.filter(Files::isDirectory).toList();
        }

        assertThat(rooms).hasSize(9);
        for (Path room : rooms) {
            assertThat(types(room)).as("types of %s", room).hasSizeBetween(1, 25);
        }
    }

    private static List<Path> types(Path room) throws IOException {
        try (Stream<Path> files = Files.list(room)) {
            return files.filter(file -> file.toString().endsWith(".java"))
                    .filter(file -> !file.endsWith("package-info.java"))
                    .toList();
        }
    }
}
