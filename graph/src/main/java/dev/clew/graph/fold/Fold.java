package dev.clew.graph.fold;

import static java.util.stream.Collectors.joining;

import dev.clew.graph.fold.Folded.Clash;
import dev.clew.graph.fold.Folded.Dropped;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Folds the updates of one superstep into the values before it.
 *
 * <p>The order is that of the given list, which is the order of the plan: when an execution finished does not matter.
 */
public final class Fold {
    private final Channels channels;
    private final @Nullable Object[] values;
    private final boolean fresh;
    private final Map<String, Write> net = new LinkedHashMap<>();
    private final List<Dropped> dropped = new ArrayList<>();
    private final List<Clash> clashes = new ArrayList<>();

    private Fold(Channels channels, @Nullable Object[] before, boolean fresh) {
        this.channels = channels;
        this.values = fresh ? channels.start() : before.clone();
        this.fresh = fresh;
    }

    /**
     * The values after a superstep, or why there are none. If one of the writes is fresh, the superstep begins with the start
     * values. The state's constructor is not asked; {@link #shown} asks it.
     *
     * @param before the values before it; not changed
     * @param inOrder what its executions wrote, in planned order
     */
    public static Folded fold(Channels channels, @Nullable Object[] before, List<Written> inOrder) {
        boolean fresh = false;
        for (Written written : inOrder) {
            fresh |= written.writes().isFresh();
        }
        Folded alone = inOrder.size() == 1 && !fresh
                ? alone(channels, before, inOrder.get(0).writes())
                : null;
        return alone == null ? new Fold(channels, before, fresh).run(inOrder) : alone;
    }

    /**
     * What the one execution of a superstep wrote is what the superstep did. Null if it needs a closer look: a component of
     * another name or kind, or a reducer that throws.
     */
    private static @Nullable Folded alone(Channels channels, @Nullable Object[] before, Writes writes) {
        @Nullable Object[] values = before.clone();
        for (Map.Entry<String, Write> each : writes.byComponent().entrySet()) {
            int index = channels.indexOf(each.getKey());
            Channel channel = index < 0 ? null : channels.all().get(index);
            if (channel == null || !channel.name().equals(each.getKey())) {
                return null;
            }
            try {
                values[index] = written(channel, values[index], each.getValue());
            } catch (Exception | AssertionError refused) {
                return null;
            }
        }
        return new Folded.Committed(values, writes, List.of());
    }

    private static @Nullable Object written(Channel channel, @Nullable Object current, Write write) {
        if (write instanceof Write.Add add) {
            return channel.reduce(current, add.updates());
        } else if (write instanceof Write.Replace replace && channel.isReduced()) {
            return replace.value();
        } else if (write instanceof Write.Set set && !channel.isReduced()) {
            return set.value();
        }
        throw new IllegalStateException("'" + channel.name() + "' is written as another kind");
    }

    /**
     * What a fold gave, if the state's constructor takes its values; else why it does not.
     *
     * @param inOrder what was folded
     * @param view makes the state of the values, and throws if it refuses them
     */
    public static Folded shown(Folded folded, List<Written> inOrder, Consumer<@Nullable Object[]> view) {
        if (!(folded instanceof Folded.Committed committed)) {
            return folded;
        }
        try {
            view.accept(committed.values());
            return folded;
        } catch (Exception | AssertionError thrown) {
            return new Folded.Failed(List.of(refused(committed, inOrder, thrown)));
        }
    }

    /** {@link #fold(Channels, Object[], List)}, and {@link #shown} of what it gives. */
    public static Folded fold(
            Channels channels, @Nullable Object[] before, List<Written> inOrder, Consumer<@Nullable Object[]> view) {
        return shown(fold(channels, before, inOrder), inOrder, view);
    }

    private static Clash refused(Folded.Committed committed, List<Written> inOrder, Throwable thrown) {
        List<String> writers = inOrder.stream()
                .filter(written -> !written.writes().isEmpty())
                .map(Written::writer)
                .distinct()
                .toList();
        return new Clash(
                List.copyOf(committed.net().byComponent().keySet()),
                writers,
                "refused by the state's constructor, which threw "
                        + thrown.getClass().getName(),
                thrown);
    }

    private Folded run(List<Written> inOrder) {
        if (fresh) {
            channels.all().forEach(channel -> net.put(channel.name(), started(channel)));
        }
        byComponent(inOrder).values().forEach(written -> foldInto(written.channel(), written.entries()));
        return clashes.isEmpty()
                ? new Folded.Committed(values, new Writes(false, net), dropped)
                : new Folded.Failed(clashes);
    }

    private static Write started(Channel channel) {
        return channel.isReduced() ? new Write.Replace(channel.start()) : new Write.Set(channel.start());
    }

    private record Entry(String writer, Write write) {}

    /** The writes of one component, in planned order. */
    private record Component(Channel channel, List<Entry> entries) {}

    /** What is written, by the present names of components. */
    private Map<String, Component> byComponent(List<Written> inOrder) {
        Map<String, Component> all = new LinkedHashMap<>();
        for (Written written : inOrder) {
            written.writes().byComponent().forEach((name, write) -> {
                Channel channel = channels.find(name);
                if (channel != null) {
                    all.computeIfAbsent(channel.name(), present -> new Component(channel, new ArrayList<>(1)))
                            .entries()
                            .add(new Entry(written.writer(), write));
                }
            });
        }
        return all;
    }

    private void foldInto(Channel channel, List<Entry> entries) {
        if (!channel.isReduced()) {
            keepLast(channel, entries);
            return;
        }
        List<Entry> replacements = new ArrayList<>(0);
        for (Entry entry : entries) {
            if (entry.write() instanceof Write.Replace) {
                replacements.add(entry);
            }
        }
        if (replacements.size() > 1) {
            clash(channel, replacements, "replaced by " + names(replacements), null);
        } else if (replacements.size() == 1) {
            replace(channel, replacements.get(0), entries);
        } else {
            reduce(channel, entries);
        }
    }

    private void keepLast(Channel channel, List<Entry> entries) {
        if (entries.size() > 1) {
            clash(channel, entries, "written by " + names(entries) + ", and it keeps one value a superstep", null);
        } else if (entries.get(0).write() instanceof Write.Set set) {
            commit(channel, set.value(), set);
        }
    }

    private void replace(Channel channel, Entry replacement, List<Entry> entries) {
        if (replacement.write() instanceof Write.Replace replace) {
            commit(channel, replace.value(), replace);
        }
        List<String> others = entries.stream()
                .filter(e -> !(e.write() instanceof Write.Replace))
                .map(Entry::writer)
                .distinct()
                .toList();
        if (!others.isEmpty()) {
            dropped.add(new Dropped(channel.name(), others, replacement.writer()));
        }
    }

    private void reduce(Channel channel, List<Entry> entries) {
        List<Object> updates = new ArrayList<>();
        Object value = values[channels.indexOf(channel.name())];
        for (Entry entry : entries) {
            if (entry.write() instanceof Write.Add add) {
                try {
                    value = channel.reduce(value, add.updates());
                } catch (Exception | AssertionError thrown) {
                    clash(
                            channel,
                            List.of(entry),
                            "given to a reducer that threw " + thrown.getClass().getName(),
                            thrown);
                    return;
                }
                updates.addAll(add.updates());
            }
        }
        boolean isOne = entries.size() == 1 && entries.get(0).write() instanceof Write.Add;
        commit(channel, value, isOne ? entries.get(0).write() : new Write.Add(updates));
    }

    private void commit(Channel channel, @Nullable Object value, Write write) {
        values[channels.indexOf(channel.name())] = value;
        net.put(channel.name(), fresh && write instanceof Write.Add ? new Write.Replace(value) : write);
    }

    private void clash(Channel channel, List<Entry> entries, String problem, @Nullable Throwable cause) {
        List<String> writers = entries.stream().map(Entry::writer).distinct().toList();
        clashes.add(new Clash(List.of(channel.name()), writers, problem, cause));
    }

    private static String names(List<Entry> entries) {
        return entries.stream().map(e -> "'" + e.writer() + "'").distinct().collect(joining(" and "));
    }
}
