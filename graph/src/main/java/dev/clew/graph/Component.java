package dev.clew.graph;

import dev.clew.annotations.Reducer;
import dev.clew.graph.fold.Channel;
import dev.clew.value.TypeRef;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One component of a state: its name and type, and whether it keeps the last value that was written or folds what is written
 * with a reducer. Immutable; generated code has a constant for each.
 *
 * <pre>{@code
 * static final Component<String, String> TOPIC = Component.lastValue("topic", TypeRef.of(String.class), null);
 * static final Component<List<String>, List<String>> NOTES = Component.reduced(
 *     "notes", new TypeRef<List<String>>() {}, new TypeRef<List<String>>() {}, new Append.ToList<>());
 * }</pre>
 *
 * @param <V> the type of its values
 * @param <U> the type of one update; {@code V} where it keeps its last value
 */
public final class Component<V extends @Nullable Object, U extends @Nullable Object> {
    private final Channel channel;

    private Component(Channel channel) {
        this.channel = channel;
    }

    /** A component that keeps the last value that was written, and has this one before that. */
    public static <V extends @Nullable Object> Component<V, V> lastValue(
            String name, TypeRef<? extends V> type, @Nullable V start) {
        return new Component<>(
                new Channel(name, type, type, null, Containers.copy(start, type), type.isNullable(), List.of()));
    }

    /** A component that folds what is written; it has the reducer's identity before that. */
    @SuppressWarnings("unchecked") // the channel gives it only what this component takes
    public static <V, U> Component<V, U> reduced(
            String name, TypeRef<V> type, TypeRef<U> updateType, Reducer<V, U> reducer) {
        Reducer<Object, Object> any = (Reducer<Object, Object>) reducer;
        return new Component<>(new Channel(name, type, updateType, any, any.identity(), false, List.of()));
    }

    /** The same component, to which updates may set null. */
    public Component<V, U> nullable() {
        return new Component<>(new Channel(
                channel.name(),
                channel.type(),
                channel.updateType(),
                channel.reducer(),
                channel.start(),
                true,
                channel.formerly()));
    }

    /** The same component, which had these names before. */
    public Component<V, U> formerly(String... names) {
        return new Component<>(new Channel(
                channel.name(),
                channel.type(),
                channel.updateType(),
                channel.reducer(),
                channel.start(),
                channel.isNullable(),
                List.of(names)));
    }

    /** Its name. */
    public String name() {
        return channel.name();
    }

    /** The type of its values. */
    public TypeRef<?> type() {
        return channel.type();
    }

    /** The type of one update. */
    public TypeRef<?> updateType() {
        return channel.updateType();
    }

    /** Whether it has a reducer; else it keeps its last value. */
    public boolean isReduced() {
        return channel.isReduced();
    }

    /** Whether updates may set it to null. */
    public boolean isNullable() {
        return channel.isNullable();
    }

    /** Its value before the first update. */
    @SuppressWarnings("unchecked") // the factories take it as such
    public @Nullable V start() {
        return (V) channel.start();
    }

    /** The names that it had before. */
    public List<String> formerly() {
        return channel.formerly();
    }

    Channel channel() {
        return channel;
    }

    @Override
    public String toString() {
        return "Component[" + name() + (isReduced() ? ", reduced" : "") + "]";
    }
}
