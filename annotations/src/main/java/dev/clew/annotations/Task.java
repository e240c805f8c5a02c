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
     * The policy for keeping results across runs and threads; at most one.
     *
     * <p>Default: none, a result is remembered in its own run only.
     *
     * @return the cache policy, or nothing
     */
    Cached[] cache() default {};
}
