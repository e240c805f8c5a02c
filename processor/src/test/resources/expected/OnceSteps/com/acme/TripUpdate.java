package com.acme;

import dev.clew.annotations.Append;
import dev.clew.annotations.Sum;
import dev.clew.graph.Changes;
import dev.clew.graph.Component;
import dev.clew.graph.RoutedUpdate;
import dev.clew.graph.StateSpec;
import dev.clew.graph.StateUpdate;
import dev.clew.value.TypeRef;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import javax.annotation.processing.Generated;

/**
 * Changes a {@link OnceSteps.Trip}: what an update does not name stays as it is. Immutable.
 */
@Generated("dev.clew.processor.WorkflowProcessor")
final class TripUpdate extends StateUpdate<OnceSteps.Trip> {
  /**
   * What a graph must know of the state.
   */
  public static final StateSpec<OnceSteps.Trip> STATE = StateSpec.of(
      OnceSteps.Trip.class,
      values -> new OnceSteps.Trip(values.get(Components.TO), values.get(Components.RECEIPT),
          values.get(Components.NOTES), values.get(Components.COST)),
      state -> new Object[] {state.to(), state.receipt(), state.notes(), state.cost()},
      Components.TO,
      Components.RECEIPT,
      Components.NOTES,
      Components.COST)
      .updates(TripUpdate::new);

  private static final TripUpdate NONE = new TripUpdate(STATE.changes());

  /**
   * The type of these updates, as every codec can store it.
   */
  public static final TypeRef<TripUpdate> TYPE = STATE.updateType(TripUpdate.class);

  private TripUpdate(Changes<OnceSteps.Trip> changes) {
    super(changes);
  }

  /**
   * An update that changes nothing yet.
   */
  public static TripUpdate update() {
    return NONE;
  }

  /**
   * An update that first gives every component its start value.
   */
  public static TripUpdate fresh() {
    return new TripUpdate(STATE.changes().fresh());
  }

  /**
   * Sets {@code to}.
   */
  public TripUpdate to(String to) {
    return new TripUpdate(changes().set(Components.TO, to));
  }

  /**
   * Sets {@code receipt}.
   */
  public TripUpdate receipt(String receipt) {
    return new TripUpdate(changes().set(Components.RECEIPT, receipt));
  }

  /**
   * Adds these to {@code notes}.
   */
  public TripUpdate notes(Collection<? extends String> notes) {
    return new TripUpdate(changes().add(Components.NOTES, new ArrayList<>(notes)));
  }

  /**
   * Adds these to {@code notes}.
   */
  public TripUpdate notes(String... notes) {
    return notes(Arrays.asList(notes));
  }

  /**
   * Replaces {@code notes}, without its reducer.
   */
  public TripUpdate replaceNotes(List<String> notes) {
    return new TripUpdate(changes().replace(Components.NOTES, notes));
  }

  /**
   * Adds to {@code cost}.
   */
  public TripUpdate cost(int cost) {
    return new TripUpdate(changes().add(Components.COST, cost));
  }

  /**
   * Replaces {@code cost}, without its reducer.
   */
  public TripUpdate replaceCost(int cost) {
    return new TripUpdate(changes().replace(Components.COST, cost));
  }

  @Override
  public TripUpdate and(StateUpdate<OnceSteps.Trip> other) {
    return new TripUpdate(changes().and(other.changes()));
  }

  @Override
  public <R> Goto<R> goTo(R route) {
    return new Goto<>(this, route);
  }

  @Override
  public <R> Goto<List<R>> goTo(Collection<? extends R> routes) {
    return Goto.each(this, routes);
  }

  /**
   * The components of the state, for the code of graphs.
   */
  public static final class Components {
    public static final Component<String, String> TO = Component.lastValue("to",
            TypeRef.of(String.class), null);

    public static final Component<String, String> RECEIPT = Component.lastValue("receipt",
            TypeRef.of(String.class), null).nullable();

    public static final Component<List<String>, List<String>> NOTES = Component.reduced("notes",
            new TypeRef<List<String>>() {}, new TypeRef<List<String>>() {},
            new Append.ToList<String>());

    public static final Component<Integer, Integer> COST = Component.reduced("cost",
            TypeRef.of(Integer.class), TypeRef.of(Integer.class), Sum.OfInt.INSTANCE);

    private Components() {
    }
  }

  /**
   * An update of the state, and the route by which its graph goes on.
   */
  public static final class Goto<R> extends RoutedUpdate<OnceSteps.Trip, R> {
    private Goto(TripUpdate update, R route) {
      super(update, route);
    }

    private static <R> Goto<List<R>> each(TripUpdate update, Collection<? extends R> routes) {
      return new Goto<>(update, copyOf(routes));
    }
  }
}
