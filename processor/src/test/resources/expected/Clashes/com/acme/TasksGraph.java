package com.acme;

import dev.clew.Graph;
import dev.clew.GraphBuilder;
import dev.clew.checkpoint.Checkpointer;
import dev.clew.flow.Workflow;
import dev.clew.spi.Contract;
import dev.clew.spi.TaskSpec;
import dev.clew.spi.Wiring;
import dev.clew.spi.WorkflowSpec;
import dev.clew.task.TaskFuture;
import dev.clew.value.TypeRef;
import java.util.Objects;
import javax.annotation.processing.Generated;

/**
 * Runs the workflows of {@link Tasks}.
 */
@Generated("dev.clew.processor.WorkflowProcessor")
public final class TasksGraph extends Graph {
  private final Workflow<com.acme.Steps, com.acme.Steps> go;

  private TasksGraph(com.acme.Tasks flow, Wiring wiring) {
    super(wiring);
    Steps steps = new Steps(flow);
    this.go = workflow(steps.go);
  }

  /**
   * A builder of a graph that runs the steps of this object, which all runs share.
   */
  public static GraphBuilder<TasksGraph> builder(com.acme.Tasks flow) {
    Contract.require(1, "com.acme.TasksGraph");
    Objects.requireNonNull(flow, "flow");
    return GraphBuilder.of(wiring -> new TasksGraph(flow, wiring));
  }

  /**
   * A client: the same workflows, which it executes nowhere. It enqueues runs for workers, answers, cancels, and reads.
   */
  public static TasksGraph client(Checkpointer checkpointer) {
    return clientBuilder().checkpointer(checkpointer).build();
  }

  /**
   * A builder of a client, for what {@link #client} does not say, such as a codec.
   */
  public static GraphBuilder<TasksGraph> clientBuilder() {
    Contract.require(1, "com.acme.TasksGraph");
    return GraphBuilder.client(wiring -> new TasksGraph(null, wiring));
  }

  /**
   * The workflow {@link com.acme.Tasks#go}, stored as {@code Tasks.go}.
   */
  public Workflow<com.acme.Steps, com.acme.Steps> go() {
    return go;
  }

  static TasksTasks tasks(com.acme.Tasks flow, dev.clew.spi.Scope scope) {
    Contract.require(1, "com.acme.TasksGraph");
    return new Tasks(new Steps(flow), scope);
  }

  /**
   * The steps of one flow object, each a direct call of its method.
   */
  private static final class Steps {
    final TaskSpec<com.acme.Steps> walk;

    final WorkflowSpec<com.acme.Steps, com.acme.Steps> go;

    Steps(com.acme.Tasks flow) {
      this.walk = this.walk(flow);
      this.go = this.go(flow);
    }

    private TaskSpec<com.acme.Steps> walk(com.acme.Tasks flow) {
      return TaskSpec.of("walk", TypeRef.of(com.acme.Steps.class))
          .method("com.acme.Tasks", "walk(com.acme.Steps, com.acme.Scope)")
          .parameter("steps", TypeRef.of(com.acme.Steps.class))
          .parameter("scope", TypeRef.of(Scope.class))
          .leaf(call -> flow.walk(call.<com.acme.Steps>arg(0), call.<Scope>arg(1)));
    }

    private WorkflowSpec<com.acme.Steps, com.acme.Steps> go(com.acme.Tasks flow) {
      return WorkflowSpec.of("Tasks.go", TypeRef.of(com.acme.Steps.class),
          TypeRef.of(com.acme.Steps.class))
          .tasks(walk)
          .body(call -> flow.go(call.<com.acme.Steps>arg(0), new Tasks(this, call.scope()),
              call.run()));
    }
  }

  /**
   * Hands calls to the scope that makes them.
   */
  private static final class Tasks implements TasksTasks {
    private final Steps steps;

    private final dev.clew.spi.Scope scope;

    Tasks(Steps steps, dev.clew.spi.Scope scope) {
      this.steps = steps;
      this.scope = scope;
    }

    @Override
    public TaskFuture<com.acme.Steps> walk(com.acme.Steps steps_, Scope scope_) {
      return scope.call(steps.walk, steps_, scope_);
    }

    @Override
    public TaskFuture<com.acme.Steps> go(com.acme.Steps steps_) {
      return scope.child(steps.go, steps_);
    }
  }
}
