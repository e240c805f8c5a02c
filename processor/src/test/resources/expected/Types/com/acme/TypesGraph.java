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
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import javax.annotation.processing.Generated;

/**
 * Runs the workflows of {@link Types}.
 */
@SuppressWarnings({
    "deprecation",
    "rawtypes",
    "removal",
    "unchecked"
})
@Generated("dev.clew.processor.WorkflowProcessor")
public final class TypesGraph extends Graph {
  private final Workflow<int[], Long> all;

  private final Workflow<Character, Character> letter;

  private TypesGraph(Types flow, Wiring wiring) {
    super(wiring);
    Steps steps = new Steps(flow);
    this.all = workflow(steps.all);
    this.letter = workflow(steps.letter);
  }

  /**
   * A builder of a graph that runs the steps of this object, which all runs share.
   */
  public static GraphBuilder<TypesGraph> builder(Types flow) {
    Contract.require(1, "com.acme.TypesGraph");
    Objects.requireNonNull(flow, "flow");
    return GraphBuilder.of(wiring -> new TypesGraph(flow, wiring));
  }

  /**
   * A client: the same workflows, which it executes nowhere. It enqueues runs for workers, answers, cancels, and reads.
   */
  public static TypesGraph client(Checkpointer checkpointer) {
    return clientBuilder().checkpointer(checkpointer).build();
  }

  /**
   * A builder of a client, for what {@link #client} does not say, such as a codec.
   */
  public static GraphBuilder<TypesGraph> clientBuilder() {
    Contract.require(1, "com.acme.TypesGraph");
    return GraphBuilder.client(wiring -> new TypesGraph(null, wiring));
  }

  /**
   * The workflow {@link Types#all}, stored as {@code Types.all}.
   */
  public Workflow<int[], Long> all() {
    return all;
  }

  /**
   * The workflow {@link Types#letter}, stored as {@code Types.letter}.
   */
  public Workflow<Character, Character> letter() {
    return letter;
  }

  static TypesTasks tasks(Types flow, Scope scope) {
    Contract.require(1, "com.acme.TypesGraph");
    return new Tasks(new Steps(flow), scope);
  }

  /**
   * The steps of one flow object, each a direct call of its method.
   */
  private static final class Steps {
    final TaskSpec<Boolean> primitives;

    final TaskSpec<Integer> twice;

    final TaskSpec<Void> nothing;

    final TaskSpec<Void> nothingBoxed;

    final TaskSpec<String[]> array;

    final TaskSpec<int[][]> numbers;

    final TaskSpec<List<String>[]> generics;

    final TaskSpec<String> join;

    final TaskSpec<Long> sum;

    final TaskSpec<Integer> count;

    final TaskSpec<Map<String, List<Types.Pair<Types.Mood, Types.Shape>>>> nested;

    final TaskSpec<List<? extends Types.Shape>> wild;

    final TaskSpec<List> raw;

    final TaskSpec<Types.Box<String>.Inner> inner;

    final TaskSpec<String> nullable;

    final TaskSpec<Types.Old> old;

    final TaskSpec<List<Types.Gone>> gone;

    final TaskSpec<String> stage;

    final TaskSpec<Types.Shape> future;

    final TaskSpec<Void> done;

    final TaskSpec<Object> rawStage;

    final WorkflowSpec<int[], Long> all;

    final WorkflowSpec<Character, Character> letter;

    Steps(Types flow) {
      this.primitives = this.primitives(flow);
      this.twice = this.twice(flow);
      this.nothing = this.nothing(flow);
      this.nothingBoxed = this.nothingBoxed(flow);
      this.array = this.array(flow);
      this.numbers = this.numbers(flow);
      this.generics = this.generics(flow);
      this.join = this.join(flow);
      this.sum = this.sum(flow);
      this.count = this.count(flow);
      this.nested = this.nested(flow);
      this.wild = this.wild(flow);
      this.raw = this.raw(flow);
      this.inner = this.inner(flow);
      this.nullable = this.nullable(flow);
      this.old = this.old(flow);
      this.gone = this.gone(flow);
      this.stage = this.stage(flow);
      this.future = this.future(flow);
      this.done = this.done(flow);
      this.rawStage = this.rawStage(flow);
      this.all = this.all(flow);
      this.letter = this.letter(flow);
    }

    private TaskSpec<Boolean> primitives(Types flow) {
      return TaskSpec.of("primitives", TypeRef.of(Boolean.class))
          .method("com.acme.Types", "primitives(boolean, byte, short, int, long, char, float, double)")
          .parameter("a", TypeRef.of(Boolean.class))
          .parameter("b", TypeRef.of(Byte.class))
          .parameter("c", TypeRef.of(Short.class))
          .parameter("d", TypeRef.of(Integer.class))
          .parameter("e", TypeRef.of(Long.class))
          .parameter("f", TypeRef.of(Character.class))
          .parameter("g", TypeRef.of(Float.class))
          .parameter("h", TypeRef.of(Double.class))
          .leaf(call -> flow.primitives((boolean) call.<Boolean>arg(0), (byte) call.<Byte>arg(1),
              (short) call.<Short>arg(2), (int) call.<Integer>arg(3), (long) call.<Long>arg(4),
              (char) call.<Character>arg(5), (float) call.<Float>arg(6),
              (double) call.<Double>arg(7)));
    }

    private TaskSpec<Integer> twice(Types flow) {
      return TaskSpec.of("twice", TypeRef.of(Integer.class))
          .method("com.acme.Types", "twice(int)")
          .parameter("number", TypeRef.of(Integer.class))
          .leaf(call -> flow.twice((int) call.<Integer>arg(0)));
    }

    private TaskSpec<Void> nothing(Types flow) {
      return TaskSpec.of("nothing", TypeRef.of(Void.class))
          .method("com.acme.Types", "nothing()")
          .leaf(call -> {
            flow.nothing();
            return null;
          });
    }

    private TaskSpec<Void> nothingBoxed(Types flow) {
      return TaskSpec.of("nothingBoxed", TypeRef.of(Void.class))
          .method("com.acme.Types", "nothingBoxed()")
          .leaf(call -> flow.nothingBoxed());
    }

    private TaskSpec<String[]> array(Types flow) {
      return TaskSpec.of("array", TypeRef.of(String[].class))
          .method("com.acme.Types", "array(java.lang.String[])")
          .parameter("words", TypeRef.of(String[].class))
          .leaf(call -> flow.array(call.<String[]>arg(0)));
    }

    private TaskSpec<int[][]> numbers(Types flow) {
      return TaskSpec.of("numbers", TypeRef.of(int[][].class))
          .method("com.acme.Types", "numbers(int[], int[][])")
          .parameter("row", TypeRef.of(int[].class))
          .parameter("matrix", TypeRef.of(int[][].class))
          .leaf(call -> flow.numbers(call.<int[]>arg(0), call.<int[][]>arg(1)));
    }

    private TaskSpec<List<String>[]> generics(Types flow) {
      return TaskSpec.of("generics", new TypeRef<List<String>[]>() {})
          .method("com.acme.Types", "generics(java.util.List<java.lang.String>[])")
          .parameter("lists", new TypeRef<List<String>[]>() {})
          .leaf(call -> flow.generics(call.<List<String>[]>arg(0)));
    }

    private TaskSpec<String> join(Types flow) {
      return TaskSpec.of("join", TypeRef.of(String.class))
          .method("com.acme.Types", "join(java.lang.String[])")
          .parameter("words", TypeRef.of(String[].class))
          .leaf(call -> flow.join(call.<String[]>arg(0)));
    }

    private TaskSpec<Long> sum(Types flow) {
      return TaskSpec.of("sum", TypeRef.of(Long.class))
          .method("com.acme.Types", "sum(java.lang.String, int[])")
          .parameter("label", TypeRef.of(String.class))
          .parameter("numbers", TypeRef.of(int[].class))
          .leaf(call -> flow.sum(call.<String>arg(0), call.<int[]>arg(1)));
    }

    private TaskSpec<Integer> count(Types flow) {
      return TaskSpec.of("count", TypeRef.of(Integer.class))
          .method("com.acme.Types", "count(java.util.List<java.lang.String>[])")
          .parameter("lists", new TypeRef<List<String>[]>() {})
          .leaf(call -> flow.count(call.<List<String>[]>arg(0)));
    }

    private TaskSpec<Map<String, List<Types.Pair<Types.Mood, Types.Shape>>>> nested(Types flow) {
      return TaskSpec.of("nested", new TypeRef<Map<String, List<Types.Pair<Types.Mood, Types.Shape>>>>() {})
          .method("com.acme.Types", "nested(java.util.Set<? extends com.acme.Types.Shape>, java.util.List<? super com.acme.Types.Circle>)")
          .parameter("shapes", new TypeRef<Set<? extends Types.Shape>>() {})
          .parameter("circles", new TypeRef<List<? super Types.Circle>>() {})
          .leaf(call -> flow.nested(call.<Set<? extends Types.Shape>>arg(0),
              call.<List<? super Types.Circle>>arg(1)));
    }

    private TaskSpec<List<? extends Types.Shape>> wild(Types flow) {
      return TaskSpec.of("wild", new TypeRef<List<? extends Types.Shape>>() {})
          .method("com.acme.Types", "wild(java.util.Optional<?>)")
          .parameter("anything", new TypeRef<Optional<?>>() {})
          .leaf(call -> flow.wild(call.<Optional<?>>arg(0)));
    }

    private TaskSpec<List> raw(Types flow) {
      return TaskSpec.of("raw", TypeRef.of(List.class))
          .method("com.acme.Types", "raw(java.util.Map, java.util.List<java.util.Set>)")
          .parameter("raw", TypeRef.of(Map.class))
          .parameter("inside", new TypeRef<List<Set>>() {})
          .leaf(call -> flow.raw(call.<Map>arg(0), call.<List<Set>>arg(1)));
    }

    private TaskSpec<Types.Box<String>.Inner> inner(Types flow) {
      return TaskSpec.of("inner", new TypeRef<Types.Box<String>.Inner>() {})
          .method("com.acme.Types", "inner(com.acme.Types.Box<java.lang.String>.Inner)")
          .parameter("inner", new TypeRef<Types.Box<String>.Inner>() {})
          .leaf(call -> flow.inner(call.<Types.Box<String>.Inner>arg(0)));
    }

    private TaskSpec<String> nullable(Types flow) {
      return TaskSpec.of("nullable", TypeRef.of(String.class))
          .method("com.acme.Types", "nullable(java.lang.String, java.util.List<java.lang.String>, java.lang.String[])")
          .parameter("a", TypeRef.of(String.class))
          .parameter("b", new TypeRef<List<String>>() {})
          .parameter("c", TypeRef.of(String[].class))
          .leaf(call -> flow.nullable(call.<String>arg(0), call.<List<String>>arg(1),
              call.<String[]>arg(2)));
    }

    private TaskSpec<Types.Old> old(Types flow) {
      return TaskSpec.of("old", TypeRef.of(Types.Old.class))
          .method("com.acme.Types", "old(com.acme.Types.Old)")
          .parameter("old", TypeRef.of(Types.Old.class))
          .leaf(call -> flow.old(call.<Types.Old>arg(0)));
    }

    private TaskSpec<List<Types.Gone>> gone(Types flow) {
      return TaskSpec.of("gone", new TypeRef<List<Types.Gone>>() {})
          .method("com.acme.Types", "gone()")
          .leaf(call -> flow.gone());
    }

    private TaskSpec<String> stage(Types flow) {
      return TaskSpec.of("stage", TypeRef.of(String.class))
          .method("com.acme.Types", "stage()")
          .leaf(call -> call.await(flow.stage()));
    }

    private TaskSpec<Types.Shape> future(Types flow) {
      return TaskSpec.of("future", TypeRef.of(Types.Shape.class))
          .method("com.acme.Types", "future()")
          .leaf(call -> call.await(flow.future()));
    }

    private TaskSpec<Void> done(Types flow) {
      return TaskSpec.of("done", TypeRef.of(Void.class))
          .method("com.acme.Types", "done()")
          .leaf(call -> call.await(flow.done()));
    }

    private TaskSpec<Object> rawStage(Types flow) {
      return TaskSpec.of("rawStage", TypeRef.of(Object.class))
          .method("com.acme.Types", "rawStage()")
          .leaf(call -> call.await(flow.rawStage()));
    }

    private WorkflowSpec<int[], Long> all(Types flow) {
      return WorkflowSpec.of("Types.all", TypeRef.of(int[].class), TypeRef.of(Long.class))
          .tasks(primitives, twice, nothing, nothingBoxed, array, numbers, generics, join, sum,
              count, nested, wild, raw, inner, nullable, old, gone, stage, future, done, rawStage)
          .body(call -> call.await(flow.all(call.<int[]>arg(0), new Tasks(this, call.scope()))));
    }

    private WorkflowSpec<Character, Character> letter(Types flow) {
      return WorkflowSpec.of("Types.letter", TypeRef.of(Character.class),
          TypeRef.of(Character.class))
          .tasks(primitives, twice, nothing, nothingBoxed, array, numbers, generics, join, sum,
              count, nested, wild, raw, inner, nullable, old, gone, stage, future, done, rawStage)
          .body(call -> flow.letter((char) call.<Character>arg(0)));
    }
  }

  /**
   * Hands calls to the scope that makes them.
   */
  private static final class Tasks implements TypesTasks {
    private final Steps steps;

    private final Scope scope;

    Tasks(Steps steps, Scope scope) {
      this.steps = steps;
      this.scope = scope;
    }

    @Override
    public TaskFuture<Boolean> primitives(boolean a, byte b, short c, int d, long e, char f,
        float g, double h) {
      return scope.call(steps.primitives, a, b, c, d, e, f, g, h);
    }

    @Override
    public TaskFuture<Integer> twice(int number) {
      return scope.call(steps.twice, number);
    }

    @Override
    public TaskFuture<Void> nothing() {
      return scope.call(steps.nothing);
    }

    @Override
    public TaskFuture<Void> nothingBoxed() {
      return scope.call(steps.nothingBoxed);
    }

    @Override
    public TaskFuture<String[]> array(String[] words) {
      return scope.call(steps.array, (Object) words);
    }

    @Override
    public TaskFuture<int[][]> numbers(int[] row, int[][] matrix) {
      return scope.call(steps.numbers, row, matrix);
    }

    @Override
    public TaskFuture<List<String>[]> generics(List<String>[] lists) {
      return scope.call(steps.generics, (Object) lists);
    }

    @Override
    public TaskFuture<String> join(String... words) {
      return scope.call(steps.join, (Object) words);
    }

    @Override
    public TaskFuture<Long> sum(String label, int... numbers) {
      return scope.call(steps.sum, label, numbers);
    }

    @Override
    public TaskFuture<Integer> count(List<String>... lists) {
      return scope.call(steps.count, (Object) lists);
    }

    @Override
    public TaskFuture<Map<String, List<Types.Pair<Types.Mood, Types.Shape>>>> nested(
        Set<? extends Types.Shape> shapes, List<? super Types.Circle> circles) {
      return scope.call(steps.nested, shapes, circles);
    }

    @Override
    public TaskFuture<List<? extends Types.Shape>> wild(Optional<?> anything) {
      return scope.call(steps.wild, anything);
    }

    @Override
    public TaskFuture<List> raw(Map raw, List<Set> inside) {
      return scope.call(steps.raw, raw, inside);
    }

    @Override
    public TaskFuture<Types.Box<String>.Inner> inner(Types.Box<String>.Inner inner) {
      return scope.call(steps.inner, inner);
    }

    @Override
    public TaskFuture<String> nullable(String a, List<String> b, String[] c) {
      return scope.call(steps.nullable, a, b, c);
    }

    @Override
    public TaskFuture<Types.Old> old(Types.Old old) {
      return scope.call(steps.old, old);
    }

    @Override
    public TaskFuture<List<Types.Gone>> gone() {
      return scope.call(steps.gone);
    }

    @Override
    public TaskFuture<String> stage() {
      return scope.call(steps.stage);
    }

    @Override
    public TaskFuture<Types.Shape> future() {
      return scope.call(steps.future);
    }

    @Override
    public TaskFuture<Void> done() {
      return scope.call(steps.done);
    }

    @Override
    public TaskFuture<Object> rawStage() {
      return scope.call(steps.rawStage);
    }

    @Override
    public TaskFuture<Long> all(int[] numbers) {
      return scope.child(steps.all, numbers);
    }

    @Override
    public TaskFuture<Character> letter(char letter) {
      return scope.child(steps.letter, letter);
    }
  }
}
