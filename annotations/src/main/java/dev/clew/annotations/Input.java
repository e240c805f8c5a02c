package dev.clew.annotations;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Makes a method turn what callers give into the first update of a graph's state.
 *
 * <pre>{@code
 * @StateGraph(ResearchState.class)
 * public class Research {
 *     @Input
 *     ResearchStateUpdate begin(String topic) {
 *         return fresh().topic(topic);
 *     }
 * }
 * }</pre>
 *
 * <p>It must be a pure function of its one parameter. It is no node: nothing is injected, and it is not recorded as a step.
 * State accumulates over the runs of a thread; {@code fresh()} first gives every component its start value. Without an
 * {@code @Input} method the graph's input is the update itself.
 */
@Documented
@Target(ElementType.METHOD)
@Retention(RetentionPolicy.CLASS)
public @interface Input {}
