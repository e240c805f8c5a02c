package dev.clew.processor;

import dev.clew.annotations.Entrypoint;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import javax.annotation.processing.AbstractProcessor;
import javax.annotation.processing.RoundEnvironment;
import javax.lang.model.SourceVersion;
import javax.lang.model.element.Element;
import javax.lang.model.element.TypeElement;

/** The least that a generator can do: it hands the compiler files that were made before. */
final class CopyingProcessor extends AbstractProcessor {
    private final Path generated;

    CopyingProcessor(Path generated) {
        this.generated = generated;
    }

    @Override
    public Set<String> getSupportedAnnotationTypes() {
        return Set.of(Entrypoint.class.getCanonicalName());
    }

    @Override
    public SourceVersion getSupportedSourceVersion() {
        return SourceVersion.latestSupported();
    }

    @Override
    public boolean process(Set<? extends TypeElement> annotations, RoundEnvironment round) {
        for (Element method : round.getElementsAnnotatedWith(Entrypoint.class)) {
            TypeElement flow = (TypeElement) method.getEnclosingElement();
            copy(flow.getQualifiedName() + "Tasks", flow);
            copy(flow.getQualifiedName() + "Graph", flow);
        }
        return false;
    }

    private void copy(String name, TypeElement origin) {
        try (Writer out =
                processingEnv.getFiler().createSourceFile(name, origin).openWriter()) {
            out.write(Files.readString(generated.resolve(name.replace('.', '/') + ".java")));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
