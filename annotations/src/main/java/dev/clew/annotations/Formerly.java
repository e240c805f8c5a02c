package dev.clew.annotations;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Names that a component of a {@link State @State} had before: set them to rename the component without losing its value.
 *
 * <pre>{@code
 * @State
 * public record ResearchState(@Formerly("subject") String topic) {}
 * }</pre>
 *
 * <p>A value that was stored under one of these names is the component's. New values are stored under the present name.
 */
@Documented
@Target(ElementType.RECORD_COMPONENT)
@Retention(RetentionPolicy.CLASS)
public @interface Formerly {
    /**
     * The former names.
     *
     * @return the names
     */
    String[] value();
}
