package dev.clew.annotations;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Says which nodes a case of a route runs: a constant of an enum that nodes return, or a record of a sealed type that does.
 *
 * <pre>{@code
 * public enum Editor {
 *     @To("write") AGAIN,
 *     @To({"publish", "archive"}) GOOD,
 *     @End DONE
 * }
 *
 * @Node(after = "write")
 * Editor edit(Draft draft) { … }
 * }</pre>
 *
 * <p>Such a case carries nothing to its nodes. A record that a node takes as a parameter needs no {@code @To}: it runs that
 * node.
 */
@Documented
@Target({ElementType.FIELD, ElementType.TYPE})
@Retention(RetentionPolicy.RUNTIME)
public @interface To {
    /**
     * The names of the nodes; they run in the next superstep.
     *
     * @return the names, at least one
     */
    String[] value();
}
