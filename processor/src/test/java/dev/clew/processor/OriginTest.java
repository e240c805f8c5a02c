package dev.clew.processor;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.testing.compile.Compilation;
import com.google.testing.compile.Compiler;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;
import javax.annotation.processing.AbstractProcessor;
import javax.annotation.processing.Filer;
import javax.annotation.processing.Messager;
import javax.annotation.processing.ProcessingEnvironment;
import javax.annotation.processing.RoundEnvironment;
import javax.lang.model.SourceVersion;
import javax.lang.model.element.Element;
import javax.lang.model.element.TypeElement;
import javax.lang.model.util.Elements;
import javax.lang.model.util.Types;
import javax.tools.FileObject;
import javax.tools.JavaFileManager;
import javax.tools.JavaFileObject;
import org.junit.jupiter.api.Test;

/** What Gradle asks of a processor that it may run for changed classes alone: each file is decided by one class. */
class OriginTest {
    @Test
    void isDeclaredAsIsolating() throws IOException {
        try (var declared =
                WorkflowProcessor.class.getResourceAsStream("/META-INF/gradle/incremental.annotation.processors")) {
            assertThat(new String(declared.readAllBytes(), java.nio.charset.StandardCharsets.UTF_8).lines())
                    .contains(WorkflowProcessor.class.getName() + ",isolating");
        }
    }

    @Test
    void namesTheOneClassThatDecidesEachFileAndWritesNoResource() {
        AsGradle gradle = new AsGradle();
        List<JavaFileObject> sources = Stream.of("EssayFlow", "Inheritance", "Names")
                .flatMap(name -> Sources.read(Path.of("src/test/resources/good", name + ".java")).stream())
                .toList();

        Compilation compilation = Compiler.javac().withProcessors(gradle).compile(sources);

        assertThat(compilation.errors()).isEmpty();
        assertThat(gradle.origins)
                .containsEntry("com.acme.EssayFlowGraph", List.of("com.acme.EssayFlow"))
                .containsEntry("com.acme.EssayFlowTasks", List.of("com.acme.EssayFlow"))
                .containsEntry("com.acme.Inheritance_Home_FlowGraph", List.of("com.acme.Inheritance.Home.Flow"))
                .hasSize(2 * 6)
                .allSatisfy((file, origins) -> assertThat(origins).hasSize(1));
    }

    @Test
    void generatesForOneClassAloneWhatItDoesForAll() {
        List<JavaFileObject> essay = Sources.read(Path.of("src/test/resources/good/EssayFlow.java"));
        List<JavaFileObject> names = Sources.read(Path.of("src/test/resources/good/Names.java"));

        Map<String, String> alone = Sources.generated(Sources.usual().compile(essay));

        assertThat(alone).hasSize(2);
        assertThat(Sources.generated(Sources.usual()
                        .compile(Stream.concat(names.stream(), essay.stream()).toList())))
                .containsAllEntriesOf(alone);
    }

    @Test
    void findsTheTreesForTheLintBelowTheEnvironmentThatGradleShows() {
        Compilation compilation = Compiler.javac()
                .withProcessors(new AsGradle())
                .compile(Sources.read(Path.of("src/test/resources/lint/bad/UUID.java")));

        assertThat(compilation.warnings()).hasSize(2);
    }

    /** Shows the processor an environment of its own, as Gradle does, to learn which element decides which file. */
    private static final class AsGradle extends AbstractProcessor {
        private final WorkflowProcessor processor = new WorkflowProcessor();
        private final Map<String, List<String>> origins = new TreeMap<>();

        @Override
        public synchronized void init(ProcessingEnvironment compiler) {
            processor.init(new Environment(compiler, new Recorder(compiler.getFiler(), origins)));
        }

        @Override
        public Set<String> getSupportedAnnotationTypes() {
            return processor.getSupportedAnnotationTypes();
        }

        @Override
        public SourceVersion getSupportedSourceVersion() {
            return processor.getSupportedSourceVersion();
        }

        @Override
        public boolean process(Set<? extends TypeElement> annotations, RoundEnvironment round) {
            return processor.process(annotations, round);
        }
    }

    private record Recorder(Filer filer, Map<String, List<String>> origins) implements Filer {
        @Override
        public JavaFileObject createSourceFile(CharSequence name, Element... elements) throws IOException {
            origins.put(
                    name.toString(),
                    Stream.of(elements)
                            .map(element -> element.asType().toString())
                            .toList());
            return filer.createSourceFile(name, elements);
        }

        @Override
        public JavaFileObject createClassFile(CharSequence name, Element... elements) {
            throw new AssertionError(name);
        }

        @Override
        public FileObject createResource(
                JavaFileManager.Location location, CharSequence room, CharSequence name, Element... elements) {
            throw new AssertionError(name);
        }

        @Override
        public FileObject getResource(JavaFileManager.Location location, CharSequence room, CharSequence name) {
            throw new AssertionError(name);
        }
    }

    private record Environment(ProcessingEnvironment delegate, Filer filer) implements ProcessingEnvironment {
        @Override
        public Map<String, String> getOptions() {
            return delegate.getOptions();
        }

        @Override
        public Messager getMessager() {
            return delegate.getMessager();
        }

        @Override
        public Filer getFiler() {
            return filer;
        }

        @Override
        public Elements getElementUtils() {
            return delegate.getElementUtils();
        }

        @Override
        public Types getTypeUtils() {
            return delegate.getTypeUtils();
        }

        @Override
        public SourceVersion getSourceVersion() {
            return delegate.getSourceVersion();
        }

        @Override
        public Locale getLocale() {
            return delegate.getLocale();
        }
    }
}
