package dev.clew.processor.graph;

import dev.clew.processor.read.Attributes;
import dev.clew.processor.read.Location;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Stream;
import javax.lang.model.element.AnnotationValue;

/** What edges lead to: a method with {@code @Node}, or a graph with {@code @Subgraph}. */
interface GraphNode {
    /** The name of the node. */
    String name();

    /** Its annotation. */
    Attributes options();

    /** Its place. */
    Location here();

    /** The place of an attribute of its annotation. */
    Location at(String attribute);

    /** The names of the nodes after each of which it runs. */
    default List<String> after() {
        return Stream.concat(options().text("after").stream(), options().texts("afterAny").stream())
                .filter(Predicate.not(String::isEmpty))
                .toList();
    }

    /** The names of the nodes that must all have run. */
    default List<String> afterAll() {
        return options().texts("afterAll");
    }

    /** Whether it waits until nothing else is left to run. */
    default boolean isDeferred() {
        return options().value("defer").map(AnnotationValue::getValue).equals(Optional.of(true));
    }

    /** The names that it had before. */
    default List<String> formerly() {
        return options().texts("formerly");
    }
}
