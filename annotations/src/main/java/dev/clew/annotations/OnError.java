package dev.clew.annotations;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Makes a method stand in for a {@link Node @Node} that failed, once its retries are exhausted.
 *
 * <pre>{@code
 * @OnError("search")
 * ResearchStateUpdate searchFailed(Query query, Failure failure) {
 *     return update().notes("nothing about " + query.text() + ": " + failure.message());
 * }
 * }</pre>
 *
 * <p>It takes what its node takes, or less, and {@code Failure}. It returns what a node returns. The successors of the node
 * run after it, unless it routes; if the node routes, so must this. A failure of the handler itself is the node's failure.
 */
@Documented
@Target(ElementType.METHOD)
@Retention(RetentionPolicy.CLASS)
public @interface OnError {
    /**
     * The name of the node.
     *
     * @return the name
     */
    String value();

    /**
     * The component that the returned value updates: what an update's method of that name takes or, where that is a
     * collection, one element. The result is always written, and never a route.
     *
     * @return the name of the component, or empty (the default) where the method returns an update, a route or nothing
     */
    String writes() default "";
}
