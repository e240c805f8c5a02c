package dev.clew.processor.graph;

import dev.clew.processor.read.Attributes;
import dev.clew.processor.read.Location;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Stream;
import javax.lang.model.element.AnnotationValue;
import javax.lang.model.element.ExecutableElement;

/**
 * A method with {@code @Node}, {@code @OnError} or {@code @Output} as the user wrote it.
 *
 * @param method the method
 * @param options its annotation
 * @param answer what it returns
 * @param parameters all of them, in order
 */
record NodeDeclaration(ExecutableElement method, Attributes options, Answer answer, List<NodeParameter> parameters) {
    /** The name of the node. */
    String name() {
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

    /** The names of the nodes after each of which it runs. */
    List<String> after() {
        return Stream.concat(options.text("after").stream(), options.texts("afterAny").stream())
                .filter(Predicate.not(String::isEmpty))
                .toList();
    }

    List<String> afterAll() {
        return options.texts("afterAll");
    }

    boolean isDeferred() {
        return options.value("defer").map(AnnotationValue::getValue).equals(Optional.of(true));
    }

    /** Whether it makes durable calls: then its code between them must be deterministic. */
    boolean isScope() {
        return parameters.stream()
                .anyMatch(parameter ->
                        parameter.role() == NodeParameter.Role.RUN || parameter.role() == NodeParameter.Role.TASKS);
    }

    /** What is sent to it. */
    Optional<NodeParameter> sent() {
        return parameters.stream().filter(NodeParameter::isSent).findFirst();
    }

    Location here() {
        return Location.of(method);
    }

    Location at(NodeParameter parameter) {
        return Location.of(parameter.element());
    }

    /** The place of an attribute of its annotation. */
    Location at(String attribute) {
        return new Location(method, options.mirror(), options.value(attribute).orElse(null));
    }
}
