package dev.clew.processor.graph;

import javax.lang.model.element.VariableElement;
import javax.lang.model.type.TypeMirror;

/**
 * A parameter of a node as the user wrote it.
 *
 * @param element where it stands
 * @param role what it is for
 * @param type its type; of a sent {@code Optional<Q>} the {@code Q}
 * @param written its type where the graph has it
 * @param isNullable whether it says that it may be null
 */
record NodeParameter(VariableElement element, Role role, TypeMirror type, TypeMirror written, boolean isNullable) {
    /** What a parameter is for. */
    enum Role {
        CONTEXT,
        RUN,
        TASK_CONTEXT,
        TASKS,
        SUPERSTEP,
        FAILURE,
        STATE,
        /** What is sent to the node. */
        SENT,
        /** What is sent to the node, or nothing. */
        SENT_OPTIONAL,
        /** A component of the state, by its name. */
        COMPONENT,
        /** None of these. */
        UNKNOWN
    }

    String name() {
        return element.getSimpleName().toString();
    }

    boolean isSent() {
        return role == Role.SENT || role == Role.SENT_OPTIONAL;
    }

    /** Whether it is a value, and no handle. */
    boolean isValue() {
        return isSent() || role == Role.STATE || role == Role.COMPONENT;
    }

    /** Whether the node also runs where nothing is sent to it. */
    boolean mayBeMissing() {
        return role == Role.SENT_OPTIONAL || isNullable;
    }
}
