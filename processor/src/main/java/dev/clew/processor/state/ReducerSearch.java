package dev.clew.processor.state;

import com.palantir.javapoet.CodeBlock;
import dev.clew.annotations.Reduce;
import dev.clew.annotations.Reducer;
import dev.clew.processor.read.Attributes;
import dev.clew.processor.read.DeclarationReader;
import dev.clew.processor.validate.TypeNames;
import dev.clew.processor.validate.Visibility;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import javax.lang.model.element.AnnotationMirror;
import javax.lang.model.element.AnnotationValue;
import javax.lang.model.element.Element;
import javax.lang.model.element.ElementKind;
import javax.lang.model.element.ExecutableElement;
import javax.lang.model.element.Modifier;
import javax.lang.model.element.NestingKind;
import javax.lang.model.element.RecordComponentElement;
import javax.lang.model.element.TypeElement;
import javax.lang.model.element.VariableElement;
import javax.lang.model.type.ArrayType;
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
    private final Visibility visibility;

    ReducerSearch(Elements elements, Types types, Visibility visibility) {
        this.elements = elements;
        this.types = types;
        this.names = new TypeNames(visibility);
        this.visibility = visibility;
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
        boolean isInner = reducer.getNestingKind() == NestingKind.MEMBER
                && !reducer.getModifiers().contains(Modifier.STATIC);
        if (!visibility.reaches(reducer) || isInner) {
            return null;
        }
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
        List<ExecutableElement> members = members(annotation);
        boolean canBeMade = ElementFilter.constructorsIn(reducer.getEnclosedElements()).stream()
                .anyMatch(each -> takes(each, members));
        return canBeMade
                ? CodeBlock.of("new $T($L)", names.of(made), CodeBlock.join(arguments(annotation, members), ", "))
                : null;
    }

    /** Whether generated code may call a constructor with the members of an annotation. */
    private boolean takes(ExecutableElement constructor, List<ExecutableElement> members) {
        List<? extends VariableElement> parameters = constructor.getParameters();
        boolean takes = parameters.size() == members.size()
                && visibility.isOpen(constructor)
                && constructor.getThrownTypes().stream().allMatch(this::isUnchecked);
        for (int i = 0; takes && i < members.size(); i++) {
            TypeMirror given = members.get(i).getReturnType();
            takes = isWritable(given)
                    && types.isAssignable(given, types.erasure(parameters.get(i).asType()));
        }
        return takes;
    }

    private boolean isUnchecked(TypeMirror thrown) {
        return Stream.of("java.lang.RuntimeException", "java.lang.Error")
                .map(name -> elements.getTypeElement(name).asType())
                .anyMatch(unchecked -> types.isSubtype(thrown, unchecked));
    }

    /** Whether a value of an annotation's member can be written as an expression; another annotation cannot. */
    private boolean isWritable(TypeMirror type) {
        if (type instanceof ArrayType array) {
            return isWritable(array.getComponentType());
        }
        Element element = types.asElement(type);
        return element == null || (element.getKind() != ElementKind.ANNOTATION_TYPE && visibility.reaches(element));
    }

    private static List<ExecutableElement> members(AnnotationMirror annotation) {
        return DeclarationReader.is(annotation.getAnnotationType(), Reduce.class.getCanonicalName())
                ? List.of()
                : ElementFilter.methodsIn(
                        annotation.getAnnotationType().asElement().getEnclosedElements());
    }

    private List<CodeBlock> arguments(AnnotationMirror annotation, List<ExecutableElement> members) {
        var values = elements.getElementValuesWithDefaults(annotation);
        return members.stream()
                .map(member -> argument(member.getReturnType(), values.get(member)))
                .toList();
    }

    private CodeBlock argument(TypeMirror type, @Nullable AnnotationValue value) {
        if (value != null && type instanceof ArrayType array) {
            List<CodeBlock> each = value.getValue() instanceof List<?> several
                    ? several.stream()
                            .map(one -> literal((AnnotationValue) one))
                            .toList()
                    : List.of(literal(value));
            return CodeBlock.of(
                    "new $T[] {$L}", names.of(types.erasure(array.getComponentType())), CodeBlock.join(each, ", "));
        }
        return literal(value);
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
        if (constant instanceof Byte || constant instanceof Short) {
            return CodeBlock.of("($L) $L", constant instanceof Byte ? "byte" : "short", constant);
        }
        return CodeBlock.of("$L", value);
    }
}
