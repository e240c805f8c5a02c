package dev.clew.graph;

import dev.clew.flow.Final;
import dev.clew.spi.TaskCall;
import dev.clew.spi.TaskSpec;
import dev.clew.spi.WorkflowSpec;
import dev.clew.value.TypeRef;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Makes a workflow of a graph: its body runs supersteps until nothing is left to run. */
final class GraphDriver<I, O extends @Nullable Object, S> {
    private final GraphSpec<I, O, S> spec;
    private final GraphNodes<S> nodes;

    GraphDriver(GraphSpec<I, O, S> spec) {
        this.spec = spec;
        this.nodes = new GraphNodes<>(spec);
    }

    WorkflowSpec<I, O> workflow() {
        TypeRef<StateValues> values = spec.state().valuesType();
        List<TaskSpec<?>> tasks = new ArrayList<>(nodes.tasks());
        tasks.addAll(spec.tasks());
        WorkflowSpec.Builder<I, O> workflow = WorkflowSpec.of(spec.name(), spec.inputType(), spec.outputType())
                .formerly(spec.formerly().toArray(String[]::new))
                .saves(values)
                .previous(values)
                .tasks(tasks.toArray(TaskSpec<?>[]::new));
        spec.contexts().forEach(workflow::context);
        spec.questions().forEach(workflow::questions);
        return workflow.body(this::run);
    }

    private Final<O, StateValues> run(TaskCall call) {
        @Nullable StateValues before = call.previous();
        I input = call.arg(0);
        GraphRun<S> run =
                new GraphRun<>(nodes, call, before == null ? spec.state().start() : before);
        run.begin(() -> spec.begin(input));
        StateValues values = run.toTheEnd();
        return Final.of(spec.result(spec.state().make(values)), values);
    }
}
