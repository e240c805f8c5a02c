package com.acme;

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
 * Runs the workflows of {@link Graph}.
 */
@Generated("dev.clew.processor.WorkflowProcessor")
public final class GraphGraph extends dev.clew.Graph {
  private final Workflow<Duration, Duration> go;

  private GraphGraph(Graph flow, Wiring wiring) {
    super(wiring);
    Steps steps = new Steps(flow);
    this.go = workflow(steps.go);
  }

  /**
   * A builder of a graph that runs the steps of this object, which all runs share.
   */
  public static GraphBuilder<GraphGraph> builder(Graph flow) {
    Contract.require(1, "com.acme.GraphGraph");
    Objects.requireNonNull(flow, "flow");
    return GraphBuilder.of(wiring -> new GraphGraph(flow, wiring));
  }

  /**
   * A client: the same workflows, which it executes nowhere. It enqueues runs for workers, answers, cancels, and reads.
   */
  public static GraphGraph client(Checkpointer checkpointer) {
    return clientBuilder().checkpointer(checkpointer).build();
  }

  /**
   * A builder of a client, for what {@link #client} does not say, such as a codec.
   */
  public static GraphBuilder<GraphGraph> clientBuilder() {
    Contract.require(1, "com.acme.GraphGraph");
    return GraphBuilder.client(wiring -> new GraphGraph(null, wiring));
  }

  /**
   * The workflow {@link Graph#go}, stored as {@code Graph.go}.
   */
  public Workflow<Duration, Duration> go() {
    return go;
  }

  static GraphTasks tasks(Graph flow, Scope scope) {
    Contract.require(1, "com.acme.GraphGraph");
    return new Tasks(new Steps(flow), scope);
  }

  /**
   * The steps of one flow object, each a direct call of its method.
   */
  private static final class Steps {
    final WorkflowSpec<Duration, Duration> go;

    Steps(Graph flow) {
      this.go = this.go(flow);
    }

    private WorkflowSpec<Duration, Duration> go(Graph flow) {
      return WorkflowSpec.of("Graph.go", TypeRef.of(Duration.class), TypeRef.of(Duration.class))
          .timeout(java.time.Duration.parse("PT1M"))
          .body(call -> flow.go(call.<Duration>arg(0)));
    }
  }

  /**
   * Hands calls to the scope that makes them.
   */
  private static final class Tasks implements GraphTasks {
    private final Steps steps;

    private final Scope scope;

    Tasks(Steps steps, Scope scope) {
      this.steps = steps;
      this.scope = scope;
    }

    @Override
    public TaskFuture<Duration> go(Duration wiring) {
      return scope.child(steps.go, wiring);
    }
  }
}
