package com.acme;

import dev.clew.spi.DirectScope;
import dev.clew.task.TaskFuture;
import javax.annotation.processing.Generated;

/**
 * Calls the steps of {@link Tasks}. Each call starts its step and returns a future; a step that finished before
 * is answered from the run's log.
 */
@Generated("dev.clew.processor.WorkflowProcessor")
public interface TasksTasks {
  /**
   * Starts the task {@link Tasks#walk}.
   */
  TaskFuture<Steps> walk(Steps steps, Scope scope);

  /**
   * Starts the entrypoint {@link Tasks#go} as a child workflow.
   */
  TaskFuture<Steps> go(Steps steps);

  /**
   * Runs each call once, inline, without engine, retry, timeout, cache or encoding: for plain unit tests.
   */
  static TasksTasks direct(Tasks flow) {
    return TasksGraph.tasks(flow, DirectScope.with());
  }

  /**
   * Hands each call to a scope that runs no step of its own accord: for the test kit's fakes.
   */
  static TasksTasks on(dev.clew.spi.Scope scope) {
    return TasksGraph.tasks(null, scope);
  }
}
