package dev.clew.annotations;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Makes a method the body of a durable workflow.
 *
 * <p>The generated graph has a method without parameters for each entrypoint, of the same name. It returns a {@code Workflow<I, O>}:
 * {@code I} is the type of the entrypoint's business parameter ({@code Void} if it has none), {@code O} what it returns.
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
 *
 * // where it is called
 * EssayFlowGraph graph = EssayFlowGraph.builder(new EssayFlow()).checkpointer(db.checkpointer()).build();
 * RunResult<String> result = graph.write().invoke("rain", RunConfig.thread("essay-1"));
 * }</pre>
 *
 * <p><strong>What the body must keep to.</strong> It is executed again from its first line whenever the run goes on after a
 * stop. Its <em>durable calls</em>, which are all calls of {@code …Tasks} and {@code Run}, are then answered from the log as far as
 * the log goes. So between two durable calls the body must be deterministic, and it makes these calls on its own thread. What
 * depends on the clock, on chance or on the outside world belongs in a {@link Task @Task}, or is asked of {@code Run}
 * ({@code now}, {@code random}). A call that differs from what was recorded ends in a {@code NonDeterminismException}, and
 * nothing is recorded.
 *
 * <p><strong>Parameters.</strong> One business parameter or none, never null, not a {@code Command}: the input, which callers give.
 * The others are injected by their type, in any order; the {@linkplain dev.clew.annotations package description} lists them.
 *
 * <p><strong>Child workflows.</strong> An entrypoint is also a method of the generated {@code …Tasks} and can be given to {@code
 * Run.invoke}. Called so from another body, it is a <em>child workflow</em>, a scope inside the thread, log and stream of its parent.
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
     * Names under which the workflow was stored before. Set them if you rename the class or the method, so that its threads find it.
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
     * <p>Each failure is judged by the first policy that accepts it, in the order given. If none accepts it, the run fails.
     * Attempts are counted over all policies together.
     *
     * <p>A new attempt of the body replays the tasks that succeeded. Those whose failures made the body fail are executed again. The
     * policies do not hold for the tasks of the flow, which have their own.
     *
     * <p>Default: none, the first failure fails the run.
     *
     * @return the policies; the first that accepts a failure decides
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
     * <p>Durable calls, emitted events and {@code heartbeat} are signs of progress. As for {@link #timeout}, time in which the body
     * waits does not count. An attempt that shows no progress for longer is abandoned and has failed.
     *
     * <p>Default: no limit.
     *
     * @return the limit, or empty for none
     */
    String idleTimeout() default "";

    /**
     * Whether this workflow remembers its previous result when it runs as a child workflow.
     *
     * <p>If true, {@link Previous @Previous} in a child is what the same child saved in the last completed run of the parent's thread. The
     * same child is the one at the same path. The path counts the calls of one run: the second call in the same scope has a memory of its
     * own, and so has a call inside a task. If false, {@code @Previous} is null (or an empty {@code Optional}) in a child. As a workflow
     * on a thread of its own it always remembers.
     *
     * <p>What a child saves becomes its memory when the parent's run completes, together with what that run saves. A run that fails, is
     * cancelled or abandoned changes no memory. A fork begins with the memories of the checkpoint that it forks.
     *
     * <p>Default: false.
     *
     * @return true to keep a memory per thread and child path
     */
    boolean childMemory() default false;

    /**
     * What becomes of a run whose body has failed.
     *
     * <p>With {@link OnFailure#UNDO} what it has done is undone at once, by the methods that {@link Task#undo} names. That holds for
     * runs alone: if a child workflow fails, its caller decides what happens.
     *
     * <p>Default: it is FAILED, and a person or a program decides.
     *
     * @return what becomes of it
     */
    OnFailure onFailure() default OnFailure.KEEP;
}
