package dev.clew.flow;

import dev.clew.value.TypeRef;
import java.util.List;

/**
 * A task of a workflow's class, as it was declared. Immutable.
 *
 * <pre>{@code
 * write.tasks().forEach(task -> System.out.println(task.name() + task.parameters() + " -> " + task.resultType()));
 * }</pre>
 *
 * @param name the name that its steps have
 * @param isScope whether it makes durable calls of its own, so that it is run again after a pause; else it is a leaf
 * @param parameters its business parameters, in order
 * @param resultType what it gives; {@link Void} for nothing
 */
public record TaskInfo(String name, boolean isScope, List<Parameter> parameters, TypeRef<?> resultType) {
    public TaskInfo {
        parameters = List.copyOf(parameters);
    }

    /** A business parameter. */
    public record Parameter(String name, TypeRef<?> type) {}
}
