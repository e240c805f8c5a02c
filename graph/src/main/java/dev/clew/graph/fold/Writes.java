package dev.clew.graph.fold;

import dev.clew.value.IllegalRequestException;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What one update does: a write for each component that it names. Immutable. */
public final class Writes {
    /** No change. */
    public static final Writes NONE = new Writes(false, Map.of());

    /** Every component gets its start value. */
    public static final Writes FRESH = new Writes(true, Map.of());

    private final boolean isFresh;
    private final Map<String, Write> byComponent;

    /** @param byComponent not changed any more */
    Writes(boolean isFresh, Map<String, Write> byComponent) {
        this.isFresh = isFresh;
        this.byComponent = Collections.unmodifiableMap(byComponent);
    }

    /**
     * These writes.
     *
     * @param isFresh whether every component first gets its start value
     * @param byComponent the writes by the names of their components
     */
    public static Writes of(boolean isFresh, Map<String, Write> byComponent) {
        return new Writes(isFresh, new LinkedHashMap<>(byComponent));
    }

    /** Whether every component first gets its start value. */
    public boolean isFresh() {
        return isFresh;
    }

    /** The writes by the names of their components. */
    public Map<String, Write> byComponent() {
        return byComponent;
    }

    /** Whether it changes nothing. */
    public boolean isEmpty() {
        return !isFresh && byComponent.isEmpty();
    }

    /** These writes, and this value for a component that keeps its last value. */
    public Writes set(Channel channel, @Nullable Object value) {
        if (value == null && !channel.isNullable()) {
            throw new IllegalRequestException("'" + channel.name() + "' takes no null; mark the component @Nullable");
        }
        return with(channel.name(), new Write.Set(value));
    }

    /** These writes, and one more update for a reduced component. */
    public Writes add(Channel channel, Object update) {
        if (update == null) {
            throw new IllegalRequestException("an update of '" + channel.name() + "' is null; leave it out");
        }
        return with(channel.name(), new Write.Add(List.of(update)));
    }

    /** These writes, and a value for a reduced component past its reducer. */
    public Writes replace(Channel channel, Object value) {
        if (value == null) {
            throw new IllegalRequestException(
                    "'" + channel.name() + "' is replaced with null; replace it with an empty value");
        }
        return with(channel.name(), new Write.Replace(value));
    }

    /** These writes, and the start value for a component, past its reducer if it has one. */
    public Writes start(Channel channel) {
        return with(
                channel.name(),
                channel.isReduced() ? new Write.Replace(channel.start()) : new Write.Set(channel.start()));
    }

    /** These writes and then those. */
    public Writes and(Writes later) {
        if (later.isFresh && !isEmpty()) {
            throw new IllegalRequestException("fresh() would undo what the update has set before; begin with it");
        }
        Writes both = later.isFresh ? FRESH : this;
        for (Map.Entry<String, Write> write : later.byComponent.entrySet()) {
            both = both.with(write.getKey(), write.getValue());
        }
        return both;
    }

    private Writes with(String component, Write write) {
        Map<String, Write> all = new LinkedHashMap<>(byComponent);
        Write before = all.get(component);
        all.put(component, before == null ? write : both(component, before, write));
        return new Writes(isFresh, all);
    }

    private static Write both(String component, Write before, Write write) {
        if (before instanceof Write.Add add && write instanceof Write.Add more) {
            return add.plus(more.updates());
        }
        if (before instanceof Write.Set) {
            throw new IllegalRequestException(
                    "the update sets '" + component + "' twice, and it keeps one value; set it once");
        }
        throw new IllegalRequestException("the update replaces '" + component
                + "', which takes no other write in that update; put all of it into the replacement");
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof Writes that && isFresh == that.isFresh && byComponent.equals(that.byComponent);
    }

    @Override
    public int hashCode() {
        return 31 * byComponent.hashCode() + Boolean.hashCode(isFresh);
    }

    @Override
    public String toString() {
        return (isFresh ? "fresh " : "") + byComponent;
    }
}
