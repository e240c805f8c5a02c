package dev.clew.processor.read;

import java.util.List;
import java.util.Optional;
import javax.lang.model.element.AnnotationValue;
import javax.lang.model.element.ExecutableElement;
import javax.lang.model.element.TypeElement;
import javax.lang.model.element.VariableElement;
import javax.lang.model.util.ElementFilter;
import javax.lang.model.util.Elements;

/**
 * What an annotation says of the effect of a step.
 *
 * @param written the annotation
 */
public record EffectOptions(Attributes written) {
    public static final String RECONCILE = "reconcile";
    public static final String NOT_DONE = "notDone";
    public static final String SETTLE = "settle";
    public static final String UNDO = "undo";

    /** The options that only a step has whose effect must not happen twice. */
    public static final List<String> OF_ONCE = List.of(RECONCILE, NOT_DONE, SETTLE);

    public boolean isOnce() {
        return written.value("effect")
                .map(AnnotationValue::getValue)
                .filter(VariableElement.class::isInstance)
                .map(VariableElement.class::cast)
                .filter(constant -> constant.getSimpleName().contentEquals("ONCE"))
                .isPresent();
    }

    /** The name of the method that says what became of the effect. */
    public Optional<String> reconcile() {
        return written.text(RECONCILE).filter(name -> !name.isEmpty());
    }

    /** The name of the method that undoes the effect. */
    public Optional<String> undo() {
        return written.text(UNDO).filter(name -> !name.isEmpty());
    }

    public List<AnnotationValue> notDone() {
        return written.list(NOT_DONE);
    }

    public Optional<String> settle() {
        return written.text(SETTLE).filter(text -> !text.isEmpty());
    }

    /** The methods of this name that a class has, inherited ones too. */
    public static List<ExecutableElement> methods(Elements elements, TypeElement flow, String name) {
        return ElementFilter.methodsIn(elements.getAllMembers(flow)).stream()
                .filter(method -> method.getSimpleName().contentEquals(name))
                .toList();
    }
}
