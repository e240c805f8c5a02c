package dev.clew.processor.model;

import com.palantir.javapoet.TypeName;
import dev.clew.processor.read.Role;

/**
 * A parameter of a step as generated code passes it.
 *
 * @param name as the user wrote it
 * @param role what it is for
 * @param type its type; of a {@code @Previous Optional<P>} the {@code P}
 * @param isVarargs whether it takes any number of arguments
 */
public record ParameterModel(String name, Role role, TypeName type, boolean isVarargs) {
    public boolean isBusiness() {
        return role == Role.BUSINESS;
    }
}
