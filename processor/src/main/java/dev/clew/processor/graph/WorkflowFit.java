package dev.clew.processor.graph;

import dev.clew.processor.state.ComponentDeclaration;
import dev.clew.processor.state.Reduction;
import dev.clew.processor.state.StateDeclaration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import javax.lang.model.element.ElementKind;
import javax.lang.model.element.RecordComponentElement;
import javax.lang.model.element.TypeElement;
import javax.lang.model.type.DeclaredType;
import javax.lang.model.type.PrimitiveType;
import javax.lang.model.type.TypeMirror;
import javax.lang.model.util.Types;
import org.jspecify.annotations.Nullable;

/**
 * How a workflow that is a node fits to the state: what of the state is its input, and where its output goes. A record is taken apart, by
 * the names and types of its components; any other value is one component, which the annotation names.
 */
final class WorkflowFit {
    private final Types types;
    private final StateDeclaration state;
    private final SubgraphDeclaration node;
    private final InnerGraph workflow;

    WorkflowFit(Types types, StateDeclaration state, SubgraphDeclaration node, InnerGraph workflow) {
        this.types = types;
        this.state = state;
        this.node = node;
        this.workflow = workflow;
    }

    // --- the input ---

    /** Why the input cannot be made of the state; empty if it can. */
    Optional<String> problem() {
        TypeMirror input = workflow.input();
        if (!node.reads().isEmpty()) {
            Optional<ComponentDeclaration> read = component(node.reads());
            if (input == null) {
                return Optional.of("it takes none, and reads names '" + node.reads() + "'");
            } else if (read.isEmpty()) {
                return Optional.of("reads names '" + node.reads() + "', which is no component");
            }
            return read.filter(each -> !isSame(each.type(), input))
                    .map(each -> "it is '" + input + "', and '" + each.name() + "' is '" + each.type() + "'");
        }
        if (input == null) {
            return Optional.empty();
        }
        TypeElement record = recordOf(input);
        if (record == null) {
            return Optional.of("it is '" + input + "', which is no record, and reads names no component");
        }
        return record.getRecordComponents().stream()
                .filter(each -> shared(each).isEmpty())
                .findFirst()
                .map(each ->
                        "the state has no component '" + each.getSimpleName() + "' of type '" + each.asType() + "'");
    }

    /** Whether the input is a record that is made of components; else it is one component, or there is none. */
    boolean isMade() {
        return node.reads().isEmpty() && workflow.input() != null;
    }

    /** The components that are its input, in the order in which they are. */
    List<ComponentDeclaration> arguments() {
        if (!node.reads().isEmpty()) {
            return component(node.reads()).stream().toList();
        }
        TypeElement record = recordOf(workflow.input());
        return record == null
                ? List.of()
                : record.getRecordComponents().stream()
                        .flatMap(each -> shared(each).stream())
                        .toList();
    }

    // --- the output ---

    /** The components that get a component of the output. What a reducer folds is none: the whole value would be added once more. */
    List<ComponentDeclaration> results() {
        TypeElement record = recordOf(workflow.output());
        if (!node.writes().isEmpty() || node.routes() != null || record == null) {
            return List.of();
        }
        List<ComponentDeclaration> found = new ArrayList<>();
        for (RecordComponentElement each : record.getRecordComponents()) {
            shared(each).filter(component -> component.reduction().isEmpty()).ifPresent(found::add);
        }
        return found;
    }

    /** Whether the output goes somewhere, or there is none. */
    boolean isTaken() {
        return workflow.output() == null
                || !node.writes().isEmpty()
                || node.routes() != null
                || !results().isEmpty();
    }

    /** What the component takes that gets the output; empty if there is no such component, or none is named. */
    Optional<ComponentDeclaration> written() {
        return node.writes().isEmpty() ? Optional.empty() : component(node.writes());
    }

    /** What is written to a component. */
    TypeMirror update(ComponentDeclaration component) {
        return component
                .reduction()
                .map(Reduction::reducer)
                .map(Reduction.Fit::update)
                .orElse(component.type());
    }

    /** Whether a component takes the output: as a whole, or as one element of what a reducer folds. */
    boolean takes(ComponentDeclaration component, TypeMirror output) {
        TypeMirror taken = update(component);
        boolean isElement = component.reduction().isPresent()
                && taken instanceof DeclaredType declared
                && NodeValidator.COLLECTIONS.contains(declared.asElement().toString())
                && declared.getTypeArguments().size() == 1
                && types.isAssignable(boxed(output), AnswerReader.argument(taken));
        return isElement || types.isAssignable(boxed(output), boxed(taken));
    }

    // --- what both have ---

    private Optional<ComponentDeclaration> component(String name) {
        return state.components().stream()
                .filter(each -> each.name().equals(name))
                .findFirst();
    }

    private Optional<ComponentDeclaration> shared(RecordComponentElement inner) {
        return component(inner.getSimpleName().toString()).filter(each -> isSame(each.type(), inner.asType()));
    }

    private boolean isSame(TypeMirror one, TypeMirror other) {
        return types.isSameType(boxed(one), boxed(other));
    }

    private TypeMirror boxed(TypeMirror type) {
        return type instanceof PrimitiveType primitive
                ? types.boxedClass(primitive).asType()
                : type;
    }

    private static @Nullable TypeElement recordOf(@Nullable TypeMirror type) {
        return type instanceof DeclaredType declared
                        && declared.asElement() instanceof TypeElement element
                        && element.getKind() == ElementKind.RECORD
                        && element.getTypeParameters().isEmpty()
                ? element
                : null;
    }
}
