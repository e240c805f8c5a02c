package dev.clew.processor.graph;

import dev.clew.processor.read.Attributes;
import dev.clew.processor.read.Location;
import java.util.Optional;
import javax.lang.model.element.Element;
import javax.lang.model.element.ElementKind;
import javax.lang.model.element.ExecutableElement;
import javax.lang.model.element.TypeElement;
import javax.lang.model.type.DeclaredType;
import javax.lang.model.type.TypeMirror;
import org.jspecify.annotations.Nullable;

/**
 * A field or method with {@code @Subgraph} as the user wrote it.
 *
 * @param element the field or method
 * @param site where findings about it are reported
 * @param options its annotation
 * @param graph what is known of the graph; null if its type is none with {@code @StateGraph}
 * @param routes how it routes by its output; null if that is no route
 * @param isNode whether it is a node; else it has no edges, and only code calls it
 */
record SubgraphDeclaration(
        Element element,
        Element site,
        Attributes options,
        @Nullable InnerGraph graph,
        RouteTypes.@Nullable Route routes,
        boolean isNode)
        implements GraphNode {
    @Override
    public String name() {
        return element.getSimpleName().toString();
    }

    /** Whether it says when it runs. */
    boolean hasEdges() {
        return !after().isEmpty() || !afterAll().isEmpty();
    }

    /** Whether it is an {@code Agent}. */
    boolean isAgent() {
        return graph != null && graph.isAgent();
    }

    /** Whether it is a workflow that is called. */
    boolean isWorkflow() {
        return graph != null && graph.isWorkflow();
    }

    /** The component that is the input of a workflow; empty for none. */
    String reads() {
        return options.text("reads").orElse("");
    }

    /** The component that gets its output; empty for none. */
    String writes() {
        return options.text("writes").orElse("");
    }

    boolean isMethod() {
        return element instanceof ExecutableElement;
    }

    /** The record of which one value can be sent to it: what its input is, if that is one. */
    Optional<TypeElement> taken() {
        return graph == null || isWorkflow() ? Optional.empty() : recordOf(graph.input());
    }

    private static Optional<TypeElement> recordOf(@Nullable TypeMirror type) {
        return type instanceof DeclaredType declared
                        && declared.asElement() instanceof TypeElement element
                        && element.getKind() == ElementKind.RECORD
                        && element.getTypeParameters().isEmpty()
                ? Optional.of(element)
                : Optional.empty();
    }

    @Override
    public Location here() {
        return Location.of(site);
    }

    @Override
    public Location at(String attribute) {
        return site.equals(element)
                ? new Location(
                        element, options.mirror(), options.value(attribute).orElse(null))
                : here();
    }

    /** The same, whether it is a node or not. */
    SubgraphDeclaration asNode(boolean is) {
        return new SubgraphDeclaration(element, site, options, graph, routes, is);
    }
}
