package dev.clew.annotations;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Makes a method a step whose outcome is recorded: once it has succeeded in a run, it is not executed again in that run.
 *
 * <p>Callers give values for some of its parameters, its <em>business parameters</em>. The others, such as {@code TaskContext}, are
 * injected by their type; the {@linkplain dev.clew.annotations package description} lists them. The generated {@code …Tasks} has a
 * method of the same name with the business parameters. It starts the task and returns a {@code TaskFuture<R>}: {@code
 * TaskFuture<Void>} for {@code void}, {@code TaskFuture<R>} for a method that returns a {@code CompletionStage<R>}. Several
 * tasks that are started before the first {@code join} run concurrently.
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
 * the outside world as an idempotency key. If that is not enough, see {@link #effect}.
 *
 * <p><strong>Values.</strong> With a checkpointer, arguments and results pass through the codec, live and on replay, so
 * their types must be readable by it; each attempt gets its own copy of the arguments.
 *
 * <p><strong>Failure.</strong> An exception, when no retry is left, is the recorded outcome of the task; {@code join}
 * throws it as {@code TaskFailedException}, live and on replay.
 *
 * <p><strong>Leaf or scope.</strong> A task that takes neither {@code …Tasks} nor {@code Run} is a <em>leaf</em> and may do what it
 * likes. One that takes either is a <em>scope</em>. The calls that it makes through them are its <em>durable calls</em>. Between these
 * its code must be deterministic, like that of an {@link Entrypoint @Entrypoint}, because it is executed again on replay.
 */
@Documented
@Target(ElementType.METHOD)
@Retention(RetentionPolicy.CLASS)
public @interface Task {
    /**
     * The name under which the task's steps are recorded. Set it to the old name if you rename the method, so that runs that are
     * parked find their steps.
     *
     * <p>Default: the name of the method, without its class.
     *
     * @return the recorded name, or empty for the default
     */
    String name() default "";

    /**
     * Names under which the task's steps were recorded before. Set them if you rename the method, so that runs that are parked find
     * their steps.
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
     * <p>Each failure is judged by the first policy that accepts it, in the order given. If none accepts it, the task has
     * failed. Attempts are counted over all policies together, also after a crash. A scope's policies do not hold for what it calls.
     *
     * <p>Default: none, the first failure is the task's outcome.
     *
     * @return the policies; the first that accepts a failure decides
     */
    Retry[] retry() default {};

    /**
     * How long one attempt may run, as an ISO-8601 duration such as {@code "PT30S"}.
     *
     * <p>Time in which a task waits in a durable call or for a permit does not count. An attempt that runs longer is
     * interrupted and abandoned: the run no longer waits for it, and its late result and events are dropped. It counts as a failure,
     * which a {@link Retry @Retry} accepts by default.
     *
     * <p>Default: no limit.
     *
     * @return the limit, or empty for none
     */
    String timeout() default "";

    /**
     * How long one attempt may go without a sign of progress, as an ISO-8601 duration such as {@code "PT5S"}.
     *
     * <p>Durable calls, emitted events and {@code TaskContext.heartbeat} are signs of progress. As for {@link #timeout}, time in
     * which the task waits does not count. An attempt that shows no progress for longer ends like one that ran too long.
     *
     * <p>Default: no limit.
     *
     * @return the limit, or empty for none
     */
    String idleTimeout() default "";

    /**
     * Whether what the task does outside, its <em>effect</em>, may happen twice.
     *
     * <p>A task whose effect must not happen twice, such as a payment, is {@link Effect#ONCE}. Take a {@code TaskContext}, and give its
     * {@code effectId} to the outside world: it names the effect over attempts, crashes, and copies of the thread.
     *
     * <pre>{@code
     * @Task(effect = Effect.ONCE, reconcile = "found", notDone = Declined.class)
     * Receipt pay(Invoice invoice, TaskContext context) throws IOException, Declined {
     *     return bank.pay(invoice, context.effectId());
     * }
     *
     * Optional<Receipt> found(Invoice invoice, TaskContext context) throws IOException {
     *     return bank.find(context.effectId());
     * }
     * }</pre>
     *
     * <p>Default: it may.
     *
     * @return what happens outside
     */
    Effect effect() default Effect.REPEATABLE;

    /**
     * The method that finds out what became of an effect whose outcome is unknown; only with {@link Effect#ONCE}. {@link #effect} has an
     * example.
     *
     * <p>It is a method of the same class with the task's business parameters, and a {@code TaskContext} if it wants one. It returns an
     * {@code Optional} of the task's result: what the effect gave, or empty if it did not happen. For a task without a result it
     * returns a {@code boolean}.
     *
     * <p>It is executed like a task, so it may be repeated. Its failures are retried as the task's {@link #retry} says, by default
     * three times. If it fails for good, a person is asked.
     *
     * <p>Default: none, a person is asked.
     *
     * @return the name of the method, or empty for none
     */
    String reconcile() default "";

    /**
     * Failures that prove that the effect did not happen; only with {@link Effect#ONCE}.
     *
     * <p>They are retried, or are the task's outcome, like those of any task. After all other failures it is unknown what happened.
     *
     * <p>Default: none.
     *
     * @return the classes; subclasses count as well
     */
    Class<? extends Throwable>[] notDone() default {};

    /**
     * How long a request to the outside world may be under way, as an ISO-8601 duration; only with {@link Effect#ONCE}.
     *
     * <p>If {@link #reconcile} finds nothing, that counts only when this time has passed since the attempt was given up. Until then the
     * effect may still happen, so the run sleeps, and the method is asked again.
     *
     * <p>Default: the longer one of the {@link #timeout} and 60 seconds.
     *
     * @return the duration, or empty for the default
     */
    String settle() default "";

    /**
     * The method that undoes what a call of the task has done, when its run is undone.
     *
     * <p>It is a method of the same class that returns nothing. It takes
     *
     * <ul>
     *   <li>the task's business parameters;
     *   <li>if it wants that, an {@code Optional} of the task's result, which is empty if the effect perhaps never happened; of a task
     *       without a result, a {@code boolean}: whether it is known to have happened;
     *   <li>a {@code TaskContext} if it wants one, whose {@code effectId} is that of the call.
     * </ul>
     *
     * <p>It is executed like a task, with the task's {@link #retry} and {@link #timeout}, so it must bear repetition. If it fails for
     * good, a person is asked.
     *
     * <p>Nothing is undone unless a caller or the code asks for it: {@code Command.undo()}, {@code workflow.cancel(thread,
     * OnCancel.UNDO)}, {@code run.undo()}, or {@link Entrypoint#onFailure}. Then the calls of the run are undone one after another,
     * the one that began last first. Those of child workflows in the run's log are among them. So that no call is missed, each is
     * stored, with everything that led to it, before its body's first line.
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
     * <p>Default: none, a result is kept for its own run only.
     *
     * @return the cache policy, or nothing
     */
    Cached[] cache() default {};
}
