package com.acme;

import dev.clew.spi.DirectScope;
import dev.clew.spi.Scope;
import dev.clew.task.TaskFuture;
import java.util.List;
import javax.annotation.processing.Generated;

/**
 * Calls the steps of {@link Roles}. Each call starts its step and returns a future; a step that finished before
 * is answered from the run's log.
 */
@Generated("dev.clew.processor.WorkflowProcessor")
public interface RolesTasks {
  /**
   * Starts the task {@link Roles#send}.
   */
  TaskFuture<Void> send(String text);

  /**
   * Starts the task {@link Roles#search}.
   */
  TaskFuture<List<String>> search(List<String> words, int limit);

  /**
   * Starts the task {@link Roles#cached}.
   */
  TaskFuture<String> cached(String text);

  /**
   * Starts the task {@link Roles#scope}.
   */
  TaskFuture<String> scope(String text);

  /**
   * Starts the task {@link Roles#runner}.
   */
  TaskFuture<String> runner(String text);

  /**
   * Starts the entrypoint {@link Roles#count} as a child workflow.
   */
  TaskFuture<Integer> count(Integer step);

  /**
   * Starts the entrypoint {@link Roles#everything} as a child workflow.
   */
  TaskFuture<String> everything(String input);

  /**
   * Starts the entrypoint {@link Roles#later} as a child workflow.
   */
  TaskFuture<Integer> later();

  /**
   * Starts the entrypoint {@link Roles#nothing} as a child workflow.
   */
  TaskFuture<Void> nothing();

  /**
   * Runs each call once, inline, without engine, retry, timeout, cache or encoding: for plain unit tests.
   */
  static RolesTasks direct(Roles flow, Roles.Account account, Roles.User user) {
    return RolesGraph.tasks(flow, DirectScope.with(account, user));
  }

  /**
   * Hands each call to a scope that runs no step of its own accord: for the test kit's fakes.
   */
  static RolesTasks on(Scope scope) {
    return RolesGraph.tasks(null, scope);
  }
}
