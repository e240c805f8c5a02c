package dev.clew.processor.graph;

import dev.clew.annotations.StateGraph;
import dev.clew.annotations.Subgraph;
import dev.clew.graph.topology.GraphRule;
import dev.clew.processor.read.Attributes;
import dev.clew.processor.read.Exceptions;
import dev.clew.processor.read.FlowDeclaration;
import dev.clew.processor.state.ComponentDeclaration;
import dev.clew.processor.state.Reduction;
import dev.clew.processor.state.StateDeclaration;
import dev.clew.processor.validate.Findings;
import dev.clew.processor.validate.Nearest;
import dev.clew.processor.validate.ReservedNames;
import dev.clew.processor.validate.Rule;
import dev.clew.processor.validate.ValueTypes;
import dev.clew.processor.validate.Visibility;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import javax.lang.model.element.Element;
import javax.lang.model.element.ExecutableElement;
import javax.lang.model.element.Modifier;
import javax.lang.model.element.TypeElement;
import javax.lang.model.type.DeclaredType;
import javax.lang.model.type.PrimitiveType;
import javax.lang.model.type.TypeMirror;
import javax.lang.model.util.Types;
import org.jspecify.annotations.Nullable;

/** Judges the graphs in a graph: where they stand, what they share, and whether they contain one another. */
final class SubgraphValidator {
    private final Types types;
    private final Exceptions exceptions;
    private final Visibility visibility;
    private final ValueTypes values;
    private final GraphDeclaration graph;
    private final StateDeclaration state;
    private final Findings findings;

    SubgraphValidator(
            Types types,
            Exceptions exceptions,
            Visibility visibility,
            ValueTypes values,
            GraphDeclaration graph,
            StateDeclaration state,
            Findings findings) {
        this.types = types;
        this.exceptions = exceptions;
        this.visibility = visibility;
        this.values = values;
        this.graph = graph;
        this.state = state;
        this.findings = findings;
    }

    void validate() {
        graph.subgraphs().forEach(this::subgraph);
    }

    private void subgraph(SubgraphDeclaration node) {
        InnerGraph inner = node.graph();
        if (inner == null) {
            TypeMirror type = node.element() instanceof ExecutableElement method
                    ? method.getReturnType()
                    : node.element().asType();
            findings.add(StateGraphRule.SUBGRAPH_TYPE.at(node.here(), type));
            return;
        }
        member(node);
        types(node, inner);
        if (inner.isWorkflow()) {
            workflow(node, new WorkflowFit(types, state, node, inner), inner);
            return;
        }
        if (!node.reads().isEmpty()) {
            findings.add(StateGraphRule.SUBGRAPH_INPUT.at(
                    node.at("reads"), node.name(), "a graph shares components, and reads is for workflows"));
        }
        List<String> way = way(inner.type(), new ArrayList<>());
        if (!way.isEmpty()) {
            findings.add(StateGraphRule.SUBGRAPH_CYCLE.at(
                    node.here(), graph.label(), graph.label() + " → " + String.join(" → ", way)));
        } else if (node.isNode() && inner.state() != null) {
            shared(node, inner, inner.state());
        }
    }

    // --- the field or method ---

    private void member(SubgraphDeclaration node) {
        Element element = node.element();
        if (element.getModifiers().contains(Modifier.PRIVATE)) {
            findings.add(StateGraphRule.SUBGRAPH_PRIVATE.at(node.here(), node.name()));
        } else if (!visibility.isOpen(element)) {
            findings.add(Rule.METHOD_UNREACHABLE.at(
                    node.here(), "'" + node.name() + "'", FlowDeclaration.label(GraphMembers.owner(element))));
        }
        String problem = element.getModifiers().contains(Modifier.STATIC)
                ? "it is static"
                : element.getModifiers().contains(Modifier.ABSTRACT)
                        ? "it is abstract"
                        : element instanceof ExecutableElement method ? problem(method) : "";
        if (!problem.isEmpty()) {
            findings.add(StateGraphRule.SUBGRAPH_MEMBER.at(node.here(), node.name(), problem));
        }
        if (ReservedNames.FOR_TASKS.contains(node.name())) {
            findings.add(Rule.METHOD_NAME_RESERVED.at(node.here(), "graph '" + node.name() + "'"));
        }
    }

    private String problem(ExecutableElement method) {
        if (!method.getParameters().isEmpty()) {
            return "it has parameters";
        }
        if (!method.getTypeParameters().isEmpty()) {
            return "it is generic";
        }
        return exceptions
                .checked(method)
                .map(thrown -> "it throws '" + thrown + "', which is checked")
                .orElse("");
    }

    /** Generated code names the class, and for calls from code its input and output. */
    private void types(SubgraphDeclaration node, InnerGraph inner) {
        if (!visibility.reaches(inner.type())) {
            findings.add(Rule.TYPE_UNREACHABLE.at(node.here(), inner.type().asType()));
            return;
        }
        for (TypeMirror type : new TypeMirror[] {inner.input(), inner.output()}) {
            if (type instanceof DeclaredType declared) {
                values.checkReachable(declared, node.here());
            }
        }
    }

    // --- workflows that are called ---

    private void workflow(SubgraphDeclaration node, WorkflowFit fit, InnerGraph workflow) {
        fit.problem()
                .ifPresent(
                        problem -> findings.add(StateGraphRule.SUBGRAPH_INPUT.at(node.here(), node.name(), problem)));
        TypeMirror output = workflow.output();
        if (!node.writes().isEmpty()) {
            fit.written()
                    .ifPresentOrElse(
                            component -> written(node, fit, component, output),
                            () -> findings.add(Shape.finding(
                                    GraphRule.WRITES_UNKNOWN,
                                    node.at("writes"),
                                    node.name(),
                                    node.writes(),
                                    Nearest.hint(
                                            node.writes(),
                                            state.components().stream()
                                                    .map(ComponentDeclaration::name)
                                                    .toList()))));
        } else if (!fit.isTaken()) {
            findings.add(
                    StateGraphRule.SUBGRAPH_OUTPUT.at(node.here(), node.name(), String.valueOf(output), state.label()));
        }
    }

    private void written(
            SubgraphDeclaration node, WorkflowFit fit, ComponentDeclaration component, @Nullable TypeMirror output) {
        if (output == null) {
            findings.add(StateGraphRule.WRITES_NOTHING.at(node.at("writes"), label(node), component.name()));
        } else if (!fit.takes(component, output)) {
            findings.add(StateGraphRule.WRITES_TYPE.at(
                    node.here(), label(node), output, component.name(), fit.update(component)));
        }
    }

    private static String label(SubgraphDeclaration node) {
        return "workflow '" + node.name() + "'";
    }

    // --- graphs that contain one another ---

    /** The classes from a graph to the one that is judged, which is inside of it; empty if it is not. */
    private List<String> way(TypeElement from, List<TypeElement> before) {
        if (before.contains(from)) {
            return List.of();
        }
        String name = from.getSimpleName().toString();
        if (from.equals(graph.type())) {
            return List.of(name);
        }
        before.add(from);
        for (TypeElement type = from; type != null; type = superclass(type)) {
            for (Element member : type.getEnclosedElements()) {
                if (Attributes.of(member, Subgraph.class).isPresent()
                        && types.asElement(typeOf(member)) instanceof TypeElement inner
                        && Attributes.of(inner, StateGraph.class).isPresent()) {
                    List<String> found = way(inner, before);
                    if (!found.isEmpty()) {
                        List<String> way = new ArrayList<>(List.of(name));
                        way.addAll(found);
                        return way;
                    }
                }
            }
        }
        return List.of();
    }

    private static TypeMirror typeOf(Element member) {
        return member instanceof ExecutableElement method ? method.getReturnType() : member.asType();
    }

    private @Nullable TypeElement superclass(TypeElement type) {
        return types.asElement(type.getSuperclass()) instanceof TypeElement above ? above : null;
    }

    // --- what both states have ---

    private void shared(SubgraphDeclaration node, InnerGraph inner, StateDeclaration innerState) {
        boolean isShared = false;
        for (ComponentDeclaration component : state.components()) {
            ComponentDeclaration other = innerState.components().stream()
                    .filter(each -> each.name().equals(component.name()))
                    .filter(each -> types.isSameType(boxed(each.type()), boxed(component.type())))
                    .findFirst()
                    .orElse(null);
            if (other != null && !isSame(component.reduction(), other.reduction())) {
                findings.add(Shape.finding(
                        GraphRule.SUBGRAPH_OTHER_REDUCER,
                        node.here(),
                        component.name(),
                        Attributes.of(inner.type(), StateGraph.class)
                                .flatMap(options -> options.text("name"))
                                .filter(name -> !name.isEmpty())
                                .orElse(FlowDeclaration.label(inner.type()))));
            }
            isShared |= other != null;
        }
        if (!isShared) {
            findings.add(Shape.finding(GraphRule.SUBGRAPH_SHARES_NOTHING, node.here(), node.name()));
        }
    }

    private TypeMirror boxed(TypeMirror type) {
        return type instanceof PrimitiveType primitive
                ? types.boxedClass(primitive).asType()
                : type;
    }

    private boolean isSame(Optional<Reduction> one, Optional<Reduction> other) {
        Optional<Reduction.Fit> first = one.map(Reduction::reducer);
        Optional<Reduction.Fit> second = other.map(Reduction::reducer);
        if (first.isEmpty() || second.isEmpty()) {
            return first.isEmpty() && second.isEmpty();
        }
        return types.isSameType(first.get().type(), second.get().type())
                && types.isSameType(first.get().update(), second.get().update())
                && String.valueOf(first.get().make())
                        .equals(String.valueOf(second.get().make()));
    }
}
