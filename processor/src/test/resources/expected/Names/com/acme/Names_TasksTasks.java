package com.acme;

import dev.clew.spi.DirectScope;
import dev.clew.spi.Scope;
import dev.clew.task.TaskFuture;
import javax.annotation.processing.Generated;

/**
 * Calls the steps of {@link Names.Tasks}. Each call starts its step and returns a future; a step that finished before
 * is answered from the run's log.
 */
@Generated("dev.clew.processor.WorkflowProcessor")
public interface Names_TasksTasks {
  /**
   * Starts the task {@link Names.Tasks#scope}.
   */
  TaskFuture<String> scope(String scope, String steps);

  /**
   * Starts the entrypoint {@link Names.Tasks#steps} as a child workflow.
   */
  TaskFuture<String> steps(String flow);

  /**
   * Runs each call once, inline, without engine, retry, timeout, cache or encoding: for plain unit tests.
   */
  static Names_TasksTasks direct(Names.Tasks flow) {
    return Names_TasksGraph.tasks(flow, DirectScope.with());
  }

  /**
   * Hands each call to a scope that runs no step of its own accord: for the test kit's fakes.
   */
  static Names_TasksTasks on(Scope scope) {
    return Names_TasksGraph.tasks(null, scope);
  }
}
