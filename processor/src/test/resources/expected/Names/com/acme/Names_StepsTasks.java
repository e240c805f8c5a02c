package com.acme;

import dev.clew.spi.DirectScope;
import dev.clew.spi.Scope;
import dev.clew.task.TaskFuture;
import javax.annotation.processing.Generated;

/**
 * Calls the steps of {@link Names.Steps}. Each call starts its step and returns a future; a step that finished before
 * is answered from the run's log.
 */
@Generated("dev.clew.processor.WorkflowProcessor")
public interface Names_StepsTasks {
  /**
   * Starts the task {@link Names.Steps#$dollar$}.
   */
  TaskFuture<String> $dollar$(String $, int record);

  /**
   * Starts the task {@link Names.Steps#record}.
   */
  TaskFuture<String> record(String yield, String var, String sealed);

  /**
   * Starts the entrypoint {@link Names.Steps#größe} as a child workflow.
   */
  TaskFuture<String> größe(String straße);

  /**
   * Runs each call once, inline, without engine, retry, timeout, cache or encoding: for plain unit tests.
   */
  static Names_StepsTasks direct(Names.Steps flow) {
    return Names_StepsGraph.tasks(flow, DirectScope.with());
  }

  /**
   * Hands each call to a scope that runs no step of its own accord: for the test kit's fakes.
   */
  static Names_StepsTasks on(Scope scope) {
    return Names_StepsGraph.tasks(null, scope);
  }
}
