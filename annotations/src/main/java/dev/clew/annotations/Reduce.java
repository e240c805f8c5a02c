package dev.clew.annotations;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Gives a component of a {@link State @State} its reducer, or makes an annotation of your own do so.
 *
 * <pre>{@code
 * @State
 * public record Contest(@Reduce(Highest.class) int best, @Longest String name) {}
 *
 * @Reduce(LongestText.class)
 * @Target(ElementType.RECORD_COMPONENT)
 * public @interface Longest {}
 * }</pre>
 *
 * <p>Of several reducers the first is taken whose {@code V} fits the type of the component; its type arguments are inferred.
 * A reducer that an annotation gives is made with the members of that annotation, in their order, as
 * {@link KeepLast @KeepLast} shows.
 */
@Documented
@Target({ElementType.RECORD_COMPONENT, ElementType.ANNOTATION_TYPE})
@Retention(RetentionPolicy.CLASS)
public @interface Reduce {
    /**
     * The reducers, of which the first that fits is taken.
     *
     * @return the classes
     */
    @SuppressWarnings("rawtypes") // a class literal has no type arguments; the processor infers them
    Class<? extends Reducer>[] value();
}
