package dev.clew;

import static java.util.stream.Collectors.toMap;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * Holds sizes and package cycles in the sources of every module. What is larger is listed in {@code limits.txt}, with how large
 * it may be and why; what no longer is must leave that list.
 */
final class LimitsTest {
    private static final Map<String, Integer> LIMITS = Map.of("file", 300, "method", 40, "types", 25);

    private static final Path ROOT =
            Path.of(System.getProperty("basedir", "")).toAbsolutePath().getParent();

    /** The sources of each module, by {@code module/main} and {@code module/test}. */
    private static final Map<String, List<SourceFile>> SOURCES = sources();

    /** Something larger than the limit of its kind. */
    private record Listed(String kind, String where, int most) {}

    private static Map<String, List<SourceFile>> sources() {
        Map<String, List<SourceFile>> sources = new TreeMap<>();
        try (Stream<Path> modules = Files.list(ROOT)) {
            for (Path module : modules.toList()) {
                for (String part : List.of("main", "test")) {
                    Path folder = module.resolve("src").resolve(part).resolve("java");
                    if (Files.isDirectory(folder)) {
                        sources.put(module.getFileName() + "/" + part, SourceFile.read(javaFiles(folder)));
                    }
                }
            }
        } catch (IOException e) {
            throw new AssertionError(e);
        }
        return sources;
    }

    private static List<Path> javaFiles(Path folder) throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            return files.filter(file -> file.toString().endsWith(".java"))
                    .filter(file -> !file.endsWith("module-info.java"))
                    .sorted()
                    .toList();
        }
    }

    private static List<Listed> exceptions() throws IOException {
        try (Stream<String> lines = Files.lines(ROOT.resolve("runtime/src/test/resources/dev/clew/limits.txt"))) {
            return lines.filter(line -> !line.isBlank() && !line.startsWith("#"))
                    .map(line -> line.split("\\s+", 4))
                    .map(fields -> new Listed(fields[0], fields[1], Integer.parseInt(fields[2])))
                    .toList();
        }
    }

    private static String path(SourceFile file) {
        return ROOT.relativize(Path.of(file.name())).toString().replace('\\', '/');
    }

    /** All sizes, by kind and then by place. */
    private static Map<String, Map<String, Integer>> sizes() {
        Map<String, Integer> files = new TreeMap<>();
        Map<String, Integer> methods = new TreeMap<>();
        Map<String, Integer> types = new TreeMap<>();
        SOURCES.forEach((part, sources) -> sources.forEach(file -> {
            files.put(path(file), file.codeLines());
            file.methods().forEach((name, lines) -> methods.put(path(file) + ":" + name, lines));
            types.merge(part + ":" + file.packageName(), file.topLevelTypes().size(), Integer::sum);
        }));
        return Map.of("file", files, "method", methods, "types", types);
    }

    @Test
    void nothingIsLargerThanItsKindMayBeUnlessItIsListed() throws IOException {
        Map<String, Map<String, Integer>> sizes = sizes();
        Map<String, Integer> allowed =
                exceptions().stream().collect(toMap(e -> e.kind() + " " + e.where(), Listed::most));
        List<String> tooLarge = new ArrayList<>();
        LIMITS.forEach((kind, limit) -> sizes.get(kind).forEach((where, size) -> {
            if (size > allowed.getOrDefault(kind + " " + where, limit)) {
                tooLarge.add(kind + " " + where + " " + size);
            }
        }));

        assertThat(sizes.values()).allSatisfy(all -> assertThat(all).isNotEmpty());
        assertThat(tooLarge.stream().sorted()).isEmpty();
    }

    @Test
    void whatIsListedIsLargerThanItsKindMayBe() throws IOException {
        Map<String, Map<String, Integer>> sizes = sizes();

        assertThat(exceptions())
                .isNotEmpty()
                .allSatisfy(e -> assertThat(sizes.get(e.kind()).get(e.where()))
                        .as("%s %s", e.kind(), e.where())
                        .isNotNull()
                        .isGreaterThan(LIMITS.get(e.kind())));
    }

    @Test
    void packagesOfAModuleHaveNoCycles() {
        SOURCES.forEach((part, files) -> {
            if (part.endsWith("/test")) {
                // Test code lies in packages of main code, whose arrows are those of the module that it tests.
                return;
            }
            Map<String, Set<String>> uses = new HashMap<>();
            files.forEach(file -> uses.computeIfAbsent(file.packageName(), room -> new TreeSet<>())
                    .addAll(file.importedPackages()));
            uses.forEach((room, used) -> used.removeIf(other -> other.equals(room) || !uses.containsKey(other)));
            uses.keySet()
                    .forEach(room -> assertThat(cycle(room, room, uses, new HashSet<>()))
                            .as("a cycle of packages in %s", part)
                            .isEmpty());
        });
    }

    /** Returns a way from one package to another. */
    private static Optional<String> cycle(String from, String to, Map<String, Set<String>> uses, Set<String> seen) {
        for (String next : uses.get(from)) {
            if (next.equals(to)) {
                return Optional.of(from + " -> " + to);
            }
            Optional<String> rest = seen.add(next) ? cycle(next, to, uses, seen) : Optional.empty();
            if (rest.isPresent()) {
                return Optional.of(from + " -> " + rest.get());
            }
        }
        return Optional.empty();
    }
}
