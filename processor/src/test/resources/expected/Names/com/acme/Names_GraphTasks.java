package com.acme;

import dev.clew.spi.DirectScope;
import dev.clew.spi.Scope;
import dev.clew.task.TaskFuture;
import javax.annotation.processing.Generated;

/**
 * Calls the steps of {@link Names.Graph}. Each call starts its step and returns a future; a step that finished before
 * is answered from the run's log.
 */
@Generated("dev.clew.processor.WorkflowProcessor")
interface Names_GraphTasks {
  /**
   * Starts the task {@link Names.Graph#flow}.
   */
  TaskFuture<Names.Graph.Wiring> flow(Names.Graph.Wiring call);

  /**
   * Starts the task {@link Names.Graph#call}.
   */
  TaskFuture<String> call(String args);

  /**
   * Starts the task {@link Names.Graph#scope}.
   */
  TaskFuture<String> scope(String scope);

  /**
   * Starts the entrypoint {@link Names.Graph#wiring} as a child workflow.
   */
  TaskFuture<Names.Graph.Wiring> wiring(Names.Graph.Wiring wiring);

  /**
   * Starts the entrypoint {@link Names.Graph#steps} as a child workflow.
   */
  TaskFuture<String> steps(String wiring);

  /**
   * Runs each call once, inline, without engine, retry, timeout, cache or encoding: for plain unit tests.
   */
  static Names_GraphTasks direct(Names.Graph flow, Names.Graph.Flow flow_, Names.Steps steps) {
    return Names_GraphGraph.tasks(flow, DirectScope.with(flow_, steps));
  }

  /**
   * Hands each call to a scope that runs no step of its own accord: for the test kit's fakes.
   */
  static Names_GraphTasks on(Scope scope) {
    return Names_GraphGraph.tasks(null, scope);
  }
}
