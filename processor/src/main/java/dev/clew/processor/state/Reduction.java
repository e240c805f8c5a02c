package dev.clew.processor.state;

import com.palantir.javapoet.CodeBlock;
import javax.lang.model.element.AnnotationMirror;
import javax.lang.model.type.TypeMirror;
import org.jspecify.annotations.Nullable;

/**
 * An annotation that names reducers, and the first of them that fits the component.
 *
 * @param annotation the annotation on the component
 * @param reducer the reducer that fits, or null if none does
 */
public record Reduction(
        AnnotationMirror annotation, @Nullable Fit reducer) {
    /**
     * A reducer that folds values of the component's type.
     *
     * @param type the reducer, with its type arguments
     * @param update the type of what is written
     * @param make an expression that makes it; null if generated code cannot
     */
    public record Fit(
            TypeMirror type, TypeMirror update, @Nullable CodeBlock make) {}
}
