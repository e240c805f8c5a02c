package dev.clew.processor.model;

import com.palantir.javapoet.ClassName;
import com.palantir.javapoet.TypeName;
import dev.clew.processor.read.FlowDeclaration;
import dev.clew.processor.read.GeneratedNames;
import dev.clew.processor.read.Role;
import java.util.List;
import java.util.stream.Stream;
import javax.lang.model.element.Element;
import javax.lang.model.element.Modifier;
import javax.lang.model.element.TypeElement;

/**
 * A flow as generated code knows it.
 *
 * @param names what is generated
 * @param type the class; {@code Object} in the stub of one that cannot be named
 * @param origin the class as the compiler knows it: what is generated depends on it alone
 * @param isPublic whether the class, and with it what is generated, can be named from other packages
 * @param steps the tasks, then the entrypoints
 * @param questions the names of the class's constants that are questions and can be named
 * @param suppressed the warnings that the user's types would cause in generated code
 */
public record FlowModel(
        GeneratedNames names,
        TypeName type,
        TypeElement origin,
        boolean isPublic,
        List<StepModel> steps,
        List<String> questions,
        List<String> suppressed) {
    /** Whether a class can be named from other packages. */
    public static boolean isPublic(TypeElement flow) {
        for (Element each = flow; each instanceof TypeElement; each = each.getEnclosingElement()) {
            if (!each.getModifiers().contains(Modifier.PUBLIC)) {
                return false;
            }
        }
        return true;
    }

    /** The same, with more steps. */
    public FlowModel and(List<StepModel> more) {
        return new FlowModel(
                names,
                type,
                origin,
                isPublic,
                Stream.concat(steps.stream(), more.stream()).toList(),
                questions,
                suppressed);
    }

    /** The same, whose calls of tasks are made in another generated class than its graph. */
    public FlowModel in(ClassName graph) {
        return new FlowModel(
                new GeneratedNames(names.tasks(), graph), type, origin, isPublic, steps, questions, suppressed);
    }

    /** Its name without the package: {@code Outer.Inner}. */
    public String label() {
        return FlowDeclaration.label(origin);
    }

    public Stream<StepModel> tasks() {
        return steps.stream().filter(StepModel::isTask);
    }

    public Stream<StepModel> entrypoints() {
        return steps.stream().filter(step -> !step.isTask());
    }

    /** The types of {@code @Context}, in the order in which they are first asked for. */
    public List<TypeName> contexts() {
        return contexts(steps.stream());
    }

    /** Those that a task or this entrypoint asks for. */
    public List<TypeName> contexts(StepModel entrypoint) {
        return contexts(Stream.concat(tasks(), Stream.of(entrypoint)));
    }

    private static List<TypeName> contexts(Stream<StepModel> steps) {
        return steps.flatMap(step -> step.parameters().stream())
                .filter(parameter -> parameter.role() == Role.CONTEXT)
                .map(ParameterModel::type)
                .distinct()
                .toList();
    }
}
