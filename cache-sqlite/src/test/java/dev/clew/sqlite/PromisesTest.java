package dev.clew.sqlite;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Every promise names its tests, and all of these are there. */
final class PromisesTest {
    private static final Path PROMISES = Path.of("..", "docs", "promises.md");
    private static final Pattern CLASS = Pattern.compile("`(\\w+(?:Test|Suite|Contract))`");

    /** In the module of the contracts: its main sources are tests. */
    private static final Path SUITES = Path.of("src", "main", "java", "dev", "clew", "contracts");

    private static List<String> named(String text) {
        return CLASS.matcher(text).results().map(found -> found.group(1)).toList();
    }

    private static Set<String> testClasses() throws IOException {
        try (var modules = Files.list(Path.of(".."))) {
            return modules.flatMap(
                            module -> Stream.of(module.resolve(Path.of("src", "test", "java")), module.resolve(SUITES)))
                    .filter(Files::isDirectory)
                    .flatMap(PromisesTest::files)
                    .map(file -> file.getFileName().toString())
                    .filter(name -> name.endsWith(".java"))
                    .map(name -> name.substring(0, name.length() - ".java".length()))
                    .collect(Collectors.toSet());
        }
    }

    private static Stream<Path> files(Path folder) {
        try (var files = Files.walk(folder)) {
            return files.toList().stream();
        } catch (IOException unreadable) {
            throw new AssertionError(unreadable);
        }
    }

    @Test
    void everyNamedTestExists() throws IOException {
        List<String> named = named(Files.readString(PROMISES));

        assertThat(named).hasSizeGreaterThan(50);
        assertThat(testClasses()).containsAll(named);
    }

    @Test
    void everyPromiseNamesATest() throws IOException {
        List<String> promises = Files.readString(PROMISES)
                .lines()
                .takeWhile(line -> !line.equals("## What was measured"))
                .filter(line -> line.startsWith("|") && !line.contains("---") && !line.endsWith("| tested by |"))
                .toList();

        assertThat(promises)
                .hasSizeGreaterThan(20)
                .allSatisfy(promise -> assertThat(named(promise)).isNotEmpty());
    }
}
