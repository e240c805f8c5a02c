package dev.clew.processor.write;

import com.palantir.javapoet.ArrayTypeName;
import com.palantir.javapoet.ClassName;
import com.palantir.javapoet.CodeBlock;
import com.palantir.javapoet.ParameterizedTypeName;
import com.palantir.javapoet.TypeName;
import dev.clew.processor.model.ParameterModel;
import dev.clew.processor.model.StepModel;
import dev.clew.processor.read.RuntimeNames;
import java.util.List;
import java.util.Locale;

/** Pieces of code about types. */
public final class TypeCode {
    private TypeCode() {}

    /** An expression for the {@code TypeRef} of a type: exact, type arguments included. */
    public static CodeBlock typeRef(TypeName type) {
        return isClass(type)
                ? CodeBlock.of("$T.of($T.class)", RuntimeNames.TYPE_REF, type.box())
                : CodeBlock.of("new $T<$T>() {}", RuntimeNames.TYPE_REF, type);
    }

    /** A class literal where there is one, which reads better; else the {@code TypeRef}. */
    public static CodeBlock literal(TypeName type) {
        return isClass(type) ? CodeBlock.of("$T.class", type) : typeRef(type);
    }

    /** Whether there is a class literal of exactly this type. */
    private static boolean isClass(TypeName type) {
        return type instanceof ArrayTypeName array
                ? isClass(array.componentType())
                : !(type instanceof ParameterizedTypeName);
    }

    /** Whether a value of this type, alone, would be taken for the arguments of a call with variable arity. */
    static boolean spreads(TypeName type) {
        return type instanceof ArrayTypeName array && !array.componentType().isPrimitive();
    }

    static TypeName taskFuture(StepModel step) {
        return ParameterizedTypeName.get(RuntimeNames.TASK_FUTURE, step.result().value());
    }

    static TypeName workflow(StepModel entrypoint) {
        return ParameterizedTypeName.get(
                RuntimeNames.WORKFLOW, input(entrypoint), entrypoint.result().value());
    }

    /** The type of the spec of a step. */
    static TypeName spec(StepModel step) {
        TypeName value = step.result().value();
        return step.isTask()
                ? ParameterizedTypeName.get(RuntimeNames.TASK_SPEC, value)
                : ParameterizedTypeName.get(RuntimeNames.WORKFLOW_SPEC, input(step), value);
    }

    /** The type of an entrypoint's input; {@link Void} for none. */
    static TypeName input(StepModel entrypoint) {
        return entrypoint.business().stream()
                .findFirst()
                .map(parameter -> parameter.type().box())
                .orElse(ClassName.get(Void.class));
    }

    /** Whether casts to the types of these parameters cannot be checked. */
    static boolean isUncheckedCast(List<ParameterModel> parameters) {
        return parameters.stream().anyMatch(parameter -> !isClass(parameter.type()));
    }

    /** A name for a variable of this type. */
    static String variable(TypeName type) {
        String name = type instanceof ClassName c ? c.simpleName() : "context";
        int first = name.offsetByCodePoints(0, 1);
        return name.substring(0, first).toLowerCase(Locale.ROOT) + name.substring(first);
    }
}
