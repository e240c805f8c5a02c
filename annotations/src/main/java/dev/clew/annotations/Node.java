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
}
