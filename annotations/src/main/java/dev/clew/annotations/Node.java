package dev.clew.annotations;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Makes a method a node of a {@link StateGraph @StateGraph}.
 *
 * <pre>{@code
 * @Node(after = START)
 * List<Query> plan(String topic) {
 *     return model.queries(topic);
 * }
 *
 * @Node(retry = @Retry(maxAttempts = 3), writes = "notes")
 * String search(Query query) {
 *     return web.find(query.text());
 * }
 *
 * @Node(afterAny = {"write", "improve"})
 * Verdict review(Draft draft) {
 *     return model.judge(draft);
 * }
 *
 * @Node
 * Goto<Editor> publish(Verdict.Good good, Draft draft, Run run) {
 *     return run.interrupt(PUBLISH, draft) ? update().goTo(Editor.DONE) : update().goTo(Editor.AGAIN);
 * }
 * }</pre>
 *
 * <p><strong>Parameters</strong> are components of the state, by name and type; the state's record; what was sent to the node;
 * {@code Run}, {@code TaskContext}, the class's {@code …Tasks}, {@code Superstep} and {@link Context @Context}. A node that
 * takes {@code Run} or {@code …Tasks} is a scope: its code between durable calls must be deterministic. Any other is a leaf.
 *
 * <p><strong>What it returns:</strong> an update; a route; a list of routes; an update with a route; what {@link #writes}
 * takes; or nothing. A route is an enum whose constants have {@link To @To} or {@link End @End}, a record that one node takes,
 * or a sealed type of such records.
 *
 * <p><strong>Edges.</strong> A node runs after others by {@link #after}, {@link #afterAny} and {@link #afterAll}, by a route
 * that names it, and once for each record that is sent to it. A node that routes names all its successors in its route. A
 * node without successors ends its branch.
 */
@Documented
@Target(ElementType.METHOD)
@Retention(RetentionPolicy.CLASS)
public @interface Node {
    /** The name that stands for the beginning of a run, in {@link #after} and {@link #afterAny}. */
    String START = "__start__";

    /**
     * The name of the node, by which edges and routes name it and its steps are recorded.
     *
     * @return the name, or empty (the default) for the name of the method
     */
    String name() default "";

    /**
     * The node after which this one runs, or {@link Node#START} for the first superstep of a run.
     *
     * @return the name of a node, or empty (the default) for none
     */
    String after() default "";

    /**
     * The nodes after each of which this one runs: once in a superstep, however many of them ran in the superstep before.
     *
     * @return the names of nodes, none by default
     */
    String[] afterAny() default {};

    /**
     * The nodes that must all have run before this one does, in whatever supersteps. It then waits for all of them again.
     *
     * @return the names of nodes, none by default
     */
    String[] afterAll() default {};

    /**
     * Whether this node waits until nothing else is left to run in its graph. Of several that wait, the one that is declared
     * first runs, alone.
     *
     * @return false by default
     */
    boolean defer() default false;

    /**
     * Names under which the steps of this node were recorded before: set them to rename it without stranding parked runs.
     *
     * @return the former names, none by default
     */
    String[] formerly() default {};

    /**
     * The component that the returned value updates: what an update's method of that name takes or, where that is a
     * collection, one element. The result is always written, and never a route.
     *
     * @return the name of the component, or empty (the default) where the method returns an update, a route or nothing
     */
    String writes() default "";

    /**
     * Policies for executing the node again after it failed; see {@link Task#retry()}.
     *
     * @return the policies, the first that matches decides; none by default but those of the class
     */
    Retry[] retry() default {};

    /**
     * How long one attempt may run, as an ISO-8601 duration such as {@code "PT30S"}; see {@link Task#timeout()}.
     *
     * @return the limit, or empty (the default) for that of the class
     */
    String timeout() default "";

    /**
     * How long one attempt may go without a sign of progress, as an ISO-8601 duration; see {@link Task#idleTimeout()}.
     *
     * @return the limit, or empty (the default) for that of the class
     */
    String idleTimeout() default "";

    /**
     * The policy for keeping results across runs and threads; at most one. The key is made of the
     * record that was sent and of the whole state.
     *
     * @return the cache policy, or nothing (the default)
     */
    Cached[] cache() default {};

    /**
     * Whether its effect may happen twice; see {@link Task#effect()}.
     *
     * <p>A node that is {@link Effect#ONCE} is a leaf; it returns what {@link #writes} takes, a route, an update, or nothing. A method
     * with {@link OnError @OnError} never stands in for it while it may have acted. The generated {@code …Graph} has the question
     * that a person is asked: {@code PAY_OUTCOME}.
     *
     * <p>Default: it may.
     *
     * @return what happens outside
     */
    Effect effect() default Effect.REPEATABLE;

    /**
     * The method that says what became of an effect whose outcome is unknown; only with {@link Effect#ONCE}. See {@link
     * Task#reconcile()}: it takes the node's parameters that are values, in their order, and a {@code TaskContext} if it wants one, and
     * returns an {@code Optional} of what the method gives, or a {@code boolean} if that is nothing.
     *
     * @return the name of the method, or empty (the default) for none: then a person is asked
     */
    String reconcile() default "";

    /**
     * Failures that say for sure that the effect did not happen; only with {@link Effect#ONCE}. See {@link Task#notDone()}.
     *
     * @return the classes; none by default
     */
    Class<? extends Throwable>[] notDone() default {};

    /**
     * How long after an attempt was given up a {@link #reconcile} that finds nothing counts, as an ISO-8601 duration; only with
     * {@link Effect#ONCE}. See {@link Task#settle()}.
     *
     * @return the duration, or empty for the default: the longer one of the {@link #timeout} and 60 seconds
     */
    String settle() default "";

    /**
     * The method that undoes what an execution has done, when its run is undone; of a leaf, and not with a cache. See {@link
     * Task#undo()}: it takes the node's parameters that are values, in their order; an {@code Optional} of what the method gives if it wants
     * that, or a {@code boolean} if that is nothing; and a {@code TaskContext} if it wants one. It returns nothing, and must bear repetition.
     *
     * <p>The effect is a step in the step of the node: {@code node:pay#1/task:pay#1}. What the method takes, the whole state included if it
     * takes that, is stored with it. A node that gives an update with a route cannot be undone.
     *
     * @return the name of the method, or empty (the default) for none: what it has done stays
     */
    String undo() default "";
}
