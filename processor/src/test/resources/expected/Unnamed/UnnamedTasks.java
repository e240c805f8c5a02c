import dev.clew.spi.DirectScope;
import dev.clew.spi.Scope;
import dev.clew.task.TaskFuture;
import javax.annotation.processing.Generated;

/**
 * Calls the steps of {@link Unnamed}. Each call starts its step and returns a future; a step that finished before
 * is answered from the run's log.
 */
@Generated("dev.clew.processor.WorkflowProcessor")
interface UnnamedTasks {
  /**
   * Starts the task {@link Unnamed#make}.
   */
  TaskFuture<Unnamed.Value> make(String text);

  /**
   * Starts the entrypoint {@link Unnamed#go} as a child workflow.
   */
  TaskFuture<Unnamed.Value> go(String text);

  /**
   * Runs each call once, inline, without engine, retry, timeout, cache or encoding: for plain unit tests.
   */
  static UnnamedTasks direct(Unnamed flow) {
    return UnnamedGraph.tasks(flow, DirectScope.with());
  }

  /**
   * Hands each call to a scope that runs no step of its own accord: for the test kit's fakes.
   */
  static UnnamedTasks on(Scope scope) {
    return UnnamedGraph.tasks(null, scope);
  }
}
