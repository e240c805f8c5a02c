package dev.clew.processor.graph;

import com.palantir.javapoet.ClassName;
import com.palantir.javapoet.TypeName;
import dev.clew.processor.state.StateDeclaration;
import dev.clew.processor.validate.TypeNames;
import javax.lang.model.element.TypeElement;
import javax.lang.model.type.TypeMirror;
import org.jspecify.annotations.Nullable;

/**
 * A graph that is a node of another one, as far as that one must know it.
 *
 * @param type its class
 * @param state its state; null if that is none
 * @param input what its {@code @Input} takes, or the workflow; null if it has none
 * @param output what its {@code @Output} gives, or the workflow; null if it has none
 */
record InnerGraph(
        TypeElement type,
        @Nullable StateDeclaration state,
        @Nullable TypeMirror input,
        @Nullable TypeMirror output,
        Kind kind) {
    /** What it is. */
    enum Kind {
        /** A class with {@code @StateGraph}. */
        GRAPH,
        /** An {@code Agent}, whose state and graph only run time knows. */
        AGENT,
        /** A workflow that is called, such as one of a server. */
        WORKFLOW
    }

    boolean isAgent() {
        return kind == Kind.AGENT;
    }

    boolean isWorkflow() {
        return kind == Kind.WORKFLOW;
    }

    /** The generated graph. */
    ClassName graph() {
        return GraphDeclaration.names(type).get(0);
    }

    /** The type of its input, as generated code names it. */
    TypeName inputName(TypeNames names) {
        if (input != null) {
            return names.of(input).box();
        }
        return state == null ? ClassName.OBJECT : state.update();
    }

    /** The type of its output, as generated code names it. */
    TypeName outputName(TypeNames names) {
        if (output != null) {
            return names.of(output).box();
        }
        return state == null ? ClassName.OBJECT : names.of(state.type().asType());
    }
}
