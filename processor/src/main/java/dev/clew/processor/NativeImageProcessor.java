package dev.clew.processor;

import com.google.auto.service.AutoService;
import dev.clew.annotations.Entrypoint;
import dev.clew.annotations.Task;
import dev.clew.processor.read.StepKind;
import java.io.IOException;
import java.io.Writer;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import javax.annotation.processing.AbstractProcessor;
import javax.annotation.processing.Processor;
import javax.annotation.processing.RoundEnvironment;
import javax.lang.model.SourceVersion;
import javax.lang.model.element.Element;
import javax.lang.model.element.TypeElement;
import javax.tools.Diagnostic;
import javax.tools.StandardLocation;

/**
 * Tells GraalVM's {@code native-image} which types the codec reads by reflection: the values of all flows of a
 * compilation. Off unless the compiler is given {@code -Aclew.nativeImage=name}; it then writes
 * {@code META-INF/native-image/name/reflect-config.json}, so the name must differ from those of other jars, as
 * {@code group/artifact} does.
 *
 * <p>It knows the types in signatures of tasks and entrypoints and of {@code InterruptKey} constants in their classes, and
 * what these are made of; the types of {@code Run.task} and of keys elsewhere are for the user to add. A processor of its
 * own, since one file about many classes cannot be made anew for one of them: only with the option is it an aggregating
 * one.
 */
@AutoService(Processor.class)
public final class NativeImageProcessor extends AbstractProcessor {
    static final String OPTION = "clew.nativeImage";

    private final Set<String> names = new TreeSet<>();

    /** For the compiler. */
    public NativeImageProcessor() {}

    private boolean isOn() {
        return processingEnv.getOptions().containsKey(OPTION);
    }

    @Override
    public Set<String> getSupportedAnnotationTypes() {
        return isOn() ? Set.of(Task.class.getCanonicalName(), Entrypoint.class.getCanonicalName()) : Set.of();
    }

    /** Gradle asks after {@code init} what the processor is this time. */
    @Override
    public Set<String> getSupportedOptions() {
        return Set.of(OPTION, "org.gradle.annotation.processing." + (isOn() ? "aggregating" : "isolating"));
    }

    @Override
    public SourceVersion getSupportedSourceVersion() {
        return SourceVersion.latestSupported();
    }

    @Override
    public boolean process(Set<? extends TypeElement> annotations, RoundEnvironment round) {
        ReflectedTypes reflected = new ReflectedTypes(processingEnv.getElementUtils(), names);
        for (StepKind kind : StepKind.values()) {
            for (Element method : round.getElementsAnnotatedWith(kind.annotation())) {
                reflected.ofStep(method);
            }
        }
        if (round.processingOver() && !names.isEmpty()) {
            write();
        }
        return false;
    }

    private void write() {
        String file = "META-INF/native-image/" + processingEnv.getOptions().get(OPTION) + "/reflect-config.json";
        try (Writer out = processingEnv
                .getFiler()
                .createResource(StandardLocation.CLASS_OUTPUT, "", file)
                .openWriter()) {
            out.write(
                    names.stream().map(NativeImageProcessor::entry).collect(Collectors.joining(",\n", "[\n", "\n]\n")));
        } catch (IOException | IllegalArgumentException e) {
            processingEnv
                    .getMessager()
                    .printMessage(Diagnostic.Kind.ERROR, "Clew cannot write '" + file + "' for -A" + OPTION + ": " + e);
        }
    }

    private static String entry(String name) {
        return "  {\"name\": \"" + name + "\", \"allDeclaredConstructors\": true, \"allDeclaredMethods\": true,"
                + " \"allDeclaredFields\": true, \"allRecordComponents\": true, \"allPermittedSubclasses\": true}";
    }
}
