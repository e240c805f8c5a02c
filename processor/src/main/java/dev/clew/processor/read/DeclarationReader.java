package dev.clew.processor.read;

import com.palantir.javapoet.ClassName;
import dev.clew.annotations.Context;
import dev.clew.annotations.Previous;
import dev.clew.annotations.Task;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import javax.lang.model.element.Element;
import javax.lang.model.element.ExecutableElement;
import javax.lang.model.element.Modifier;
import javax.lang.model.element.TypeElement;
import javax.lang.model.element.VariableElement;
import javax.lang.model.type.DeclaredType;
import javax.lang.model.type.ExecutableType;
import javax.lang.model.type.TypeKind;
import javax.lang.model.type.TypeMirror;
import javax.lang.model.type.WildcardType;
import javax.lang.model.util.ElementFilter;
import javax.lang.model.util.Elements;
import javax.lang.model.util.Types;
import org.jspecify.annotations.Nullable;

/** Reads what the user wrote on a class. Judges nothing. */
public final class DeclarationReader {
    private static final Set<String> STAGES =
            Set.of("java.util.concurrent.CompletionStage", "java.util.concurrent.CompletableFuture");

    private final Elements elements;
    private final Types types;
    private final Known known;

    public DeclarationReader(Elements elements, Types types, Known known) {
        this.elements = elements;
        this.types = types;
        this.known = known;
    }

    public FlowDeclaration read(TypeElement flow) {
        List<StepDeclaration> steps = Stream.concat(own(flow), inherited(flow))
                .map(method -> step(flow, method))
                .toList();
        return new FlowDeclaration(
                flow, steps, overridden(flow), questions(flow), new Unresolved(known).in(flow, steps));
    }

    /** The methods of a class that are tools, as steps; inherited ones stay with the class that declares them. */
    public FlowDeclaration readTools(TypeElement type) {
        List<StepDeclaration> tools = ElementFilter.methodsIn(type.getEnclosedElements()).stream()
                .filter(method ->
                        Attributes.of(method, StepKind.TOOL.annotation()).isPresent())
                .map(method -> step(type, method, StepKind.TOOL))
                .toList();
        return new FlowDeclaration(type, tools, List.of(), List.of(), new Unresolved(known).in(type, tools));
    }

    /** Constants that name a question; one that is deprecated is left alone, as naming it would be a warning. */
    public static List<VariableElement> questions(TypeElement flow) {
        return ElementFilter.fieldsIn(flow.getEnclosedElements()).stream()
                .filter(field -> field.getModifiers().containsAll(Set.of(Modifier.STATIC, Modifier.FINAL)))
                .filter(field -> is(field.asType(), RuntimeNames.INTERRUPT_KEY.canonicalName()))
                .filter(field -> Attributes.of(field, Deprecated.class).isEmpty())
                .toList();
    }

    private static Stream<ExecutableElement> own(TypeElement flow) {
        return ElementFilter.methodsIn(flow.getEnclosedElements()).stream()
                .filter(method -> kind(method).isPresent());
    }

    /**
     * Tasks of superclasses that no step overrides; entrypoints stay with the class that declares them. A task that a
     * method without annotation overrides is a mistake, and is one of them, so that calls of it are none.
     */
    private Stream<ExecutableElement> inherited(TypeElement flow) {
        List<ExecutableElement> seen = new ArrayList<>(ElementFilter.methodsIn(flow.getEnclosedElements()));
        List<ExecutableElement> found = new ArrayList<>();
        for (ExecutableElement method : above(flow)) {
            boolean isAbstract = method.getModifiers().contains(Modifier.ABSTRACT);
            boolean replaced = overriding(seen, method, flow)
                    .anyMatch(lower -> isAbstract || kind(lower).isPresent());
            if (!replaced && Attributes.of(method, Task.class).isPresent()) {
                found.add(method);
            }
            seen.add(method);
        }
        return found.stream().filter(method -> !method.getModifiers().contains(Modifier.PRIVATE));
    }

    /** An abstract method with an annotation has a finding of its own. */
    private List<OverriddenStep> overridden(TypeElement flow) {
        List<ExecutableElement> seen = new ArrayList<>(ElementFilter.methodsIn(flow.getEnclosedElements()));
        List<OverriddenStep> found = new ArrayList<>();
        for (ExecutableElement method : above(flow)) {
            List<ExecutableElement> lower = overriding(seen, method, flow).toList();
            boolean isReplaced = lower.isEmpty()
                    || lower.stream().anyMatch(each -> kind(each).isPresent());
            if (!isReplaced && !method.getModifiers().contains(Modifier.ABSTRACT)) {
                ExecutableElement by = lower.get(0);
                kind(method).ifPresent(kind -> found.add(new OverriddenStep(kind, method, by, place(flow, by))));
            }
            seen.add(method);
        }
        return List.copyOf(found);
    }

    /** The methods of superclasses, the nearest first. */
    private static List<ExecutableElement> above(TypeElement flow) {
        List<ExecutableElement> methods = new ArrayList<>();
        for (TypeElement type = superclass(flow); type != null; type = superclass(type)) {
            methods.addAll(ElementFilter.methodsIn(type.getEnclosedElements()));
        }
        return methods;
    }

    private Stream<ExecutableElement> overriding(
            List<ExecutableElement> lower, ExecutableElement method, TypeElement flow) {
        return lower.stream().filter(each -> elements.overrides(each, method, flow));
    }

    private Element place(TypeElement flow, ExecutableElement method) {
        return known.isSource(StepDeclaration.owner(method)) ? method : flow;
    }

    private static @Nullable TypeElement superclass(TypeElement type) {
        return type.getSuperclass() instanceof DeclaredType above && above.getKind() == TypeKind.DECLARED
                ? (TypeElement) above.asElement()
                : null;
    }

    /** An entrypoint where both annotations are present: it has the narrower rules. */
    private static Optional<StepKind> kind(ExecutableElement method) {
        return Stream.of(StepKind.ENTRYPOINT, StepKind.TASK)
                .filter(kind -> Attributes.of(method, kind.annotation()).isPresent())
                .findFirst();
    }

    private StepDeclaration step(TypeElement flow, ExecutableElement method) {
        return step(flow, method, kind(method).orElseThrow());
    }

    private StepDeclaration step(TypeElement flow, ExecutableElement method, StepKind kind) {
        Attributes options = Attributes.of(method, kind.annotation()).orElseThrow();
        ExecutableType signature = (ExecutableType) types.asMemberOf((DeclaredType) flow.asType(), method);
        String name = method.getSimpleName().toString();
        String usual = kind == StepKind.ENTRYPOINT ? FlowDeclaration.label(flow) + "." + name : name;
        return new StepDeclaration(
                kind,
                method,
                site(flow, method),
                options,
                options.text("name").filter(text -> !text.isEmpty()).orElse(usual),
                result(signature.getReturnType()),
                parameters(flow, method, signature));
    }

    /** A method that is not in these sources, or is right where it stands, is reported at the class that inherits it. */
    private Element site(TypeElement flow, ExecutableElement method) {
        TypeElement owner = StepDeclaration.owner(method);
        boolean lent = owner.getModifiers().contains(Modifier.ABSTRACT) && known.isSource(owner);
        return owner.equals(flow) || lent ? method : flow;
    }

    private List<ParameterDeclaration> parameters(TypeElement flow, ExecutableElement method, ExecutableType type) {
        List<ParameterDeclaration> read = new ArrayList<>();
        for (int i = 0; i < method.getParameters().size(); i++) {
            read.add(parameter(
                    GeneratedNames.of(flow),
                    method.getParameters().get(i),
                    type.getParameterTypes().get(i)));
        }
        return List.copyOf(read);
    }

    private ParameterDeclaration parameter(GeneratedNames names, VariableElement element, TypeMirror type) {
        if (Attributes.of(element, Previous.class).isPresent()) {
            return is(type, "java.util.Optional")
                    ? new ParameterDeclaration(element, Role.PREVIOUS_OPTIONAL, argument(type, 0))
                    : new ParameterDeclaration(element, Role.PREVIOUS, type);
        }
        if (Attributes.of(element, Context.class).isPresent()) {
            return new ParameterDeclaration(element, Role.CONTEXT, type);
        }
        return new ParameterDeclaration(element, byType(names, type), type);
    }

    private static Role byType(GeneratedNames names, TypeMirror type) {
        if (isTasks(type, names.tasks())) {
            return Role.TASKS;
        }
        if (is(type, RuntimeNames.RUN.canonicalName())) {
            return Role.RUN;
        }
        return is(type, RuntimeNames.TASK_CONTEXT.canonicalName()) ? Role.TASK_CONTEXT : Role.BUSINESS;
    }

    /** In the first round the type does not exist: the compiler has only the name that the user wrote. */
    private static boolean isTasks(TypeMirror type, ClassName tasks) {
        return type.getKind() == TypeKind.ERROR
                ? Known.isNamed(Written.of(type), tasks)
                : is(type, tasks.canonicalName());
    }

    private ResultDeclaration result(TypeMirror written) {
        boolean awaited = STAGES.stream().anyMatch(stage -> is(written, stage));
        TypeMirror value = awaited ? argument(written, 0) : written;
        return is(value, RuntimeNames.FINAL.canonicalName())
                ? new ResultDeclaration(argument(value, 0), Optional.of(argument(value, 1)), awaited)
                : new ResultDeclaration(value, Optional.empty(), awaited);
    }

    public static boolean is(TypeMirror type, String qualifiedName) {
        return type.getKind() == TypeKind.DECLARED
                && type instanceof DeclaredType declared
                && ((TypeElement) declared.asElement()).getQualifiedName().contentEquals(qualifiedName);
    }

    /** A type argument that values can have: the upper bound of a wildcard, and {@code Object} of a raw type. */
    private TypeMirror argument(TypeMirror type, int index) {
        List<? extends TypeMirror> arguments = ((DeclaredType) type).getTypeArguments();
        TypeMirror object = elements.getTypeElement("java.lang.Object").asType();
        if (arguments.isEmpty()) {
            return object;
        }
        TypeMirror argument = arguments.get(index);
        if (!(argument instanceof WildcardType wildcard)) {
            return argument;
        }
        return wildcard.getExtendsBound() == null ? object : wildcard.getExtendsBound();
    }
}
