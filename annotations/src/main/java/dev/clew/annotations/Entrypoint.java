package dev.clew.annotations;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Makes a method the body of a durable workflow.
 *
 * <p>The generated graph has one accessor per entrypoint, named like the method; it returns a {@code Workflow<I, O>} whose
 * {@code I} is the type of the method's business parameter ({@code Void} if it has none) and whose {@code O} is what the
 * method returns.
 *
 * <pre>{@code
 * public class EssayFlow {
 *     public record Draft(String text) {}
 *     public record Verdict(boolean approved, String feedback) {}
 *
 *     public static final InterruptKey<Draft, Verdict> REVIEW =
 *             InterruptKey.of("review", Draft.class, Verdict.class);
 *
 *     @Task
 *     Draft compose(String topic) {
 *         return new Draft("About " + topic);
 *     }
 *
 *     @Entrypoint(name = "essay", timeout = "PT10M")
 *     String write(String topic, EssayFlowTasks tasks, Run run) {
 *         Draft draft = tasks.compose(topic).join();
 *         Verdict verdict = run.interrupt(REVIEW, draft);
 *         return verdict.approved() ? draft.text() : verdict.feedback();
 *     }
 * }
 * }</pre>
 *
 * <p><strong>What the body must keep.</strong> It is executed again from its first line whenever the run goes on after a
 * stop, and its durable calls (every call of {@code …Tasks} and {@code Run}) are answered from the log as far as the log
 * goes. So between two durable calls the body must be deterministic, and it makes these calls on its own thread. What
 * depends on the clock, on chance or on the outside world belongs in a {@link Task @Task}, or is asked of {@code Run}
 * ({@code now}, {@code random}). A call that differs from what was recorded ends in a {@code NonDeterminismException}, and
 * nothing is recorded.
 *
 * <p><strong>Parameters.</strong> One business parameter or none, never null, not a {@code Command}; injected ones as
 * listed in the {@linkplain dev.clew.annotations package description}, in any order.
 *
 * <p>An entrypoint is also a method of the generated {@code …Tasks} and can be given to {@code Run.invoke}: called from
 * another body it is a <em>child workflow</em>, a scope inside the thread, log and stream of its parent.
 */
@Documented
@Target(ElementType.METHOD)
@Retention(RetentionPolicy.CLASS)
public @interface Entrypoint {
    /**
     * The name under which the workflow is stored: threads are bound to it, and it outlives renamed classes and methods.
     *
     * <p>Default: {@code SimpleClass.method}, for a nested class {@code Outer.Inner.method}. Two workflows of one name on
     * one checkpointer are refused when the graph is built.
     *
     * @return the stored name, or empty for the default
     */
    String name() default "";

    /**
     * Names under which the workflow was stored before: set them to rename the class or the method without stranding its
     * threads.
     *
     * <p>A thread that is bound to one of these names is listed under it, and is continued, answered, recovered and read by
     * this workflow. Its next new run binds it to the present name. Child steps that were recorded under one of them are
     * found as well.
     *
     * <pre>{@code
     * @Entrypoint(formerly = "EssayFlow.write") // the class was EssayFlow
     * }</pre>
     *
     * <p>Default: none. A name that another workflow has, or had, is refused.
     *
     * @return the former names
     */
    String[] formerly() default {};

    /**
     * Policies for running the body again after it failed.
     *
     * <p>Each failure is judged by the first policy that accepts it, in the order given; none accepts it: the run fails.
     * Attempts are counted once across all policies. A new attempt of the body keeps what its tasks finished and forgets
     * the failures it ended with, so only what failed is executed again. Policies are never inherited: the tasks of the
     * flow have their own.
     *
     * <p>Default: none, the first failure fails the run.
     *
     * @return the policies, the first that matches decides
     */
    Retry[] retry() default {};

    /**
     * How long one attempt of the body may run, as an ISO-8601 duration such as {@code "PT10M"}.
     *
     * <p>Time in which the body waits, in {@code join}, for an answer, for a timer or for a permit, does not count. An
     * attempt that runs longer is abandoned and has failed; steps below it that were already called run on, and a later
     * attempt joins them.
     *
     * <p>Default: no limit.
     *
     * @return the limit, or empty for none
     */
    String timeout() default "";

    /**
     * How long one attempt of the body may go without a sign of progress, as an ISO-8601 duration such as {@code "PT30S"}.
     *
     * <p>Durable calls, emitted events and {@code heartbeat} are signs of progress; waiting counts as little as it does
     * for {@link #timeout}. An attempt that stays silent for longer is abandoned and has failed.
     *
     * <p>Default: no limit.
     *
     * @return the limit, or empty for none
     */
    String idleTimeout() default "";

    /**
     * Whether this workflow remembers its previous result when it runs as a child workflow.
     *
     * <p>If true, {@link Previous @Previous} in a child is what the same child, at the same path of the parent's thread,
     * saved last. If false, it is null (or an empty {@code Optional}) in a child. As a workflow on a thread of its own it
     * always remembers.
     *
     * <p>The path counts the calls of one run: the second call of the same child in the same scope has a memory of its
     * own, and so has a call inside a task. What a child saves when it completes becomes its memory when the parent's run
     * completes, together with what that run saves: a run that fails, is cancelled or is left behind changes no memory,
     * and a fork begins with the memories of the checkpoint that it forks.
     *
     * <p>Default: false.
     *
     * @return true to keep a memory per thread and child path
     */
    boolean childMemory() default false;

    /**
     * What becomes of a run whose body has failed.
     *
     * <p>With {@link OnFailure#UNDO} what it has done is undone at once, by the methods that {@link Task#undo} names. A call as a
     * child is not a run: its failure is its caller's to handle.
     *
     * <p>Default: it is FAILED, and a person or a program decides.
     *
     * @return what becomes of it
     */
    OnFailure onFailure() default OnFailure.KEEP;
}
