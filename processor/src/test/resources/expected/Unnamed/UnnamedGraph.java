import dev.clew.Graph;
import dev.clew.GraphBuilder;
import dev.clew.checkpoint.Checkpointer;
import dev.clew.flow.Workflow;
import dev.clew.spi.Contract;
import dev.clew.spi.Scope;
import dev.clew.spi.TaskSpec;
import dev.clew.spi.Wiring;
import dev.clew.spi.WorkflowSpec;
import dev.clew.task.TaskFuture;
import dev.clew.value.TypeRef;
import java.util.Objects;
import javax.annotation.processing.Generated;

/**
 * Runs the workflows of {@link Unnamed}.
 */
@Generated("dev.clew.processor.WorkflowProcessor")
final class UnnamedGraph extends Graph {
  private final Workflow<String, Unnamed.Value> go;

  private UnnamedGraph(Unnamed flow, Wiring wiring) {
    super(wiring);
    Steps steps = new Steps(flow);
    this.go = workflow(steps.go);
  }

  /**
   * A builder of a graph that runs the steps of this object, which all runs share.
   */
  public static GraphBuilder<UnnamedGraph> builder(Unnamed flow) {
    Contract.require(1, "UnnamedGraph");
    Objects.requireNonNull(flow, "flow");
    return GraphBuilder.of(wiring -> new UnnamedGraph(flow, wiring));
  }

  /**
   * A client: the same workflows, which it executes nowhere. It enqueues runs for workers, answers, cancels, and reads.
   */
  public static UnnamedGraph client(Checkpointer checkpointer) {
    return clientBuilder().checkpointer(checkpointer).build();
  }

  /**
   * A builder of a client, for what {@link #client} does not say, such as a codec.
   */
  public static GraphBuilder<UnnamedGraph> clientBuilder() {
    Contract.require(1, "UnnamedGraph");
    return GraphBuilder.client(wiring -> new UnnamedGraph(null, wiring));
  }

  /**
   * The workflow {@link Unnamed#go}, stored as {@code Unnamed.go}.
   */
  public Workflow<String, Unnamed.Value> go() {
    return go;
  }

  static UnnamedTasks tasks(Unnamed flow, Scope scope) {
    Contract.require(1, "UnnamedGraph");
    return new Tasks(new Steps(flow), scope);
  }

  /**
   * The steps of one flow object, each a direct call of its method.
   */
  private static final class Steps {
    final TaskSpec<Unnamed.Value> make;

    final WorkflowSpec<String, Unnamed.Value> go;

    Steps(Unnamed flow) {
      this.make = this.make(flow);
      this.go = this.go(flow);
    }

    private TaskSpec<Unnamed.Value> make(Unnamed flow) {
      return TaskSpec.of("make", TypeRef.of(Unnamed.Value.class))
          .method("Unnamed", "make(java.lang.String)")
          .parameter("text", TypeRef.of(String.class))
          .leaf(call -> flow.make(call.<String>arg(0)));
    }

    private WorkflowSpec<String, Unnamed.Value> go(Unnamed flow) {
      return WorkflowSpec.of("Unnamed.go", TypeRef.of(String.class),
          TypeRef.of(Unnamed.Value.class))
          .tasks(make)
          .body(call -> flow.go(call.<String>arg(0), new Tasks(this, call.scope())));
    }
  }

  /**
   * Hands calls to the scope that makes them.
   */
  private static final class Tasks implements UnnamedTasks {
    private final Steps steps;

    private final Scope scope;

    Tasks(Steps steps, Scope scope) {
      this.steps = steps;
      this.scope = scope;
    }

    @Override
    public TaskFuture<Unnamed.Value> make(String text) {
      return scope.call(steps.make, text);
    }

    @Override
    public TaskFuture<Unnamed.Value> go(String text) {
      return scope.child(steps.go, text);
    }
  }
}
