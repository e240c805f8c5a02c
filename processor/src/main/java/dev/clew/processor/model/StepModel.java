package dev.clew.processor.model;

import com.palantir.javapoet.ClassName;
import dev.clew.processor.read.StepKind;
import java.util.List;
import java.util.Optional;

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
 * @param graph the graph that it is, of a graph's member; else empty
 */
public record StepModel(
        StepKind kind,
        String method,
        String recordedName,
        boolean isScope,
        ResultModel result,
        List<ParameterModel> parameters,
        PolicyModel policy,
        Optional<GraphModel> graph) {
    /**
     * A graph that is called as a child.
     *
     * @param type its generated class
     * @param isMethod whether a method gives it; else a field has it
     */
    public record GraphModel(ClassName type, boolean isMethod) {}

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
