package dev.clew.processor.graph;

import dev.clew.annotations.Entrypoint;
import dev.clew.annotations.Input;
import dev.clew.annotations.Node;
import dev.clew.annotations.OnError;
import dev.clew.annotations.Output;
import dev.clew.annotations.Subgraph;
import dev.clew.annotations.Task;
import dev.clew.processor.read.Attributes;
import dev.clew.processor.read.Known;
import java.lang.annotation.Annotation;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import javax.lang.model.element.Element;
import javax.lang.model.element.ExecutableElement;
import javax.lang.model.element.Modifier;
import javax.lang.model.element.TypeElement;
import javax.lang.model.type.DeclaredType;
import javax.lang.model.type.TypeKind;
import javax.lang.model.util.ElementFilter;
import javax.lang.model.util.Elements;
import org.jspecify.annotations.Nullable;

/** The members of a graph that have a role in it: its own, then those of its superclasses that nothing overrides. */
public final class GraphMembers {
    /** What makes a member part of a graph. */
    private static final List<Class<? extends Annotation>> OF_GRAPHS =
            List.of(Node.class, OnError.class, Subgraph.class, Input.class, Output.class);

    private static final List<Class<? extends Annotation>> OF_FLOWS = List.of(Task.class, Entrypoint.class);

    private final Known known;
    private final TypeElement graph;
    private final List<Element> all = new ArrayList<>();
    private final List<Overridden> overridden = new ArrayList<>();

    /**
     * A member of a superclass that a method without annotation overrides.
     *
     * @param method the method with the annotation
     * @param role the annotation
     * @param by the method without one
     */
    record Overridden(ExecutableElement method, String role, ExecutableElement by) {}

    GraphMembers(Elements elements, Known known, TypeElement graph) {
        this.known = known;
        this.graph = graph;
        List<ExecutableElement> seen = new ArrayList<>();
        for (TypeElement type = graph; type != null; type = superclass(type)) {
            for (Element member : type.getEnclosedElements()) {
                if (member instanceof ExecutableElement method) {
                    List<ExecutableElement> lower = seen.stream()
                            .filter(each -> elements.overrides(each, method, graph))
                            .toList();
                    add(method, lower);
                    seen.add(method);
                } else {
                    all.add(member);
                }
            }
        }
    }

    private void add(ExecutableElement method, List<ExecutableElement> lower) {
        if (lower.isEmpty()) {
            all.add(method);
        } else if (!method.getModifiers().contains(Modifier.ABSTRACT)
                && lower.stream().allMatch(each -> roles(each).isEmpty())) {
            ofGraphs(method).findFirst().ifPresent(role -> overridden.add(new Overridden(method, role, lower.get(0))));
        }
    }

    private static @Nullable TypeElement superclass(TypeElement type) {
        return type.getSuperclass() instanceof DeclaredType above && above.getKind() == TypeKind.DECLARED
                ? (TypeElement) above.asElement()
                : null;
    }

    private static Stream<String> ofGraphs(Element member) {
        return OF_GRAPHS.stream()
                .filter(annotation -> Attributes.of(member, annotation).isPresent())
                .map(Class::getSimpleName);
    }

    /** Whether a class has members that only a graph can have. */
    public static boolean areIn(TypeElement type) {
        return type.getEnclosedElements().stream()
                .anyMatch(member -> ofGraphs(member).findFirst().isPresent());
    }

    /** The annotations that give a member a role, by their simple names. */
    static List<String> roles(Element member) {
        Stream<String> ofFlows = OF_FLOWS.stream()
                .filter(annotation -> Attributes.of(member, annotation).isPresent())
                .map(Class::getSimpleName);
        return Stream.concat(ofGraphs(member), ofFlows).toList();
    }

    /** The members with this annotation. */
    List<Element> with(Class<? extends Annotation> annotation) {
        return all.stream()
                .filter(member -> Attributes.of(member, annotation).isPresent())
                .toList();
    }

    /** The methods with this annotation. */
    List<ExecutableElement> methods(Class<? extends Annotation> annotation) {
        return ElementFilter.methodsIn(with(annotation));
    }

    /** Those with any role. */
    List<Element> withRoles() {
        return all.stream().filter(member -> !roles(member).isEmpty()).toList();
    }

    List<Overridden> overridden() {
        return List.copyOf(overridden);
    }

    /** Whether the class has several methods of this name. */
    boolean isOverloaded(ExecutableElement method) {
        return ElementFilter.methodsIn(all).stream()
                        .filter(each -> each.getSimpleName().equals(method.getSimpleName()))
                        .count()
                > 1;
    }

    /** Whether it is declared in the graph itself. */
    boolean isOwn(Element member) {
        return owner(member).equals(graph);
    }

    /** Where findings about a member are shown: at the graph, if the member is not in these sources. */
    Element site(Element member) {
        return known.isSource(owner(member)) ? member : graph;
    }

    static TypeElement owner(Element member) {
        return (TypeElement) Objects.requireNonNull(member.getEnclosingElement());
    }
}
