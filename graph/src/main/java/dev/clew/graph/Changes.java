package dev.clew.graph;

import dev.clew.graph.fold.Write;
import dev.clew.graph.fold.Writes;
import dev.clew.value.IllegalRequestException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What an update does to each component of a state. Immutable; generated updates hold one, and code without a generated
 * update can use it by itself.
 *
 * <pre>{@code
 * StateUpdate<ResearchState> update = STATE.changes().set(TOPIC, "rain").add(NOTES, List.of("Rain falls.")).update();
 * }</pre>
 *
 * @param <S> the state
 */
public final class Changes<S> {
    private final StateSpec<S> spec;
    private final Writes writes;

    Changes(StateSpec<S> spec, Writes writes) {
        this.spec = spec;
        this.writes = writes;
    }

    static <S> Changes<S> none(StateSpec<S> spec) {
        return new Changes<>(spec, Writes.NONE);
    }

    /**
     * These changes, after every component has got its start value.
     *
     * @throws IllegalRequestException if there are changes already
     */
    public Changes<S> fresh() {
        return with(writes.and(Writes.FRESH));
    }

    /**
     * These changes, and this value of a component that keeps its last value.
     *
     * @throws IllegalRequestException if it is set already, or null is given and it takes none
     */
    public <V extends @Nullable Object> Changes<S> set(Component<V, V> component, V value) {
        if (component.isReduced()) {
            throw new IllegalRequestException(
                    "'" + component.name() + "' has a reducer; add an update to it, or replace it");
        }
        return with(writes.set(component.channel(), Containers.copy(value, component.type())));
    }

    /**
     * These changes, and one more update of a component that has a reducer.
     *
     * @throws IllegalRequestException if it is replaced already, or null is given
     */
    public <U> Changes<S> add(Component<?, U> component, U update) {
        requireReduced(component);
        return with(writes.add(component.channel(), Containers.required(component, update, component.updateType())));
    }

    /**
     * These changes, and a value of a component that has a reducer, past that reducer.
     *
     * @throws IllegalRequestException if it is written already, or null is given
     */
    public <V> Changes<S> replace(Component<V, ?> component, V value) {
        requireReduced(component);
        return with(writes.replace(component.channel(), Containers.required(component, value, component.type())));
    }

    /**
     * These changes and then those.
     *
     * @throws IllegalRequestException if both write a component that takes one write
     */
    public Changes<S> and(Changes<S> later) {
        return with(writes.and(later.writes));
    }

    /**
     * These changes and then those of a part of this state: of a state whose components this one has, too.
     *
     * <pre>{@code
     * STATE.changes().include(QuotaStateUpdate.update().used(3)).update()
     * }</pre>
     *
     * @throws IllegalRequestException if the part begins with {@code fresh()}, or writes a component that this state does not
     *     have, or that both write and that takes one write
     */
    @SuppressWarnings("ReferenceEquality") // the same component, not one that looks like it
    public Changes<S> include(StateUpdate<?> part) {
        Writes included = part.changes().writes();
        if (included.isFresh()) {
            throw new IllegalRequestException("a part of an update begins with fresh(); begin it with update()");
        }
        for (String name : included.byComponent().keySet()) {
            Component<?, ?> own = spec.component(name);
            if (own.channel() != part.changes().spec().component(name).channel()) {
                throw new IllegalRequestException("'" + name + "' of '"
                        + part.changes().spec().type().getSimpleName() + "' is another component than that of '"
                        + spec.type().getSimpleName() + "'");
            }
        }
        return with(writes.and(included));
    }

    /**
     * {@link #include}, where a value that the part sets takes the place of one that was set before.
     *
     * @throws IllegalRequestException as {@link #include} does, but for a component that takes one write
     */
    public Changes<S> override(StateUpdate<?> part) {
        Map<String, Write> kept = new LinkedHashMap<>(writes.byComponent());
        part.changes().writes().byComponent().forEach((name, write) -> {
            if (write instanceof Write.Set) {
                kept.remove(name);
            }
        });
        return new Changes<>(spec, Writes.of(writes.isFresh(), kept)).include(part);
    }

    /** The updates of a component that has a reducer, in their order; none if it is replaced, or not written. */
    @SuppressWarnings("unchecked") // the component's own updates
    public <U> List<U> added(Component<?, U> component) {
        return writes.byComponent().get(component.name()) instanceof Write.Add add
                ? (List<U>) add.updates()
                : List.of();
    }

    /** These changes without those of a component. */
    public Changes<S> without(Component<?, ?> component) {
        Map<String, Write> others = new LinkedHashMap<>(writes.byComponent());
        others.remove(component.name());
        return new Changes<>(spec, Writes.of(writes.isFresh(), others));
    }

    /** The changes as an update. */
    public StateUpdate<S> update() {
        return spec.updateOf(this);
    }

    private Changes<S> with(Writes more) {
        return new Changes<>(spec, more);
    }

    private static void requireReduced(Component<?, ?> component) {
        if (!component.isReduced()) {
            throw new IllegalRequestException("'" + component.name() + "' has no reducer; set it");
        }
    }

    /** The state that they are for. */
    public StateSpec<S> spec() {
        return spec;
    }

    Writes writes() {
        return writes;
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof Changes<?> that && spec == that.spec && writes.equals(that.writes);
    }

    @Override
    public int hashCode() {
        return writes.hashCode();
    }

    /** The changes as they were written: {@code update().topic(rain).notes([Rain falls.])}. */
    @Override
    public String toString() {
        StringBuilder text = new StringBuilder(writes.isFresh() ? "fresh()" : "update()");
        writes.byComponent().forEach((component, write) -> append(text, component, write));
        return text.toString();
    }

    private static void append(StringBuilder text, String component, Write write) {
        if (write instanceof Write.Set set) {
            text.append('.').append(component).append('(').append(set.value()).append(')');
        } else if (write instanceof Write.Replace replace) {
            text.append(".replace").append(Names.capitalized(component));
            text.append('(').append(replace.value()).append(')');
        } else if (write instanceof Write.Add add) {
            add.updates()
                    .forEach(u -> text.append('.')
                            .append(component)
                            .append('(')
                            .append(u)
                            .append(')'));
        }
    }
}
