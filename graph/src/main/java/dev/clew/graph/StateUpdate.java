package dev.clew.graph;

import dev.clew.graph.fold.Fold;
import dev.clew.graph.fold.Folded;
import dev.clew.graph.fold.Written;
import dev.clew.value.IllegalRequestException;
import java.util.Collection;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A change of a state: what it does not name stays as it is. Immutable; two updates are equal when they do the same to the
 * same state. The annotation processor generates a subclass for each {@code @State}, with a method for each component.
 *
 * <pre>{@code
 * ResearchStateUpdate update = update().topic("rain").notes("Rain falls.");
 * assertEquals(List.of("Rain falls."), update.applyTo(state).notes());
 * }</pre>
 *
 * @param <S> the state
 */
public abstract non-sealed class StateUpdate<S> implements NodeResult<S> {
    private final Changes<S> changes;

    /** For generated updates. */
    protected StateUpdate(Changes<S> changes) {
        this.changes = changes;
    }

    /** What it does to each component. */
    public final Changes<S> changes() {
        return changes;
    }

    /**
     * This update and then the other.
     *
     * @throws IllegalRequestException if both write a component that takes one write
     */
    public StateUpdate<S> and(StateUpdate<S> other) {
        return changes.and(other.changes).update();
    }

    /**
     * This update, and the route by which the graph goes on.
     *
     * @throws IllegalRequestException if the route is null
     */
    public <R> RoutedUpdate<S, R> goTo(R route) {
        return new RoutedUpdate<>(this, route);
    }

    /**
     * This update, and the routes by which the graph goes on; none ends the branch.
     *
     * @throws IllegalRequestException if a route is null
     */
    public <R> RoutedUpdate<S, List<R>> goTo(Collection<? extends R> routes) {
        return new RoutedUpdate<>(this, RoutedUpdate.copyOf(routes));
    }

    /**
     * The state after this update, by itself. For tests.
     *
     * @throws SuperstepFailedException if a reducer or the state's constructor refuses it
     */
    public final S applyTo(S state) {
        StateSpec<S> spec = changes.spec();
        Written written = new Written("the update", changes.writes());
        Folded folded = Fold.fold(
                spec.channels(),
                spec.read(state).array(),
                List.of(written),
                values -> spec.make(new StateValues(spec.channels(), values)));
        if (folded instanceof Folded.Committed committed) {
            return spec.make(new StateValues(spec.channels(), committed.values()));
        }
        throw SuperstepFailedException.of(
                "the update of '" + spec.type().getSimpleName() + "'", ((Folded.Failed) folded).clashes());
    }

    @Override
    public final boolean equals(@Nullable Object other) {
        return other instanceof StateUpdate<?> that && changes.equals(that.changes);
    }

    @Override
    public final int hashCode() {
        return changes.hashCode();
    }

    @Override
    public final String toString() {
        return changes.toString();
    }
}
