package dev.clew.processor.graph;

import dev.clew.processor.graph.NodeParameter.Role;
import dev.clew.processor.read.Attributes;
import dev.clew.processor.read.Location;
import java.util.List;
import java.util.Optional;
import javax.lang.model.element.Element;
import javax.lang.model.element.ExecutableElement;

/**
 * A method with {@code @Node}, {@code @OnError} or {@code @Output} as the user wrote it.
 *
 * @param method the method
 * @param site where findings about it are reported: the method, or the graph where the method is not in these sources
 * @param options its annotation
 * @param answer what it returns
 * @param parameters all of them, in order
 * @param isOverloaded whether another method has its name
 */
record NodeDeclaration(
        ExecutableElement method,
        Element site,
        Attributes options,
        Answer answer,
        List<NodeParameter> parameters,
        boolean isOverloaded)
        implements GraphNode {
    @Override
    public String name() {
        return options.text("name")
                .filter(name -> !name.isEmpty())
                .orElse(method.getSimpleName().toString());
    }

    /** Of a handler, the name of its node. */
    String handles() {
        return options.text("value").orElse("");
    }

    /** What messages call it. */
    String label() {
        return "'" + method.getSimpleName() + "'";
    }

    /** The component that its result is written to. */
    Optional<String> writes() {
        return options.text("writes").filter(name -> !name.isEmpty());
    }

    /** Whether it makes durable calls: then its code between them must be deterministic. */
    boolean isScope() {
        return has(Role.RUN) || has(Role.TASKS);
    }

    /** Whether it has a parameter for this. */
    boolean has(Role role) {
        return parameters.stream().anyMatch(parameter -> parameter.role() == role);
    }

    /** The parameters that are values: what a cache key may be made of. */
    List<NodeParameter> values() {
        return parameters.stream().filter(NodeParameter::isValue).toList();
    }

    /** What is sent to it. */
    Optional<NodeParameter> sent() {
        return parameters.stream().filter(NodeParameter::isSent).findFirst();
    }

    @Override
    public Location here() {
        return Location.of(site);
    }

    Location at(NodeParameter parameter) {
        return site.equals(method) ? Location.of(parameter.element()) : here();
    }

    @Override
    public Location at(String attribute) {
        return site.equals(method)
                ? new Location(
                        method, options.mirror(), options.value(attribute).orElse(null))
                : here();
    }
}
