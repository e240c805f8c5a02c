package dev.clew.task;

import java.time.Duration;
import java.util.Collection;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A called step whose outcome can be joined: a task, a child workflow or a timer.
 *
 * <p>A call starts its step at once; several calls run in parallel. The outcome is durable as the run's
 * durability mode says, and is the same on every replay.
 *
 * <p>Futures belong to the scope that made them: call them on the thread of that entrypoint or task only. Elsewhere they fail at
 * once with an {@link IllegalStepException}. It is not a {@code CompletionStage}, and there is no {@code isDone}:
 * either would let code depend on timing, which replay cannot repeat. Not for implementation outside Clew.
 *
 * <pre>{@code
 * List<TaskFuture<Summary>> summaries = sections.stream().map(tasks::condense).toList();
 * List<Summary> all = TaskFuture.allOf(summaries);
 * }</pre>
 *
 * @param <R> the type of the result; may be null where the task's method returns null
 */
public interface TaskFuture<R extends @Nullable Object> {
    /**
     * Waits for the outcome and returns the result.
     *
     * @throws TaskFailedException if the step failed for good, in its recorded form
     * @throws TaskCancelledException if the step was cancelled
     */
    R join();

    /**
     * Waits for the outcome, at most this long. The race with the clock is recorded, so replay decides it the same way.
     *
     * @throws TaskTimeoutException if the time passed first; the step goes on and can be joined again
     */
    R join(Duration timeout);

    /**
     * Cancels the step and says whether its outcome is now CANCELLED; false when another outcome was recorded before.
     * A running attempt is interrupted and abandoned; but what has begun and must not happen twice runs to its end, which this waits
     * for.
     */
    boolean cancel();

    /**
     * Waits until every step has an outcome and returns the results in argument order.
     *
     * @throws TaskFailedException the first failure in argument order, after all have ended
     */
    static <R extends @Nullable Object> List<R> allOf(Collection<? extends TaskFuture<? extends R>> futures) {
        return Races.allOf(List.copyOf(futures));
    }

    /** {@link #allOf(Collection)} for futures written out. */
    @SafeVarargs
    @SuppressWarnings("varargs")
    static <R extends @Nullable Object> List<R> allOf(TaskFuture<? extends R>... futures) {
        return Races.allOf(List.of(futures));
    }

    /**
     * Waits until one of the steps has an outcome and returns the future whose outcome is first in the log, live and on
     * replay. It returns the candidate itself, so {@code first == deadline} tells which one won. The others go on; they
     * are not waited for when the scope returns.
     */
    static <R extends @Nullable Object> TaskFuture<R> anyOf(Collection<? extends TaskFuture<? extends R>> futures) {
        return Races.anyOf(List.copyOf(futures));
    }

    /** {@link #anyOf(Collection)} for futures written out. */
    @SafeVarargs
    @SuppressWarnings("varargs")
    static <R extends @Nullable Object> TaskFuture<R> anyOf(TaskFuture<? extends R>... futures) {
        return Races.anyOf(List.of(futures));
    }
}
