package dev.clew.graph;

import dev.clew.flow.Final;
import dev.clew.flow.RequestRefusedException;
import dev.clew.spi.LoggedRun;
import dev.clew.spi.TaskCall;
import dev.clew.spi.TaskSpec;
import dev.clew.spi.WorkflowSpec;
import dev.clew.value.TypeRef;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;

/** Makes a workflow of a graph: its body runs supersteps until nothing is left to run. */
final class GraphDriver<I, O extends @Nullable Object, S> {
    private final GraphSpec<I, O, S> spec;
    private final GraphNodes<S> nodes;

    GraphDriver(GraphSpec<I, O, S> spec) {
        this.spec = spec;
        this.nodes = new GraphNodes<>(spec);
    }

    GraphNodes<S> nodes() {
        return nodes;
    }

    WorkflowSpec<I, O> workflow() {
        TypeRef<StateValues> values = spec.state().valuesType();
        List<TaskSpec<?>> tasks = new ArrayList<>(nodes.tasks());
        tasks.addAll(spec.tasks());
        WorkflowSpec.Builder<I, O> workflow = WorkflowSpec.of(spec.name(), spec.inputType(), spec.outputType())
                .formerly(spec.formerly().toArray(String[]::new))
                .saves(values, new StateChanges(spec.state()))
                .previous(values)
                .tasks(tasks.toArray(TaskSpec<?>[]::new));
        if (spec.isOutputState()) {
            workflow.outputOfSaved(
                    (StateValues saved) -> spec.result(spec.state().make(saved)));
        }
        spec.contexts().forEach(workflow::context);
        nodes.questions().forEach(workflow::questionsIn);
        spec.called().forEach(called -> workflow.calls(called.workflow()));
        return workflow.tellsValues()
                .carries(this::carried)
                .admits(this::requireFits)
                .body(this::run);
    }

    /** The state after all supersteps that a run has folded, or after this one. */
    private StateValues carried(LoggedRun run, OptionalInt superstep) {
        return LoggedGraph.of(nodes, run).at(superstep).values();
    }

    /** Refuses an input whose update does not fit the state that it meets. */
    @SuppressWarnings({"unchecked", "NullAway"}) // the workflow's own input
    private void requireFits(@Nullable Object previous, @Nullable Object input) {
        try {
            new Progress<>(nodes, base((StateValues) previous)).begin(spec.begin((I) input));
        } catch (SuperstepFailedException refused) {
            throw new RequestRefusedException(String.valueOf(refused.getMessage()), refused);
        }
    }

    private StateValues base(@Nullable StateValues previous) {
        return previous == null ? spec.state().start() : previous;
    }

    private Final<O, StateValues> run(TaskCall call) {
        @Nullable StateValues before = call.previous();
        I input = call.arg(0);
        GraphRun<S> run = new GraphRun<>(nodes, call, base(before));
        run.begin(call.run().runId(), () -> spec.begin(input));
        StateValues values = run.toTheEnd();
        return Final.of(spec.result(spec.state().make(values)), values);
    }
}
