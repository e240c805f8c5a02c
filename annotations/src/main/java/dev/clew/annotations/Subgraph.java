package dev.clew.annotations;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Makes another graph a node of a {@link StateGraph @StateGraph}. It stands on a field, or on a method without parameters,
 * whose type is a class annotated {@code @StateGraph}, an {@code Agent}, or a {@code Workflow} such as one of a server; the node
 * is named like it.
 *
 * <pre>{@code
 * @StateGraph(ReportState.class)
 * public class Report {
 *     @Subgraph(after = "plan")
 *     Writer writer;
 * }
 * }</pre>
 *
 * <p>An {@code Agent<T>} shares the messages, if the state has a component {@code @Messages List<Message> messages}. If {@code T}
 * is an enum or a sealed type of records, the agent's output routes.
 *
 * <p>A {@code Workflow<I, O>} is called as {@code run.invoke(workflow, input)} calls it: as a child, which a run that continues joins,
 * and whose questions are those of the graph's run. Its input is the component that {@link #reads} names; or a record, made of the
 * components of the state that have the names and types of its own. Its output goes to the component that {@link #writes} names; or,
 * if it is a record, to the components without a reducer that have the names and types of its own.
 *
 * <pre>{@code
 * @Subgraph(after = "plan", reads = "topic", writes = "essay")
 * final RemoteWorkflow<String, Essay> essays;
 * }</pre>
 *
 * <p>Components that both states have, with the same name, type and reducer, go into the child. Its other components begin
 * with their start values. The updates that the child applied to shared components come back as the update of the node.
 */
@Documented
@Target({ElementType.FIELD, ElementType.METHOD})
@Retention(RetentionPolicy.CLASS)
public @interface Subgraph {
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
     * The component that is the input of a {@code Workflow}; a graph and an agent share components instead.
     *
     * @return the name of a component, or empty (the default) for none
     */
    String reads() default "";

    /**
     * The component that gets what the graph gives as its output.
     *
     * @return the name of a component, or empty (the default) for none
     */
    String writes() default "";

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
}
