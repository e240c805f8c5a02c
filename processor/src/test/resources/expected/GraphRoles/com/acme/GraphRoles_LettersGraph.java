package com.acme;

import dev.clew.GraphBuilder;
import dev.clew.checkpoint.Checkpointer;
import dev.clew.graph.CompiledGraph;
import dev.clew.graph.GraphSpec;
import dev.clew.spi.Contract;
import dev.clew.spi.Wiring;
import java.util.Objects;
import javax.annotation.processing.Generated;

/**
 * Runs the graph {@link GraphRoles.Letters}.
 *
 * <pre>{@code
 * graph TD;
 * 	__start__([__start__]):::first
 * 	compose("compose")
 * 	__end__([__end__]):::last
 * 	__start__ --> compose;
 * 	compose --> __end__;
 * 	classDef default fill:#f2f0ff,line-height:1.2
 * 	classDef first fill-opacity:0
 * 	classDef last fill:#bfb6fc
 * }</pre>
 */
@Generated("dev.clew.processor.WorkflowProcessor")
final class GraphRoles_LettersGraph extends CompiledGraph<LetterUpdate, GraphRoles.Letter, GraphRoles.Letter> {
  private GraphRoles_LettersGraph(
      GraphSpec<LetterUpdate, GraphRoles.Letter, GraphRoles.Letter> spec, Wiring wiring) {
    super(spec, wiring);
  }

  /**
   * A builder of a graph that runs the nodes of this object, which all runs share.
   */
  public static GraphBuilder<GraphRoles_LettersGraph> builder(GraphRoles.Letters nodes) {
    Contract.require(1, "com.acme.GraphRoles_LettersGraph");
    GraphSpec<LetterUpdate, GraphRoles.Letter, GraphRoles.Letter> spec = spec(nodes);
    return GraphBuilder.of(wiring -> new GraphRoles_LettersGraph(spec, wiring));
  }

  /**
   * A client: the same workflows, which it executes nowhere. It enqueues runs for workers, answers, cancels, and reads.
   */
  public static GraphRoles_LettersGraph client(Checkpointer checkpointer) {
    return clientBuilder().checkpointer(checkpointer).build();
  }

  /**
   * A builder of a client, for what {@link #client} does not say, such as a codec.
   */
  public static GraphBuilder<GraphRoles_LettersGraph> clientBuilder() {
    Contract.require(1, "com.acme.GraphRoles_LettersGraph");
    GraphSpec<LetterUpdate, GraphRoles.Letter, GraphRoles.Letter> spec = clientSpec();
    return GraphBuilder.client(wiring -> new GraphRoles_LettersGraph(spec, wiring));
  }

  /**
   * The graph as it is described to the engine; {@code toBuilder()} adds to it.
   */
  public static GraphSpec<LetterUpdate, GraphRoles.Letter, GraphRoles.Letter> spec(
      GraphRoles.Letters nodes) {
    Objects.requireNonNull(nodes, "nodes");
    return describe(nodes);
  }

  /**
   * The graph as clients describe it: its code cannot be called.
   */
  public static GraphSpec<LetterUpdate, GraphRoles.Letter, GraphRoles.Letter> clientSpec() {
    return describe(null);
  }

  private static GraphSpec<LetterUpdate, GraphRoles.Letter, GraphRoles.Letter> describe(
      GraphRoles.Letters nodes) {
    return GraphSpec.of("GraphRoles.Letters", LetterUpdate.STATE)
        .input(LetterUpdate.TYPE, update -> update)
        .node("compose")
            .after("__start__")
            .writes("text")
            .leaf(in -> LetterUpdate.update().text(nodes.compose(in.value(LetterUpdate.Components.CUSTOMER))))
        .build();
  }
}
