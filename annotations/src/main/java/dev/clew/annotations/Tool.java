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
 *     @Tool(value = "Books a trip. Costs money.", effect = Effect.ONCE, reconcile = "found", undo = "cancel", timeout = "PT30S")
 *     Booking book(Trip trip, TaskContext context) throws IOException {
 *         return api.book(trip, context.effectId()); // the same key on every attempt, crash and replay
 *     }
 *
 *     Optional<Booking> found(Trip trip, TaskContext context) throws IOException {
 *         return api.find(context.effectId());
 *     }
 *
 *     void cancel(Trip trip, Optional<Booking> booking, TaskContext context) throws IOException {
 *         api.cancel(context.effectId()); // if the agent's run is undone
 *     }
 * }
 * }</pre>
 *
 * <p><strong>A call is a step</strong>, recorded once: {@code tool:book#1}. It is executed at least once: a process may die after
 * a tool has acted and before its result is recorded. Where that must not be repeated, say {@link #effect effect = ONCE}.
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

    /**
     * Whether its effect may happen twice; see {@link Task#effect()}.
     *
     * <p>A call of a tool that is {@link Effect#ONCE} is never told to the model as failed while it may have acted: the outside
     * world is asked, or a person. Take a {@code TaskContext}, and give its {@code effectId} to the outside world.
     *
     * <p>Default: it may.
     *
     * @return what happens outside
     */
    Effect effect() default Effect.REPEATABLE;

    /**
     * The method that says what became of an effect whose outcome is unknown; only with {@link Effect#ONCE}. See {@link
     * Task#reconcile()}: it takes the tool's arguments, and a {@code TaskContext} if it wants one, and
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
     * The method that undoes what a call has done, when its run is undone; of a leaf, and not with a cache. See {@link
     * Task#undo()}: it takes the tool's arguments; an {@code Optional} of what the method gives if it wants
     * that, or a {@code boolean} if that is nothing; and a {@code TaskContext} if it wants one. It returns nothing, and must bear repetition.
     *
     * <p>Its result is stored as the method gave it, beside what the model reads, also where a middleware hides a part of that. A call is
     * undone with {@code tool:book} in the step's name: {@code undo:tool:book#1}.
     *
     * @return the name of the method, or empty (the default) for none: what it has done stays
     */
    String undo() default "";
}
