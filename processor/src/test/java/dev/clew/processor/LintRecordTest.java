package dev.clew.processor;

import static org.assertj.core.api.Assertions.assertThat;

import dev.clew.engine.world.LintFindings;
import java.io.IOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What the lint finds is recorded beside the classes, each flow's findings under the name of its graph. */
class LintRecordTest {
    private static final String CLOCK = "java.time.Instant.now()";
    private static final String OUTER = "com/acme/Outer.java";

    @TempDir
    Path folder;

    @ParameterizedTest
    @ValueSource(ints = {17, 25})
    void recordsWhatItWarnsOf(int release) throws Exception {
        Path jdk = Jdks.find(release).orElse(Path.of(System.getProperty("java.home")));
        Outcome outcome =
                new Project(folder, jdk).with(OUTER, outer(CLOCK, "1")).javac(options());
        assertThat(outcome.output()).contains("warning: CLEW101").doesNotContain("error");
        assertThat(outcome.status()).isZero();
        assertThat(record("com.acme.OuterGraph"))
                .containsExactly(
                        "CLEW101: Outer.java:6: in entrypoint 'go' '….now' reads the clock, and a replay reads it"
                                + " again");
        assertThat(record("com.acme.Outer_InnerGraph")).isEmpty();
    }

    @Test
    void recordsTheFindingsOfANestedFlowAsItsOwn() throws Exception {
        compile("1", CLOCK);
        assertThat(record("com.acme.OuterGraph")).isEmpty();
        assertThat(record("com.acme.Outer_InnerGraph")).hasSize(1);
    }

    @Test
    void recordsNotesTooAndForgetsWhatIsMended() throws Exception {
        compile(CLOCK, CLOCK, "-Aclew.lint=note");
        assertThat(record("com.acme.OuterGraph")).hasSize(1);
        compile("1", CLOCK);
        assertThat(record("com.acme.OuterGraph")).isEmpty();
        assertThat(record("com.acme.Outer_InnerGraph")).hasSize(1);
        compile("1", CLOCK, "-Aclew.lint=off");
        assertThat(record("com.acme.Outer_InnerGraph")).isEmpty();
    }

    @Test
    void recordsNothingThatIsSilenced() throws Exception {
        Outcome outcome = compile("1", "1; @SuppressWarnings(\"clew-clock\") Object o = " + CLOCK);
        assertThat(outcome.output()).doesNotContain("CLEW");
        assertThat(record("com.acme.Outer_InnerGraph")).isEmpty();
    }

    @Test
    void theFindingsOfAnInheritedTaskAreThoseOfTheGraphThatInheritsIt() throws Exception {
        base(CLOCK);
        assertThat(trip()).singleElement().asString().startsWith("CLEW101: Base.java:6: in task 'pause'");
        base("1"); // compiled alone: what was found in it is mended, and the graph knows
        assertThat(findings("com.acme.TripGraph")).isEmpty();
        base(CLOCK);
        assertThat(findings("com.acme.TripGraph")).hasSize(1);
    }

    private void base(String first) throws Exception {
        Outcome outcome = alone("com/acme/Base.java", """
                package com.acme;
                import dev.clew.annotations.Task;
                abstract class Base {
                    @Task
                    String pause(String input, dev.clew.flow.Run run) {
                        Object a = %s;
                        return input + a;
                    }
                    @Task
                    String replaced(String input, dev.clew.flow.Run run) {
                        Object a = %s;
                        return input + a;
                    }
                }
                """.formatted(first, first));
        assertThat(outcome.status()).isZero();
    }

    private List<String> trip() throws Exception {
        Outcome outcome = alone("com/acme/Trip.java", """
                package com.acme;
                import dev.clew.annotations.Entrypoint;
                import dev.clew.annotations.Task;
                class Trip extends Base {
                    @Entrypoint
                    String go(String input, TripTasks tasks) {
                        return tasks.pause(input).join() + tasks.replaced(input).join();
                    }
                    @Task
                    @Override
                    String replaced(String input, dev.clew.flow.Run run) {
                        return input;
                    }
                }
                """);
        assertThat(outcome.status()).isZero();
        return findings("com.acme.TripGraph");
    }

    private List<String> findings(String graph) throws Exception {
        URL[] classes = {folder.resolve("classes").toUri().toURL()};
        try (URLClassLoader loader = new URLClassLoader(classes, getClass().getClassLoader())) {
            return LintFindings.of(Class.forName(graph, false, loader));
        }
    }

    /** Compiles one file with the classes of the files before. */
    private Outcome alone(String file, String text) throws Exception {
        for (String earlier : List.of("Base.java", "Trip.java")) {
            Files.deleteIfExists(folder.resolve("src/com/acme").resolve(earlier));
        }
        Project project = Project.in(folder).with(file, text);
        return project.compile("-cp", project.with(Project.classPath()), "-processorpath", Project.processorPath());
    }

    private Outcome compile(String outer, String inner, String... more) throws Exception {
        return Project.in(folder).with(OUTER, outer(outer, inner)).compile(options(more));
    }

    private static String[] options(String... more) {
        List<String> options = new ArrayList<>(List.of(more));
        options.addAll(List.of("-cp", Project.classPath(), "-processorpath", Project.processorPath()));
        return options.toArray(String[]::new);
    }

    private static String outer(String outer, String inner) {
        return """
                package com.acme;
                import dev.clew.annotations.Entrypoint;
                class Outer {
                    @Entrypoint
                    String go(String input) {
                        Object a = %s;
                        return input + a;
                    }
                    static class Inner {
                        @Entrypoint
                        String go(String input) {
                            Object a = %s;
                            return input + a;
                        }
                    }
                }
                """.formatted(outer, inner);
    }

    private List<String> record(String graph) throws IOException {
        Path file = folder.resolve("classes/META-INF/clew/lint").resolve(graph);
        return Files.exists(file) ? Files.readAllLines(file) : List.of();
    }
}
