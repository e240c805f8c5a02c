package dev.clew.annotations;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Makes a class a graph: its {@link Node @Node} methods run in supersteps over a state that they share.
 *
 * <p>For a class {@code Research} the annotation processor generates {@code ResearchGraph}, through which an application runs
 * the graph, and {@code ResearchNode}, an enum of its nodes. Every node that finished is recorded, so a run that stops is
 * continued where it was.
 *
 * <pre>{@code
 * @StateGraph(ResearchState.class)
 * public class Research {
 *     public record Query(String text) {}
 *
 *     @Input
 *     ResearchStateUpdate begin(String topic) {
 *         return fresh().topic(topic);
 *     }
 *
 *     @Node(after = START)
 *     List<Query> plan(String topic) {
 *         return model.queries(topic);
 *     }
 *
 *     @Node(writes = "notes")
 *     String search(Query query) {
 *         return web.find(query.text());
 *     }
 *
 *     @Node(after = "search", writes = "draft")
 *     Draft write(String topic, List<String> notes) {
 *         return model.write(topic, notes);
 *     }
 *
 *     @Output
 *     Draft result(Draft draft) {
 *         return draft;
 *     }
 * }
 *
 * try (var graph = ResearchGraph.builder(new Research()).build()) {
 *     Draft draft = graph.workflow().invoke("rain", RunConfig.thread("r-1")).value();
 * }
 * }</pre>
 *
 * <p><strong>Supersteps.</strong> All nodes of a superstep see the state as it was when the superstep began, and run at the
 * same time. When the last one has finished, their updates are folded in a fixed order; then the next superstep begins with
 * the nodes that edges and routes name. The run ends when there is none.
 */
@Documented
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.CLASS)
public @interface StateGraph {
    /**
     * The record that is the graph's state; it is annotated {@link State @State}.
     *
     * @return the class of the record
     */
    Class<?> value();

    /**
     * The name under which the graph's workflow is stored: threads are bound to it, and it outlives a renamed class.
     *
     * @return the stored name, or empty (the default) for the name of the class, for a nested one {@code Outer.Inner}
     */
    String name() default "";

    /**
     * Names under which the workflow was stored before; see {@link Entrypoint#formerly()}.
     *
     * @return the former names, none by default
     */
    String[] formerly() default {};

    /**
     * Policies for executing each node again after it failed; see {@link Task#retry()}.
     *
     * @return the policies, the first that matches decides; none by default. A node that has policies of its own has only those
     */
    Retry[] retry() default {};

    /**
     * How long one attempt may run, as an ISO-8601 duration such as {@code "PT30S"}; see {@link Task#timeout()}.
     *
     * @return the limit, or empty (the default) for none. A node that has a limit of its own has only that
     */
    String timeout() default "";

    /**
     * How long one attempt may go without a sign of progress, as an ISO-8601 duration; see {@link Task#idleTimeout()}.
     *
     * @return the limit, or empty (the default) for none. A node that has a limit of its own has only that
     */
    String idleTimeout() default "";
}
