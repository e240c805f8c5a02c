package com.acme;

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
 * Runs the workflows of {@link Names.Graph}.
 */
@Generated("dev.clew.processor.WorkflowProcessor")
final class Names_GraphGraph extends Graph {
  private final Workflow<Names.Graph.Wiring, Names.Graph.Wiring> wiring;

  private final Workflow<String, String> steps;

  private Names_GraphGraph(Names.Graph flow, Wiring wiring) {
    super(wiring);
    Steps steps = new Steps(flow);
    this.wiring = workflow(steps.wiring);
    this.steps = workflow(steps.steps);
  }

  /**
   * A builder of a graph that runs the steps of this object, which all runs share.
   */
  public static GraphBuilder<Names_GraphGraph> builder(Names.Graph flow) {
    Contract.require(1, "com.acme.Names_GraphGraph");
    Objects.requireNonNull(flow, "flow");
    return GraphBuilder.of(wiring -> new Names_GraphGraph(flow, wiring));
  }

  /**
   * A client: the same workflows, which it executes nowhere. It enqueues runs for workers, answers, cancels, and reads.
   */
  public static Names_GraphGraph client(Checkpointer checkpointer) {
    return clientBuilder().checkpointer(checkpointer).build();
  }

  /**
   * A builder of a client, for what {@link #client} does not say, such as a codec.
   */
  public static GraphBuilder<Names_GraphGraph> clientBuilder() {
    Contract.require(1, "com.acme.Names_GraphGraph");
    return GraphBuilder.client(wiring -> new Names_GraphGraph(null, wiring));
  }

  /**
   * The workflow {@link Names.Graph#wiring}, stored as {@code Names.Graph.wiring}.
   */
  public Workflow<Names.Graph.Wiring, Names.Graph.Wiring> wiring() {
    return wiring;
  }

  /**
   * The workflow {@link Names.Graph#steps}, stored as {@code Names.Graph.steps}.
   */
  public Workflow<String, String> steps() {
    return steps;
  }

  static Names_GraphTasks tasks(Names.Graph flow, Scope scope) {
    Contract.require(1, "com.acme.Names_GraphGraph");
    return new Tasks(new Steps(flow), scope);
  }

  /**
   * The steps of one flow object, each a direct call of its method.
   */
  private static final class Steps {
    final TaskSpec<Names.Graph.Wiring> flow;

    final TaskSpec<String> call;

    final TaskSpec<String> scope;

    final WorkflowSpec<Names.Graph.Wiring, Names.Graph.Wiring> wiring;

    final WorkflowSpec<String, String> steps;

    Steps(Names.Graph flow_) {
      this.flow = this.flow(flow_);
      this.call = this.call(flow_);
      this.scope = this.scope(flow_);
      this.wiring = this.wiring(flow_);
      this.steps = this.steps(flow_);
    }

    private TaskSpec<Names.Graph.Wiring> flow(Names.Graph flow_) {
      return TaskSpec.of("flow", TypeRef.of(Names.Graph.Wiring.class))
          .method("com.acme.Names.Graph", "flow(com.acme.Names.Graph.Wiring)")
          .parameter("call", TypeRef.of(Names.Graph.Wiring.class))
          .leaf(call_ -> flow_.flow(call_.<Names.Graph.Wiring>arg(0),
              call_.context(Names.Graph.Flow.class)));
    }

    private TaskSpec<String> call(Names.Graph flow_) {
      return TaskSpec.of("call", TypeRef.of(String.class))
          .method("com.acme.Names.Graph", "call(java.lang.String)")
          .parameter("args", TypeRef.of(String.class))
          .leaf(call_ -> flow_.call(call_.<String>arg(0), call_.context(Names.Steps.class)));
    }

    private TaskSpec<String> scope(Names.Graph flow_) {
      return TaskSpec.of("scope", TypeRef.of(String.class))
          .method("com.acme.Names.Graph", "scope(java.lang.String)")
          .parameter("scope", TypeRef.of(String.class))
          .leaf(call_ -> flow_.scope(call_.<String>arg(0)));
    }

    private WorkflowSpec<Names.Graph.Wiring, Names.Graph.Wiring> wiring(Names.Graph flow_) {
      return WorkflowSpec.of("Names.Graph.wiring", TypeRef.of(Names.Graph.Wiring.class),
          TypeRef.of(Names.Graph.Wiring.class))
          .context(Names.Graph.Flow.class)
          .context(Names.Steps.class)
          .tasks(flow, call, scope)
          .body(call_ -> flow_.wiring(call_.<Names.Graph.Wiring>arg(0),
              new Tasks(this, call_.scope())));
    }

    private WorkflowSpec<String, String> steps(Names.Graph flow_) {
      return WorkflowSpec.of("Names.Graph.steps", TypeRef.of(String.class),
          TypeRef.of(String.class))
          .context(Names.Graph.Flow.class)
          .context(Names.Steps.class)
          .tasks(flow, call, scope)
          .body(call_ -> flow_.steps(call_.<String>arg(0)));
    }
  }

  /**
   * Hands calls to the scope that makes them.
   */
  private static final class Tasks implements Names_GraphTasks {
    private final Steps steps;

    private final Scope scope;

    Tasks(Steps steps, Scope scope) {
      this.steps = steps;
      this.scope = scope;
    }

    @Override
    public TaskFuture<Names.Graph.Wiring> flow(Names.Graph.Wiring call) {
      return scope.call(steps.flow, call);
    }

    @Override
    public TaskFuture<String> call(String args) {
      return scope.call(steps.call, args);
    }

    @Override
    public TaskFuture<String> scope(String scope_) {
      return scope.call(steps.scope, scope_);
    }

    @Override
    public TaskFuture<Names.Graph.Wiring> wiring(Names.Graph.Wiring wiring) {
      return scope.child(steps.wiring, wiring);
    }

    @Override
    public TaskFuture<String> steps(String wiring) {
      return scope.child(steps.steps, wiring);
    }
  }
}
