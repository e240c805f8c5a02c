package dev.clew.graph;

import dev.clew.graph.fold.Channel;
import dev.clew.graph.fold.Write;
import dev.clew.graph.fold.Writes;
import dev.clew.value.CodecException;
import dev.clew.value.IllegalRequestException;
import dev.clew.value.Members;
import dev.clew.value.TypeRef;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The stored form of an update: {@code {"topic": "rain", "notes": ["x"], "@replace": ["notes"]}}.
 *
 * <ul>
 *   <li>{@code "topic"}: the value that is set, or one update of a component with a reducer; {@code "topic+1"} and so on are
 *       more updates of the same one.
 *   <li>{@code "@replace"}: the names of components whose value replaces what was there; those without one get their start
 *       value.
 *   <li>{@code "@fresh": true}: every component first gets its start value.
 * </ul>
 *
 * @param state the state that it changes
 * @param isStrict whether a component that the state does not have is refused; else it is left out
 * @param hidden the names of components that are as if the state did not have them
 */
record UpdateMembers<S>(StateSpec<S> state, boolean isStrict, Set<String> hidden) implements Members<StateUpdate<S>> {
    /** The names of the components that are replaced. */
    private static final String REPLACE = "@replace";

    /** Whether every component first gets its start value. */
    private static final String FRESH = "@fresh";

    /** Between the name of a component and the number of a further update of it. */
    private static final char MORE = '+';

    private static final TypeRef<List<String>> NAMES = new TypeRef<List<String>>() {};
    private static final TypeRef<Boolean> FLAG = TypeRef.of(Boolean.class);

    @Override
    public Map<String, TypeRef<?>> types() {
        Map<String, TypeRef<?>> types = new LinkedHashMap<>();
        state.channels().all().stream()
                .filter(channel -> !hidden.contains(channel.name()))
                .forEach(channel -> types.put(channel.name(), channel.updateType()));
        types.put(REPLACE, NAMES);
        types.put(FRESH, FLAG);
        return types;
    }

    @Override
    public List<Member> of(StateUpdate<S> update) {
        Writes writes = update.changes().writes();
        List<Member> members = new ArrayList<>();
        List<String> replaced = new ArrayList<>();
        if (writes.isFresh()) {
            members.add(new Member(FRESH, FLAG, true));
        }
        writes.byComponent().forEach((name, write) -> {
            if (hidden.contains(name)) {
                return;
            }
            Channel channel = Objects.requireNonNull(state.channels().find(name));
            if (write instanceof Write.Set set) {
                members.add(new Member(name, channel.type(), set.value()));
            } else if (write instanceof Write.Replace replace) {
                members.add(new Member(name, channel.type(), replace.value()));
                replaced.add(name);
            } else if (write instanceof Write.Add add) {
                added(channel, add.updates(), members);
            }
        });
        if (!replaced.isEmpty()) {
            members.add(new Member(REPLACE, NAMES, replaced));
        }
        return members;
    }

    private static void added(Channel channel, List<Object> updates, List<Member> members) {
        for (int i = 0; i < updates.size(); i++) {
            String name = i == 0 ? channel.name() : channel.name() + MORE + i;
            members.add(new Member(name, channel.updateType(), updates.get(i)));
        }
    }

    @Override
    public StateUpdate<S> from(Stored stored) {
        List<String> replaced = stored.names().contains(REPLACE)
                ? new ArrayList<>(Objects.requireNonNull(stored.get(REPLACE, NAMES)))
                : List.of();
        Writes writes = stored.names().contains(FRESH) ? Writes.FRESH : Writes.NONE;
        for (String name : stored.names()) {
            if (!name.equals(REPLACE) && !name.equals(FRESH)) {
                writes = written(writes, name, replaced.contains(name), stored);
            }
        }
        for (String name : replaced) {
            if (!stored.names().contains(name)) {
                writes = started(writes, name);
            }
        }
        return new Changes<>(state, writes).update();
    }

    private Writes written(Writes writes, String name, boolean isReplaced, Stored stored) {
        Channel channel = channel(name);
        if (channel == null) {
            return writes;
        }
        if (!channel.isReduced()) {
            return writes.set(channel, Containers.copy(stored.get(name, channel.type()), channel.type()));
        }
        TypeRef<?> type = isReplaced ? channel.type() : channel.updateType();
        Object value = Containers.copy(stored.get(name, type), type);
        if (value == null) {
            throw new IllegalRequestException("'" + name + "' is written with null; leave it out");
        }
        return isReplaced ? writes.replace(channel, value) : writes.add(channel, value);
    }

    /** What is replaced without a value gets its start value. */
    private Writes started(Writes writes, String name) {
        Channel channel = channel(name);
        return channel == null ? writes : writes.start(channel);
    }

    private @Nullable Channel channel(String member) {
        int more = member.indexOf(MORE);
        Channel found = state.channels().find(more < 0 ? member : member.substring(0, more));
        Channel channel = found != null && hidden.contains(found.name()) ? null : found;
        if (channel == null && isStrict) {
            List<String> known = state.components().stream()
                    .map(Component::name)
                    .filter(name -> !hidden.contains(name))
                    .toList();
            throw new CodecException(
                    "'" + state.type().getSimpleName() + "' has no component '" + member + "'"
                            + Names.didYouMean(member, known),
                    "$." + member,
                    null);
        }
        return channel;
    }
}
