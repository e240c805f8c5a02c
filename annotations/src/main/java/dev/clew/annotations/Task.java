package dev.clew.annotations;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Makes a method a step whose outcome is recorded: once it has succeeded in a run, it is not executed again in that run.
 *
 * <p>The generated {@code …Tasks} has a method of the same name and business parameters that starts the task and returns a
 * {@code TaskFuture<R>} ({@code TaskFuture<Void>} for {@code void}, {@code TaskFuture<R>} for a method that returns a
 * {@code CompletionStage<R>}). Several tasks started before the first {@code join} run concurrently.
 *
 * <pre>{@code
 * public class ReportFlow {
 *     private final Archive archive;
 *
 *     public ReportFlow(Archive archive) {
 *         this.archive = archive;
 *     }
 *
 *     @Task(retry = @Retry(maxAttempts = 5, retryOn = IOException.class), timeout = "PT30S")
 *     String fetch(String id) throws IOException {
 *         return archive.read(id);
 *     }
 *
 *     @Task
 *     void publish(String text, TaskContext context) {
 *         archive.publish(text, context.stepId());
 *     }
 *
 *     @Entrypoint
 *     int report(List<String> ids, ReportFlowTasks tasks) {
 *         List<TaskFuture<String>> pages = ids.stream().map(tasks::fetch).toList();
 *         String text = pages.stream().map(TaskFuture::join).collect(Collectors.joining("\n"));
 *         tasks.publish(text).join();
 *         return text.length();
 *     }
 * }
 * }</pre>
 *
 * <p><strong>Executed at least once.</strong> A process may die after a task has acted and before its outcome is durable;
 * the task is then executed again. {@code TaskContext.stepId} is the same over attempts, crashes and replays: give it to
 * the outside world as an idempotency key.
 *
 * <p><strong>Values.</strong> With a checkpointer, arguments and results pass through the codec, live and on replay, so
 * their types must be readable by it; each attempt gets its own copy of the arguments.
 *
 * <p><strong>Failure.</strong> An exception, when no retry is left, is the recorded outcome of the task; {@code join}
 * throws it as {@code TaskFailedException}, live and on replay.
 *
 * <p><strong>Parameters.</strong> Any number of business parameters; injected ones as listed in the
 * {@linkplain dev.clew.annotations package description}. A task that takes {@code …Tasks} or {@code Run} is a scope and
 * must be deterministic between durable calls, like an {@link Entrypoint @Entrypoint}; any other may do what it likes.
 */
@Documented
@Target(ElementType.METHOD)
@Retention(RetentionPolicy.CLASS)
public @interface Task {
    /**
     * The name under which the task's steps are recorded; set it to rename the method without stranding parked runs.
     *
     * <p>Default: the name of the method, without its class.
     *
     * @return the recorded name, or empty for the default
     */
    String name() default "";

    /**
     * Names under which the task's steps were recorded before: set them to rename the method without stranding parked
     * runs.
     *
     * <p>A step that was recorded under one of these names is one of this task: it keeps its path and its id, and its
     * outcome is replayed. New steps are recorded under the present name. Calls are counted over all names.
     *
     * <pre>{@code
     * @Task(formerly = "compose")
     * Draft draft(String topic) { … }
     * }</pre>
     *
     * <p>Default: none. A name that another task of the class has, or had, is refused.
     *
     * @return the former names
     */
    String[] formerly() default {};

    /**
     * Policies for executing the task again after it failed.
     *
     * <p>Each failure is judged by the first policy that accepts it, in the order given; none accepts it: the task has
     * failed. Attempts are counted once across all policies, and on across crashes. Policies are never inherited.
     *
     * <p>Default: none, the first failure is the task's outcome.
     *
     * @return the policies, the first that matches decides
     */
    Retry[] retry() default {};

    /**
     * How long one attempt may run, as an ISO-8601 duration such as {@code "PT30S"}.
     *
     * <p>Time in which a task waits in a durable call or for a permit does not count. An attempt that runs longer is
     * interrupted and abandoned: nobody waits for it, its late result and events are dropped. It has failed in a way that
     * a {@link Retry @Retry} accepts by default.
     *
     * <p>Default: no limit.
     *
     * @return the limit, or empty for none
     */
    String timeout() default "";

    /**
     * How long one attempt may go without a sign of progress, as an ISO-8601 duration such as {@code "PT5S"}.
     *
     * <p>Durable calls, emitted events and {@code TaskContext.heartbeat} are signs of progress; waiting counts as little
     * as it does for {@link #timeout}. An attempt that stays silent for longer ends like one that ran too long.
     *
     * <p>Default: no limit.
     *
     * @return the limit, or empty for none
     */
    String idleTimeout() default "";

    /**
     * Whether its effect may happen twice.
     *
     * <p>A task whose effect must not is {@link Effect#ONCE}. Take a {@code TaskContext}, and give its {@code effectId} to the
     * outside world: it names the effect over attempts, crashes, and copies of the thread.
     *
     * <p>Default: it may.
     *
     * @return what happens outside
     */
    Effect effect() default Effect.REPEATABLE;

    /**
     * The method that says what became of an effect whose outcome is unknown; only with {@link Effect#ONCE}.
     *
     * <p>A method of the same class with the task's business parameters, and a {@code TaskContext} if it wants one. It returns an
     * {@code Optional} of the task's result: what the effect gave, or empty if it did not happen. Of a task without a result it
     * returns a {@code boolean}. It is executed like a task, so it may be repeated; its failures are retried as the task's
     * {@link #retry} says, by default three times. If it fails for good, a person is asked.
     *
     * <p>Default: none, a person is asked.
     *
     * @return the name of the method, or empty for none
     */
    String reconcile() default "";

    /**
     * Failures that say for sure that the effect did not happen; only with {@link Effect#ONCE}.
     *
     * <p>They are retried, or are the task's outcome, as those of any task. All others leave it unknown what happened.
     *
     * <p>Default: none.
     *
     * @return the classes; subclasses count as well
     */
    Class<? extends Throwable>[] notDone() default {};

    /**
     * How long after an attempt was given up a {@link #reconcile} that finds nothing counts, as an ISO-8601 duration: a request
     * may be under way as long; only with {@link Effect#ONCE}.
     *
     * <p>Default: the longer one of the {@link #timeout} and 60 seconds.
     *
     * @return the duration, or empty for the default
     */
    String settle() default "";

    /**
     * The method that undoes what a call of the task has done, when its run is undone.
     *
     * <p>A method of the same class that returns nothing. It takes the task's business parameters; an {@code Optional} of the task's
     * result if it wants that, which is empty if the effect perhaps never happened, or of a task without a result a {@code boolean}:
     * whether it is known to have happened; and a {@code TaskContext} if it wants one, whose {@code effectId} is that of the call. It is
     * executed like a task, as the task's {@link #retry} and {@link #timeout} say, so it must bear repetition. If it fails for good, a
     * person is asked.
     *
     * <p>A call is registered before its body's first line: that it was made is durable then, with everything that led to it. What
     * began last is undone first, one after another, children in the run's log included. Nothing is undone of itself, but by {@code
     * Command.undo()}, {@code workflow.cancel(thread, OnCancel.UNDO)}, {@code run.undo()}, or {@link Entrypoint#onFailure}.
     *
     * <pre>{@code
     * @Task(undo = "cancel")
     * Booking book(Trip trip, TaskContext context) throws IOException {
     *     return api.book(trip, context.effectId());
     * }
     *
     * void cancel(Trip trip, Optional<Booking> booking, TaskContext context) throws IOException {
     *     api.cancel(context.effectId());
     * }
     * }</pre>
     *
     * <p>Default: none, what it has done stays.
     *
     * @return the name of the method, or empty for none
     */
    String undo() default "";

    /**
     * The policy for keeping results across runs and threads; at most one.
     *
     * <p>Default: none, a result is remembered in its own run only.
     *
     * @return the cache policy, or nothing
     */
    Cached[] cache() default {};
}
