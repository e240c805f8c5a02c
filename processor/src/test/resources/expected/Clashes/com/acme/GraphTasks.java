package com.acme;

import dev.clew.spi.DirectScope;
import dev.clew.spi.Scope;
import dev.clew.task.TaskFuture;
import javax.annotation.processing.Generated;

/**
 * Calls the steps of {@link Graph}. Each call starts its step and returns a future; a step that finished before
 * is answered from the run's log.
 */
@Generated("dev.clew.processor.WorkflowProcessor")
public interface GraphTasks {
  /**
   * Starts the entrypoint {@link Graph#go} as a child workflow.
   */
  TaskFuture<Duration> go(Duration wiring);

  /**
   * Runs each call once, inline, without engine, retry, timeout, cache or encoding: for plain unit tests.
   */
  static GraphTasks direct(Graph flow) {
    return GraphGraph.tasks(flow, DirectScope.with());
  }

  /**
   * Hands each call to a scope that runs no step of its own accord: for the test kit's fakes.
   */
  static GraphTasks on(Scope scope) {
    return GraphGraph.tasks(null, scope);
  }
}
