package dev.clew.spi;

import dev.clew.task.TaskFuture;
import org.jspecify.annotations.Nullable;

/**
 * Takes the calls of a {@code …Tasks} handle. For generated code.
 *
 * <pre>{@code
 * public TaskFuture<Draft> compose(String topic) {
 *   return scope.call(steps.compose, topic);
 * }
 * }</pre>
 */
public interface Scope {
    /** Calls a task. */
    <R extends @Nullable Object> TaskFuture<R> call(TaskSpec<R> task, @Nullable Object... arguments);

    /** Calls an entrypoint of the same class as a child workflow; the input is null for one without input. */
    <O extends @Nullable Object> TaskFuture<O> child(WorkflowSpec<?, O> workflow, @Nullable Object input);
}
