package dev.clew;

import dev.clew.flow.Workflow;
import dev.clew.spi.Scope;
import dev.clew.spi.TaskSpec;
import dev.clew.spi.Wiring;
import dev.clew.spi.WorkflowSpec;
import dev.clew.task.TaskFuture;
import dev.clew.value.TypeRef;

/** A graph whose workflow is a lambda, so that a test can change its code as a deploy would. */
public final class LambdaGraph extends Graph {
    private final Workflow<String, String> run;

    /** The code of the workflow. */
    public interface Body {
        String run(String input, Calls calls) throws Exception;
    }

    /** Makes calls of tasks that add an exclamation mark. */
    public record Calls(Scope scope) {
        public TaskFuture<String> task(String name, String argument) {
            return scope.call(
                    TaskSpec.of(name, TypeRef.of(String.class))
                            .method("Lambda", name + "(String)")
                            .parameter("argument", TypeRef.of(String.class))
                            .leaf(call -> call.<String>arg(0) + "!"),
                    argument);
        }
    }

    private LambdaGraph(Body body, Wiring wiring) {
        super(wiring);
        this.run = workflow(WorkflowSpec.of("Lambda.run", TypeRef.of(String.class), TypeRef.of(String.class))
                .body(call -> body.run(call.<String>arg(0), new Calls(call.scope()))));
    }

    public static GraphBuilder<LambdaGraph> builder(Body body) {
        return GraphBuilder.of(wiring -> new LambdaGraph(body, wiring));
    }

    public Workflow<String, String> run() {
        return run;
    }
}
