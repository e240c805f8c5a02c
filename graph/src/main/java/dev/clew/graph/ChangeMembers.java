package dev.clew.graph;

import dev.clew.graph.fold.Channel;
import dev.clew.graph.fold.ValueChange;
import dev.clew.value.IllegalRequestException;
import dev.clew.value.Members;
import dev.clew.value.TypeRef;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The stored form of what became of a state: {@code {"topic": "rain", "notes": ["x"], "@more": ["notes"]}}.
 *
 * <ul>
 *   <li>{@code "topic"}: the value that the component has, or what was added to it.
 *   <li>{@code "@more"}: the components that have this more.
 *   <li>{@code "@splice": {"notes": [1, 9, 9]}}: of lists, which elements are kept: from the first number to before the second,
 *       then what was added, then those from the third on.
 * </ul>
 *
 * What is not named is as it was. A component that the state has no more is left out.
 */
record ChangeMembers(StateSpec<?> state) implements Members<StateChange> {
    private static final String MORE = "@more";
    private static final String SPLICE = "@splice";
    private static final TypeRef<List<String>> NAMES = new TypeRef<List<String>>() {};
    private static final TypeRef<Map<String, List<Integer>>> PARTS = new TypeRef<Map<String, List<Integer>>>() {};

    @Override
    public Map<String, TypeRef<?>> types() {
        Map<String, TypeRef<?>> types = new LinkedHashMap<>();
        state.channels().all().forEach(channel -> types.put(channel.name(), channel.type()));
        types.put(MORE, NAMES);
        types.put(SPLICE, PARTS);
        return types;
    }

    @Override
    public List<Member> of(StateChange change) {
        List<Member> members = new ArrayList<>();
        List<String> more = new ArrayList<>();
        Map<String, List<Integer>> splices = new LinkedHashMap<>();
        for (Channel channel : state.channels().all()) {
            ValueChange became = change.byComponent().get(channel.name());
            if (became != null) {
                members.add(new Member(channel.name(), channel.type(), value(became)));
            }
            if (became instanceof ValueChange.More) {
                more.add(channel.name());
            } else if (became instanceof ValueChange.Splice splice) {
                splices.put(channel.name(), List.of(splice.from(), splice.to(), splice.resume()));
            }
        }
        if (!more.isEmpty()) {
            members.add(new Member(MORE, NAMES, more));
        }
        if (!splices.isEmpty()) {
            members.add(new Member(SPLICE, PARTS, splices));
        }
        return members;
    }

    private static @Nullable Object value(ValueChange change) {
        if (change instanceof ValueChange.Put put) {
            return put.value();
        }
        return change instanceof ValueChange.More more ? more.added() : ((ValueChange.Splice) change).added();
    }

    @Override
    public StateChange from(Stored stored) {
        List<String> more = stored.names().contains(MORE) ? orEmpty(stored.get(MORE, NAMES)) : List.of();
        Map<String, List<Integer>> splices = splices(stored);
        Map<String, ValueChange> changes = new LinkedHashMap<>();
        boolean isReshaped = false;
        for (String name : stored.names()) {
            Channel channel = state.channels().find(name);
            if (channel != null) {
                Object value = Containers.copy(stored.get(name, channel.type()), channel.type());
                changes.put(channel.name(), change(name, value, more.contains(name), splices.get(name)));
            }
            isReshaped |= (channel == null || !channel.name().equals(name)) && !name.startsWith("@");
        }
        return new StateChange(changes, isReshaped);
    }

    private static List<String> orEmpty(@Nullable List<String> names) {
        return names == null ? List.of() : names;
    }

    private static Map<String, List<Integer>> splices(Stored stored) {
        Map<String, List<Integer>> splices = stored.names().contains(SPLICE) ? stored.get(SPLICE, PARTS) : null;
        return splices == null ? Map.of() : splices;
    }

    private static ValueChange change(
            String name, @Nullable Object value, boolean isMore, @Nullable List<Integer> splice) {
        if (isMore && value != null) {
            return new ValueChange.More(value);
        } else if (splice != null && isSplice(splice) && value instanceof Collection<?> added) {
            return new ValueChange.Splice(
                    splice.get(0), splice.get(1), splice.get(2), Collections.unmodifiableList(new ArrayList<>(added)));
        } else if (isMore || splice != null) {
            throw new IllegalRequestException("what was added to '" + name + "' is no part of such a value");
        }
        return new ValueChange.Put(value);
    }

    private static boolean isSplice(List<Integer> numbers) {
        return numbers.size() == 3 && numbers.stream().noneMatch(Objects::isNull);
    }
}
