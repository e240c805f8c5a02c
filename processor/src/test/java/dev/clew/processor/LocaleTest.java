package dev.clew.processor;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What the processor says and generates does not depend on the language of the machine, nor does the runtime's text. */
class LocaleTest {
    /** Overloads that take the default locale. */
    private static final Pattern DEPENDENT = Pattern.compile("String\\s*\\.format\\((?!\\s*Locale\\.)"
            + "|\\.printf\\((?!\\s*Locale\\.)"
            + "|\\.formatted\\("
            + "|\\.to(Upper|Lower)Case\\(\\s*\\)"
            + "|String::to(Upper|Lower)Case"
            + "|\\bnew (DecimalFormat|SimpleDateFormat|MessageFormat)\\("
            + "|\\bnew Formatter\\(\\s*\\)"
            + "|\\b(NumberFormat|DateFormat|Collator)\\.get\\w+\\(\\s*\\)"
            + "|\\bMessageFormat\\.format\\("
            + "|\\bofLocalized\\w+\\("
            + "|\\bofPattern\\(\\s*\"[^\"]*\"\\s*\\)");

    private static final List<String> MODULES = List.of(
            "annotations",
            "processor",
            "runtime",
            "cache-sqlite",
            "postgres",
            "langchain4j",
            "testing",
            "samples",
            "benchmarks");

    @Test
    void noCodeOfOursAsksForTheDefaultLocale() throws IOException {
        List<String> found = new ArrayList<>();
        for (String module : MODULES) {
            for (Path file : sources(Path.of("..", module, "src/main/java"))) {
                DEPENDENT
                        .matcher(Files.readString(file))
                        .results()
                        .forEach(call -> found.add(file.getFileName() + ": " + call.group()));
            }
        }
        assertThat(found).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"ar,EG", "tr,TR"})
    void codesAndGeneratedSourcesAreTheSameInEveryLanguage(String language, String country, @TempDir Path folder)
            throws Exception {
        Outcome there =
                compile(folder.resolve("there"), "-J-Duser.language=" + language, "-J-Duser.country=" + country);
        Outcome here = compile(folder.resolve("here"), "-J-Duser.language=en");
        assertThat(codes(there.output())).containsExactly("CLEW008", "CLEW035", "CLEW036");
        assertThat(texts(there.output())).isEqualTo(texts(here.output()));
        assertThat(generated(folder.resolve("there"))).isNotEmpty().isEqualTo(generated(folder.resolve("here")));
    }

    private static Outcome compile(Path folder, String... locale) throws IOException, InterruptedException {
        Project project = Project.in(folder).with("com/acme/Item.java", """
                        package com.acme;
                        import dev.clew.annotations.Entrypoint;
                        import dev.clew.annotations.Retry;
                        import dev.clew.annotations.Task;
                        class Item {
                            @Task private String read(String path) { return path; }
                            @Task(timeout = "PT0S", retry = @Retry(maxAttempts = 0)) String id(String text) { return text; }
                            @Entrypoint String go(String input, ItemTasks tasks) { return input; }
                        }
                        """).with("com/acme/Index.java", """
                        package com.acme;
                        import dev.clew.annotations.Context;
                        import dev.clew.annotations.Entrypoint;
                        import dev.clew.annotations.Retry;
                        import dev.clew.annotations.Task;
                        class Index {
                            @Task(retry = @Retry(maxAttempts = 12, backoff = 1.5)) String id(String text) { return text; }
                            @Entrypoint String go(String input, IndexTasks tasks, @Context Item item) { return input; }
                        }
                        """);
        List<String> options = new ArrayList<>(List.of(locale));
        options.addAll(List.of(
                "-cp",
                Project.classPath(),
                "-processorpath",
                Project.processorPath(),
                "-s",
                Files.createDirectories(folder.resolve("generated")).toString()));
        return project.javac(options.toArray(String[]::new));
    }

    private static List<String> codes(String output) {
        return Pattern.compile("CLEW\\P{Punct}{3}(?=:)")
                .matcher(output)
                .results()
                .map(code -> code.group())
                .sorted()
                .toList();
    }

    private static List<String> texts(String output) {
        return output.lines()
                .filter(line -> line.contains("CLEW") || line.contains("fix:"))
                .map(line -> line.replaceFirst("^.*(?=CLEW|fix:)", ""))
                .toList();
    }

    private static List<String> generated(Path folder) throws IOException {
        return sources(folder.resolve("generated")).stream().map(Sources::text).toList();
    }

    private static List<Path> sources(Path folder) throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            return files.filter(file -> file.toString().endsWith(".java"))
                    .sorted()
                    .toList();
        }
    }
}
