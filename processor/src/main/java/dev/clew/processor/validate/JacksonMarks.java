package dev.clew.processor.validate;

import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import javax.lang.model.element.AnnotationMirror;
import javax.lang.model.element.Element;
import javax.lang.model.element.ElementKind;
import javax.lang.model.element.ExecutableElement;
import javax.lang.model.element.RecordComponentElement;
import javax.lang.model.element.TypeElement;
import javax.lang.model.type.DeclaredType;
import javax.lang.model.type.TypeKind;

/** Whether annotations of Jackson's decide how a value is stored; then its type alone says nothing. */
public final class JacksonMarks {
    private static final List<String> PACKAGES = List.of("com.fasterxml.jackson.", "tools.jackson.");

    /** These give names and texts, and change no form. */
    private static final Set<String> NAMES = Set.of(
            "JsonAlias",
            "JsonClassDescription",
            "JsonProperty",
            "JsonPropertyDescription",
            "JsonPropertyOrder",
            "JsonRootName");

    /** On one method or constructor these decide for the whole class. */
    private static final Set<String> WHOLE = Set.of("JsonCreator", "JsonValue");

    private JacksonMarks() {}

    /** Whether they decide for a type: on itself, on a supertype, or as a creator or value method. */
    static boolean decideFor(TypeElement type) {
        return isMarked(type)
                || type.getEnclosedElements().stream()
                        .flatMap(member -> member.getAnnotationMirrors().stream())
                        .anyMatch(mark -> isJackson(mark) && WHOLE.contains(simpleName(mark)))
                || Stream.concat(Stream.of(type.getSuperclass()), type.getInterfaces().stream())
                        .filter(above -> above.getKind() == TypeKind.DECLARED)
                        .map(above -> (TypeElement) ((DeclaredType) above).asElement())
                        .anyMatch(above -> !PlatformValues.isPlatform(above) && decideFor(above));
    }

    /** Whether they decide for a component: on itself, its field, its accessor or a parameter that has its name. */
    static boolean decideFor(TypeElement owner, RecordComponentElement component) {
        return isMarked(component)
                || owner.getEnclosedElements().stream()
                        .flatMap(JacksonMarks::withParameters)
                        .filter(member -> member.getSimpleName().equals(component.getSimpleName()))
                        .anyMatch(JacksonMarks::isMarked);
    }

    private static Stream<Element> withParameters(Element member) {
        return member.getKind() == ElementKind.CONSTRUCTOR
                ? Stream.concat(Stream.of(member), ((ExecutableElement) member).getParameters().stream())
                : Stream.of(member);
    }

    private static boolean isMarked(Element element) {
        return element.getAnnotationMirrors().stream()
                .anyMatch(mark -> isBundle(mark) || (isJackson(mark) && !NAMES.contains(simpleName(mark))));
    }

    /** An annotation of the user's that stands for several of Jackson's. */
    private static boolean isBundle(AnnotationMirror mark) {
        return mark.getAnnotationType().asElement().getAnnotationMirrors().stream()
                        .anyMatch(meta -> isJackson(meta) && simpleName(meta).equals("JacksonAnnotationsInside"))
                && !isJackson(mark);
    }

    private static boolean isJackson(AnnotationMirror mark) {
        String name = ((TypeElement) mark.getAnnotationType().asElement())
                .getQualifiedName()
                .toString();
        return PACKAGES.stream().anyMatch(name::startsWith);
    }

    private static String simpleName(AnnotationMirror mark) {
        return mark.getAnnotationType().asElement().getSimpleName().toString();
    }
}
