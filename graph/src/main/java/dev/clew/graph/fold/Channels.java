package dev.clew.graph.fold;

import dev.clew.value.IllegalRequestException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The components of a state, in the order of their declaration; values stand in arrays of the same order. */
public final class Channels {
    private final List<Channel> all;
    private final Map<String, Integer> indexes = new HashMap<>();

    /**
     * The channels of a state.
     *
     * @throws IllegalRequestException if two of them have, or had, one name
     */
    public Channels(List<Channel> all) {
        this.all = List.copyOf(all);
        for (int i = 0; i < all.size(); i++) {
            put(all.get(i).name(), i);
            for (String former : all.get(i).formerly()) {
                put(former, i);
            }
        }
    }

    private void put(String name, int index) {
        if (name.isBlank() || name.startsWith("@")) {
            throw new IllegalRequestException(
                    "a component has the name '" + name + "'; give it the name of the record's");
        }
        if (indexes.put(name, index) != null) {
            throw new IllegalRequestException("two components have, or had, the name '" + name + "'; rename one");
        }
    }

    /** The channels. */
    public List<Channel> all() {
        return all;
    }

    /** The index of the channel that has, or had, this name; -1 if there is none. */
    public int indexOf(String name) {
        return indexes.getOrDefault(name, -1);
    }

    /** The channel that has, or had, this name. */
    public @Nullable Channel find(String name) {
        int index = indexOf(name);
        return index < 0 ? null : all.get(index);
    }

    /** The values before the first update. */
    public @Nullable Object[] start() {
        return all.stream().map(Channel::start).toArray();
    }
}
