package dev.clew.graph;

import dev.clew.graph.fold.Channels;
import dev.clew.value.IllegalRequestException;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The value of each component of a state. Immutable, as far as the values are.
 *
 * <pre>{@code
 * values -> new ResearchState(values.get(TOPIC), values.get(NOTES))
 * }</pre>
 */
public final class StateValues {
    private final Channels channels;
    private final @Nullable Object[] values;

    /** Whether it is stored with other components than the state has: with more or fewer, or under former names. */
    private final boolean isReshaped;

    StateValues(Channels channels, @Nullable Object[] values) {
        this(channels, values, false);
    }

    StateValues(Channels channels, @Nullable Object[] values, boolean isReshaped) {
        this.channels = channels;
        this.values = values;
        this.isReshaped = isReshaped;
    }

    boolean isReshaped() {
        return isReshaped;
    }

    /** The value of a component. */
    @SuppressWarnings({"unchecked", "NullAway"}) // the component's own values, which are null where its type says so
    public <V extends @Nullable Object> V get(Component<V, ?> component) {
        return (V) find(component.name());
    }

    /**
     * The value of the component that has, or had, this name.
     *
     * @throws IllegalRequestException if there is none
     */
    public @Nullable Object find(String component) {
        int index = channels.indexOf(component);
        if (index < 0) {
            throw new IllegalRequestException("the state has no component '" + component + "'");
        }
        return values[index];
    }

    /** All values by the names of their components, in the order of their declaration. */
    public Map<String, @Nullable Object> toMap() {
        Map<String, @Nullable Object> map = new LinkedHashMap<>();
        channels.all().forEach(channel -> map.put(channel.name(), find(channel.name())));
        return Collections.unmodifiableMap(map);
    }

    @Nullable
    Object[] array() {
        return values;
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof StateValues that && Arrays.equals(values, that.values);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(values);
    }

    @Override
    public String toString() {
        return toMap().toString();
    }
}
