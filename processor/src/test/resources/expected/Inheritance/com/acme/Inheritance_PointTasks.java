package com.acme;

import dev.clew.spi.DirectScope;
import dev.clew.spi.Scope;
import dev.clew.task.TaskFuture;
import javax.annotation.processing.Generated;

/**
 * Calls the steps of {@link Inheritance.Point}. Each call starts its step and returns a future; a step that finished before
 * is answered from the run's log.
 */
@Generated("dev.clew.processor.WorkflowProcessor")
public interface Inheritance_PointTasks {
  /**
   * Starts the entrypoint {@link Inheritance.Point#sum} as a child workflow.
   */
  TaskFuture<Integer> sum();

  /**
   * Runs each call once, inline, without engine, retry, timeout, cache or encoding: for plain unit tests.
   */
  static Inheritance_PointTasks direct(Inheritance.Point flow) {
    return Inheritance_PointGraph.tasks(flow, DirectScope.with());
  }

  /**
   * Hands each call to a scope that runs no step of its own accord: for the test kit's fakes.
   */
  static Inheritance_PointTasks on(Scope scope) {
    return Inheritance_PointGraph.tasks(null, scope);
  }
}
