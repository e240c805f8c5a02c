package dev.clew.contracts.lab;

import dev.clew.GraphBuilder;
import dev.clew.LabGraph;
import dev.clew.checkpoint.Checkpointer;
import dev.clew.flow.Durability;
import dev.clew.flow.Run;
import dev.clew.flow.Workflow;
import dev.clew.spi.Scope;
import dev.clew.spi.TaskBody;
import dev.clew.spi.TaskSpec;
import dev.clew.spi.WorkflowSpec;
import dev.clew.task.TaskFuture;
import dev.clew.value.TypeRef;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.UnaryOperator;

/**
 * One program under test: a workflow from text to text whose body is a lambda, over a checkpointer that outlives graphs.
 *
 * <pre>{@code
 * try (Lab lab = new Lab(Checkpointer.inMemory(), Durability.SYNC)) {
 *   lab.body((input, calls, run) -> calls.task("shout", input, String::toUpperCase).join());
 *   assertThat(lab.workflow().invoke("hi", RunConfig.thread("t")).value()).isEqualTo("HI");
 *   assertThat(lab.ran()).containsExactly("shout");
 * }
 * }</pre>
 */
public class Lab implements AutoCloseable {
    private final Checkpointer store;
    private final Durability durability;
    private final List<String> ran = new CopyOnWriteArrayList<>();
    private UnaryOperator<GraphBuilder<LabGraph>> options = UnaryOperator.identity();
    private WorkflowSpec<String, String> spec;
    private LabGraph graph;
    private Workflow<String, String> workflow;

    /** The store may be null: then nothing is stored. */
    public Lab(Checkpointer store, Durability durability) {
        this.store = store;
        this.durability = durability;
    }

    /** A workflow's, or a scope task's, code. */
    @FunctionalInterface
    public interface Body {
        String run(String input, Calls calls, Run run) throws Throwable;
    }

    /** A leaf's code. */
    @FunctionalInterface
    public interface Leaf {
        String run(String input) throws Throwable;
    }

    /** Makes tasks of lambdas; every attempt that executes is noted in {@link Lab#ran()} by the task's name. */
    public final class Calls {
        private final Scope scope;

        Calls(Scope scope) {
            this.scope = scope;
        }

        public TaskFuture<String> task(String name, String argument, Leaf leaf) {
            return call(spec(name), argument, leaf);
        }

        /** A leaf with policies. */
        public TaskFuture<String> task(
                String name, UnaryOperator<TaskSpec.Builder<String>> policies, String argument, Leaf leaf) {
            return call(policies.apply(spec(name)), argument, leaf);
        }

        private TaskFuture<String> call(TaskSpec.Builder<String> spec, String argument, Leaf leaf) {
            return scope.call(
                    spec.leaf(call -> {
                        ran.add(call.taskContext().stepId().replaceAll(".*/task:|#.*", ""));
                        return leaf.run(call.<String>arg(0));
                    }),
                    argument);
        }

        /** A task that makes durable calls of its own. */
        public TaskFuture<String> scope(String name, String argument, Body body) {
            return scope(name, UnaryOperator.identity(), argument, body);
        }

        /** A scope task with policies. */
        public TaskFuture<String> scope(
                String name, UnaryOperator<TaskSpec.Builder<String>> policies, String argument, Body body) {
            return scope.call(
                    policies.apply(spec(name)).scope(call -> {
                        ran.add(name);
                        return body.run(call.<String>arg(0), new Calls(call.scope()), call.run());
                    }),
                    argument);
        }

        /** Any spec at all. */
        public Scope raw() {
            return scope;
        }

        private TaskSpec.Builder<String> spec(String name) {
            return TaskSpec.of(name, TypeRef.of(String.class))
                    .method("Lab", name + "(String)")
                    .parameter("argument", TypeRef.of(String.class));
        }
    }

    /** What a body of any spec makes its tasks with. */
    public Calls calls(Scope scope) {
        return new Calls(scope);
    }

    /** Sets the workflow's code; a new one is like a deploy, seen after {@link #restart()}. */
    public Lab body(Body body) {
        return body(UnaryOperator.identity(), body);
    }

    /** Sets the workflow's code and policies. */
    public Lab body(UnaryOperator<WorkflowSpec.Builder<String, String>> policies, Body body) {
        TaskBody<String> root = call -> body.run(call.<String>arg(0), new Calls(call.scope()), call.run());
        spec = policies.apply(WorkflowSpec.of("Lab.run", TypeRef.of(String.class), TypeRef.of(String.class)))
                .body(root);
        if (graph != null) {
            restart();
        }
        return this;
    }

    /** Sets any spec at all as the workflow. */
    public Lab spec(WorkflowSpec<String, String> any) {
        spec = any;
        if (graph != null) {
            restart();
        }
        return this;
    }

    /** The workflow's spec, to give it to another graph. */
    public WorkflowSpec<String, String> spec() {
        return spec;
    }

    /** Sets options of the graph builder; before the first use. */
    public Lab options(UnaryOperator<GraphBuilder<LabGraph>> more) {
        options = more;
        return this;
    }

    public Workflow<String, String> workflow() {
        open();
        return workflow;
    }

    public LabGraph graph() {
        open();
        return graph;
    }

    /** Many threads may ask for it first. */
    private synchronized void open() {
        if (graph == null) {
            GraphBuilder<LabGraph> builder = LabGraph.builder().durability(durability);
            graph = options.apply(store == null ? builder : builder.checkpointer(store))
                    .build();
            workflow = graph.add(spec);
            opened();
        }
    }

    /** The graph is built: the place to add further workflows. */
    protected void opened() {}

    /** The names of the tasks whose attempts executed, in order of their beginning. */
    public List<String> ran() {
        return ran;
    }

    /** How many attempts of this task executed. */
    public long ran(String name) {
        return ran.stream().filter(name::equals).count();
    }

    /** Closes the graph and opens another one over the same store, as another process would. */
    public Lab restart() {
        close();
        open();
        return this;
    }

    /** Drops the graph as if its process had died, and opens another one. */
    public Lab crash() {
        graph.engine().crash();
        graph = null;
        open();
        return this;
    }

    @Override
    public void close() {
        if (graph != null) {
            graph.close();
            graph = null;
        }
    }
}
