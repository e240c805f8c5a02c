package dev.clew.processor.model;

import dev.clew.processor.read.StepKind;
import java.util.List;

/**
 * A task or an entrypoint as generated code knows it.
 *
 * @param kind task or entrypoint
 * @param method the name of the method
 * @param recordedName the name under which it is recorded
 * @param isScope whether it makes durable calls
 * @param result what it returns
 * @param parameters all of them, in order
 * @param policy how it is attempted
 */
public record StepModel(
        StepKind kind,
        String method,
        String recordedName,
        boolean isScope,
        ResultModel result,
        List<ParameterModel> parameters,
        PolicyModel policy) {
    public boolean isTask() {
        return kind == StepKind.TASK;
    }

    public List<ParameterModel> business() {
        return parameters.stream().filter(ParameterModel::isBusiness).toList();
    }

    public boolean isVarargs() {
        return parameters.stream().anyMatch(ParameterModel::isVarargs);
    }
}
