package dev.clew.processor.read;

import javax.lang.model.element.AnnotationMirror;
import javax.lang.model.element.AnnotationValue;
import javax.lang.model.element.Element;
import javax.lang.model.element.ElementKind;
import org.jspecify.annotations.Nullable;

/**
 * Where a finding is shown, as exactly as it is known.
 *
 * @param element the class, method or parameter
 * @param annotation an annotation of it, or null
 * @param value a value in that annotation, or null
 */
public record Location(
        Element element,
        @Nullable AnnotationMirror annotation,
        @Nullable AnnotationValue value) {
    public static Location of(Element element) {
        return new Location(element, null, null);
    }

    /** The method of a parameter; of anything else the place itself. */
    public Location ofMethod() {
        Element around = element.getEnclosingElement();
        return element.getKind() == ElementKind.PARAMETER && around != null ? of(around) : this;
    }
}
