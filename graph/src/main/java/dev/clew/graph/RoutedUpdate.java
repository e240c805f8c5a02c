package dev.clew.graph;

import dev.clew.value.IllegalRequestException;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * An update of the state together with a route: LangGraph's {@code Command(update, goto)}. Immutable.
 *
 * <pre>{@code
 * return update().notes("again").goTo(Editor.AGAIN);
 * return update().messages(reply).goTo(List.of(Send.to("search", call)));
 * }</pre>
 *
 * @param <S> the state
 * @param <R> the route: an enum, a record, a sealed type, a {@link Send}, or a list of one of these
 */
public non-sealed class RoutedUpdate<S, R> implements NodeResult<S> {
    private final StateUpdate<S> update;
    private final R route;

    /**
     * An update with a route.
     *
     * @throws IllegalRequestException if the route is null
     */
    protected RoutedUpdate(StateUpdate<S> update, R route) {
        if (route == null) {
            throw new IllegalRequestException("the route is null; return an update without a route, or a route");
        }
        this.update = update;
        this.route = route;
    }

    /**
     * The routes of a collection, for generated code.
     *
     * @throws IllegalRequestException if one of them is null
     */
    protected static <R> List<R> copyOf(Collection<? extends R> routes) {
        if (routes == null) {
            throw new IllegalRequestException("the list of routes is null; give an empty one to end the branch");
        }
        if (routes.stream().anyMatch(Objects::isNull)) {
            throw new IllegalRequestException("a route of the list is null; leave it out");
        }
        return List.copyOf(routes);
    }

    /** What it does to the state. */
    public final StateUpdate<S> update() {
        return update;
    }

    /** The route, or the list of them. */
    public final R route() {
        return route;
    }

    /** The routes, in their order; one if it is no list. */
    final List<?> routes() {
        return route instanceof List<?> several ? several : List.of(route);
    }

    @Override
    public final boolean equals(@Nullable Object other) {
        return other instanceof RoutedUpdate<?, ?> that && update.equals(that.update) && route.equals(that.route);
    }

    @Override
    public final int hashCode() {
        return Objects.hash(update, route);
    }

    @Override
    public final String toString() {
        return update + ".goTo(" + route + ")";
    }
}
