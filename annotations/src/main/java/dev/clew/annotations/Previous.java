package dev.clew.annotations;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Injects into an {@link Entrypoint @Entrypoint} what the last completed run of the same thread saved.
 *
 * <p>The parameter has the type that the entrypoint saves: what it returns or, if it returns {@code Final<R, S>}, the
 * {@code S}. It may be wrapped in an {@code Optional}.
 *
 * <pre>{@code
 * public class CounterFlow {
 *     @Entrypoint
 *     Integer count(Integer step, @Previous Optional<Integer> total) {
 *         return total.orElse(0) + step;
 *     }
 * }
 * }</pre>
 *
 * <p>It is null, or an empty {@code Optional}, in the first run of a thread, and in a child workflow unless
 * {@link Entrypoint#childMemory()} is set. A run that failed, was cancelled or is still waiting has saved nothing. The
 * value is fixed when the run begins: on replay the body sees the same one.
 *
 * <p>Entrypoints only; a task that needs the value takes it as an argument.
 */
@Documented
@Target(ElementType.PARAMETER)
@Retention(RetentionPolicy.CLASS)
public @interface Previous {}
