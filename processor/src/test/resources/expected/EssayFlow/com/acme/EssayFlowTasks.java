package com.acme;

import dev.clew.spi.DirectScope;
import dev.clew.spi.Scope;
import dev.clew.task.TaskFuture;
import javax.annotation.processing.Generated;

/**
 * Calls the steps of {@link EssayFlow}. Each call starts its step and returns a future; a step that finished before
 * is answered from the run's log.
 */
@Generated("dev.clew.processor.WorkflowProcessor")
public interface EssayFlowTasks {
  /**
   * Starts the task {@link EssayFlow#compose}.
   */
  TaskFuture<EssayFlow.Draft> compose(String topic);

  /**
   * Starts the task {@link EssayFlow#revise}.
   */
  TaskFuture<EssayFlow.Draft> revise(EssayFlow.Draft draft, String feedback);

  /**
   * Starts the entrypoint {@link EssayFlow#write} as a child workflow.
   */
  TaskFuture<EssayFlow.Essay> write(String topic);

  /**
   * Runs each call once, inline, without engine, retry, timeout, cache or encoding: for plain unit tests.
   */
  static EssayFlowTasks direct(EssayFlow flow) {
    return EssayFlowGraph.tasks(flow, DirectScope.with());
  }

  /**
   * Hands each call to a scope that runs no step of its own accord: for the test kit's fakes.
   */
  static EssayFlowTasks on(Scope scope) {
    return EssayFlowGraph.tasks(null, scope);
  }
}
