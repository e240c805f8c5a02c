package dev.clew.processor.read;

import java.lang.annotation.Annotation;
import java.util.List;
import java.util.Optional;
import javax.lang.model.element.AnnotationMirror;
import javax.lang.model.element.AnnotationValue;
import javax.lang.model.element.Element;
import javax.lang.model.element.TypeElement;

/**
 * The attributes that the user wrote on one annotation. What was left at its default is absent, so the defaults have one
 * home, the runtime.
 *
 * @param mirror the annotation
 */
public record Attributes(AnnotationMirror mirror) {
    /** The annotation of this class on the element. */
    public static Optional<Attributes> of(Element element, Class<? extends Annotation> annotation) {
        return element.getAnnotationMirrors().stream()
                .filter(mirror -> ((TypeElement) mirror.getAnnotationType().asElement())
                        .getQualifiedName()
                        .contentEquals(annotation.getCanonicalName()))
                .<Attributes>map(Attributes::new)
                .findFirst();
    }

    public Optional<AnnotationValue> value(String attribute) {
        return mirror.getElementValues().entrySet().stream()
                .filter(entry -> entry.getKey().getSimpleName().contentEquals(attribute))
                .<AnnotationValue>map(entry -> entry.getValue())
                .findFirst();
    }

    /** The written text; absent too where the compiler could not make sense of it, which it reports itself. */
    public Optional<String> text(String attribute) {
        return value(attribute)
                .map(AnnotationValue::getValue)
                .filter(String.class::isInstance)
                .map(String.class::cast)
                .filter(text -> !text.equals("<error>"));
    }

    /** The texts in an attribute that is an array of texts. */
    public List<String> texts(String attribute) {
        return list(attribute).stream()
                .map(AnnotationValue::getValue)
                .filter(String.class::isInstance)
                .map(String.class::cast)
                .filter(text -> !text.equals("<error>"))
                .toList();
    }

    /** The elements of an attribute that is an array; what the compiler could not make sense of is one element. */
    public List<AnnotationValue> list(String attribute) {
        return value(attribute).map(Attributes::elements).orElse(List.of());
    }

    private static List<AnnotationValue> elements(AnnotationValue value) {
        return value.getValue() instanceof List<?> values
                ? values.stream().map(AnnotationValue.class::cast).toList()
                : List.of(value);
    }

    /** The annotations in an attribute that is an array of annotations. */
    public List<Attributes> nested(String attribute) {
        return list(attribute).stream()
                .map(AnnotationValue::getValue)
                .filter(AnnotationMirror.class::isInstance)
                .map(value -> new Attributes((AnnotationMirror) value))
                .toList();
    }
}
