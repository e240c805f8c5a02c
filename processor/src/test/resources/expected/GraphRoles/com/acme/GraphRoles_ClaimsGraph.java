package com.acme;

import dev.clew.GraphBuilder;
import dev.clew.checkpoint.Checkpointer;
import dev.clew.graph.CompiledGraph;
import dev.clew.graph.GraphSpec;
import dev.clew.graph.RouteSpec;
import dev.clew.spi.Contract;
import dev.clew.spi.Scope;
import dev.clew.spi.TaskSpec;
import dev.clew.spi.Wiring;
import dev.clew.spi.WorkflowSpec;
import dev.clew.task.CachePolicy;
import dev.clew.task.RetryPolicy;
import dev.clew.task.TaskFuture;
import dev.clew.value.TypeRef;
import java.time.Duration;
import java.util.Objects;
import javax.annotation.processing.Generated;

/**
 * Runs the graph {@link GraphRoles.Claims}.
 *
 * <pre>{@code
 * graph TD;
 * 	__start__([__start__]):::first
 * 	checks("checks")
 * 	run_2d_check("run-check")
 * 	again("again")
 * 	audit("audit")
 * 	checks2("checks2")
 * 	rest("rest<hr/><small><em>defer = true</em></small>")
 * 	letter("letter")
 * 	reminder("reminder<hr/><small><em>defer = true</em></small>")
 * 	__end__([__end__]):::last
 * 	__start__ --> checks;
 * 	checks -.->|Check| run_2d_check;
 * 	run_2d_check -.->|AUDIT| audit;
 * 	run_2d_check -.->|BOTH| audit;
 * 	run_2d_check -.->|BOTH| letter;
 * 	run_2d_check -.->|NONE| __end__;
 * 	run_2d_check --> again;
 * 	checks2 --> audit;
 * 	run_2d_check --> audit;
 * 	__start__ --> checks2;
 * 	again --> rest;
 * 	rest -.->|AUDIT| audit;
 * 	rest -.->|BOTH| audit;
 * 	rest -.->|BOTH| letter;
 * 	rest -.->|NONE| __end__;
 * 	audit --> reminder;
 * 	letter --> reminder;
 * 	reminder --> __end__;
 * 	classDef default fill:#f2f0ff,line-height:1.2
 * 	classDef first fill-opacity:0
 * 	classDef last fill:#bfb6fc
 * }</pre>
 */
@Generated("dev.clew.processor.WorkflowProcessor")
final class GraphRoles_ClaimsGraph extends CompiledGraph<ClaimUpdate, GraphRoles.Claim, GraphRoles.Claim> {
  private GraphRoles_ClaimsGraph(GraphSpec<ClaimUpdate, GraphRoles.Claim, GraphRoles.Claim> spec,
      Wiring wiring) {
    super(spec, wiring);
  }

  /**
   * A builder of a graph that runs the nodes of this object, which all runs share.
   */
  public static GraphBuilder<GraphRoles_ClaimsGraph> builder(GraphRoles.Claims nodes) {
    Contract.require(1, "com.acme.GraphRoles_ClaimsGraph");
    GraphSpec<ClaimUpdate, GraphRoles.Claim, GraphRoles.Claim> spec = spec(nodes);
    return GraphBuilder.of(wiring -> new GraphRoles_ClaimsGraph(spec, wiring));
  }

  /**
   * A client: the same workflows, which it executes nowhere. It enqueues runs for workers, answers, cancels, and reads.
   */
  public static GraphRoles_ClaimsGraph client(Checkpointer checkpointer) {
    return clientBuilder().checkpointer(checkpointer).build();
  }

  /**
   * A builder of a client, for what {@link #client} does not say, such as a codec.
   */
  public static GraphBuilder<GraphRoles_ClaimsGraph> clientBuilder() {
    Contract.require(1, "com.acme.GraphRoles_ClaimsGraph");
    GraphSpec<ClaimUpdate, GraphRoles.Claim, GraphRoles.Claim> spec = clientSpec();
    return GraphBuilder.client(wiring -> new GraphRoles_ClaimsGraph(spec, wiring));
  }

  /**
   * The graph as it is described to the engine; {@code toBuilder()} adds to it.
   */
  public static GraphSpec<ClaimUpdate, GraphRoles.Claim, GraphRoles.Claim> spec(
      GraphRoles.Claims nodes) {
    Objects.requireNonNull(nodes, "nodes");
    return describe(nodes);
  }

  /**
   * The graph as clients describe it: its code cannot be called.
   */
  public static GraphSpec<ClaimUpdate, GraphRoles.Claim, GraphRoles.Claim> clientSpec() {
    return describe(null);
  }

  private static GraphSpec<ClaimUpdate, GraphRoles.Claim, GraphRoles.Claim> describe(
      GraphRoles.Claims nodes) {
    Steps steps = new Steps(nodes);
    return GraphSpec.of("claims", ClaimUpdate.STATE)
        .formerly("claim")
        .retry(RetryPolicy.builder().maxAttempts(2).build())
        .timeout(Duration.parse("PT1M"))
        .idleTimeout(Duration.parse("PT10S"))
        .input(ClaimUpdate.TYPE, update -> update)
        .context(GraphRoles.Clock.class)
        .tasks(steps.log)
        .node("checks")
            .after("__start__")
            .routes(GraphRoles.Check.class)
            .mayBeEmpty()
            .leaf(in -> ClaimUpdate.update().goTo(in.await(nodes.checks(in.state(), in.superstep(),
            in.context(GraphRoles.Clock.class)))))
        .node("run-check")
            .takes(GraphRoles.Check.class)
            .writes("checks")
            .formerly("check")
            .cache(CachePolicy.of("1").ttl(Duration.parse("PT1H")))
            .reads()
            .onErrorRoutes(RouteSpec.of(GraphRoles.Rest.class))
            .onErrorLeaf(in -> ClaimUpdate.update().goTo(nodes.failed(in.sent(), in.failure())))
            .leaf(in -> ClaimUpdate.update().checks(nodes.runCheck(in.sent(), in)))
        .node("again")
            .after("run-check")
            .leaf(in -> in.await(nodes.again(in.value(ClaimUpdate.Components.ANSWERS))))
        .node("audit")
            .afterAll("checks2", "run-check")
            .scope(in -> {
          nodes.audit(in.value(ClaimUpdate.Components.CHECKS),
              in.value(ClaimUpdate.Components.URGENT), in.value(ClaimUpdate.Components.GRADE),
              in.value(ClaimUpdate.Components.SCORE), in.value(ClaimUpdate.Components.NOTE),
              new Tasks(steps, in.scope()), in.run());
          return null;
        })
        .node("checks2")
            .after("__start__")
            .leaf(in -> {
          nodes.checks2();
          return null;
        })
        .node("rest")
            .after("again")
            .defer()
            .routes(GraphRoles.Rest.class)
            .routesOnce()
            .leaf(in -> nodes.rest(in.required(ClaimUpdate.Components.CUSTOMER)))
        .subgraph("letter",
            nodes == null ? GraphRoles_LettersGraph.clientSpec() : GraphRoles_LettersGraph.spec(nodes.letter),
            edges -> edges)
        .subgraph("reminder",
            nodes == null ? GraphRoles_LettersGraph.clientSpec() : GraphRoles_LettersGraph.spec(nodes.reminder()),
            edges -> edges.afterAny("audit", "letter").defer().formerly("mail"))
        .build();
  }

  static GraphRoles_ClaimsTasks tasks(GraphRoles.Claims flow, Scope scope) {
    Contract.require(1, "com.acme.GraphRoles_ClaimsGraph");
    return new Tasks(new Steps(flow), scope);
  }

  /**
   * The steps of one flow object, each a direct call of its method.
   */
  private static final class Steps {
    final TaskSpec<Void> log;

    final WorkflowSpec<LetterUpdate, GraphRoles.Letter> letter;

    final WorkflowSpec<LetterUpdate, GraphRoles.Letter> reminder;

    Steps(GraphRoles.Claims flow) {
      this.log = this.log(flow);
      this.letter = this.letter(flow);
      this.reminder = this.reminder(flow);
    }

    private TaskSpec<Void> log(GraphRoles.Claims flow) {
      return TaskSpec.of("log", TypeRef.of(Void.class))
          .method("com.acme.GraphRoles.Claims", "log(int)")
          .parameter("checks", TypeRef.of(Integer.class))
          .leaf(call -> {
            flow.log((int) call.<Integer>arg(0));
            return null;
          });
    }

    private WorkflowSpec<LetterUpdate, GraphRoles.Letter> letter(GraphRoles.Claims flow) {
      return (flow == null ? GraphRoles_LettersGraph.clientSpec() : GraphRoles_LettersGraph.spec(flow.letter)).workflow();
    }

    private WorkflowSpec<LetterUpdate, GraphRoles.Letter> reminder(GraphRoles.Claims flow) {
      return (flow == null ? GraphRoles_LettersGraph.clientSpec() : GraphRoles_LettersGraph.spec(flow.reminder())).workflow();
    }
  }

  /**
   * Hands calls to the scope that makes them.
   */
  private static final class Tasks implements GraphRoles_ClaimsTasks {
    private final Steps steps;

    private final Scope scope;

    Tasks(Steps steps, Scope scope) {
      this.steps = steps;
      this.scope = scope;
    }

    @Override
    public TaskFuture<Void> log(int checks) {
      return scope.call(steps.log, checks);
    }

    @Override
    public TaskFuture<GraphRoles.Letter> letter(LetterUpdate input) {
      return scope.child(steps.letter, input);
    }

    @Override
    public TaskFuture<GraphRoles.Letter> reminder(LetterUpdate input) {
      return scope.child(steps.reminder, input);
    }
  }
}
