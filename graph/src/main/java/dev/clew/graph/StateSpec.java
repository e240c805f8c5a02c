package dev.clew.graph;

import dev.clew.graph.fold.Channels;
import dev.clew.value.IllegalRequestException;
import dev.clew.value.Members;
import dev.clew.value.TypeRef;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * What a graph must know of its state: the components, and how the state is made of their values. Generated code has it as
 * {@code ResearchStateUpdate.STATE}. Immutable.
 *
 * <pre>{@code
 * public static final StateSpec<ResearchState> STATE = StateSpec.of(
 *     ResearchState.class,
 *     values -> new ResearchState(values.get(TOPIC), values.get(NOTES)),
 *     state -> new Object[] {state.topic(), state.notes()},
 *     TOPIC,
 *     NOTES);
 * }</pre>
 *
 * @param <S> the state
 */
public final class StateSpec<S> {
    private final Class<S> type;
    private final Function<StateValues, S> maker;
    private final Function<S, @Nullable Object[]> reader;
    private final List<Component<?, ?>> components;
    private final Channels channels;
    private final Function<Changes<S>, ? extends StateUpdate<S>> updates;
    private final Set<String> hidden;

    private StateSpec(
            Class<S> type,
            Function<StateValues, S> maker,
            Function<S, @Nullable Object[]> reader,
            List<Component<?, ?>> components,
            Function<Changes<S>, ? extends StateUpdate<S>> updates,
            Set<String> hidden) {
        this.updates = updates;
        this.hidden = hidden;
        this.type = type;
        this.maker = maker;
        this.reader = reader;
        this.components = components;
        this.channels = new Channels(components.stream().map(Component::channel).toList());
    }

    /**
     * The spec of a state.
     *
     * @param type the state's class
     * @param maker makes the state of the values; it may refuse them, but not change them
     * @param reader the values of a state, in the order of the components
     * @param components the components, in the order of their declaration
     * @throws IllegalRequestException if two components have, or had, one name
     */
    public static <S> StateSpec<S> of(
            Class<S> type,
            Function<StateValues, S> maker,
            Function<S, @Nullable Object[]> reader,
            Component<?, ?>... components) {
        return new StateSpec<>(type, maker, reader, List.of(components), PlainUpdate::new, Set.of());
    }

    /** The same spec, whose updates are of a class of their own. For generated code. */
    public StateSpec<S> updates(Function<Changes<S>, ? extends StateUpdate<S>> made) {
        return new StateSpec<>(type, maker, reader, components, made, hidden);
    }

    /** The same spec, some of whose components are not shown outside of the program, such as to clients of a server. */
    public StateSpec<S> hiding(Collection<String> names) {
        names.forEach(this::component);
        return new StateSpec<>(type, maker, reader, components, updates, Set.copyOf(names));
    }

    /**
     * The type of this state's updates, for codecs: {@code {"notes": ["x"], "@replace": ["topic"]}}. A component that the state
     * does not have is refused.
     *
     * @param update the class of the updates that this spec makes
     */
    public <U extends StateUpdate<S>> TypeRef<U> updateType(Class<U> update) {
        return updateType(update, true);
    }

    /** {@link #updateType(Class)} for updates without a class of their own. */
    public TypeRef<StateUpdate<S>> updateType() {
        return updateType(updateClass(), true);
    }

    /** The type of stored updates: what the state does not have any more is left out. */
    TypeRef<StateUpdate<S>> storedUpdateType() {
        return updateType(updateClass(), false);
    }

    @SuppressWarnings("unchecked") // the class has no type arguments, and the spec makes updates of it
    private <U extends StateUpdate<S>> TypeRef<U> updateType(Class<U> update, boolean isStrict) {
        return TypeRef.of(update, (Members<U>) (Members<?>) new UpdateMembers<>(this, isStrict, Set.of()));
    }

    /** {@link #updateType()} without the components that are hidden, which are refused: for what comes from outside of the program. */
    @SuppressWarnings("unchecked") // as above
    public TypeRef<StateUpdate<S>> shownUpdateType() {
        return TypeRef.of(
                updateClass(), (Members<StateUpdate<S>>) (Members<?>) new UpdateMembers<>(this, true, hidden));
    }

    /** The names of the components that are not shown outside of the program. */
    public Set<String> hidden() {
        return hidden;
    }

    @SuppressWarnings("unchecked") // the class has no type arguments
    private Class<StateUpdate<S>> updateClass() {
        return (Class<StateUpdate<S>>) (Class<?>) StateUpdate.class;
    }

    /**
     * The type of the values of a whole state, for codecs: an object with a member for each component.
     *
     * <pre>{@code
     * byte[] json = codec.encode(spec.read(snapshot.values()), spec.valuesType());
     * }</pre>
     */
    public TypeRef<StateValues> valuesType() {
        return TypeRef.of(StateValues.class, new ValuesMembers(this, Set.of()));
    }

    /** {@link #valuesType} without the components that are hidden: for what is shown outside of the program. */
    public TypeRef<StateValues> shownType() {
        return TypeRef.of(StateValues.class, new ValuesMembers(this, hidden));
    }

    StateUpdate<S> updateOf(Changes<S> changes) {
        return updates.apply(changes);
    }

    /** The state's class. */
    public Class<S> type() {
        return type;
    }

    /** The components, in the order of their declaration. */
    public List<Component<?, ?>> components() {
        return components;
    }

    /**
     * The component that has, or had, this name.
     *
     * @throws IllegalRequestException if there is none
     */
    public Component<?, ?> component(String name) {
        int index = channels.indexOf(name);
        if (index < 0) {
            throw new IllegalRequestException("'" + type.getSimpleName() + "' has no component '" + name + "'"
                    + Names.didYouMean(
                            name, components.stream().map(Component::name).toList()));
        }
        return components.get(index);
    }

    /** The values before the first update. */
    public StateValues start() {
        return new StateValues(channels, channels.start());
    }

    /** The state of these values. What its constructor throws is thrown. */
    public S make(StateValues values) {
        return maker.apply(values);
    }

    /**
     * The state of those of these values that are its components': of a state that has them, and others.
     *
     * @throws IllegalRequestException if one of its components is not among them
     */
    public S part(StateValues whole) {
        @Nullable
        Object[] own = components.stream()
                .map(component -> whole.find(component.name()))
                .toArray();
        return make(new StateValues(channels, own));
    }

    /** The values of a state. */
    public StateValues read(S state) {
        @Nullable Object[] values = reader.apply(state);
        if (values.length != components.size()) {
            throw new IllegalRequestException("the reader of '" + type.getSimpleName() + "' gives " + values.length
                    + " values, and there are " + components.size() + " components");
        }
        return new StateValues(channels, values.clone());
    }

    /** The update that changes nothing. */
    public Changes<S> changes() {
        return Changes.none(this);
    }

    Channels channels() {
        return channels;
    }

    @Override
    public String toString() {
        return "StateSpec[" + type.getSimpleName() + components + "]";
    }
}
