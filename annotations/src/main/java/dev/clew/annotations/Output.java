package dev.clew.annotations;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Makes a method turn the state of a finished run into what callers get.
 *
 * <pre>{@code
 * @StateGraph(ResearchState.class)
 * public class Research {
 *     @Output
 *     Draft result(Draft draft) {
 *         return draft;
 *     }
 * }
 * }</pre>
 *
 * <p>It must be a pure function of the state: its parameters are components, by name and type, or the state's record. It is
 * no node. Without an {@code @Output} method callers get the state itself.
 */
@Documented
@Target(ElementType.METHOD)
@Retention(RetentionPolicy.CLASS)
public @interface Output {}
