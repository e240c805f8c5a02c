package dev.clew.annotations;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Makes a record the state of a graph: its components are what the nodes of a {@link StateGraph @StateGraph} read and update.
 *
 * <p>For a record {@code ResearchState} the annotation processor generates {@code ResearchStateUpdate}, in the same package.
 * An update has a method for each component; what it does not name stays as it is.
 *
 * <pre>{@code
 * @State
 * public record ResearchState(
 *         String topic, @Append List<String> notes, @Nullable Draft draft, @Reduce(Highest.class) int best) {}
 *
 * ResearchStateUpdate.update().topic("rain").notes("Rain falls.")
 * }</pre>
 *
 * <p><strong>Components.</strong> A component without a reducer keeps its last value: at most one node of a superstep may
 * write it. A component with a reducer ({@link Append @Append}, {@link Merge @Merge}, {@link Sum @Sum},
 * {@link KeepLast @KeepLast}, or {@link Reduce @Reduce} with a reducer of your own) takes any number of updates, which are folded in a fixed
 * order. It starts with the identity of its reducer; the others start with null, 0, false or {@code Optional.empty()}.
 *
 * <p><strong>The record is a view</strong> of the folded values. Its constructor may refuse them, but it must not change
 * them. The record is top-level or nested.
 */
@Documented
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.CLASS)
public @interface State {}
