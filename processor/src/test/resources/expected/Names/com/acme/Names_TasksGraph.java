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
 * Runs the workflows of {@link Names.Tasks}.
 */
@Generated("dev.clew.processor.WorkflowProcessor")
public final class Names_TasksGraph extends Graph {
  private final Workflow<String, String> steps;

  private Names_TasksGraph(Names.Tasks flow, Wiring wiring) {
    super(wiring);
    Steps steps = new Steps(flow);
    this.steps = workflow(steps.steps);
  }

  /**
   * A builder of a graph that runs the steps of this object, which all runs share.
   */
  public static GraphBuilder<Names_TasksGraph> builder(Names.Tasks flow) {
    Contract.require(1, "com.acme.Names_TasksGraph");
    Objects.requireNonNull(flow, "flow");
    return GraphBuilder.of(wiring -> new Names_TasksGraph(flow, wiring));
  }

  /**
   * A client: the same workflows, which it executes nowhere. It enqueues runs for workers, answers, cancels, and reads.
   */
  public static Names_TasksGraph client(Checkpointer checkpointer) {
    return clientBuilder().checkpointer(checkpointer).build();
  }

  /**
   * A builder of a client, for what {@link #client} does not say, such as a codec.
   */
  public static GraphBuilder<Names_TasksGraph> clientBuilder() {
    Contract.require(1, "com.acme.Names_TasksGraph");
    return GraphBuilder.client(wiring -> new Names_TasksGraph(null, wiring));
  }

  /**
   * The workflow {@link Names.Tasks#steps}, stored as {@code Names.Tasks.steps}.
   */
  public Workflow<String, String> steps() {
    return steps;
  }

  static Names_TasksTasks tasks(Names.Tasks flow, Scope scope) {
    Contract.require(1, "com.acme.Names_TasksGraph");
    return new Tasks(new Steps(flow), scope);
  }

  /**
   * The steps of one flow object, each a direct call of its method.
   */
  private static final class Steps {
    final TaskSpec<String> scope;

    final WorkflowSpec<String, String> steps;

    Steps(Names.Tasks flow) {
      this.scope = this.scope(flow);
      this.steps = this.steps(flow);
    }

    private TaskSpec<String> scope(Names.Tasks flow) {
      return TaskSpec.of("scope", TypeRef.of(String.class))
          .method("com.acme.Names.Tasks", "scope(java.lang.String, java.lang.String)")
          .parameter("scope", TypeRef.of(String.class))
          .parameter("steps", TypeRef.of(String.class))
          .leaf(call -> flow.scope(call.<String>arg(0), call.<String>arg(1)));
    }

    private WorkflowSpec<String, String> steps(Names.Tasks flow) {
      return WorkflowSpec.of("Names.Tasks.steps", TypeRef.of(String.class),
          TypeRef.of(String.class))
          .tasks(scope)
          .body(call -> flow.steps(call.<String>arg(0), new Tasks(this, call.scope())));
    }
  }

  /**
   * Hands calls to the scope that makes them.
   */
  private static final class Tasks implements Names_TasksTasks {
    private final Steps steps;

    private final Scope scope;

    Tasks(Steps steps, Scope scope) {
      this.steps = steps;
      this.scope = scope;
    }

    @Override
    public TaskFuture<String> scope(String scope_, String steps_) {
      return scope.call(steps.scope, scope_, steps_);
    }

    @Override
    public TaskFuture<String> steps(String flow) {
      return scope.child(steps.steps, flow);
    }
  }
}
