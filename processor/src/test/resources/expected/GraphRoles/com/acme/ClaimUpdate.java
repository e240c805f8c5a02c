package com.acme;

import dev.clew.annotations.Append;
import dev.clew.annotations.KeepLast;
import dev.clew.annotations.Merge;
import dev.clew.annotations.Sum;
import dev.clew.graph.Changes;
import dev.clew.graph.Component;
import dev.clew.graph.RoutedUpdate;
import dev.clew.graph.StateSpec;
import dev.clew.graph.StateUpdate;
import dev.clew.value.TypeRef;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import javax.annotation.processing.Generated;

/**
 * Changes a {@link GraphRoles.Claim}: what an update does not name stays as it is. Immutable.
 */
@Generated("dev.clew.processor.WorkflowProcessor")
final class ClaimUpdate extends StateUpdate<GraphRoles.Claim> {
  /**
   * What a graph must know of the state.
   */
  public static final StateSpec<GraphRoles.Claim> STATE = StateSpec.of(
      GraphRoles.Claim.class,
      values -> new GraphRoles.Claim(values.get(Components.CUSTOMER), values.get(Components.CHECKS),
          values.get(Components.TAGS), values.get(Components.ANSWERS),
          values.get(Components.PICTURES), values.get(Components.COST),
          values.get(Components.TOKENS), values.get(Components.NOTE), values.get(Components.URGENT),
          values.get(Components.GRADE), values.get(Components.SCORE)),
      state -> new Object[] {state.customer(), state.checks(), state.tags(), state.answers(),
          state.pictures(), state.cost(), state.tokens(), state.note(), state.urgent(),
          state.grade(), state.score()},
      Components.CUSTOMER,
      Components.CHECKS,
      Components.TAGS,
      Components.ANSWERS,
      Components.PICTURES,
      Components.COST,
      Components.TOKENS,
      Components.NOTE,
      Components.URGENT,
      Components.GRADE,
      Components.SCORE)
      .updates(ClaimUpdate::new);

  private static final ClaimUpdate NONE = new ClaimUpdate(STATE.changes());

  /**
   * The type of these updates, as every codec can store it.
   */
  public static final TypeRef<ClaimUpdate> TYPE = STATE.updateType(ClaimUpdate.class);

  private ClaimUpdate(Changes<GraphRoles.Claim> changes) {
    super(changes);
  }

  /**
   * An update that changes nothing yet.
   */
  public static ClaimUpdate update() {
    return NONE;
  }

  /**
   * An update that first gives every component its start value.
   */
  public static ClaimUpdate fresh() {
    return new ClaimUpdate(STATE.changes().fresh());
  }

  /**
   * Sets {@code customer}.
   */
  public ClaimUpdate customer(String customer) {
    return new ClaimUpdate(changes().set(Components.CUSTOMER, customer));
  }

  /**
   * Adds these to {@code checks}.
   */
  public ClaimUpdate checks(Collection<? extends Map<String, Integer>> checks) {
    return new ClaimUpdate(changes().add(Components.CHECKS, new ArrayList<>(checks)));
  }

  /**
   * Adds these to {@code checks}.
   */
  @SafeVarargs
  public final ClaimUpdate checks(Map<String, Integer>... checks) {
    List<Map<String, Integer>> all = new ArrayList<>(checks.length);
    for (Map<String, Integer> each : checks) {
      all.add(each);
    }
    return checks(all);
  }

  /**
   * Replaces {@code checks}, without its reducer.
   */
  public ClaimUpdate replaceChecks(List<Map<String, Integer>> checks) {
    return new ClaimUpdate(changes().replace(Components.CHECKS, checks));
  }

  /**
   * Adds these to {@code tags}.
   */
  public ClaimUpdate tags(Collection<? extends String> tags) {
    return new ClaimUpdate(changes().add(Components.TAGS, new LinkedHashSet<>(tags)));
  }

  /**
   * Adds these to {@code tags}.
   */
  public ClaimUpdate tags(String... tags) {
    return tags(Arrays.asList(tags));
  }

  /**
   * Replaces {@code tags}, without its reducer.
   */
  public ClaimUpdate replaceTags(Set<String> tags) {
    return new ClaimUpdate(changes().replace(Components.TAGS, tags));
  }

  /**
   * Adds to {@code answers}.
   */
  public ClaimUpdate answers(Map<String, List<String>> answers) {
    return new ClaimUpdate(changes().add(Components.ANSWERS, answers));
  }

  /**
   * Replaces {@code answers}, without its reducer.
   */
  public ClaimUpdate replaceAnswers(Map<String, List<String>> answers) {
    return new ClaimUpdate(changes().replace(Components.ANSWERS, answers));
  }

  /**
   * Adds these to {@code pictures}.
   */
  public ClaimUpdate pictures(Collection<? extends byte[]> pictures) {
    return new ClaimUpdate(changes().add(Components.PICTURES, new ArrayList<>(pictures)));
  }

  /**
   * Adds these to {@code pictures}.
   */
  public ClaimUpdate pictures(byte[]... pictures) {
    return pictures(Arrays.asList(pictures));
  }

  /**
   * Replaces {@code pictures}, without its reducer.
   */
  public ClaimUpdate replacePictures(List<byte[]> pictures) {
    return new ClaimUpdate(changes().replace(Components.PICTURES, pictures));
  }

  /**
   * Adds to {@code cost}.
   */
  public ClaimUpdate cost(BigDecimal cost) {
    return new ClaimUpdate(changes().add(Components.COST, cost));
  }

  /**
   * Replaces {@code cost}, without its reducer.
   */
  public ClaimUpdate replaceCost(BigDecimal cost) {
    return new ClaimUpdate(changes().replace(Components.COST, cost));
  }

  /**
   * Adds to {@code tokens}.
   */
  public ClaimUpdate tokens(long tokens) {
    return new ClaimUpdate(changes().add(Components.TOKENS, tokens));
  }

  /**
   * Replaces {@code tokens}, without its reducer.
   */
  public ClaimUpdate replaceTokens(long tokens) {
    return new ClaimUpdate(changes().replace(Components.TOKENS, tokens));
  }

  /**
   * Sets {@code note}.
   */
  public ClaimUpdate note(Optional<String> note) {
    return new ClaimUpdate(changes().set(Components.NOTE, note));
  }

  /**
   * Sets {@code urgent}.
   */
  public ClaimUpdate urgent(boolean urgent) {
    return new ClaimUpdate(changes().set(Components.URGENT, urgent));
  }

  /**
   * Sets {@code grade}.
   */
  public ClaimUpdate grade(char grade) {
    return new ClaimUpdate(changes().set(Components.GRADE, grade));
  }

  /**
   * Sets {@code score}.
   */
  public ClaimUpdate score(Integer score) {
    return new ClaimUpdate(changes().set(Components.SCORE, score));
  }

  @Override
  public ClaimUpdate and(StateUpdate<GraphRoles.Claim> other) {
    return new ClaimUpdate(changes().and(other.changes()));
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
            TypeRef.of(String.class), null).formerly("name");

    public static final Component<List<Map<String, Integer>>, List<Map<String, Integer>>> CHECKS = Component.reduced("checks",
            new TypeRef<List<Map<String, Integer>>>() {},
            new TypeRef<List<Map<String, Integer>>>() {},
            new Append.ToList<Map<String, Integer>>());

    public static final Component<Set<String>, Set<String>> TAGS = Component.reduced("tags",
            new TypeRef<Set<String>>() {}, new TypeRef<Set<String>>() {},
            new Append.ToSet<String>());

    public static final Component<Map<String, List<String>>, Map<String, List<String>>> ANSWERS = Component.reduced("answers",
            new TypeRef<Map<String, List<String>>>() {},
            new TypeRef<Map<String, List<String>>>() {}, new Merge.ToMap<String, List<String>>());

    public static final Component<List<byte[]>, List<byte[]>> PICTURES = Component.reduced("pictures",
            new TypeRef<List<byte[]>>() {}, new TypeRef<List<byte[]>>() {},
            new KeepLast.InList<byte[]>(3));

    public static final Component<BigDecimal, BigDecimal> COST = Component.reduced("cost",
            TypeRef.of(BigDecimal.class), TypeRef.of(BigDecimal.class), Sum.OfBigDecimal.INSTANCE);

    public static final Component<Long, Long> TOKENS = Component.reduced("tokens",
            TypeRef.of(Long.class), TypeRef.of(Long.class), Sum.OfLong.INSTANCE);

    public static final Component<Optional<String>, Optional<String>> NOTE = Component.lastValue("note",
            new TypeRef<Optional<String>>() {}, Optional.empty());

    public static final Component<Boolean, Boolean> URGENT = Component.lastValue("urgent",
            TypeRef.of(Boolean.class), false);

    public static final Component<Character, Character> GRADE = Component.lastValue("grade",
            TypeRef.of(Character.class), (char) 0);

    public static final Component<Integer, Integer> SCORE = Component.lastValue("score",
            TypeRef.of(Integer.class), null).nullable();

    private Components() {
    }
  }

  /**
   * An update of the state, and the route by which its graph goes on.
   */
  public static final class Goto<R> extends RoutedUpdate<GraphRoles.Claim, R> {
    private Goto(ClaimUpdate update, R route) {
      super(update, route);
    }

    private static <R> Goto<List<R>> each(ClaimUpdate update, Collection<? extends R> routes) {
      return new Goto<>(update, copyOf(routes));
    }
  }
}
