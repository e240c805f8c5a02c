package dev.clew.processor.graph;

import dev.clew.graph.topology.GraphRule;
import dev.clew.processor.graph.NodeParameter.Role;
import dev.clew.processor.read.Exceptions;
import dev.clew.processor.read.FlowDeclaration;
import dev.clew.processor.read.Location;
import dev.clew.processor.state.ComponentDeclaration;
import dev.clew.processor.state.Reduction;
import dev.clew.processor.state.StateDeclaration;
import dev.clew.processor.validate.EffectSubject;
import dev.clew.processor.validate.EffectValidator;
import dev.clew.processor.validate.Finding;
import dev.clew.processor.validate.Findings;
import dev.clew.processor.validate.Nearest;
import dev.clew.processor.validate.OptionsValidator;
import dev.clew.processor.validate.Rule;
import dev.clew.processor.validate.ValueTypes;
import dev.clew.processor.validate.Visibility;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import javax.lang.model.element.ExecutableElement;
import javax.lang.model.element.Modifier;
import javax.lang.model.type.DeclaredType;
import javax.lang.model.type.PrimitiveType;
import javax.lang.model.type.TypeKind;
import javax.lang.model.type.TypeMirror;
import javax.lang.model.util.Elements;
import javax.lang.model.util.Types;

/** Judges the methods of a graph: nodes, handlers, input and output, each with its parameters and its answer. */
final class NodeValidator {
    static final Set<String> COLLECTIONS = Set.of("java.util.Collection", "java.util.List", "java.util.Set");

    private final Types types;
    private final Visibility visibility;
    private final Exceptions exceptions;
    private final OptionsValidator options;
    private final EffectValidator effects;
    private final GraphDeclaration graph;
    private final StateDeclaration state;
    private final Findings findings;
    private final ValueTypes values;

    NodeValidator(
            Elements elements,
            Types types,
            Visibility visibility,
            ValueTypes values,
            Exceptions exceptions,
            GraphDeclaration graph,
            StateDeclaration state,
            Findings findings) {
        this.types = types;
        this.visibility = visibility;
        this.values = values;
        this.exceptions = exceptions;
        this.graph = graph;
        this.state = state;
        this.findings = findings;
        this.options = new OptionsValidator(elements, types, visibility, findings);
        this.effects = new EffectValidator(elements, types, graph.type(), visibility, findings);
    }

    void node(NodeDeclaration node) {
        method(node.method(), node.label());
        options.validate(Policies.options(node));
        for (NodeParameter parameter : node.parameters()) {
            if (parameter.role() == Role.FAILURE) {
                findings.add(StateGraphRule.FAILURE_MISPLACED.at(node.at(parameter), node.label()));
            }
        }
        parameters(node);
        answer(node);
        effect(node);
        boolean isCached = !node.options().nested("cache").isEmpty();
        if (isCached && node.parameters().stream().anyMatch(each -> each.role() == Role.SUPERSTEP)) {
            findings.add(StateGraphRule.SUPERSTEP_CACHED.at(node.at("cache"), node.label()));
        }
    }

    private void effect(NodeDeclaration node) {
        Answer answer = node.answer();
        boolean isEffect = NodeEffectCode.isOnce(node) || NodeEffectCode.isUndone(node);
        if (isEffect && answer.kind() == Answer.Kind.ROUTED) {
            findings.add(StateGraphRule.EFFECT_ROUTED.at(node.here(), node.label()));
            return;
        }
        effects.validate(new EffectSubject(
                Policies.options(node),
                node.here(),
                node.isScope(),
                node.has(Role.TASK_CONTEXT),
                node.values().stream().map(NodeParameter::written).toList(),
                answer.kind() == Answer.Kind.NOTHING ? types.getNoType(TypeKind.VOID) : answer.written()));
    }

    void handler(NodeDeclaration handler) {
        method(handler.method(), handler.label());
        parameters(handler);
        answer(handler);
        String handled = handler.handles();
        Optional<NodeDeclaration> node = graph.nodes().stream()
                .filter(each -> each.name().equals(handled))
                .findFirst();
        if (node.isEmpty()) {
            findings.add(StateGraphRule.HANDLER_NODE.at(
                    handler.at("value"),
                    handler.label(),
                    handled,
                    Nearest.hint(
                            handled,
                            graph.nodes().stream().map(NodeDeclaration::name).toList())));
            return;
        }
        if (node.get().answer().route() != null && handler.answer().route() == null) {
            findings.add(new Finding(
                    GraphRule.HANDLER_WITHOUT_ROUTE.code(),
                    handler.here(),
                    GraphRule.HANDLER_WITHOUT_ROUTE.message(handled),
                    Finding.Severity.ERROR));
        }
        handler.sent()
                .filter(sent -> node.get()
                        .sent()
                        .filter(taken -> types.isSameType(types.erasure(taken.type()), types.erasure(sent.type())))
                        .isEmpty())
                .ifPresent(sent -> findings.add(
                        StateGraphRule.HANDLER_SENT.at(handler.at(sent), handler.label(), sent.type(), handled)));
    }

    // --- input and output ---

    void input() {
        List<NodeDeclaration> inputs = graph.inputs();
        for (NodeDeclaration input : inputs) {
            method(input.method(), input.label());
            String problem = !input.equals(inputs.get(0))
                    ? "there is another one"
                    : input.parameters().size() != 1
                            ? "it takes " + input.parameters().size() + " parameters"
                            : input.answer().kind() == Answer.Kind.UPDATE
                                            && !input.answer().isAwaited()
                                    ? thrown(input.method())
                                    : "it returns '" + input.method().getReturnType() + "'";
            if (!problem.isEmpty()) {
                findings.add(StateGraphRule.INPUT_METHOD.at(input.here(), input.label(), problem));
            } else {
                NodeParameter given = input.parameters().get(0);
                values.check(given.written(), input.at(given));
            }
        }
    }

    /** Pure functions have nothing to throw, and generated code would have to catch it. */
    private String thrown(ExecutableElement method) {
        return exceptions
                .checked(method)
                .map(thrown -> "it throws '" + thrown + "', which is checked")
                .orElse("");
    }

    void output() {
        List<NodeDeclaration> outputs = graph.outputs();
        for (NodeDeclaration output : outputs) {
            method(output.method(), output.label());
            String problem = !output.equals(outputs.get(0))
                    ? "there is another one"
                    : output.answer().isAwaited()
                            ? "it returns a stage"
                            : output.method().getReturnType().getKind() == TypeKind.VOID
                                    ? "it returns nothing"
                                    : output.parameters().stream()
                                            .filter(each -> each.role() != Role.COMPONENT && each.role() != Role.STATE)
                                            .findFirst()
                                            .map(each -> "it takes '" + each.name() + "', which is no component")
                                            .orElseGet(() -> thrown(output.method()));
            if (!problem.isEmpty()) {
                findings.add(StateGraphRule.OUTPUT_METHOD.at(output.here(), output.label(), problem));
            } else {
                parameters(output);
                values.check(output.answer().written(), output.here());
            }
        }
    }

    // --- what all have ---

    private Location place(ExecutableElement method) {
        return Location.of(graph.members().site(method));
    }

    private void method(ExecutableElement method, String label) {
        Set<Modifier> modifiers = method.getModifiers();
        String problem = modifiers.contains(Modifier.PRIVATE)
                ? "private"
                : modifiers.contains(Modifier.STATIC)
                        ? "static"
                        : modifiers.contains(Modifier.ABSTRACT)
                                ? "abstract"
                                : method.getTypeParameters().isEmpty() ? "" : "generic";
        if (!problem.isEmpty()) {
            findings.add(StateGraphRule.NODE_METHOD.at(place(method), label, problem));
        } else if (!visibility.isOpen(method)) {
            findings.add(Rule.METHOD_UNREACHABLE.at(
                    place(method), label, FlowDeclaration.label(GraphMembers.owner(method))));
        }
    }

    private void parameters(NodeDeclaration node) {
        boolean hasSent = false;
        for (NodeParameter parameter : node.parameters()) {
            Location place = node.at(parameter);
            if (parameter.isSent()) {
                if (component(parameter.name()).isPresent()) {
                    findings.add(StateGraphRule.PARAMETER_KINDS.at(place, parameter.name()));
                }
                if (hasSent) {
                    findings.add(StateGraphRule.SENT_TWICE.at(place, node.label()));
                }
                hasSent = true;
                values.check(parameter.type(), place);
            } else if (parameter.role() == Role.COMPONENT) {
                component(parameter, place);
            } else if (parameter.role() == Role.CONTEXT) {
                context(parameter, place);
            } else if (parameter.role() == Role.UNKNOWN && isUnnamed(node, parameter)) {
                findings.add(StateGraphRule.INHERITED_UNNAMED.at(
                        place, node.label(), FlowDeclaration.label(GraphMembers.owner(node.method()))));
            } else if (parameter.role() == Role.UNKNOWN) {
                findings.add(StateGraphRule.PARAMETER_UNKNOWN.at(
                        place,
                        parameter.name(),
                        node.label(),
                        state.label(),
                        Nearest.hint(
                                parameter.name(),
                                state.components().stream()
                                        .map(ComponentDeclaration::name)
                                        .toList())));
            }
        }
    }

    /** Class files have names of parameters only if the compiler was told to write them; else it is {@code arg0}. */
    private static boolean isUnnamed(NodeDeclaration node, NodeParameter parameter) {
        return !node.site().equals(node.method()) && parameter.name().matches("arg\\d+");
    }

    private void context(NodeParameter parameter, Location place) {
        if (GraphReader.isHandle(parameter.type())) {
            findings.add(Rule.INJECTED_TWICE.at(place, parameter.name(), "@Context and its type"));
        } else if (parameter.type() instanceof DeclaredType type
                && type.getTypeArguments().isEmpty()) {
            values.checkReachable(type, place);
        } else {
            findings.add(Rule.CONTEXT_TYPE.at(place, parameter.type()));
        }
    }

    private void component(NodeParameter parameter, Location place) {
        TypeMirror type = component(parameter.name()).orElseThrow().type();
        if (!isSame(type, parameter.type())) {
            findings.add(StateGraphRule.PARAMETER_TYPE.at(place, parameter.name(), parameter.type(), type));
        }
    }

    private Optional<ComponentDeclaration> component(String name) {
        return state.components().stream()
                .filter(each -> each.name().equals(name))
                .findFirst();
    }

    private boolean isSame(TypeMirror one, TypeMirror other) {
        return types.isSameType(boxed(one), boxed(other));
    }

    private TypeMirror boxed(TypeMirror type) {
        return type instanceof PrimitiveType primitive
                ? types.boxedClass(primitive).asType()
                : type;
    }

    private void answer(NodeDeclaration node) {
        Answer answer = node.answer();
        String writes = node.writes().orElse("");
        boolean isUpdate = answer.kind() == Answer.Kind.UPDATE || answer.kind() == Answer.Kind.ROUTED;
        if (answer.route() instanceof DeclaredType route) {
            values.checkReachable(route, node.here());
        }
        if (answer.kind() == Answer.Kind.OTHER_UPDATE) {
            findings.add(StateGraphRule.UPDATE_MISFIT.at(
                    node.here(),
                    node.label(),
                    answer.written(),
                    state.label(),
                    state.update().simpleName()));
        } else if (!writes.isEmpty() && isUpdate) {
            findings.add(StateGraphRule.WRITES_UPDATE.at(node.at("writes"), node.label()));
        } else if (!writes.isEmpty() && answer.kind() == Answer.Kind.NOTHING) {
            findings.add(StateGraphRule.WRITES_NOTHING.at(node.at("writes"), node.label(), writes));
        } else if (answer.kind() == Answer.Kind.WRITTEN) {
            component(writes)
                    .ifPresentOrElse(component -> written(node, component), () -> findings.add(unknown(node, writes)));
        }
    }

    private Finding unknown(NodeDeclaration node, String writes) {
        List<String> known =
                state.components().stream().map(ComponentDeclaration::name).toList();
        return Shape.finding(
                GraphRule.WRITES_UNKNOWN, node.at("writes"), node.name(), writes, Nearest.hint(writes, known));
    }

    private void written(NodeDeclaration node, ComponentDeclaration component) {
        TypeMirror taken = component
                .reduction()
                .map(Reduction::reducer)
                .map(fit -> fit.update())
                .orElse(component.type());
        TypeMirror given = node.answer().written();
        if (!types.isAssignable(boxed(given), boxed(taken)) && !isElement(component, given, taken)) {
            findings.add(StateGraphRule.WRITES_TYPE.at(node.here(), node.label(), given, component.name(), taken));
        }
    }

    /** Whether a value is one element of what a component with a reducer takes; any other component is set as a whole. */
    private boolean isElement(ComponentDeclaration component, TypeMirror given, TypeMirror taken) {
        return component.reduction().isPresent()
                && taken instanceof DeclaredType declared
                && COLLECTIONS.contains(declared.asElement().toString())
                && declared.getTypeArguments().size() == 1
                && types.isAssignable(boxed(given), AnswerReader.argument(taken));
    }
}
