package dev.clew.processor.read;

import java.util.List;
import java.util.Objects;
import java.util.Optional;
import javax.lang.model.element.Element;
import javax.lang.model.element.ExecutableElement;
import javax.lang.model.element.TypeElement;

/**
 * An annotated method as the user wrote it.
 *
 * @param kind task or entrypoint
 * @param method the method
 * @param site where findings about it are reported: the method, or the flow where the method is not in these sources
 * @param options its annotation
 * @param recordedName the name under which it is recorded
 * @param result what it returns
 * @param parameters all of them, in order
 */
public record StepDeclaration(
        StepKind kind,
        ExecutableElement method,
        Element site,
        Attributes options,
        String recordedName,
        ResultDeclaration result,
        List<ParameterDeclaration> parameters) {
    /** The class that declares a method. */
    public static TypeElement owner(ExecutableElement method) {
        return (TypeElement) Objects.requireNonNull(method.getEnclosingElement());
    }

    public String name() {
        return method.getSimpleName().toString();
    }

    /** What messages call it. */
    public String label() {
        return kind.word() + " '" + name() + "'";
    }

    public boolean isEntrypoint() {
        return kind == StepKind.ENTRYPOINT;
    }

    /** Whether it makes durable calls: then its code between them must be deterministic. */
    public boolean isScope() {
        return isEntrypoint()
                || parameters.stream()
                        .anyMatch(parameter -> parameter.role() == Role.TASKS || parameter.role() == Role.RUN);
    }

    public List<ParameterDeclaration> business() {
        return parameters.stream().filter(ParameterDeclaration::isBusiness).toList();
    }

    /** The business parameter that takes any number of arguments. */
    public Optional<ParameterDeclaration> varargs() {
        return Optional.of(parameters)
                .filter(all -> method.isVarArgs())
                .map(all -> all.get(all.size() - 1))
                .filter(ParameterDeclaration::isBusiness);
    }

    /** The place of the method. */
    public Location here() {
        return Location.of(site);
    }

    /** The place of a parameter. */
    public Location at(ParameterDeclaration parameter) {
        return Location.of(site.equals(method) ? parameter.element() : site);
    }

    /** The place of an attribute, of its own annotation or of one nested in it. */
    public Location at(Attributes attributes, String attribute) {
        return place().at(attributes, attribute);
    }

    /** The annotation, and where it stands. */
    public Options place() {
        return new Options(
                method,
                site,
                options,
                label(),
                business().stream().map(ParameterDeclaration::type).toList());
    }
}
