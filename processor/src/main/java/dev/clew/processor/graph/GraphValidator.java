package dev.clew.processor.graph;

import com.palantir.javapoet.ClassName;
import dev.clew.processor.read.Exceptions;
import dev.clew.processor.read.GraphNames;
import dev.clew.processor.read.Known;
import dev.clew.processor.read.Location;
import dev.clew.processor.state.StateDeclaration;
import dev.clew.processor.state.StateRule;
import dev.clew.processor.validate.Findings;
import dev.clew.processor.validate.OptionsValidator;
import dev.clew.processor.validate.Rule;
import dev.clew.processor.validate.StepValidator;
import dev.clew.processor.validate.ValueTypes;
import dev.clew.processor.validate.ValuesMode;
import dev.clew.processor.validate.Visibility;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import javax.lang.model.element.Element;
import javax.lang.model.element.ElementKind;
import javax.lang.model.element.Modifier;
import javax.lang.model.element.NestingKind;
import javax.lang.model.element.TypeElement;
import javax.lang.model.util.Elements;
import javax.lang.model.util.Types;

/** Judges a graph: the class, each method, then the shape of it all. */
public final class GraphValidator {
    private final Elements elements;
    private final Types types;
    private final Known known;
    private final ValuesMode mode;

    public GraphValidator(Elements elements, Types types, Known known, ValuesMode mode) {
        this.elements = elements;
        this.types = types;
        this.known = known;
        this.mode = mode;
    }

    public Findings validate(GraphDeclaration graph) {
        Findings findings = new Findings();
        Location here = Location.of(graph.type());
        if (elements.getTypeElement(GraphNames.GRAPH_SPEC.canonicalName()) == null) {
            findings.add(StateRule.GRAPH_MISSING.at(here, graph.label()));
            return findings;
        }
        kind(graph, here, findings);
        boolean isNone = findings.has(StateGraphRule.GRAPH_KIND.code());
        StateDeclaration state = graph.state();
        if (state == null) {
            findings.add(StateGraphRule.GRAPH_STATE.at(
                    new Location(graph.type(), graph.options().mirror(), null),
                    graph.options().value("value").map(Object::toString).orElse("")));
            return findings;
        }
        taken(graph, here, findings);
        name(graph, findings);
        Visibility visibility = new Visibility(elements, graph.type());
        ValueTypes values = new ValueTypes(elements, types, known, visibility, findings, mode);
        Exceptions exceptions = new Exceptions(elements, types);
        state(graph, state, visibility, findings);
        new OptionsValidator(elements, types, visibility, findings).validate(Policies.options(graph));
        new MemberValidator(graph.members(), findings).validate();
        NodeValidator methods =
                new NodeValidator(elements, types, visibility, values, exceptions, graph, state, findings);
        graph.nodes().forEach(methods::node);
        graph.handlers().forEach(methods::handler);
        methods.input();
        methods.output();
        handlers(graph, findings);
        constants(graph, findings);
        new SubgraphValidator(types, exceptions, visibility, values, graph, state, findings).validate();
        if (!isNone) {
            new Shape(graph, state, types).findings().forEach(findings::add);
        }
        return findings;
    }

    private void taken(GraphDeclaration graph, Location here, Findings findings) {
        for (ClassName name : GraphDeclaration.names(graph.type())) {
            if (known.isTaken(name, graph.type())) {
                findings.add(Rule.NAME_TAKEN.at(here, name.canonicalName(), graph.label()));
            }
        }
    }

    private static void kind(GraphDeclaration graph, Location here, Findings findings) {
        TypeElement type = graph.type();
        String problem = type.getKind() != ElementKind.CLASS && type.getKind() != ElementKind.RECORD
                ? "it is no class"
                : type.getModifiers().contains(Modifier.ABSTRACT)
                        ? "it is abstract"
                        : !type.getTypeParameters().isEmpty()
                                ? "it has type variables"
                                : isPrivate(type)
                                        ? "it is private, or in a private class"
                                        : type.getNestingKind() == NestingKind.MEMBER
                                                        && !type.getModifiers().contains(Modifier.STATIC)
                                                ? "it is an inner class"
                                                : "";
        if (!problem.isEmpty()) {
            findings.add(StateGraphRule.GRAPH_KIND.at(here, graph.label(), problem));
        }
    }

    private static boolean isPrivate(Element type) {
        return type.getModifiers().contains(Modifier.PRIVATE)
                || type.getEnclosingElement() instanceof TypeElement outer && isPrivate(outer);
    }

    private static void handlers(GraphDeclaration graph, Findings findings) {
        Set<String> handled = new HashSet<>();
        for (NodeDeclaration handler : graph.handlers()) {
            if (!handled.add(handler.handles())) {
                findings.add(StateGraphRule.HANDLER_TWICE.at(handler.here(), handler.handles()));
            }
        }
    }

    private static void constants(GraphDeclaration graph, Findings findings) {
        Map<String, String> constants = new HashMap<>();
        List<GraphNode> nodes = new ArrayList<>(graph.nodes());
        nodes.addAll(graph.innerNodes());
        for (GraphNode node : nodes) {
            String constant = NodeEnumCode.constant(node.name());
            String other = constants.putIfAbsent(constant, node.name());
            if (other != null && !other.equals(node.name())) {
                findings.add(StateGraphRule.NODE_CONSTANT.at(node.here(), other, node.name(), constant));
            }
        }
    }

    /** Generated code stands in the package of the graph. */
    private static void state(
            GraphDeclaration graph, StateDeclaration state, Visibility visibility, Findings findings) {
        boolean isPrivate = isPrivate(state.type());
        if (!isPrivate && !visibility.reaches(state.type())) {
            findings.add(Rule.TYPE_UNREACHABLE.at(
                    new Location(
                            graph.type(),
                            graph.options().mirror(),
                            graph.options().value("value").orElse(null)),
                    state.type().asType()));
        }
    }

    private static void name(GraphDeclaration graph, Findings findings) {
        String name = graph.recordedName();
        Location place = new Location(
                graph.type(),
                graph.options().mirror(),
                graph.options().value("name").orElse(null));
        String problem = StepValidator.nameProblem(name);
        if (!problem.isEmpty()) {
            findings.add(Rule.NAME_INVALID.at(place, "graph '" + graph.label() + "'", problem));
        }
        Set<String> former = new HashSet<>(Set.of(name));
        for (String each : graph.options().texts("formerly")) {
            String wrong = each.isBlank()
                    ? "is blank"
                    : each.equals(name) ? "is its name now" : former.add(each) ? "" : "is written twice";
            if (!wrong.isEmpty()) {
                findings.add(Rule.NAME_FORMER.at(
                        new Location(
                                graph.type(),
                                graph.options().mirror(),
                                graph.options().value("formerly").orElse(null)),
                        each,
                        "graph '" + graph.label() + "'",
                        wrong));
            }
        }
    }
}
