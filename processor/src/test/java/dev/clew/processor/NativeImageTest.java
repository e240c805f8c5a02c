package dev.clew.processor;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.testing.compile.Compilation;
import com.google.testing.compile.Compiler;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import javax.tools.JavaFileObject;
import javax.tools.StandardLocation;
import org.junit.jupiter.api.Test;

/** What native-image is told; no image is built here. */
class NativeImageTest {
    private static final Compiler BOTH = Compiler.javac()
            .withProcessors(new NativeImageProcessor(), new WorkflowProcessor())
            .withOptions("-Xlint:all,-processing", "-Werror");

    @Test
    void writesNothingUnlessAsked() {
        Compilation compilation = Compiler.javac()
                .withProcessors(new WorkflowProcessor(), new NativeImageProcessor())
                .compile(essay());

        assertThat(compilation.diagnostics()).isEmpty();
        assertThat(compilation.generatedFiles())
                .extracting(JavaFileObject::getName)
                .noneMatch(name -> name.contains("native-image"));
    }

    @Test
    void listsTheTypesOfValuesQuestionsAndAnswers() {
        Compilation compilation = Compiler.javac()
                .withProcessors(new WorkflowProcessor(), new NativeImageProcessor())
                .withOptions("-Xlint:all,-processing", "-Werror", "-Aclew.nativeImage=com.acme/essays")
                .compile(essay());

        assertThat(compilation.diagnostics()).isEmpty();
        assertThat(names(compilation, "com.acme/essays"))
                .containsExactly("com.acme.EssayFlow$Draft", "com.acme.EssayFlow$Essay", "com.acme.EssayFlow$Verdict");
    }

    @Test
    void followsWhatTypesAreMadeOf() {
        Compilation compilation =
                BOTH.withOptions("-Aclew.nativeImage=x").compile(Sources.source("com.acme.Flow", """
                        package com.acme;

                        import dev.clew.annotations.Context;
                        import dev.clew.annotations.Entrypoint;
                        import dev.clew.flow.Run;
                        import java.util.List;
                        import java.util.Map;

                        class Flow {
                            sealed interface Shape {}

                            record Circle(Point[] center) implements Shape {}

                            record Square(Map<String, List<Color>> colors) implements Shape {}

                            record Point(int x) {}

                            enum Color { RED }

                            interface Service {}

                            @Entrypoint
                            void go(Shape shape, @Context Service service, Run run) {}
                        }
                        """));

        assertThat(compilation.errors()).isEmpty();
        assertThat(names(compilation, "x"))
                .containsExactly(
                        "com.acme.Flow$Circle",
                        "com.acme.Flow$Color",
                        "com.acme.Flow$Point",
                        "com.acme.Flow$Shape",
                        "com.acme.Flow$Square");
    }

    private static List<JavaFileObject> essay() {
        return Sources.read(Path.of("src/test/resources/good/EssayFlow.java"));
    }

    private static List<String> names(Compilation compilation, String name) {
        JavaFileObject file = compilation
                .generatedFile(StandardLocation.CLASS_OUTPUT, "META-INF/native-image/" + name + "/reflect-config.json")
                .orElseThrow();
        return Pattern.compile("\"name\": \"(.*?)\"")
                .matcher(Sources.text(file))
                .results()
                .map(found -> found.group(1))
                .toList();
    }
}
