package dev.clew.annotations;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Makes a method a tool that an agent's model may call. For a class {@code Travel} the annotation processor generates
 * {@code TravelTools}: {@code TravelTools.of(travel)} is the list of its tools, and {@code TravelTools.BOOK} names the tool
 * {@code book}.
 *
 * <pre>{@code
 * public class Travel {
 *     @Tool("Tells the weather of a city.")
 *     Weather weather(@Describe("its English name") String city) throws IOException {
 *         return api.weather(city);
 *     }
 *
 *     @Tool(value = "Books a trip. Costs money.", timeout = "PT30S")
 *     Booking book(Trip trip, TaskContext context) throws IOException {
 *         return api.book(trip, context.stepId()); // the same key on every attempt, crash and replay
 *     }
 * }
 * }</pre>
 *
 * <p><strong>A call is a step</strong>, recorded once: {@code tool:book#1}. It is executed at least once: a process may die after
 * a tool has acted and before its result is recorded.
 *
 * <p><strong>A tool that acts is a leaf</strong>: it takes neither {@code Run} nor {@code TravelTasks}, and may do anything. One
 * that takes either of these is a scope, which is run again from its first line after a pause or crash: it does its outside work
 * in {@link Task @Task} methods of its class.
 *
 * <p><strong>Parameters</strong> are the arguments that the model gives, by their names; {@code TaskContext} or {@code Run}, and
 * {@code TravelTasks} are handed in. Arguments are checked before the method is called: what does not fit is reported to the
 * model, and nothing runs.
 *
 * <p><strong>The result</strong> is what the model reads: a text as it is, {@code void} and null as "done", anything else as its
 * JSON. {@code ToolResult} says more.
 */
@Documented
@Target(ElementType.METHOD)
@Retention(RetentionPolicy.CLASS)
public @interface Tool {
    /**
     * What the tool does, for the model.
     *
     * @return a sentence or more; not blank
     */
    String value();

    /**
     * The name by which the model calls it: 1 to 64 letters, digits, {@code _} and {@code -}.
     *
     * @return the name, or empty (the default) for the name of the method
     */
    String name() default "";

    /**
     * Names that the tool had before: calls that were recorded under them are its calls.
     *
     * @return the former names, none by default
     */
    String[] formerly() default {};

    /**
     * Whether the agent ends with the result of this tool, without asking the model again, if all calls of a turn are of such
     * tools and none of them failed.
     *
     * @return false by default
     */
    boolean returnDirect() default false;

    /**
     * Whether a call runs alone: not beside other calls of the same turn, and after those that the model made before it.
     *
     * @return false by default
     */
    boolean exclusive() default false;

    /**
     * Policies for executing a call again after it failed; see {@link Task#retry()}.
     *
     * @return the policies, the first that matches decides; none by default
     */
    Retry[] retry() default {};

    /**
     * How long one attempt may run, as an ISO-8601 duration such as {@code "PT30S"}; see {@link Task#timeout()}.
     *
     * @return the limit, or empty (the default) for none
     */
    String timeout() default "";

    /**
     * How long one attempt may go without a sign of progress, as an ISO-8601 duration; see {@link Task#idleTimeout()}.
     *
     * @return the limit, or empty (the default) for none
     */
    String idleTimeout() default "";
}
