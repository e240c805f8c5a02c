package dev.clew.processor.write;

import com.palantir.javapoet.CodeBlock;
import com.palantir.javapoet.FieldSpec;
import com.palantir.javapoet.ParameterizedTypeName;
import com.palantir.javapoet.TypeName;
import dev.clew.processor.model.EffectModel;
import dev.clew.processor.read.RuntimeNames;
import javax.lang.model.element.Modifier;

/** Writes the constants that ask what became of an effect. */
public final class OutcomeCode {
    private OutcomeCode() {}

    /**
     * A constant.
     *
     * @param name its name
     * @param recordedName the name of the step
     * @param owner the class of the method
     * @param method the method that acts
     * @param result what people say that it gave
     */
    public static FieldSpec constant(String name, String recordedName, TypeName owner, String method, TypeName result) {
        TypeName resolution = ParameterizedTypeName.get(RuntimeNames.RESOLUTION, result);
        return constant(name, recordedName, owner, method, result, TypeCode.typeRef(resolution));
    }

    /**
     * {@link #constant(String, String, TypeName, String, TypeName)} for answers of a type of their own.
     *
     * @param answer the {@code TypeRef} of a resolution
     */
    public static FieldSpec constant(
            String name, String recordedName, TypeName owner, String method, TypeName result, CodeBlock answer) {
        return FieldSpec.builder(EffectModel.keyType(result), name, Modifier.PUBLIC, Modifier.STATIC, Modifier.FINAL)
                .addJavadoc("Asks what became of {@link $T#$L}, whose outcome is unknown.\n", owner, method)
                .initializer(
                        "$T.of(\n$S,\n$L,\n$L)",
                        RuntimeNames.INTERRUPT_KEY,
                        recordedName + ".outcome",
                        TypeCode.typeRef(RuntimeNames.UNKNOWN_OUTCOME),
                        answer)
                .build();
    }
}
