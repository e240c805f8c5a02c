package com.acme;

import dev.clew.spi.DirectScope;
import dev.clew.spi.Scope;
import dev.clew.task.TaskFuture;
import javax.annotation.processing.Generated;

/**
 * Calls the steps of {@link GraphRoles.Claims}. Each call starts its step and returns a future; a step that finished before
 * is answered from the run's log.
 */
@Generated("dev.clew.processor.WorkflowProcessor")
interface GraphRoles_ClaimsTasks {
  /**
   * Starts the task {@link GraphRoles.Claims#log}.
   */
  TaskFuture<Void> log(int checks);

  /**
   * Starts the graph {@link GraphRoles.Claims#letter} as a child workflow.
   */
  TaskFuture<GraphRoles.Letter> letter(LetterUpdate input);

  /**
   * Starts the graph {@link GraphRoles.Claims#reminder} as a child workflow.
   */
  TaskFuture<GraphRoles.Letter> reminder(LetterUpdate input);

  /**
   * Runs each call once, inline, without engine, retry, timeout, cache or encoding: for plain unit tests.
   */
  static GraphRoles_ClaimsTasks direct(GraphRoles.Claims flow) {
    return GraphRoles_ClaimsGraph.tasks(flow, DirectScope.with());
  }

  /**
   * Hands each call to a scope that runs no step of its own accord: for the test kit's fakes.
   */
  static GraphRoles_ClaimsTasks on(Scope scope) {
    return GraphRoles_ClaimsGraph.tasks(null, scope);
  }
}
