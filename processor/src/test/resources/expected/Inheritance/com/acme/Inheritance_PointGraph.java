package com.acme;

import dev.clew.Graph;
import dev.clew.GraphBuilder;
import dev.clew.checkpoint.Checkpointer;
import dev.clew.flow.Workflow;
import dev.clew.spi.Contract;
import dev.clew.spi.Scope;
import dev.clew.spi.Wiring;
import dev.clew.spi.WorkflowSpec;
import dev.clew.task.TaskFuture;
import dev.clew.value.TypeRef;
import java.util.Objects;
import javax.annotation.processing.Generated;

/**
 * Runs the workflows of {@link Inheritance.Point}.
 */
@Generated("dev.clew.processor.WorkflowProcessor")
public final class Inheritance_PointGraph extends Graph {
  private final Workflow<Void, Integer> sum;

  private Inheritance_PointGraph(Inheritance.Point flow, Wiring wiring) {
    super(wiring);
    Steps steps = new Steps(flow);
    this.sum = workflow(steps.sum);
  }

  /**
   * A builder of a graph that runs the steps of this object, which all runs share.
   */
  public static GraphBuilder<Inheritance_PointGraph> builder(Inheritance.Point flow) {
    Contract.require(1, "com.acme.Inheritance_PointGraph");
    Objects.requireNonNull(flow, "flow");
    return GraphBuilder.of(wiring -> new Inheritance_PointGraph(flow, wiring));
  }

  /**
   * A client: the same workflows, which it executes nowhere. It enqueues runs for workers, answers, cancels, and reads.
   */
  public static Inheritance_PointGraph client(Checkpointer checkpointer) {
    return clientBuilder().checkpointer(checkpointer).build();
  }

  /**
   * A builder of a client, for what {@link #client} does not say, such as a codec.
   */
  public static GraphBuilder<Inheritance_PointGraph> clientBuilder() {
    Contract.require(1, "com.acme.Inheritance_PointGraph");
    return GraphBuilder.client(wiring -> new Inheritance_PointGraph(null, wiring));
  }

  /**
   * The workflow {@link Inheritance.Point#sum}, stored as {@code Inheritance.Point.sum}.
   */
  public Workflow<Void, Integer> sum() {
    return sum;
  }

  static Inheritance_PointTasks tasks(Inheritance.Point flow, Scope scope) {
    Contract.require(1, "com.acme.Inheritance_PointGraph");
    return new Tasks(new Steps(flow), scope);
  }

  /**
   * The steps of one flow object, each a direct call of its method.
   */
  private static final class Steps {
    final WorkflowSpec<Void, Integer> sum;

    Steps(Inheritance.Point flow) {
      this.sum = this.sum(flow);
    }

    private WorkflowSpec<Void, Integer> sum(Inheritance.Point flow) {
      return WorkflowSpec.of("Inheritance.Point.sum", TypeRef.of(Void.class),
          TypeRef.of(Integer.class))
          .body(call -> flow.sum(new Tasks(this, call.scope())));
    }
  }

  /**
   * Hands calls to the scope that makes them.
   */
  private static final class Tasks implements Inheritance_PointTasks {
    private final Steps steps;

    private final Scope scope;

    Tasks(Steps steps, Scope scope) {
      this.steps = steps;
      this.scope = scope;
    }

    @Override
    public TaskFuture<Integer> sum() {
      return scope.child(steps.sum, null);
    }
  }
}
