package dev.clew.processor.graph;

import dev.clew.processor.read.Attributes;
import dev.clew.processor.read.Location;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Stream;
import javax.lang.model.element.AnnotationValue;
import javax.lang.model.element.Element;
import javax.lang.model.element.ExecutableElement;
import javax.lang.model.element.TypeElement;
import org.jspecify.annotations.Nullable;

/**
 * A field or method with {@code @Subgraph} as the user wrote it.
 *
 * @param element the field or method
 * @param options its annotation
 * @param graph the class of the graph; null if its type is none with {@code @StateGraph}
 */
record SubgraphDeclaration(
        Element element, Attributes options, @Nullable TypeElement graph) {
    /** The name of the node. */
    String name() {
        return element.getSimpleName().toString();
    }

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

    boolean isMethod() {
        return element instanceof ExecutableElement;
    }

    Location here() {
        return Location.of(element);
    }
}
