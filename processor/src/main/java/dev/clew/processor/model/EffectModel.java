package dev.clew.processor.model;

import com.palantir.javapoet.CodeBlock;
import com.palantir.javapoet.ParameterizedTypeName;
import com.palantir.javapoet.TypeName;
import dev.clew.processor.read.RuntimeNames;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * What generated code must know of a step whose effect must not happen twice.
 *
 * @param calls the options that the user wrote, each as the call that sets it
 * @param reconciliation what says whether the effect happened
 */
public record EffectModel(List<CodeBlock> calls, Optional<Method> reconciliation) {
    /**
     * A method of the flow.
     *
     * @param method its name
     * @param arguments for each parameter, the index of the business parameter of the step, {@link #CONTEXT} or {@link #RESULT}
     */
    public record Method(String method, List<Integer> arguments) {
        /** In place of an index: the parameter is the context of the attempt. */
        public static final int CONTEXT = -1;

        /** In place of an index: the parameter is what is known of the result, which follows the arguments. */
        public static final int RESULT = -2;
    }

    /** The name of the constant that asks what became of the effect of a step: {@code PAY_OUTCOME}. */
    public static String constant(String method) {
        return method.replaceAll("(?<=[a-z0-9])(?=[A-Z])", "_").toUpperCase(Locale.ROOT) + OUTCOME;
    }

    /** What names of such constants end with. */
    public static final String OUTCOME = "_OUTCOME";

    /** The type of a question about an outcome. */
    public static TypeName keyType(TypeName result) {
        return ParameterizedTypeName.get(
                RuntimeNames.INTERRUPT_KEY,
                RuntimeNames.UNKNOWN_OUTCOME,
                ParameterizedTypeName.get(RuntimeNames.RESOLUTION, result.box()));
    }
}
