package dev.clew.processor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Beside Lombok, MapStruct and Kotlin's kapt, which the build puts into {@code target/beside}. */
class BesideTest {
    private static final Path JARS = Path.of("target/beside");

    private static final String FLOW = """
            package com.acme;

            import dev.clew.annotations.Entrypoint;
            import dev.clew.annotations.Task;
            import lombok.RequiredArgsConstructor;
            import lombok.Value;

            @RequiredArgsConstructor
            public class Flow {
                @Value
                public static class Draft {
                    String text;
                    int revisions;
                }

                public record Printed(String text, int revisions) {}

                private final Printer printer;

                @Task
                Draft compose(String topic) { return new Draft(topic, 1); }

                @Task
                Printed print(Draft draft) { return printer.print(draft); }

                @Entrypoint
                Printed write(String topic, FlowTasks tasks) {
                    return tasks.print(tasks.compose(topic).join()).join();
                }

                public static void main(String[] arguments) {
                    Flow flow = new Flow(org.mapstruct.factory.Mappers.getMapper(Printer.class));
                    FlowTasks tasks = FlowTasks.direct(flow);
                    System.out.println(flow.write("rain", tasks));
                }
            }
            """;

    private static final String PRINTER = """
            package com.acme;

            @org.mapstruct.Mapper
            public interface Printer {
                Flow.Printed print(Flow.Draft draft);
            }
            """;

    @BeforeEach
    void haveJars() {
        assumeTrue(Files.isDirectory(JARS), () -> "the build has not put the others into " + JARS);
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void worksWithLombokAndMapStructInEitherOrder(boolean first, @TempDir Path folder) throws Exception {
        String others = path("lombok", "lombok-mapstruct-binding", "mapstruct-processor", "mapstruct");
        String ours = Project.processorPath();
        String libraries = path("lombok", "mapstruct") + File.pathSeparator + Project.classPath();
        Project project = Project.in(folder).with("com/acme/Flow.java", FLOW).with("com/acme/Printer.java", PRINTER);

        Outcome compiled = project.javac(
                "-cp",
                libraries,
                "-processorpath",
                first ? ours + File.pathSeparator + others : others + File.pathSeparator + ours);
        assertThat(compiled.status()).isZero();
        // What the JVM of JDK 24 and later itself says of Lombok.
        assertThat(compiled.output().lines().filter(line -> !line.startsWith("WARNING: ")))
                .isEmpty();

        assertThat(project.java("-cp", project.with(libraries), "com.acme.Flow"))
                .isEqualTo(new Outcome(0, "Printed[text=rain, revisions=1]" + System.lineSeparator()));
    }

    /** What docs/try-guides does by Maven: data classes as values, which need the names of parameters that -java-parameters keeps. */
    @Test
    void worksInKotlinThroughKaptWithDataClassesAsValues(@TempDir Path folder) throws Exception {
        String flow = Sources.text(Path.of("src/test/resources/kotlin/Flow.kt"));
        Project project = Project.in(folder).with("Flow.kt", flow);
        String libraries = path("kotlin-stdlib") + File.pathSeparator + Project.classPath();
        Path generated = Files.createDirectories(folder.resolve("generated"));

        Outcome stubbed = kapt(project, libraries, generated);
        assertThat(stubbed.status()).as(stubbed.output()).isZero();
        Outcome compiled = kotlinc(project, libraries, "-java-parameters", generated.toString());
        assertThat(compiled.status()).as(compiled.output()).isZero();
        for (String name : List.of("FlowTasks", "FlowGraph")) {
            project.with(name + ".java", Sources.text(generated.resolve("com/acme/" + name + ".java")));
        }
        Outcome java = project.javac("-proc:none", "-cp", project.with(libraries));
        assertThat(java).isEqualTo(new Outcome(0, ""));

        String all = project.with(libraries) + File.pathSeparator + System.getProperty("java.class.path");
        Outcome ran = project.java("-cp", all, "com.acme.FlowKt");
        assertThat(ran.status()).as(ran.output()).isZero();
        assertThat(ran.output()).contains("Draft(text=rainrain, revisions=1, sources=[rain])");
    }

    @Test
    void refusesSuspendFunctionsOfKotlin(@TempDir Path folder) throws Exception {
        Project project = Project.in(folder).with("Flow.kt", """
                package com.acme

                import dev.clew.annotations.Entrypoint

                class Flow {
                    @Entrypoint
                    suspend fun write(topic: String): String = topic
                }
                """);
        Path generated = Files.createDirectories(folder.resolve("generated"));

        Outcome stubbed = kapt(project, path("kotlin-stdlib") + File.pathSeparator + Project.classPath(), generated);

        assertThat(stubbed.status()).isNotZero();
        assertThat(stubbed.output()).contains("CLEW067: entrypoint 'write' is a suspend function");
    }

    private static Outcome kapt(Project project, String libraries, Path generated) throws Exception {
        Path folder = project.folder();
        String kapt = "plugin:org.jetbrains.kotlin.kapt3:";
        String processors = Stream.of(Project.processorPath().split(File.pathSeparator))
                .map(entry -> "," + kapt + "apclasspath=" + entry)
                .reduce("", String::concat);
        return kotlinc(
                project,
                libraries,
                "-Xplugin=" + path("kotlin-annotation-processing-embeddable"),
                "-P",
                kapt + "sources=" + generated + "," + kapt + "classes=" + folder.resolve("kapt-classes") + "," + kapt
                        + "stubs=" + folder.resolve("stubs") + "," + kapt + "aptMode=stubsAndApt," + kapt
                        + "correctErrorTypes=true" + processors);
    }

    private static Outcome kotlinc(Project project, String libraries, String... options) throws Exception {
        String compiler = path(
                "kotlin-compiler-embeddable",
                "kotlin-stdlib",
                "kotlin-script-runtime",
                "kotlin-daemon-embeddable",
                "kotlin-reflect",
                "kotlinx-coroutines-core-jvm",
                "annotations");
        List<String> all = new ArrayList<>(Jdks.brief());
        all.addAll(List.of(
                "-cp",
                compiler,
                "org.jetbrains.kotlin.cli.jvm.K2JVMCompiler",
                "-no-stdlib",
                "-no-reflect",
                "-nowarn",
                "-jvm-target",
                "17",
                "-module-name",
                "acme",
                "-classpath",
                libraries,
                "-d",
                project.classes().toString(),
                project.folder().resolve("src/Flow.kt").toString()));
        all.addAll(List.of(options));
        return project.java(all.toArray(String[]::new));
    }

    private static String path(String... artifacts) {
        return Sources.path(Stream.of(artifacts)
                .map(artifact ->
                        JARS.resolve(artifact + ".jar").toAbsolutePath().toFile())
                .toList());
    }
}
