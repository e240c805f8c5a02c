package dev.clew.graph;

import dev.clew.graph.fold.Channel;
import dev.clew.graph.fold.Channels;
import dev.clew.graph.fold.Fold;
import dev.clew.graph.fold.Folded;
import dev.clew.graph.fold.Folding;
import dev.clew.graph.fold.Write;
import dev.clew.graph.fold.Writes;
import dev.clew.graph.fold.Written;
import dev.clew.spi.TaskCall;
import dev.clew.value.TypeRef;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Folds each superstep a second time, from equal values, and compares: a run that continues elsewhere folds again, and must
 * come to the same state. For test kits; it costs copies of all that was written.
 */
final class FoldedTwice<S> implements Folding {
    private final StateSpec<S> state;
    private final TaskCall call;

    FoldedTwice(StateSpec<S> state, TaskCall call) {
        this.state = state;
        this.call = call;
    }

    @Override
    public Folded fold(String what, Channels channels, @Nullable Object[] before, List<Written> inOrder) {
        Set<Channel> touched = touched(channels, inOrder);
        @Nullable Object[] equal = before.clone();
        touched.forEach(channel -> {
            int index = channels.indexOf(channel.name());
            equal[index] = copy(before[index], channel.type());
        });
        List<Written> equalWrites = copies(channels, inOrder);
        Folded folded = Fold.fold(channels, before, inOrder);
        for (Channel channel : touched) {
            int index = channels.indexOf(channel.name());
            if (!call.isSame(before[index], equal[index], channel.type()) || !isSame(channel, inOrder, equalWrites)) {
                report(what, channel, "changed what it was given; return a new value");
                return folded;
            }
        }
        compare(what, folded, Fold.fold(channels, equal, equalWrites), channels);
        return folded;
    }

    private static Set<Channel> touched(Channels channels, List<Written> inOrder) {
        Set<Channel> touched = new LinkedHashSet<>();
        for (Written written : inOrder) {
            if (written.writes().isFresh()) {
                return new LinkedHashSet<>(channels.all());
            }
            for (String name : written.writes().byComponent().keySet()) {
                Channel channel = channels.find(name);
                if (channel != null) {
                    touched.add(channel);
                }
            }
        }
        return touched;
    }

    // --- copies of what is written ---

    private List<Written> copies(Channels channels, List<Written> inOrder) {
        List<Written> copies = new ArrayList<>(inOrder.size());
        for (Written written : inOrder) {
            Map<String, Write> writes = new LinkedHashMap<>();
            written.writes().byComponent().forEach((name, write) -> {
                Channel channel = channels.find(name);
                writes.put(name, channel == null ? write : copy(channel, write));
            });
            copies.add(new Written(written.writer(), Writes.of(written.writes().isFresh(), writes)));
        }
        return copies;
    }

    private Write copy(Channel channel, Write write) {
        if (write instanceof Write.Add add) {
            List<Object> updates = new ArrayList<>();
            add.updates().forEach(update -> updates.add(call.copy(update, channel.updateType())));
            return new Write.Add(updates);
        }
        return write instanceof Write.Set set
                ? new Write.Set(copy(set.value(), channel.type()))
                : new Write.Replace(copy(((Write.Replace) write).value(), channel.type()));
    }

    @SuppressWarnings("NullAway") // a compiler of JDK 17 does not see the nullness of type arguments in class files
    private @Nullable Object copy(@Nullable Object value, TypeRef<?> type) {
        return call.copy(value, type);
    }

    private boolean isSame(Channel channel, List<Written> inOrder, List<Written> copies) {
        for (int i = 0; i < inOrder.size(); i++) {
            Write write = inOrder.get(i).writes().byComponent().get(channel.name());
            Write copy = copies.get(i).writes().byComponent().get(channel.name());
            if (write instanceof Write.Add add
                    && copy instanceof Write.Add other
                    && !isSame(add.updates(), other.updates(), channel.updateType())) {
                return false;
            }
        }
        return true;
    }

    private boolean isSame(List<Object> updates, List<Object> others, TypeRef<?> type) {
        for (int i = 0; i < updates.size(); i++) {
            if (!call.isSame(updates.get(i), others.get(i), type)) {
                return false;
            }
        }
        return true;
    }

    // --- what came of it ---

    private void compare(String what, Folded first, Folded second, Channels channels) {
        if (first instanceof Folded.Committed one && second instanceof Folded.Committed other) {
            one.net().byComponent().keySet().forEach(name -> {
                Channel channel = channels.all().get(channels.indexOf(name));
                int index = channels.indexOf(name);
                if (!call.isSame(one.values()[index], other.values()[index], channel.type())) {
                    report(what, channel, "made two different values of equal ones; use no clock, chance or field");
                }
            });
            compareView(what, one, channels);
        } else if (first.getClass() != second.getClass()) {
            Folded.Failed failed = (Folded.Failed) (first instanceof Folded.Failed ? first : second);
            failed.clashes()
                    .get(0)
                    .components()
                    .forEach(name -> report(
                            what,
                            channels.all().get(channels.indexOf(name)),
                            "took values once and refused equal ones, or changed what it was given"));
        }
    }

    private void report(String what, Channel channel, String problem) {
        call.found("Impure reducer: " + ReducerForm.of(channel) + " of '" + channel.name() + "' " + problem + ". In "
                + what + ". A run that continues in another process folds again, and must come to the same state.");
    }

    /** What nodes see is what was folded: the state's constructor may refuse values, but not change them. */
    private void compareView(String what, Folded.Committed folded, Channels channels) {
        S made;
        try {
            made = state.make(new StateValues(channels, folded.values()));
        } catch (Exception | AssertionError refused) {
            return; // The run finds it, too, and says so.
        }
        @Nullable Object[] shown = state.read(made).array();
        for (int i = 0; i < shown.length; i++) {
            Channel channel = channels.all().get(i);
            if (!call.isSame(shown[i], folded.values()[i], channel.type())) {
                call.found(
                        "Changing constructor: " + state.type().getName() + " has another '" + channel.name()
                                + "' than was folded. In " + what
                                + ". What nodes see is lost with the next superstep: a"
                                + " constructor may refuse values, but not change them. Change them in the node or the reducer.");
            }
        }
    }
}
