package dev.clew.processor.validate;

import dev.clew.processor.read.Location;
import dev.clew.processor.read.Options;
import dev.clew.processor.read.ParameterDeclaration;
import dev.clew.processor.read.Role;
import dev.clew.processor.read.StepDeclaration;
import java.util.List;
import javax.lang.model.type.TypeMirror;

/**
 * A method whose effect may be {@code ONCE}.
 *
 * @param place its annotation, and where it stands
 * @param here where findings about the method are reported
 * @param isScope whether its code runs again in each replay
 * @param hasContext whether it takes {@code TaskContext}
 * @param values the types of the parameters that are values
 * @param result what people and {@code reconcile} say that it gave
 */
public record EffectSubject(
        Options place, Location here, boolean isScope, boolean hasContext, List<TypeMirror> values, TypeMirror result) {
    /**
     * A task or tool.
     *
     * @param result what it gives
     */
    static EffectSubject of(StepDeclaration step, TypeMirror result) {
        return new EffectSubject(
                step.place(),
                step.here(),
                step.isScope(),
                step.parameters().stream().anyMatch(parameter -> parameter.role() == Role.TASK_CONTEXT),
                step.business().stream().map(ParameterDeclaration::type).toList(),
                result);
    }

    String label() {
        return place.label();
    }

    Location at(String attribute) {
        return place.at(place.written(), attribute);
    }
}
