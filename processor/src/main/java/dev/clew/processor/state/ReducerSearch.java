package dev.clew.processor.state;

import com.palantir.javapoet.CodeBlock;
import dev.clew.annotations.Reduce;
import dev.clew.annotations.Reducer;
import dev.clew.processor.read.Attributes;
import dev.clew.processor.read.DeclarationReader;
import dev.clew.processor.validate.TypeNames;
import java.util.List;
import java.util.Optional;
import javax.lang.model.element.AnnotationMirror;
import javax.lang.model.element.AnnotationValue;
import javax.lang.model.element.Element;
import javax.lang.model.element.ElementKind;
import javax.lang.model.element.ExecutableElement;
import javax.lang.model.element.Modifier;
import javax.lang.model.element.RecordComponentElement;
import javax.lang.model.element.TypeElement;
import javax.lang.model.element.VariableElement;
import javax.lang.model.type.DeclaredType;
import javax.lang.model.type.PrimitiveType;
import javax.lang.model.type.TypeMirror;
import javax.lang.model.util.ElementFilter;
import javax.lang.model.util.Elements;
import javax.lang.model.util.Types;
import org.jspecify.annotations.Nullable;

/**
 * Finds how a component is reduced: by {@code @Reduce}, or by an annotation that has {@code @Reduce} itself. Of the reducers
 * that it names, the first is taken whose values are of the component's type.
 */
final class ReducerSearch {
    private final Elements elements;
    private final Types types;
    private final TypeNames names;

    ReducerSearch(Elements elements, Types types, TypeNames names) {
        this.elements = elements;
        this.types = types;
        this.names = names;
    }

    List<Reduction> on(RecordComponentElement component) {
        return component.getAnnotationMirrors().stream()
                .flatMap(annotation -> reducers(annotation).stream()
                        .map(reducers -> new Reduction(annotation, fit(annotation, reducers, component.asType()))))
                .toList();
    }

    private static Optional<List<AnnotationValue>> reducers(AnnotationMirror annotation) {
        Element type = annotation.getAnnotationType().asElement();
        return DeclarationReader.is(annotation.getAnnotationType(), Reduce.class.getCanonicalName())
                ? Optional.of(new Attributes(annotation).list("value"))
                : Attributes.of(type, Reduce.class).map(reduce -> reduce.list("value"));
    }

    private Reduction.@Nullable Fit fit(AnnotationMirror annotation, List<AnnotationValue> reducers, TypeMirror type) {
        TypeMirror value = type instanceof PrimitiveType primitive
                ? types.boxedClass(primitive).asType()
                : type;
        for (AnnotationValue each : reducers) {
            if (each.getValue() instanceof DeclaredType declared
                    && declared.asElement() instanceof TypeElement reducer) {
                DeclaredType pattern = reducerOf(reducer.asType());
                DeclaredType made = pattern == null
                        ? null
                        : Unification.infer(
                                types, reducer, pattern.getTypeArguments().get(0), value);
                DeclaredType fitted = made == null ? null : reducerOf(made);
                if (made != null && fitted != null) {
                    return new Reduction.Fit(made, fitted.getTypeArguments().get(1), make(annotation, reducer, made));
                }
            }
        }
        return null;
    }

    /** {@code Reducer<V, U>} as a type inherits it; null where it is raw or none. */
    private @Nullable DeclaredType reducerOf(TypeMirror type) {
        if (DeclarationReader.is(type, Reducer.class.getCanonicalName())) {
            DeclaredType found = (DeclaredType) type;
            return found.getTypeArguments().size() == 2 ? found : null;
        }
        for (TypeMirror above : types.directSupertypes(type)) {
            DeclaredType found = reducerOf(above);
            if (found != null) {
                return found;
            }
        }
        return null;
    }

    /** The only constant of an enum; else a constructor that takes what the annotation has, or nothing. */
    private @Nullable CodeBlock make(AnnotationMirror annotation, TypeElement reducer, DeclaredType made) {
        if (reducer.getKind() == ElementKind.ENUM) {
            List<Element> constants = reducer.getEnclosedElements().stream()
                    .filter(each -> each.getKind() == ElementKind.ENUM_CONSTANT)
                    .<Element>map(each -> each)
                    .toList();
            return constants.size() == 1
                    ? CodeBlock.of(
                            "$T.$L",
                            names.of(types.erasure(made)),
                            constants.get(0).getSimpleName())
                    : null;
        }
        if (reducer.getModifiers().contains(Modifier.ABSTRACT)) {
            return null;
        }
        List<CodeBlock> arguments = arguments(annotation);
        return ElementFilter.constructorsIn(reducer.getEnclosedElements()).stream()
                        .anyMatch(each -> takes(each, arguments.size()))
                ? CodeBlock.of("new $T($L)", names.of(made), CodeBlock.join(arguments, ", "))
                : null;
    }

    private static boolean takes(ExecutableElement constructor, int arguments) {
        return constructor.getParameters().size() == arguments
                && !constructor.getModifiers().contains(Modifier.PRIVATE);
    }

    private List<CodeBlock> arguments(AnnotationMirror annotation) {
        if (DeclarationReader.is(annotation.getAnnotationType(), Reduce.class.getCanonicalName())) {
            return List.of();
        }
        var values = elements.getElementValuesWithDefaults(annotation);
        return ElementFilter.methodsIn(
                        annotation.getAnnotationType().asElement().getEnclosedElements())
                .stream()
                .map(values::get)
                .map(this::literal)
                .toList();
    }

    private CodeBlock literal(@Nullable AnnotationValue value) {
        Object constant = value == null ? null : value.getValue();
        if (constant instanceof String text) {
            return CodeBlock.of("$S", text);
        }
        if (constant instanceof VariableElement named) {
            return CodeBlock.of("$T.$L", names.of(named.asType()), named.getSimpleName());
        }
        if (constant instanceof TypeMirror type) {
            return CodeBlock.of("$T.class", names.of(type));
        }
        if (constant instanceof Long || constant instanceof Float) {
            return CodeBlock.of("$L$L", constant, constant instanceof Long ? "L" : "F");
        }
        return CodeBlock.of("$L", value);
    }
}
