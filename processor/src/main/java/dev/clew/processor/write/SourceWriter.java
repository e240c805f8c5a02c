package dev.clew.processor.write;

import com.palantir.javapoet.AnnotationSpec;
import com.palantir.javapoet.ClassName;
import com.palantir.javapoet.JavaFile;
import com.palantir.javapoet.TypeSpec;
import java.io.IOException;
import java.io.Writer;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import javax.annotation.processing.Filer;
import javax.lang.model.element.TypeElement;
import javax.lang.model.util.Elements;
import javax.tools.StandardLocation;

/** Writes generated types as source files. Says nothing that changes from one compilation to the next: no date. */
public final class SourceWriter {
    private static final String GENERATED = "javax.annotation.processing.Generated";

    private final Filer filer;
    private final Elements elements;
    private final AnnotationSpec mark;
    private final Set<String> resources = new HashSet<>();

    /** By module: javac searches for what it does not have again and again. */
    private final Map<String, Boolean> marked = new HashMap<>();

    /** Writes for a processor, whose name the generated types carry. */
    public SourceWriter(Filer filer, Elements elements, Class<?> generator) {
        this.filer = filer;
        this.elements = elements;
        this.mark = AnnotationSpec.builder(ClassName.bestGuess(GENERATED))
                .addMember("value", "$S", generator.getCanonicalName())
                .build();
    }

    public void write(ClassName name, TypeSpec type, TypeElement origin) throws IOException {
        TypeSpec marked =
                canBeMarked(origin) ? type.toBuilder().addAnnotation(mark).build() : type;
        String text = JavaFile.builder(name.packageName(), marked)
                .indent("  ")
                .skipJavaLangImports(true)
                .build()
                .toString();
        // In one piece: piece by piece, as JavaPoet makes it, the encoding costs more than the text.
        try (Writer file = filer.createSourceFile(name.canonicalName(), origin).openWriter()) {
            file.write(text);
        }
    }

    /** Writes a file beside the classes. If another class has a file of that name, this one gets its class's full name. */
    public void resource(String name, String text, TypeElement origin) throws IOException {
        String free = resources.add(name)
                ? name
                : name.substring(0, name.lastIndexOf('/') + 1)
                        + origin.getQualifiedName()
                        + name.substring(name.lastIndexOf('.'));
        try (Writer file = filer.createResource(StandardLocation.CLASS_OUTPUT, "", free, origin)
                .openWriter()) {
            file.write(text);
        }
    }

    /** A module of the user's need not read java.compiler, where the annotation lives. */
    private boolean canBeMarked(TypeElement origin) {
        return marked.computeIfAbsent(
                String.valueOf(elements.getModuleOf(origin)),
                module -> elements.getTypeElement(elements.getModuleOf(origin), GENERATED) != null);
    }
}
