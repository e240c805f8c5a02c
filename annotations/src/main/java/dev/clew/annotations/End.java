package dev.clew.annotations;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Says that a case of a route runs nothing: its branch of the graph ends.
 *
 * <pre>{@code
 * public enum Editor {
 *     @To("write") AGAIN,
 *     @End DONE
 * }
 * }</pre>
 */
@Documented
@Target({ElementType.FIELD, ElementType.TYPE})
@Retention(RetentionPolicy.RUNTIME)
public @interface End {}
