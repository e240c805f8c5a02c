package dev.clew.processor;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.testing.compile.Compilation;
import com.google.testing.compile.Compiler;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import javax.annotation.processing.AbstractProcessor;
import javax.annotation.processing.RoundEnvironment;
import javax.lang.model.SourceVersion;
import javax.lang.model.element.TypeElement;
import javax.tools.JavaFileObject;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class WorkflowProcessorTest {
    @Test
    void generatesTheSameWhateverTheOrderOfSources() {
        List<JavaFileObject> sources = new ArrayList<>();
        Sources.files("good").forEach(file -> sources.addAll(Sources.read(file)));
        Compilation first = Sources.strict().compile(sources);

        for (int seed = 0; seed < 3; seed++) {
            Collections.shuffle(sources, new Random(seed));
            Compilation again = Sources.strict().compile(sources);

            assertThat(Sources.generated(again)).isNotEmpty().isEqualTo(Sources.generated(first));
        }
    }

    @Test
    void reportsTheFindingsOfAllClassesInOneCompilation() {
        String broken = """
                class %s {
                    @dev.clew.annotations.Entrypoint
                    private String a(String input, %1$sTasks tasks) { return input; }

                    @dev.clew.annotations.Task
                    static String b(java.io.InputStream in) { return ""; }
                }
                """;
        Compilation compilation = Sources.thorough()
                .compile(
                        Sources.source("One", broken.formatted("One")), Sources.source("Two", broken.formatted("Two")));

        assertThat(codes(compilation))
                .containsExactly("CLEW008", "CLEW009", "CLEW027", "CLEW008", "CLEW009", "CLEW027");
    }

    @Test
    void leavesMistakesInBodiesToTheCompiler() {
        Compilation compilation = Sources.thorough().compile(Sources.source("Flow", """
                class Flow {
                    private Missing field;

                    @dev.clew.annotations.Entrypoint
                    String go(String input, FlowTasks tasks) {
                        FlowGraph graph = FlowGraph.builder(this).build();
                        return tasks.read(unknown).join();
                    }

                    @dev.clew.annotations.Task
                    String read(String path) { return path; }
                }
                """));

        assertThat(compilation.errors())
                .extracting(error -> error.getMessage(null).lines().limit(2).collect(Collectors.joining()))
                .containsExactlyInAnyOrder(
                        "cannot find symbol  symbol:   class Missing",
                        "cannot find symbol  symbol:   variable unknown");
    }

    @Test
    void waitsForTypesThatAnotherProcessorMakes() {
        Compilation compilation = Compiler.javac()
                .withProcessors(new WorkflowProcessor(), new MakesDraft())
                .withOptions("-Xlint:all,-processing", "-Werror")
                .compile(Sources.source("com.acme.Flow", """
                        package com.acme;

                        import dev.clew.annotations.Entrypoint;
                        import dev.clew.annotations.Retry;
                        import dev.clew.annotations.Task;
                        import java.util.List;

                        class Flow {
                            @Task(retry = @Retry(retryOn = DraftException.class))
                            Draft make(String text) { return new Draft(text); }

                            @Entrypoint
                            List<Draft> go(List<? extends Draft> all, FlowTasks tasks) {
                                return List.of(tasks.make("x").join());
                            }
                        }
                        """));

        assertThat(compilation.diagnostics()).isEmpty();
        assertThat(Sources.generated(compilation).get("com/acme/FlowGraph.java"))
                .contains("retryOn(DraftException.class)", "new TypeRef<List<? extends Draft>>() {}");
    }

    @Test
    void compilesAClassWithFiveHundredTasks() {
        String tasks = IntStream.range(0, 500)
                .mapToObj(i -> "@dev.clew.annotations.Task String task" + i + "(String a, int b) { return a; }")
                .collect(Collectors.joining("\n"));

        Compilation compilation = Sources.strict().compile(Sources.source("Flow", """
                class Flow {
                    @dev.clew.annotations.Entrypoint
                    String go(String input, FlowTasks tasks) { return tasks.task499(input, 1).join(); }

                    %s
                }
                """.formatted(tasks)));

        assertThat(compilation.diagnostics()).isEmpty();
    }

    @Test
    void readsTasksOfSuperclassesThatAreCompiledAlready(@TempDir Path classes) {
        Compilation base = Sources.strict().compile(Sources.source("com.base.Base", """
                package com.base;

                import dev.clew.annotations.Task;

                public abstract class Base<T> {
                    @Task
                    public T same(T value) { return value; }

                    @Task
                    protected String hidden(String text) { return text; }
                }
                """));
        assertThat(base.diagnostics()).isEmpty();
        assertThat(base.generatedSourceFiles()).isEmpty();
        Sources.saveClasses(base, classes);

        Compilation compilation =
                Sources.thorough().withClasspath(Sources.classPathWith(classes)).compile(Sources.source("Flow", """
                        class Flow extends com.base.Base<Integer> {
                            @dev.clew.annotations.Entrypoint
                            String go(String input, FlowTasks tasks) {
                                int same = tasks.same(1).join();
                                return tasks.hidden(input).join() + same;
                            }
                        }
                        """));

        assertThat(codes(compilation)).containsExactly("CLEW012");
        assertThat(compilation.errors().get(0).getLineNumber()).isEqualTo(1);
    }

    @Test
    void generatesAgainWhatAnEarlierCompilationLeftOnTheClassPath(@TempDir Path classes) {
        List<JavaFileObject> sources = Sources.read(Path.of("src/test/resources/good/EssayFlow.java"));
        Compilation first = Sources.strict().compile(sources);
        Sources.saveClasses(first, classes);

        Compilation again =
                Sources.strict().withClasspath(Sources.classPathWith(classes)).compile(sources);

        assertThat(again.diagnostics()).isEmpty();
        assertThat(Sources.generated(again)).isNotEmpty().isEqualTo(Sources.generated(first));
    }

    private static List<String> codes(Compilation compilation) {
        return compilation.errors().stream()
                .map(error -> error.getMessage(null).substring(0, 7))
                .toList();
    }

    /** Stands for other processors: makes two types in the first round. */
    private static final class MakesDraft extends AbstractProcessor {
        @Override
        public Set<String> getSupportedAnnotationTypes() {
            return Set.of("*");
        }

        @Override
        public SourceVersion getSupportedSourceVersion() {
            return SourceVersion.latestSupported();
        }

        @Override
        public boolean process(Set<? extends TypeElement> annotations, RoundEnvironment round) {
            if (processingEnv.getElementUtils().getTypeElement("com.acme.Draft") == null && !round.processingOver()) {
                write("Draft", "record Draft(String text) {}");
                write(
                        "DraftException",
                        "class DraftException extends Exception { static final long serialVersionUID = 1; }");
            }
            return false;
        }

        private void write(String name, String declaration) {
            try (Writer out = processingEnv
                    .getFiler()
                    .createSourceFile("com.acme." + name)
                    .openWriter()) {
                out.write("package com.acme;\n\n" + declaration + "\n");
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }
}
