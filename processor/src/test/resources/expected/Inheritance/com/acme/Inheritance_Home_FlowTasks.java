package com.acme;

import dev.clew.spi.DirectScope;
import dev.clew.spi.Scope;
import dev.clew.task.TaskFuture;
import java.util.List;
import javax.annotation.processing.Generated;

/**
 * Calls the steps of {@link Inheritance.Home.Flow}. Each call starts its step and returns a future; a step that finished before
 * is answered from the run's log.
 */
@Generated("dev.clew.processor.WorkflowProcessor")
public interface Inheritance_Home_FlowTasks {
  /**
   * Starts the task {@link Inheritance.Home.Flow#replaced}.
   */
  TaskFuture<String> replaced(String text);

  /**
   * Starts the task {@link Inheritance.Home.Flow#load}.
   */
  TaskFuture<List<Integer>> load(List<Integer> key, List<List<Integer>> all);

  /**
   * Starts the task {@link Inheritance.Home.Flow#store}.
   */
  TaskFuture<String> store(String text);

  /**
   * Starts the entrypoint {@link Inheritance.Home.Flow#go} as a child workflow.
   */
  TaskFuture<String> go(String input);

  /**
   * Runs each call once, inline, without engine, retry, timeout, cache or encoding: for plain unit tests.
   */
  static Inheritance_Home_FlowTasks direct(Inheritance.Home.Flow flow) {
    return Inheritance_Home_FlowGraph.tasks(flow, DirectScope.with());
  }

  /**
   * Hands each call to a scope that runs no step of its own accord: for the test kit's fakes.
   */
  static Inheritance_Home_FlowTasks on(Scope scope) {
    return Inheritance_Home_FlowGraph.tasks(null, scope);
  }
}
