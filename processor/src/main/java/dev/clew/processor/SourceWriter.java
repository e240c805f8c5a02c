package dev.clew.processor;

import com.palantir.javapoet.AnnotationSpec;
import com.palantir.javapoet.ClassName;
import com.palantir.javapoet.JavaFile;
import com.palantir.javapoet.TypeSpec;
import java.io.IOException;
import javax.annotation.processing.Filer;
import javax.lang.model.element.TypeElement;
import javax.lang.model.util.Elements;

/** Writes generated types as source files. Says nothing that changes from one compilation to the next: no date. */
final class SourceWriter {
    private static final String GENERATED = "javax.annotation.processing.Generated";

    private final Filer filer;
    private final Elements elements;

    SourceWriter(Filer filer, Elements elements) {
        this.filer = filer;
        this.elements = elements;
    }

    void write(ClassName name, TypeSpec type, TypeElement origin) throws IOException {
        TypeSpec.Builder marked = type.toBuilder();
        // A module of the user's need not read java.compiler, where the annotation lives.
        if (elements.getTypeElement(elements.getModuleOf(origin), GENERATED) != null) {
            marked.addAnnotation(AnnotationSpec.builder(ClassName.bestGuess(GENERATED))
                    .addMember("value", "$S", WorkflowProcessor.class.getCanonicalName())
                    .build());
        }
        JavaFile.builder(name.packageName(), marked.build())
                .indent("  ")
                .skipJavaLangImports(true)
                .build()
                .writeTo(filer);
    }
}
