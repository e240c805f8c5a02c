package dev.clew.processor;

import com.palantir.javapoet.TypeName;

/**
 * A parameter of a step as generated code passes it.
 *
 * @param name as the user wrote it
 * @param role what it is for
 * @param type its type; of a {@code @Previous Optional<P>} the {@code P}
 * @param isVarargs whether it takes any number of arguments
 */
record ParameterModel(String name, Role role, TypeName type, boolean isVarargs) {
    boolean isBusiness() {
        return role == Role.BUSINESS;
    }
}
