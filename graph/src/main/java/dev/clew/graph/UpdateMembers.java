package dev.clew.graph;

import dev.clew.graph.fold.Channel;
import dev.clew.graph.fold.Channels;
import dev.clew.graph.fold.Write;
import dev.clew.graph.fold.Writes;
import dev.clew.value.IllegalRequestException;
import dev.clew.value.Members;
import dev.clew.value.TypeRef;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The stored form of an update: {@code {"topic": "rain", "notes": ["x"], "@replace": ["notes"]}}.
 *
 * <ul>
 *   <li>{@code "topic"}: the value that is set, or one update of a component with a reducer; {@code "topic+1"} and so on are
 *       more updates of the same one.
 *   <li>{@code "@replace"}: the names of components whose value replaces what was there; those without one get their start
 *       value. Where an update has another type than the component, {@code "=topic"} is the value.
 *   <li>{@code "@fresh": true}: every component first gets its start value.
 * </ul>
 *
 * @param <S> the state
 * @param <T> the class of its updates
 */
final class UpdateMembers<S, T extends StateUpdate<S>> implements Members<T> {
    private static final String REPLACE = "@replace";
    private static final String FRESH = "@fresh";
    private static final char VALUE = '=';
    private static final char MORE = '+';
    private static final TypeRef<List<String>> NAMES = new TypeRef<>() {};

    private final StateSpec<S> spec;
    private final Function<Changes<S>, T> maker;
    private final boolean lenient;

    /**
     * The form of a state's updates.
     *
     * @param lenient whether stored components that the state does not have any more are left out; else they are refused
     */
    UpdateMembers(StateSpec<S> spec, Function<Changes<S>, T> maker, boolean lenient) {
        this.spec = spec;
        this.maker = maker;
        this.lenient = lenient;
    }

    private Channels channels() {
        return spec.channels();
    }

    @Override
    public List<String> names() {
        List<String> names =
                new ArrayList<>(channels().all().stream().map(Channel::name).toList());
        names.add(REPLACE);
        return names;
    }

    @Override
    public Optional<TypeRef<?>> type(String name) {
        if (name.equals(REPLACE)) {
            return Optional.of(NAMES);
        }
        if (name.equals(FRESH)) {
            return Optional.of(TypeRef.of(Boolean.class));
        }
        Channel channel = channels().find(componentOf(name));
        if (channel == null) {
            return unknown(name);
        }
        return Optional.of(isValue(name) ? channel.type() : channel.updateType());
    }

    private Optional<TypeRef<?>> unknown(String name) {
        if (lenient) {
            return Optional.empty();
        }
        throw new IllegalRequestException("the state has no component '" + name + "'"
                + Names.didYouMean(
                        name, channels().all().stream().map(Channel::name).toList()));
    }

    private static boolean isValue(String member) {
        return !member.isEmpty() && member.charAt(0) == VALUE;
    }

    private static String componentOf(String member) {
        int more = member.indexOf(MORE);
        return isValue(member) ? member.substring(1) : more < 0 ? member : member.substring(0, more);
    }

    @Override
    @SuppressWarnings("NullAway") // a compiler of JDK 17 does not see the nullness of type arguments in class files
    public Map<String, @Nullable Object> of(T update) {
        Writes writes = update.changes().writes();
        Map<String, @Nullable Object> members = new LinkedHashMap<>();
        List<String> replaced = new ArrayList<>();
        if (writes.isFresh()) {
            members.put(FRESH, true);
        }
        writes.byComponent().forEach((name, write) -> put(name, write, members, replaced));
        if (!replaced.isEmpty()) {
            members.put(REPLACE, replaced);
        }
        return members;
    }

    private void put(String name, Write write, Map<String, @Nullable Object> members, List<String> replaced) {
        if (write instanceof Write.Set set) {
            members.put(name, set.value());
        } else if (write instanceof Write.Add add) {
            for (int i = 0; i < add.updates().size(); i++) {
                members.put(i == 0 ? name : name + MORE + i, add.updates().get(i));
            }
        } else if (write instanceof Write.Replace replace
                && hasOwnUpdates(channels().find(name))) {
            members.put(VALUE + name, replace.value());
        } else if (write instanceof Write.Replace replace) {
            members.put(name, replace.value());
            replaced.add(name);
        }
    }

    /** Whether one update of it has another type than its value, so that the two cannot stand under one name. */
    private static boolean hasOwnUpdates(@Nullable Channel channel) {
        return channel != null && !channel.type().equals(channel.updateType());
    }

    @Override
    @SuppressWarnings("NullAway") // as above
    public T from(Map<String, @Nullable Object> members) {
        Writes writes = Boolean.TRUE.equals(members.get(FRESH)) ? Writes.FRESH : Writes.NONE;
        List<String> replaced = replaced(members);
        for (Map.Entry<String, @Nullable Object> member : members.entrySet()) {
            Channel channel = channels().find(componentOf(member.getKey()));
            if (channel != null) {
                boolean replaces = isValue(member.getKey()) || replaced.remove(channel.name());
                writes = write(writes, channel, member.getValue(), replaces);
            }
        }
        for (String name : replaced) {
            writes = started(writes, name);
        }
        return maker.apply(new Changes<>(spec, writes));
    }

    /** The present names of the components that are replaced. */
    private List<String> replaced(Map<String, @Nullable Object> members) {
        List<String> names = new ArrayList<>();
        if (members.get(REPLACE) instanceof List<?> given) {
            for (Object name : given) {
                Channel channel = channels().find(String.valueOf(name));
                if (channel != null) {
                    names.add(channel.name());
                } else {
                    unknown(String.valueOf(name));
                }
            }
        }
        return names;
    }

    @SuppressWarnings("NullAway") // null is refused there
    private static Writes write(Writes writes, Channel channel, @Nullable Object value, boolean replaces) {
        if (!channel.isReduced()) {
            return writes.set(channel, value);
        }
        if (!replaces) {
            return writes.add(channel, value);
        }
        return writes.replace(channel, value);
    }

    /** A replaced component without a value starts anew. */
    private Writes started(Writes writes, String name) {
        Channel channel = channels().all().get(channels().indexOf(name));
        return writes.and(new Writes(
                false,
                Map.of(
                        name,
                        channel.isReduced() ? new Write.Replace(channel.start()) : new Write.Set(channel.start()))));
    }

    /** Two forms of one state are the same form. */
    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof UpdateMembers<?, ?> that && spec == that.spec && lenient == that.lenient;
    }

    @Override
    public int hashCode() {
        return spec.hashCode();
    }
}
