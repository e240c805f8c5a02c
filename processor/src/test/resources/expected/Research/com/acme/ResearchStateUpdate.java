package com.acme;

import dev.clew.annotations.Append;
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
 * Changes a {@link ResearchState}: what an update does not name stays as it is. Immutable.
 */
@Generated("dev.clew.processor.WorkflowProcessor")
public final class ResearchStateUpdate extends StateUpdate<ResearchState> {
  /**
   * What a graph must know of the state.
   */
  public static final StateSpec<ResearchState> STATE = StateSpec.of(
      ResearchState.class,
      values -> new ResearchState(values.get(Components.TOPIC), values.get(Components.NOTES),
          values.get(Components.DRAFT), values.get(Components.BEST)),
      state -> new Object[] {state.topic(), state.notes(), state.draft(), state.best()},
      Components.TOPIC,
      Components.NOTES,
      Components.DRAFT,
      Components.BEST)
      .updates(ResearchStateUpdate::new);

  private static final ResearchStateUpdate NONE = new ResearchStateUpdate(STATE.changes());

  /**
   * The type of these updates, as every codec can store it.
   */
  public static final TypeRef<ResearchStateUpdate> TYPE = STATE.updateType(ResearchStateUpdate.class);

  private ResearchStateUpdate(Changes<ResearchState> changes) {
    super(changes);
  }

  /**
   * An update that changes nothing yet.
   */
  public static ResearchStateUpdate update() {
    return NONE;
  }

  /**
   * An update that first gives every component its start value.
   */
  public static ResearchStateUpdate fresh() {
    return new ResearchStateUpdate(STATE.changes().fresh());
  }

  /**
   * Sets {@code topic}.
   */
  public ResearchStateUpdate topic(String topic) {
    return new ResearchStateUpdate(changes().set(Components.TOPIC, topic));
  }

  /**
   * Adds these to {@code notes}.
   */
  public ResearchStateUpdate notes(Collection<? extends String> notes) {
    return new ResearchStateUpdate(changes().add(Components.NOTES, new ArrayList<>(notes)));
  }

  /**
   * Adds these to {@code notes}.
   */
  public ResearchStateUpdate notes(String... notes) {
    return notes(Arrays.asList(notes));
  }

  /**
   * Replaces {@code notes}, without its reducer.
   */
  public ResearchStateUpdate replaceNotes(List<String> notes) {
    return new ResearchStateUpdate(changes().replace(Components.NOTES, notes));
  }

  /**
   * Sets {@code draft}.
   */
  public ResearchStateUpdate draft(Draft draft) {
    return new ResearchStateUpdate(changes().set(Components.DRAFT, draft));
  }

  /**
   * Adds to {@code best}.
   */
  public ResearchStateUpdate best(int best) {
    return new ResearchStateUpdate(changes().add(Components.BEST, best));
  }

  /**
   * Replaces {@code best}, without its reducer.
   */
  public ResearchStateUpdate replaceBest(int best) {
    return new ResearchStateUpdate(changes().replace(Components.BEST, best));
  }

  @Override
  public ResearchStateUpdate and(StateUpdate<ResearchState> other) {
    return new ResearchStateUpdate(changes().and(other.changes()));
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
    public static final Component<String, String> TOPIC = Component.lastValue("topic",
            TypeRef.of(String.class), null);

    public static final Component<List<String>, List<String>> NOTES = Component.reduced("notes",
            new TypeRef<List<String>>() {}, new TypeRef<List<String>>() {},
            new Append.ToList<String>());

    public static final Component<Draft, Draft> DRAFT = Component.lastValue("draft",
            TypeRef.of(Draft.class), null).nullable();

    public static final Component<Integer, Integer> BEST = Component.reduced("best",
            TypeRef.of(Integer.class), TypeRef.of(Integer.class), Highest.ONLY);

    private Components() {
    }
  }

  /**
   * An update of the state, and the route by which its graph goes on.
   */
  public static final class Goto<R> extends RoutedUpdate<ResearchState, R> {
    private Goto(ResearchStateUpdate update, R route) {
      super(update, route);
    }

    private static <R> Goto<List<R>> each(ResearchStateUpdate update,
        Collection<? extends R> routes) {
      return new Goto<>(update, copyOf(routes));
    }
  }
}
