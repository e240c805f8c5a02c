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
import java.util.List;
import java.util.Objects;
import javax.annotation.processing.Generated;

/**
 * Runs the workflows of {@link Inheritance.Home.Flow}.
 */
@Generated("dev.clew.processor.WorkflowProcessor")
public final class Inheritance_Home_FlowGraph extends Graph {
  private final Workflow<String, String> go;

  private Inheritance_Home_FlowGraph(Inheritance.Home.Flow flow, Wiring wiring) {
    super(wiring);
    Steps steps = new Steps(flow);
    this.go = workflow(steps.go);
  }

  /**
   * A builder of a graph that runs the steps of this object, which all runs share.
   */
  public static GraphBuilder<Inheritance_Home_FlowGraph> builder(Inheritance.Home.Flow flow) {
    Contract.require(1, "com.acme.Inheritance_Home_FlowGraph");
    Objects.requireNonNull(flow, "flow");
    return GraphBuilder.of(wiring -> new Inheritance_Home_FlowGraph(flow, wiring));
  }

  /**
   * A client: the same workflows, which it executes nowhere. It enqueues runs for workers, answers, cancels, and reads.
   */
  public static Inheritance_Home_FlowGraph client(Checkpointer checkpointer) {
    return clientBuilder().checkpointer(checkpointer).build();
  }

  /**
   * A builder of a client, for what {@link #client} does not say, such as a codec.
   */
  public static GraphBuilder<Inheritance_Home_FlowGraph> clientBuilder() {
    Contract.require(1, "com.acme.Inheritance_Home_FlowGraph");
    return GraphBuilder.client(wiring -> new Inheritance_Home_FlowGraph(null, wiring));
  }

  /**
   * The workflow {@link Inheritance.Home.Flow#go}, stored as {@code Inheritance.Home.Flow.go}.
   */
  public Workflow<String, String> go() {
    return go;
  }

  static Inheritance_Home_FlowTasks tasks(Inheritance.Home.Flow flow, Scope scope) {
    Contract.require(1, "com.acme.Inheritance_Home_FlowGraph");
    return new Tasks(new Steps(flow), scope);
  }

  /**
   * The steps of one flow object, each a direct call of its method.
   */
  private static final class Steps {
    final TaskSpec<String> replaced;

    final TaskSpec<List<Integer>> load;

    final TaskSpec<String> store;

    final WorkflowSpec<String, String> go;

    Steps(Inheritance.Home.Flow flow) {
      this.replaced = this.replaced(flow);
      this.load = this.load(flow);
      this.store = this.store(flow);
      this.go = this.go(flow);
    }

    private TaskSpec<String> replaced(Inheritance.Home.Flow flow) {
      return TaskSpec.of("better", TypeRef.of(String.class))
          .method("com.acme.Inheritance.Home.Flow", "replaced(java.lang.String)")
          .parameter("text", TypeRef.of(String.class))
          .leaf(call -> flow.replaced(call.<String>arg(0)));
    }

    private TaskSpec<List<Integer>> load(Inheritance.Home.Flow flow) {
      return TaskSpec.of("load", new TypeRef<List<Integer>>() {})
          .method("com.acme.Inheritance.Home.Flow", "load(java.util.List<java.lang.Integer>, java.util.List<java.util.List<java.lang.Integer>>)")
          .parameter("key", new TypeRef<List<Integer>>() {})
          .parameter("all", new TypeRef<List<List<Integer>>>() {})
          .leaf(call -> flow.load(call.<List<Integer>>arg(0), call.<List<List<Integer>>>arg(1)));
    }

    private TaskSpec<String> store(Inheritance.Home.Flow flow) {
      return TaskSpec.of("keep", TypeRef.of(String.class))
          .method("com.acme.Inheritance.Home.Flow", "store(java.lang.String)")
          .parameter("text", TypeRef.of(String.class))
          .scope(call -> flow.store(call.<String>arg(0), call.run()));
    }

    private WorkflowSpec<String, String> go(Inheritance.Home.Flow flow) {
      return WorkflowSpec.of("Inheritance.Home.Flow.go", TypeRef.of(String.class),
          TypeRef.of(String.class))
          .tasks(replaced, load, store)
          .body(call -> flow.go(call.<String>arg(0), new Tasks(this, call.scope())));
    }
  }

  /**
   * Hands calls to the scope that makes them.
   */
  private static final class Tasks implements Inheritance_Home_FlowTasks {
    private final Steps steps;

    private final Scope scope;

    Tasks(Steps steps, Scope scope) {
      this.steps = steps;
      this.scope = scope;
    }

    @Override
    public TaskFuture<String> replaced(String text) {
      return scope.call(steps.replaced, text);
    }

    @Override
    public TaskFuture<List<Integer>> load(List<Integer> key, List<List<Integer>> all) {
      return scope.call(steps.load, key, all);
    }

    @Override
    public TaskFuture<String> store(String text) {
      return scope.call(steps.store, text);
    }

    @Override
    public TaskFuture<String> go(String input) {
      return scope.child(steps.go, input);
    }
  }
}
