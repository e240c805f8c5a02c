package dev.clew.processor.read;

import com.palantir.javapoet.ClassName;
import dev.clew.annotations.Entrypoint;
import dev.clew.annotations.StateGraph;
import dev.clew.annotations.Tool;
import java.util.List;
import java.util.Set;
import javax.lang.model.element.Modifier;
import javax.lang.model.element.TypeElement;
import javax.lang.model.element.VariableElement;

/**
 * A class with annotated methods as the user wrote it.
 *
 * @param type the class
 * @param steps its steps, then those it inherits, each in source order
 * @param overridden the steps of superclasses that a method without annotation overrides
 * @param questions its constants that are questions, in source order
 * @param unresolved the types in its signatures that the compiler does not know (yet) and that are not ours
 */
public record FlowDeclaration(
        TypeElement type,
        List<StepDeclaration> steps,
        List<OverriddenStep> overridden,
        List<VariableElement> questions,
        Set<String> unresolved) {
    public GeneratedNames names() {
        return GeneratedNames.of(type);
    }

    /** Its name without the package: {@code Outer.Inner}. */
    public String label() {
        return label(type);
    }

    public static String label(TypeElement type) {
        return String.join(".", ClassName.get(type).simpleNames());
    }

    /** Whether it only lends its tasks to subclasses. */
    public boolean isAbstract() {
        return type.getKind().isClass() && type.getModifiers().contains(Modifier.ABSTRACT);
    }

    /** Whether its tasks are called by the nodes of a graph. */
    public boolean isGraph() {
        return Attributes.of(type, StateGraph.class).isPresent();
    }

    /** Whether it has tools, which may call its tasks. */
    public boolean hasTools() {
        return type.getEnclosedElements().stream()
                .anyMatch(member -> Attributes.of(member, Tool.class).isPresent());
    }

    /** Whether a {@code …Graph} is generated for its class. */
    public boolean hasGraph() {
        return isGraph()
                || type.getEnclosedElements().stream()
                        .anyMatch(member ->
                                Attributes.of(member, Entrypoint.class).isPresent());
    }

    public boolean hasEntrypoint() {
        return steps.stream().anyMatch(StepDeclaration::isEntrypoint);
    }
}
