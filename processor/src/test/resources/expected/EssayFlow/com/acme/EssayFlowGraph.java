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
import dev.clew.task.RetryPolicy;
import dev.clew.task.TaskFuture;
import dev.clew.value.TypeRef;
import java.time.Duration;
import java.util.Objects;
import javax.annotation.processing.Generated;

/**
 * Runs the workflows of {@link EssayFlow}.
 */
@Generated("dev.clew.processor.WorkflowProcessor")
public final class EssayFlowGraph extends Graph {
  private final Workflow<String, EssayFlow.Essay> write;

  private EssayFlowGraph(EssayFlow flow, Wiring wiring) {
    super(wiring);
    Steps steps = new Steps(flow);
    this.write = workflow(steps.write);
  }

  /**
   * A builder of a graph that runs the steps of this object, which all runs share.
   */
  public static GraphBuilder<EssayFlowGraph> builder(EssayFlow flow) {
    Contract.require(1, "com.acme.EssayFlowGraph");
    Objects.requireNonNull(flow, "flow");
    return GraphBuilder.of(wiring -> new EssayFlowGraph(flow, wiring));
  }

  /**
   * A client: the same workflows, which it executes nowhere. It enqueues runs for workers, answers, cancels, and reads.
   */
  public static EssayFlowGraph client(Checkpointer checkpointer) {
    return clientBuilder().checkpointer(checkpointer).build();
  }

  /**
   * A builder of a client, for what {@link #client} does not say, such as a codec.
   */
  public static GraphBuilder<EssayFlowGraph> clientBuilder() {
    Contract.require(1, "com.acme.EssayFlowGraph");
    return GraphBuilder.client(wiring -> new EssayFlowGraph(null, wiring));
  }

  /**
   * The workflow {@link EssayFlow#write}, stored as {@code EssayFlow.write}.
   */
  public Workflow<String, EssayFlow.Essay> write() {
    return write;
  }

  static EssayFlowTasks tasks(EssayFlow flow, Scope scope) {
    Contract.require(1, "com.acme.EssayFlowGraph");
    return new Tasks(new Steps(flow), scope);
  }

  /**
   * The steps of one flow object, each a direct call of its method.
   */
  private static final class Steps {
    final TaskSpec<EssayFlow.Draft> compose;

    final TaskSpec<EssayFlow.Draft> revise;

    final WorkflowSpec<String, EssayFlow.Essay> write;

    Steps(EssayFlow flow) {
      this.compose = this.compose(flow);
      this.revise = this.revise(flow);
      this.write = this.write(flow);
    }

    private TaskSpec<EssayFlow.Draft> compose(EssayFlow flow) {
      return TaskSpec.of("compose", TypeRef.of(EssayFlow.Draft.class))
          .method("com.acme.EssayFlow", "compose(java.lang.String)")
          .parameter("topic", TypeRef.of(String.class))
          .retry(RetryPolicy.builder().maxAttempts(3).build())
          .timeout(Duration.parse("PT30S"))
          .leaf(call -> flow.compose(call.<String>arg(0)));
    }

    private TaskSpec<EssayFlow.Draft> revise(EssayFlow flow) {
      return TaskSpec.of("revise", TypeRef.of(EssayFlow.Draft.class))
          .method("com.acme.EssayFlow", "revise(com.acme.EssayFlow.Draft, java.lang.String)")
          .parameter("draft", TypeRef.of(EssayFlow.Draft.class))
          .parameter("feedback", TypeRef.of(String.class))
          .leaf(call -> flow.revise(call.<EssayFlow.Draft>arg(0), call.<String>arg(1)));
    }

    private WorkflowSpec<String, EssayFlow.Essay> write(EssayFlow flow) {
      return WorkflowSpec.of("EssayFlow.write", TypeRef.of(String.class),
          TypeRef.of(EssayFlow.Essay.class))
          .tasks(compose, revise)
          .questions(EssayFlow.REVIEW)
          .body(call -> flow.write(call.<String>arg(0), new Tasks(this, call.scope()), call.run()));
    }
  }

  /**
   * Hands calls to the scope that makes them.
   */
  private static final class Tasks implements EssayFlowTasks {
    private final Steps steps;

    private final Scope scope;

    Tasks(Steps steps, Scope scope) {
      this.steps = steps;
      this.scope = scope;
    }

    @Override
    public TaskFuture<EssayFlow.Draft> compose(String topic) {
      return scope.call(steps.compose, topic);
    }

    @Override
    public TaskFuture<EssayFlow.Draft> revise(EssayFlow.Draft draft, String feedback) {
      return scope.call(steps.revise, draft, feedback);
    }

    @Override
    public TaskFuture<EssayFlow.Essay> write(String topic) {
      return scope.child(steps.write, topic);
    }
  }
}
