package com.acme;

import dev.clew.GraphBuilder;
import dev.clew.checkpoint.Checkpointer;
import dev.clew.effect.Resolution;
import dev.clew.effect.UnknownOutcome;
import dev.clew.graph.CompiledGraph;
import dev.clew.graph.GraphSpec;
import dev.clew.graph.UpdateOutcomes;
import dev.clew.interrupt.InterruptKey;
import dev.clew.spi.Contract;
import dev.clew.spi.Wiring;
import dev.clew.value.TypeRef;
import java.time.Duration;
import java.util.Arrays;
import java.util.Objects;
import java.util.Optional;
import javax.annotation.processing.Generated;

/**
 * Runs the graph {@link OnceSteps.Trips}.
 *
 * <pre>{@code
 * graph TD;
 * 	__start__([__start__]):::first
 * 	payTrip("payTrip")
 * 	charge("charge")
 * 	note("note")
 * 	reserve("reserve")
 * 	lock("lock")
 * 	way_2d_out("way-out")
 * 	tell("tell")
 * 	__end__([__end__]):::last
 * 	__start__ --> payTrip;
 * 	payTrip --> charge;
 * 	charge --> note;
 * 	charge --> reserve;
 * 	reserve --> lock;
 * 	lock --> __end__;
 * 	note --> way_2d_out;
 * 	way_2d_out -.->|TELL| tell;
 * 	way_2d_out -.->|STOP| __end__;
 * 	tell --> __end__;
 * 	classDef default fill:#f2f0ff,line-height:1.2
 * 	classDef first fill-opacity:0
 * 	classDef last fill:#bfb6fc
 * }</pre>
 */
@Generated("dev.clew.processor.WorkflowProcessor")
final class OnceSteps_TripsGraph extends CompiledGraph<TripUpdate, OnceSteps.Trip, OnceSteps.Trip> {
  /**
   * Asks what became of {@link OnceSteps.Trips#payTrip}, whose outcome is unknown.
   */
  public static final InterruptKey<UnknownOutcome, Resolution<String>> PAY_TRIP_OUTCOME = InterruptKey.of(
  "payTrip.outcome",
  TypeRef.of(UnknownOutcome.class),
  new TypeRef<Resolution<String>>() {});

  /**
   * Asks what became of {@link OnceSteps.Trips#charge}, whose outcome is unknown.
   */
  public static final InterruptKey<UnknownOutcome, Resolution<Integer>> CHARGE_OUTCOME = InterruptKey.of(
  "charge.outcome",
  TypeRef.of(UnknownOutcome.class),
  new TypeRef<Resolution<Integer>>() {});

  /**
   * Asks what became of {@link OnceSteps.Trips#note}, whose outcome is unknown.
   */
  public static final InterruptKey<UnknownOutcome, Resolution<TripUpdate>> NOTE_OUTCOME = InterruptKey.of(
  "note.outcome",
  TypeRef.of(UnknownOutcome.class),
  UpdateOutcomes.resolution(TripUpdate.TYPE));

  /**
   * Asks what became of {@link OnceSteps.Trips#wayOut}, whose outcome is unknown.
   */
  public static final InterruptKey<UnknownOutcome, Resolution<OnceSteps.Way>> WAY_OUT_OUTCOME = InterruptKey.of(
  "way-out.outcome",
  TypeRef.of(UnknownOutcome.class),
  new TypeRef<Resolution<OnceSteps.Way>>() {});

  /**
   * Asks what became of {@link OnceSteps.Trips#tell}, whose outcome is unknown.
   */
  public static final InterruptKey<UnknownOutcome, Resolution<Void>> TELL_OUTCOME = InterruptKey.of(
  "tell.outcome",
  TypeRef.of(UnknownOutcome.class),
  new TypeRef<Resolution<Void>>() {});

  private OnceSteps_TripsGraph(GraphSpec<TripUpdate, OnceSteps.Trip, OnceSteps.Trip> spec,
      Wiring wiring) {
    super(spec, wiring);
  }

  /**
   * A builder of a graph that runs the nodes of this object, which all runs share.
   */
  public static GraphBuilder<OnceSteps_TripsGraph> builder(OnceSteps.Trips nodes) {
    Contract.require(1, "com.acme.OnceSteps_TripsGraph");
    GraphSpec<TripUpdate, OnceSteps.Trip, OnceSteps.Trip> spec = spec(nodes);
    return GraphBuilder.of(wiring -> new OnceSteps_TripsGraph(spec, wiring));
  }

  /**
   * A client: the same workflows, which it executes nowhere. It enqueues runs for workers, answers, cancels, and reads.
   */
  public static OnceSteps_TripsGraph client(Checkpointer checkpointer) {
    return clientBuilder().checkpointer(checkpointer).build();
  }

  /**
   * A builder of a client, for what {@link #client} does not say, such as a codec.
   */
  public static GraphBuilder<OnceSteps_TripsGraph> clientBuilder() {
    Contract.require(1, "com.acme.OnceSteps_TripsGraph");
    GraphSpec<TripUpdate, OnceSteps.Trip, OnceSteps.Trip> spec = clientSpec();
    return GraphBuilder.client(wiring -> new OnceSteps_TripsGraph(spec, wiring));
  }

  /**
   * The graph as it is described to the engine; {@code toBuilder()} adds to it.
   */
  public static GraphSpec<TripUpdate, OnceSteps.Trip, OnceSteps.Trip> spec(OnceSteps.Trips nodes) {
    Objects.requireNonNull(nodes, "nodes");
    return describe(nodes);
  }

  /**
   * The graph as clients describe it: its code cannot be called.
   */
  public static GraphSpec<TripUpdate, OnceSteps.Trip, OnceSteps.Trip> clientSpec() {
    return describe(null);
  }

  private static GraphSpec<TripUpdate, OnceSteps.Trip, OnceSteps.Trip> describe(
      OnceSteps.Trips nodes) {
    return GraphSpec.of("OnceSteps.Trips", TripUpdate.STATE)
        .input(TripUpdate.TYPE, update -> update)
        .node("payTrip")
            .after("__start__")
            .writes("receipt")
            .timeout(Duration.parse("PT30S"))
            .reads("to", "receipt")
            .once(OnceSteps_TripsGraph.PAY_TRIP_OUTCOME, value -> TripUpdate.update().receipt(value))
            .notDone(OnceSteps.Declined.class)
            .settle(Duration.parse("PT1S"))
            .shows(in -> Arrays.<Object>asList(in.required(TripUpdate.Components.TO),
            in.value(TripUpdate.Components.RECEIPT)))
            .reconcile(new TypeRef<Optional<String>>() {}, in -> nodes.paid(in.required(TripUpdate.Components.TO),
            in.value(TripUpdate.Components.RECEIPT), in))
            .undo(new TypeRef<Optional<String>>() {}, (in, known) -> nodes.refund(in.required(TripUpdate.Components.TO),
            in.value(TripUpdate.Components.RECEIPT), known, in))
            .gives(TypeRef.of(String.class), in -> nodes.payTrip(in.required(TripUpdate.Components.TO),
            in.value(TripUpdate.Components.RECEIPT), in))
        .node("charge")
            .after("payTrip")
            .writes("cost")
            .once(OnceSteps_TripsGraph.CHARGE_OUTCOME, value -> TripUpdate.update().cost((int) value))
            .shows(in -> Arrays.<Object>asList(in.state()))
            .reconcile(new TypeRef<Optional<Integer>>() {}, in -> nodes.cost(in.state()))
            .undo(new TypeRef<Optional<Integer>>() {}, (in, known) -> nodes.repay(in.state(),
            known))
            .gives(TypeRef.of(Integer.class), in -> nodes.charge(in.state(), in))
        .node("note")
            .after("charge")
            .reads("to")
            .once(OnceSteps_TripsGraph.NOTE_OUTCOME, value -> value)
            .shows(in -> Arrays.<Object>asList(in.required(TripUpdate.Components.TO)))
            .reconcile(UpdateOutcomes.found(TripUpdate.TYPE), in -> nodes.noted(in.required(TripUpdate.Components.TO)))
            .undo(UpdateOutcomes.found(TripUpdate.TYPE), (in, known) -> nodes.forget(in.required(TripUpdate.Components.TO),
            known))
            .gives(TripUpdate.TYPE, in -> nodes.note(in.required(TripUpdate.Components.TO), in))
        .node("reserve")
            .after("charge")
            .writes("notes")
            .reads("to")
            .undoable((String value) -> TripUpdate.update().notes(value))
            .undo(new TypeRef<Optional<String>>() {}, (in, known) -> nodes.release(in,
            in.required(TripUpdate.Components.TO)))
            .gives(TypeRef.of(String.class), in -> in.await(nodes.reserve(in.required(TripUpdate.Components.TO),
            in)))
        .node("lock")
            .after("reserve")
            .reads("to")
            .undoable((Void value) -> null)
            .undo((in, known) -> nodes.unlock(in.required(TripUpdate.Components.TO), known))
            .gives(TypeRef.of(Void.class), in -> {
          nodes.lock(in.required(TripUpdate.Components.TO));
          return null;
        })
        .node("way-out")
            .after("note")
            .routes(OnceSteps.Way.class)
            .routesOnce()
            .once(OnceSteps_TripsGraph.WAY_OUT_OUTCOME, value -> TripUpdate.update().goTo(value))
            .leaf(in -> TripUpdate.update().goTo(nodes.wayOut(in)))
        .node("tell")
            .once(OnceSteps_TripsGraph.TELL_OUTCOME, value -> null)
            .reconcile(in -> nodes.told())
            .leaf(in -> {
          nodes.tell(in);
          return null;
        })
        .build();
  }
}
