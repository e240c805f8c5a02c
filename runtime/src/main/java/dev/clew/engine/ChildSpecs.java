package dev.clew.engine;

import dev.clew.flow.Final;
import dev.clew.flow.TaskSpec;
import dev.clew.flow.WorkflowSpec;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** A workflow as a step of another one: a scope task with its name, input, output and policies. */
final class ChildSpecs {
    private static final Map<WorkflowSpec<?, ?>, TaskSpec<?>> MADE = new ConcurrentHashMap<>();

    private ChildSpecs() {}

    static TaskSpec<?> of(WorkflowSpec<?, ?> workflow) {
        return MADE.computeIfAbsent(workflow, ChildSpecs::make);
    }

    private static TaskSpec<?> make(WorkflowSpec<?, ?> workflow) {
        return builder(workflow, workflow.outputType()).scope(call -> {
            Object returned = workflow.body().run(call);
            return returned instanceof Final<?, ?> both ? both.value() : returned;
        });
    }

    /** A workflow as the root of its run: what its body returns is taken apart when the run completes. */
    static TaskSpec<?> root(WorkflowSpec<?, ?> workflow) {
        return builder(workflow, workflow.outputType()).scope(workflow.body());
    }

    @SuppressWarnings("unchecked")
    private static TaskSpec.Builder<Object> builder(WorkflowSpec<?, ?> workflow, dev.clew.value.TypeRef<?> type) {
        TaskSpec.Builder<Object> spec = TaskSpec.of(workflow.name(), (dev.clew.value.TypeRef<Object>) type)
                .method("", workflow.name() + "(" + workflow.inputType() + ")");
        if (workflow.hasInput()) {
            spec.parameter("input", workflow.inputType());
        }
        workflow.retry().forEach(spec::retry);
        workflow.timeout().ifPresent(spec::timeout);
        workflow.idleTimeout().ifPresent(spec::idleTimeout);
        return spec;
    }
}
