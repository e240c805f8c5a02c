package dev.clew.processor.validate;

import dev.clew.processor.read.Attributes;
import dev.clew.processor.read.DeclarationReader;
import dev.clew.processor.read.EffectOptions;
import dev.clew.processor.read.FlowDeclaration;
import dev.clew.processor.read.Location;
import dev.clew.processor.read.RuntimeNames;
import dev.clew.processor.read.StepDeclaration;
import dev.clew.processor.read.StepKind;
import dev.clew.processor.read.ToolResults;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import javax.lang.model.element.ExecutableElement;
import javax.lang.model.element.Modifier;
import javax.lang.model.element.TypeElement;
import javax.lang.model.type.DeclaredType;
import javax.lang.model.type.ExecutableType;
import javax.lang.model.type.TypeKind;
import javax.lang.model.type.TypeMirror;
import javax.lang.model.util.ElementFilter;
import javax.lang.model.util.Elements;
import javax.lang.model.util.Types;

/** Judges what a task, tool or node says of its effect. */
public final class EffectValidator {
    private final Elements elements;
    private final Types types;
    private final TypeElement flow;
    private final Visibility visibility;
    private final Findings findings;

    /**
     * Adds what it finds to the findings.
     *
     * @param flow the class whose methods are named
     */
    public EffectValidator(Elements elements, Types types, TypeElement flow, Visibility visibility, Findings findings) {
        this.elements = elements;
        this.types = types;
        this.flow = flow;
        this.visibility = visibility;
        this.findings = findings;
    }

    void validate(StepDeclaration step) {
        TypeMirror result = step.result().value();
        validate(EffectSubject.of(step, step.kind() == StepKind.TOOL ? ToolResults.content(elements, result) : result));
    }

    /** Judges a method. */
    public void validate(EffectSubject step) {
        Attributes written = step.place().written();
        EffectOptions options = new EffectOptions(written);
        undo(step, options);
        if (!options.isOnce()) {
            EffectOptions.OF_ONCE.stream()
                    .filter(name -> written.value(name).isPresent())
                    .forEach(name -> findings.add(Rule.EFFECT_OPTION, step.at(name), step.label(), name));
            return;
        }
        if (step.isScope()) {
            findings.add(Rule.EFFECT_OF_SCOPE, step.at("effect"), step.label());
        } else if (!step.hasContext()) {
            findings.add(Rule.EFFECT_WITHOUT_ID, step.here(), step.label());
        }
        if (!written.nested("cache").isEmpty()) {
            findings.add(Rule.EFFECT_CACHED, step.at("cache"), step.label());
        }
        boolean isKnown = options.reconcile().isPresent() || !options.notDone().isEmpty();
        if (!written.nested("retry").isEmpty() && !isKnown) {
            findings.add(Rule.EFFECT_RETRIED, step.at("retry"), step.label());
        }
        options.reconcile().ifPresent(name -> reconcile(step, name, step.at(EffectOptions.RECONCILE)));
    }

    private void reconcile(EffectSubject step, String name, Location place) {
        List<ExecutableElement> named = named(name, place, Rule.RECONCILE_UNKNOWN);
        if (!named.isEmpty()) {
            misfit(step, named).ifPresent(why -> findings.add(Rule.RECONCILE_MISFIT, place, name, step.label(), why));
        }
    }

    private void undo(EffectSubject step, EffectOptions options) {
        String name = options.undo().orElse(null);
        if (name == null) {
            return;
        }
        Location place = step.at(EffectOptions.UNDO);
        if (step.isScope() && !options.isOnce()) {
            findings.add(Rule.UNDO_OF_SCOPE, place, step.label());
        }
        if (!options.written().nested("cache").isEmpty() && !options.isOnce()) {
            findings.add(Rule.UNDO_CACHED, step.at("cache"), step.label());
        }
        List<ExecutableElement> named = named(name, place, Rule.UNDO_UNKNOWN);
        if (!named.isEmpty()) {
            misfitOfUndo(step, named).ifPresent(why -> findings.add(Rule.UNDO_MISFIT, place, name, step.label(), why));
        }
    }

    /** The methods of this name; none is a finding. */
    private List<ExecutableElement> named(String name, Location place, Rule unknown) {
        List<ExecutableElement> named = EffectOptions.methods(elements, flow, name);
        if (named.isEmpty()) {
            List<String> names = ElementFilter.methodsIn(elements.getAllMembers(flow)).stream()
                    .filter(method ->
                            !StepDeclaration.owner(method).getQualifiedName().contentEquals("java.lang.Object"))
                    .map(method -> method.getSimpleName().toString())
                    .toList();
            findings.add(unknown, place, FlowDeclaration.label(flow), name, Nearest.hint(name, names));
        }
        return named;
    }

    private String wanted(EffectSubject step) {
        TypeMirror value = step.result();
        return value.getKind() == TypeKind.VOID ? "boolean" : "Optional<" + simple(boxed(value)) + ">";
    }

    private static String simple(TypeMirror type) {
        return type.toString().replaceAll("[a-z0-9_]+\\.(?=[A-Za-z])", "");
    }

    private Optional<String> misfit(EffectSubject step, List<ExecutableElement> named) {
        Optional<String> uncallable = uncallable(named);
        if (uncallable.isPresent()) {
            return uncallable;
        }
        ExecutableType signature = signature(named.get(0));
        if (!gives(signature.getReturnType(), step.result())) {
            return Optional.of("returns '" + simple(signature.getReturnType()) + "' instead of '" + wanted(step) + "'");
        }
        return takes(signature, step) ? Optional.empty() : Optional.of("takes other parameters");
    }

    private Optional<String> misfitOfUndo(EffectSubject step, List<ExecutableElement> named) {
        Optional<String> uncallable = uncallable(named);
        if (uncallable.isPresent()) {
            return uncallable;
        }
        ExecutableType signature = signature(named.get(0));
        if (signature.getReturnType().getKind() != TypeKind.VOID) {
            return Optional.of("returns '" + simple(signature.getReturnType()) + "' instead of nothing");
        }
        List<TypeMirror> values = values(signature);
        int business = step.values().size();
        boolean takesResult = values.size() == business + 1 && gives(values.get(business), step.result());
        List<TypeMirror> arguments = takesResult ? values.subList(0, business) : values;
        return takes(signature, arguments, step)
                ? Optional.empty()
                : Optional.of("takes other parameters than the task's, and then '" + wanted(step) + "'");
    }

    private ExecutableType signature(ExecutableElement method) {
        return (ExecutableType) types.asMemberOf((DeclaredType) flow.asType(), method);
    }

    /** Why generated code cannot call the one method of these. */
    private Optional<String> uncallable(List<ExecutableElement> named) {
        ExecutableElement method = named.get(0);
        if (named.size() > 1) {
            return Optional.of("is overloaded");
        } else if (method.getModifiers().contains(Modifier.STATIC)) {
            return Optional.of("is static");
        } else if (method.getModifiers().contains(Modifier.PRIVATE) || !visibility.isOpen(method)) {
            return Optional.of("cannot be called by generated code");
        }
        return isStep(method) ? Optional.of("is a step itself") : Optional.empty();
    }

    private static boolean isStep(ExecutableElement method) {
        return Stream.of(StepKind.values())
                .anyMatch(kind -> Attributes.of(method, kind.annotation()).isPresent());
    }

    private boolean gives(TypeMirror returned, TypeMirror value) {
        if (value.getKind() == TypeKind.VOID) {
            return returned.getKind() == TypeKind.BOOLEAN;
        }
        return DeclarationReader.is(returned, "java.util.Optional")
                && returned instanceof DeclaredType optional
                && optional.getTypeArguments().size() == 1
                && types.isSameType(optional.getTypeArguments().get(0), boxed(value));
    }

    private TypeMirror boxed(TypeMirror type) {
        return type.getKind().isPrimitive()
                ? types.boxedClass((javax.lang.model.type.PrimitiveType) type).asType()
                : type;
    }

    private static List<TypeMirror> values(ExecutableType method) {
        return method.getParameterTypes().stream()
                .filter(type -> !DeclarationReader.is(type, RuntimeNames.TASK_CONTEXT.canonicalName()))
                .<TypeMirror>map(type -> type)
                .toList();
    }

    private boolean takes(ExecutableType method, EffectSubject step) {
        return takes(method, values(method), step);
    }

    /** Whether what it takes besides a context, and a result, are the parameters of the task. */
    private boolean takes(ExecutableType method, List<TypeMirror> arguments, EffectSubject step) {
        List<TypeMirror> business = step.values();
        int contexts = method.getParameterTypes().size() - values(method).size();
        boolean fits = arguments.size() == business.size() && contexts <= 1;
        for (int i = 0; fits && i < business.size(); i++) {
            fits = types.isAssignable(business.get(i), arguments.get(i));
        }
        return fits;
    }
}
