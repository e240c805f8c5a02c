package com.acme;

import dev.clew.annotations.Append;
import dev.clew.graph.Changes;
import dev.clew.graph.Component;
import dev.clew.graph.RoutedUpdate;
import dev.clew.graph.StateSpec;
import dev.clew.graph.StateUpdate;
import dev.clew.value.TypeRef;
import java.util.Arrays;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import javax.annotation.processing.Generated;

/**
 * Changes a {@link GraphRoles.Letter}: what an update does not name stays as it is. Immutable.
 */
@Generated("dev.clew.processor.WorkflowProcessor")
final class LetterUpdate extends StateUpdate<GraphRoles.Letter> {
  /**
   * What a graph must know of the state.
   */
  public static final StateSpec<GraphRoles.Letter> STATE = StateSpec.of(
      GraphRoles.Letter.class,
      values -> new GraphRoles.Letter(values.get(Components.CUSTOMER), values.get(Components.TAGS),
          values.get(Components.TEXT)),
      state -> new Object[] {state.customer(), state.tags(), state.text()},
      Components.CUSTOMER,
      Components.TAGS,
      Components.TEXT)
      .updates(LetterUpdate::new);

  private static final LetterUpdate NONE = new LetterUpdate(STATE.changes());

  /**
   * The type of these updates, as every codec can store it.
   */
  public static final TypeRef<LetterUpdate> TYPE = STATE.updateType(LetterUpdate.class);

  private LetterUpdate(Changes<GraphRoles.Letter> changes) {
    super(changes);
  }

  /**
   * An update that changes nothing yet.
   */
  public static LetterUpdate update() {
    return NONE;
  }

  /**
   * An update that first gives every component its start value.
   */
  public static LetterUpdate fresh() {
    return new LetterUpdate(STATE.changes().fresh());
  }

  /**
   * Sets {@code customer}.
   */
  public LetterUpdate customer(String customer) {
    return new LetterUpdate(changes().set(Components.CUSTOMER, customer));
  }

  /**
   * Adds these to {@code tags}.
   */
  public LetterUpdate tags(Collection<? extends String> tags) {
    return new LetterUpdate(changes().add(Components.TAGS, new LinkedHashSet<>(tags)));
  }

  /**
   * Adds these to {@code tags}.
   */
  public LetterUpdate tags(String... tags) {
    return tags(Arrays.asList(tags));
  }

  /**
   * Replaces {@code tags}, without its reducer.
   */
  public LetterUpdate replaceTags(Set<String> tags) {
    return new LetterUpdate(changes().replace(Components.TAGS, tags));
  }

  /**
   * Sets {@code text}.
   */
  public LetterUpdate text(String text) {
    return new LetterUpdate(changes().set(Components.TEXT, text));
  }

  @Override
  public LetterUpdate and(StateUpdate<GraphRoles.Letter> other) {
    return new LetterUpdate(changes().and(other.changes()));
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
    public static final Component<String, String> CUSTOMER = Component.lastValue("customer",
            TypeRef.of(String.class), null);

    public static final Component<Set<String>, Set<String>> TAGS = Component.reduced("tags",
            new TypeRef<Set<String>>() {}, new TypeRef<Set<String>>() {},
            new Append.ToSet<String>());

    public static final Component<String, String> TEXT = Component.lastValue("text",
            TypeRef.of(String.class), null).nullable();

    private Components() {
    }
  }

  /**
   * An update of the state, and the route by which its graph goes on.
   */
  public static final class Goto<R> extends RoutedUpdate<GraphRoles.Letter, R> {
    private Goto(LetterUpdate update, R route) {
      super(update, route);
    }

    private static <R> Goto<List<R>> each(LetterUpdate update, Collection<? extends R> routes) {
      return new Goto<>(update, copyOf(routes));
    }
  }
}
