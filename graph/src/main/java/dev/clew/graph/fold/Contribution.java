package dev.clew.graph.fold;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Collects what the supersteps of a run did to each component: the last value that was set, the updates that were added, or
 * the value that replaced all before, with later updates folded in. Taking up a superstep costs time for its updates only.
 * Not thread-safe.
 */
public final class Contribution {
    private final Channels channels;
    private final Map<String, Write> values = new LinkedHashMap<>();
    private final Map<String, List<Object>> added = new LinkedHashMap<>();

    public Contribution(Channels channels) {
        this.channels = channels;
    }

    /** Takes up what a superstep did, all executions together: the net writes of a fold. */
    public void add(Writes net) {
        net.byComponent().forEach((name, write) -> {
            Channel channel = channels.find(name);
            if (channel != null) {
                add(channel, write);
            }
        });
    }

    private void add(Channel channel, Write write) {
        if (!(write instanceof Write.Add add)) {
            values.put(channel.name(), write);
            added.remove(channel.name());
        } else if (values.get(channel.name()) instanceof Write.Replace before) {
            values.put(channel.name(), new Write.Replace(channel.reduce(before.value(), add.updates())));
        } else {
            added.computeIfAbsent(channel.name(), name -> new ArrayList<>()).addAll(add.updates());
        }
    }

    /** What all of them did, as one update. */
    public Writes writes() {
        Map<String, Write> all = new LinkedHashMap<>();
        for (Channel channel : channels.all()) {
            Write write = write(channel.name());
            if (write != null) {
                all.put(channel.name(), write);
            }
        }
        return new Writes(false, all);
    }

    private @Nullable Write write(String component) {
        List<Object> updates = added.get(component);
        return updates == null ? values.get(component) : new Write.Add(updates);
    }
}
