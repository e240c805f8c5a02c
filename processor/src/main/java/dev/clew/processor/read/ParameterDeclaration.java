package dev.clew.processor.read;

import javax.lang.model.element.VariableElement;
import javax.lang.model.type.TypeMirror;

/**
 * A parameter as the user wrote it.
 *
 * @param element where it stands
 * @param role what it is for
 * @param type its type as a member of the flow; of a {@code @Previous Optional<P>} the {@code P}
 */
public record ParameterDeclaration(VariableElement element, Role role, TypeMirror type) {
    public String name() {
        return element.getSimpleName().toString();
    }

    boolean isBusiness() {
        return role == Role.BUSINESS;
    }
}
