package dev.clew.processor.lint;

import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import javax.lang.model.element.Element;
import javax.lang.model.element.ExecutableElement;
import javax.lang.model.element.TypeElement;
import javax.lang.model.type.DeclaredType;

/**
 * A method whose body is run again.
 *
 * @param method an entrypoint; or a task, node or handler that takes {@code Run} or the handle
 */
record Scope(ExecutableElement method) {
    /** What a method is called, by its annotation. */
    private static final Map<String, String> KINDS = Map.of(
            "dev.clew.annotations.Entrypoint", "entrypoint",
            "dev.clew.annotations.Task", "task",
            "dev.clew.annotations.Node", "node",
            "dev.clew.annotations.OnError", "handler",
            "dev.clew.annotations.Tool", "tool");

    /** Whether a method is a scope if it takes {@code Run} or the handle. */
    static boolean mayBe(ExecutableElement method) {
        return KINDS.keySet().stream().anyMatch(annotation -> Names.isAnnotated(method, annotation));
    }

    String label() {
        String kind = KINDS.entrySet().stream()
                .filter(each -> Names.isAnnotated(method, each.getKey()))
                .map(Map.Entry::getValue)
                .findFirst()
                .orElse("method");
        return kind + " '" + method.getSimpleName() + "'";
    }

    /** The qualified name of its class. */
    String owner() {
        return Names.owner(method).map(Names::name).orElse("");
    }

    /** What messages say of a place in it, or in a method that it calls. */
    String place(Element inner) {
        return inner.equals(method) ? label() : "'" + inner.getSimpleName() + "', called by " + label() + ",";
    }

    /** The types whose instance fields are part of the flow object: its class, those above and those around. */
    Set<TypeElement> flow() {
        Set<TypeElement> types = new HashSet<>();
        for (Element around = method.getEnclosingElement(); around instanceof TypeElement type; ) {
            for (TypeElement above = type; above != null; ) {
                types.add(above);
                above = above.getSuperclass() instanceof DeclaredType next
                                && next.asElement() instanceof TypeElement found
                        ? found
                        : null;
            }
            around = type.getEnclosingElement();
        }
        return types;
    }
}
