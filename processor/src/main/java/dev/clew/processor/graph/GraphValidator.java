package dev.clew.processor.graph;

import com.palantir.javapoet.ClassName;
import dev.clew.annotations.Entrypoint;
import dev.clew.annotations.Subgraph;
import dev.clew.processor.read.Attributes;
import dev.clew.processor.read.GraphNames;
import dev.clew.processor.read.Known;
import dev.clew.processor.read.Location;
import dev.clew.processor.state.StateDeclaration;
import dev.clew.processor.state.StateRule;
import dev.clew.processor.validate.Findings;
import dev.clew.processor.validate.Rule;
import dev.clew.processor.validate.ValuesMode;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import javax.lang.model.element.Element;
import javax.lang.model.element.ElementKind;
import javax.lang.model.element.ExecutableElement;
import javax.lang.model.element.Modifier;
import javax.lang.model.element.NestingKind;
import javax.lang.model.element.TypeElement;
import javax.lang.model.util.ElementFilter;
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
        for (ClassName name : GraphDeclaration.names(graph.type())) {
            if (known.isTaken(name, graph.type())) {
                findings.add(Rule.NAME_TAKEN.at(here, name.canonicalName(), graph.label()));
            }
        }
        NodeValidator methods = new NodeValidator(elements, types, known, mode, graph, state, findings);
        graph.nodes().forEach(methods::node);
        graph.handlers().forEach(methods::handler);
        methods.input();
        methods.output();
        handlers(graph, findings);
        constants(graph, findings);
        subgraphs(graph, findings);
        entrypoints(graph, findings);
        if (!isNone) {
            new Shape(graph, state, types).findings().forEach(findings::add);
        }
        return findings;
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
        for (NodeDeclaration node : graph.nodes()) {
            String constant = NodeEnumCode.constant(node.name());
            String other = constants.putIfAbsent(constant, node.name());
            if (other != null && !other.equals(node.name())) {
                findings.add(StateGraphRule.NODE_CONSTANT.at(node.here(), other, node.name(), constant));
            }
        }
    }

    private void subgraphs(GraphDeclaration graph, Findings findings) {
        for (SubgraphDeclaration subgraph : graph.subgraphs()) {
            TypeElement inner = subgraph.graph();
            if (inner == null) {
                findings.add(StateGraphRule.SUBGRAPH_TYPE.at(
                        subgraph.here(), subgraph.element().asType()));
                continue;
            }
            if (subgraph.element().getModifiers().contains(Modifier.PRIVATE)) {
                findings.add(StateGraphRule.SUBGRAPH_PRIVATE.at(subgraph.here(), subgraph.name()));
            }
            List<String> way = way(inner, graph.type(), new ArrayList<>());
            if (!way.isEmpty()) {
                findings.add(StateGraphRule.SUBGRAPH_CYCLE.at(
                        subgraph.here(), graph.label(), graph.label() + " → " + String.join(" → ", way)));
            }
        }
    }

    /** The classes from one graph to another that is inside of it; empty if it is not. */
    private List<String> way(TypeElement from, TypeElement to, List<String> before) {
        String name = from.getSimpleName().toString();
        if (before.contains(name)) {
            return List.of();
        }
        List<String> way = new ArrayList<>(before);
        way.add(name);
        if (from.equals(to)) {
            return way;
        }
        for (Element member : from.getEnclosedElements()) {
            if (Attributes.of(member, Subgraph.class).isPresent()
                    && types.asElement(
                                    member instanceof ExecutableElement method
                                            ? method.getReturnType()
                                            : member.asType())
                            instanceof TypeElement inner) {
                List<String> found = way(inner, to, way);
                if (!found.isEmpty()) {
                    return found;
                }
            }
        }
        return List.of();
    }

    private static void entrypoints(GraphDeclaration graph, Findings findings) {
        for (ExecutableElement method : ElementFilter.methodsIn(graph.type().getEnclosedElements())) {
            if (Attributes.of(method, Entrypoint.class).isPresent()) {
                findings.add(StateGraphRule.GRAPH_ENTRYPOINT.at(
                        Location.of(method), "entrypoint '" + method.getSimpleName() + "'"));
            }
        }
    }
}
