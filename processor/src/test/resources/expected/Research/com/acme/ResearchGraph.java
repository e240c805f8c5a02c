package com.acme;

import dev.clew.GraphBuilder;
import dev.clew.checkpoint.Checkpointer;
import dev.clew.graph.CompiledGraph;
import dev.clew.graph.GraphSpec;
import dev.clew.spi.Contract;
import dev.clew.spi.Wiring;
import dev.clew.task.RetryPolicy;
import java.util.Objects;
import javax.annotation.processing.Generated;

/**
 * Runs the graph {@link Research}.
 *
 * <pre>{@code
 * graph TD;
 * 	__start__([__start__]):::first
 * 	plan("plan")
 * 	search("search")
 * 	write("write")
 * 	review("review")
 * 	improve("improve")
 * 	publish("publish")
 * 	__end__([__end__]):::last
 * 	__start__ --> plan;
 * 	plan -.->|Query| search;
 * 	search --> write;
 * 	write --> review;
 * 	improve --> review;
 * 	review -.->|Good| publish;
 * 	review -.->|Weak| improve;
 * 	publish -.->|AGAIN| write;
 * 	publish -.->|DONE| __end__;
 * 	classDef default fill:#f2f0ff,line-height:1.2
 * 	classDef first fill-opacity:0
 * 	classDef last fill:#bfb6fc
 * }</pre>
 */
@Generated("dev.clew.processor.WorkflowProcessor")
public final class ResearchGraph extends CompiledGraph<String, Draft, ResearchState> {
  private ResearchGraph(GraphSpec<String, Draft, ResearchState> spec, Wiring wiring) {
    super(spec, wiring);
  }

  /**
   * A builder of a graph that runs the nodes of this object, which all runs share.
   */
  public static GraphBuilder<ResearchGraph> builder(Research nodes) {
    Contract.require(1, "com.acme.ResearchGraph");
    GraphSpec<String, Draft, ResearchState> spec = spec(nodes);
    return GraphBuilder.of(wiring -> new ResearchGraph(spec, wiring));
  }

  /**
   * A client: the same workflows, which it executes nowhere. It enqueues runs for workers, answers, cancels, and reads.
   */
  public static ResearchGraph client(Checkpointer checkpointer) {
    return clientBuilder().checkpointer(checkpointer).build();
  }

  /**
   * A builder of a client, for what {@link #client} does not say, such as a codec.
   */
  public static GraphBuilder<ResearchGraph> clientBuilder() {
    Contract.require(1, "com.acme.ResearchGraph");
    GraphSpec<String, Draft, ResearchState> spec = clientSpec();
    return GraphBuilder.client(wiring -> new ResearchGraph(spec, wiring));
  }

  /**
   * The graph as it is described to the engine; {@code toBuilder()} adds to it.
   */
  public static GraphSpec<String, Draft, ResearchState> spec(Research nodes) {
    Objects.requireNonNull(nodes, "nodes");
    return describe(nodes);
  }

  /**
   * The graph as clients describe it: its code cannot be called.
   */
  public static GraphSpec<String, Draft, ResearchState> clientSpec() {
    return describe(null);
  }

  private static GraphSpec<String, Draft, ResearchState> describe(Research nodes) {
    return GraphSpec.of("Research", ResearchStateUpdate.STATE)
        .input(String.class, given -> nodes.begin(given))
        .output(Draft.class, state -> nodes.result(required("draft", state.draft(), "write",
            "improve")))
        .questions(Research.PUBLISH)
        .node("plan")
            .after("__start__")
            .routes(Research.Query.class)
            .mayBeEmpty()
            .leaf(in -> ResearchStateUpdate.update().goTo(nodes.plan(in.required(ResearchStateUpdate.Components.TOPIC))))
        .node("search")
            .takes(Research.Query.class)
            .writes("notes")
            .retry(RetryPolicy.builder().maxAttempts(3).build())
            .leaf(in -> ResearchStateUpdate.update().notes(nodes.search(in.sent())))
        .node("write")
            .after("search")
            .writes("draft")
            .leaf(in -> ResearchStateUpdate.update().draft(nodes.write(in.required(ResearchStateUpdate.Components.TOPIC),
            in.value(ResearchStateUpdate.Components.NOTES))))
        .node("review")
            .afterAny("write", "improve")
            .routes(Research.Verdict.class)
            .routesOnce()
            .leaf(in -> ResearchStateUpdate.update().goTo(nodes.review(in.required(ResearchStateUpdate.Components.DRAFT))))
        .node("improve")
            .takes(Research.Verdict.Weak.class)
            .writes("draft")
            .leaf(in -> ResearchStateUpdate.update().draft(nodes.improve(in.sent(),
            in.required(ResearchStateUpdate.Components.DRAFT))))
        .node("publish")
            .takes(Research.Verdict.Good.class)
            .routes(Research.Editor.class)
            .routesOnce()
            .scope(in -> nodes.publish(in.sent(), in.required(ResearchStateUpdate.Components.DRAFT),
            in.run()))
        .build();
  }
}
