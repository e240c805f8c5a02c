package com.acme;

import dev.clew.spi.DirectScope;
import dev.clew.spi.Scope;
import dev.clew.task.TaskFuture;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import javax.annotation.processing.Generated;

/**
 * Calls the steps of {@link Types}. Each call starts its step and returns a future; a step that finished before
 * is answered from the run's log.
 */
@SuppressWarnings({
    "deprecation",
    "rawtypes",
    "removal",
    "unchecked"
})
@Generated("dev.clew.processor.WorkflowProcessor")
public interface TypesTasks {
  /**
   * Starts the task {@link Types#primitives}.
   */
  TaskFuture<Boolean> primitives(boolean a, byte b, short c, int d, long e, char f, float g,
      double h);

  /**
   * Starts the task {@link Types#twice}.
   */
  TaskFuture<Integer> twice(int number);

  /**
   * Starts the task {@link Types#nothing}.
   */
  TaskFuture<Void> nothing();

  /**
   * Starts the task {@link Types#nothingBoxed}.
   */
  TaskFuture<Void> nothingBoxed();

  /**
   * Starts the task {@link Types#array}.
   */
  TaskFuture<String[]> array(String[] words);

  /**
   * Starts the task {@link Types#numbers}.
   */
  TaskFuture<int[][]> numbers(int[] row, int[][] matrix);

  /**
   * Starts the task {@link Types#generics}.
   */
  TaskFuture<List<String>[]> generics(List<String>[] lists);

  /**
   * Starts the task {@link Types#join}.
   */
  TaskFuture<String> join(String... words);

  /**
   * Starts the task {@link Types#sum}.
   */
  TaskFuture<Long> sum(String label, int... numbers);

  /**
   * Starts the task {@link Types#count}.
   */
  TaskFuture<Integer> count(List<String>... lists);

  /**
   * Starts the task {@link Types#nested}.
   */
  TaskFuture<Map<String, List<Types.Pair<Types.Mood, Types.Shape>>>> nested(
      Set<? extends Types.Shape> shapes, List<? super Types.Circle> circles);

  /**
   * Starts the task {@link Types#wild}.
   */
  TaskFuture<List<? extends Types.Shape>> wild(Optional<?> anything);

  /**
   * Starts the task {@link Types#raw}.
   */
  TaskFuture<List> raw(Map raw, List<Set> inside);

  /**
   * Starts the task {@link Types#inner}.
   */
  TaskFuture<Types.Box<String>.Inner> inner(Types.Box<String>.Inner inner);

  /**
   * Starts the task {@link Types#nullable}.
   */
  TaskFuture<String> nullable(String a, List<String> b, String[] c);

  /**
   * Starts the task {@link Types#old}.
   */
  TaskFuture<Types.Old> old(Types.Old old);

  /**
   * Starts the task {@link Types#gone}.
   */
  TaskFuture<List<Types.Gone>> gone();

  /**
   * Starts the task {@link Types#stage}.
   */
  TaskFuture<String> stage();

  /**
   * Starts the task {@link Types#future}.
   */
  TaskFuture<Types.Shape> future();

  /**
   * Starts the task {@link Types#done}.
   */
  TaskFuture<Void> done();

  /**
   * Starts the task {@link Types#rawStage}.
   */
  TaskFuture<Object> rawStage();

  /**
   * Starts the entrypoint {@link Types#all} as a child workflow.
   */
  TaskFuture<Long> all(int[] numbers);

  /**
   * Starts the entrypoint {@link Types#letter} as a child workflow.
   */
  TaskFuture<Character> letter(char letter);

  /**
   * Runs each call once, inline, without engine, retry, timeout, cache or encoding: for plain unit tests.
   */
  static TypesTasks direct(Types flow) {
    return TypesGraph.tasks(flow, DirectScope.with());
  }

  /**
   * Hands each call to a scope that runs no step of its own accord: for the test kit's fakes.
   */
  static TypesTasks on(Scope scope) {
    return TypesGraph.tasks(null, scope);
  }
}
