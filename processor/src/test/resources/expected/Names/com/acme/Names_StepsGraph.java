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
import java.time.Duration;
import java.util.Objects;
import javax.annotation.processing.Generated;

/**
 * Runs the workflows of {@link Names.Steps}.
 */
@Generated("dev.clew.processor.WorkflowProcessor")
public final class Names_StepsGraph extends Graph {
  private final Workflow<String, String> größe;

  private Names_StepsGraph(Names.Steps flow, Wiring wiring) {
    super(wiring);
    Steps steps = new Steps(flow);
    this.größe = workflow(steps.größe);
  }

  /**
   * A builder of a graph that runs the steps of this object, which all runs share.
   */
  public static GraphBuilder<Names_StepsGraph> builder(Names.Steps flow) {
    Contract.require(1, "com.acme.Names_StepsGraph");
    Objects.requireNonNull(flow, "flow");
    return GraphBuilder.of(wiring -> new Names_StepsGraph(flow, wiring));
  }

  /**
   * A client: the same workflows, which it executes nowhere. It enqueues runs for workers, answers, cancels, and reads.
   */
  public static Names_StepsGraph client(Checkpointer checkpointer) {
    return clientBuilder().checkpointer(checkpointer).build();
  }

  /**
   * A builder of a client, for what {@link #client} does not say, such as a codec.
   */
  public static GraphBuilder<Names_StepsGraph> clientBuilder() {
    Contract.require(1, "com.acme.Names_StepsGraph");
    return GraphBuilder.client(wiring -> new Names_StepsGraph(null, wiring));
  }

  /**
   * The workflow {@link Names.Steps#größe}.
   */
  public Workflow<String, String> größe() {
    return größe;
  }

  static Names_StepsTasks tasks(Names.Steps flow, Scope scope) {
    Contract.require(1, "com.acme.Names_StepsGraph");
    return new Tasks(new Steps(flow), scope);
  }

  /**
   * The steps of one flow object, each a direct call of its method.
   */
  private static final class Steps {
    final TaskSpec<String> $dollar$;

    final TaskSpec<String> record;

    final WorkflowSpec<String, String> größe;

    Steps(Names.Steps flow) {
      this.$dollar$ = this.$dollar$(flow);
      this.record = this.record(flow);
      this.größe = this.größe(flow);
    }

    private TaskSpec<String> $dollar$(Names.Steps flow) {
      return TaskSpec.of("$dollar$", TypeRef.of(String.class))
          .method("com.acme.Names.Steps", "$dollar$(java.lang.String, int)")
          .parameter("$", TypeRef.of(String.class))
          .parameter("record", TypeRef.of(Integer.class))
          .formerly("$T $old$")
          .timeout(Duration.parse("PT1S"))
          .leaf(call -> flow.$dollar$(call.<String>arg(0), (int) call.<Integer>arg(1)));
    }

    private TaskSpec<String> record(Names.Steps flow) {
      return TaskSpec.of("record", TypeRef.of(String.class))
          .method("com.acme.Names.Steps", "record(java.lang.String, java.lang.String, java.lang.String)")
          .parameter("yield", TypeRef.of(String.class))
          .parameter("var", TypeRef.of(String.class))
          .parameter("sealed", TypeRef.of(String.class))
          .leaf(call -> flow.record(call.<String>arg(0), call.<String>arg(1), call.<String>arg(2)));
    }

    private WorkflowSpec<String, String> größe(Names.Steps flow) {
      return WorkflowSpec.of("stays */ in {@code its} <comment> \\u002a/ $T %s \"",
          TypeRef.of(String.class), TypeRef.of(String.class))
          .formerly("Names.Old.größe", "Names.Steps.size")
          .tasks($dollar$, record)
          .body(call -> flow.größe(call.<String>arg(0), new Tasks(this, call.scope())));
    }
  }

  /**
   * Hands calls to the scope that makes them.
   */
  private static final class Tasks implements Names_StepsTasks {
    private final Steps steps;

    private final Scope scope;

    Tasks(Steps steps, Scope scope) {
      this.steps = steps;
      this.scope = scope;
    }

    @Override
    public TaskFuture<String> $dollar$(String $, int record) {
      return scope.call(steps.$dollar$, $, record);
    }

    @Override
    public TaskFuture<String> record(String yield, String var, String sealed) {
      return scope.call(steps.record, yield, var, sealed);
    }

    @Override
    public TaskFuture<String> größe(String straße) {
      return scope.child(steps.größe, straße);
    }
  }
}
