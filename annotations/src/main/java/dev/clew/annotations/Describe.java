package dev.clew.annotations;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Tells a language model what a parameter of a {@link Tool @Tool}, a component of a record or a record is. The text becomes the
 * {@code description} in the JSON schema that the model gets.
 *
 * <pre>{@code
 * @Describe("A trip by train.")
 * record Trip(@Describe("the English name of a city") String to, LocalDate day) {}
 * }</pre>
 */
@Documented
@Target({ElementType.PARAMETER, ElementType.RECORD_COMPONENT, ElementType.TYPE})
@Retention(RetentionPolicy.RUNTIME)
public @interface Describe {
    /**
     * The text for the model.
     *
     * @return a few words, or a sentence
     */
    String value();
}
