package dev.clew.engine.format;

import dev.clew.interrupt.InterruptKey;
import dev.clew.spi.TaskSpec;
import dev.clew.spi.WorkflowSpec;
import dev.clew.value.ClewException;
import dev.clew.value.Codec;
import dev.clew.value.CodecException;
import dev.clew.value.IllegalRequestException;
import dev.clew.value.TypeRef;

/** Checks the types of a workflow before it runs, so that no step fails on its result after its effect. */
public final class SpecTypes {
    private final WorkflowSpec<?, ?> spec;
    private final Codec codec;

    public SpecTypes(WorkflowSpec<?, ?> spec, Codec codec) {
        this.spec = spec;
        this.codec = codec;
    }

    /**
     * Checks that values of each type can be stored and read back.
     *
     * @throws ClewException if values of a type could not be stored, or not be read back
     */
    public void check() {
        check("the input", spec.inputType());
        check("the result", spec.outputType());
        spec.savedType().ifPresent(type -> check("the saved value", type));
        spec.savedChanges().ifPresent(changes -> check("a change of the saved value", changes.type()));
        for (TaskSpec<?> task : spec.tasks()) {
            for (TypeRef<?> parameter : task.parameterTypes()) {
                check("a parameter of task '" + task.name() + "'", parameter);
            }
            check("the result of task '" + task.name() + "'", task.resultType());
        }
        for (InterruptKey<?, ?> key : spec.questions()) {
            check("the content of question '" + key.name() + "'", key.questionType());
            check("the answer to question '" + key.name() + "'", key.answerType());
        }
        spec.called().forEach(called -> new SpecTypes(called, codec).check());
    }

    private void check(String what, TypeRef<?> type) {
        try {
            codec.check(type);
        } catch (CodecException e) {
            throw new IllegalRequestException(
                    "workflow '" + spec.name() + "': " + what + " cannot be stored: " + e.getMessage(), e);
        }
    }
}
