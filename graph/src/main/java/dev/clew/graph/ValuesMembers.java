package dev.clew.graph;

import dev.clew.graph.fold.Channel;
import dev.clew.value.Members;
import dev.clew.value.TypeRef;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The values of a state as they are stored: an object with a member for each component. A component that is not stored has its
 * start value, and one that the state has no more is left out.
 *
 * @param hidden the names of components that are left out
 */
record ValuesMembers(StateSpec<?> state, Set<String> hidden) implements Members<StateValues> {
    @Override
    public Map<String, TypeRef<?>> types() {
        Map<String, TypeRef<?>> types = new LinkedHashMap<>();
        shown().forEach(channel -> types.put(channel.name(), channel.type()));
        return types;
    }

    private List<Channel> shown() {
        return state.channels().all().stream()
                .filter(channel -> !hidden.contains(channel.name()))
                .toList();
    }

    @Override
    public List<Member> of(StateValues values) {
        List<Member> members = new ArrayList<>();
        for (Channel channel : shown()) {
            members.add(new Member(channel.name(), channel.type(), values.find(channel.name())));
        }
        return members;
    }

    @Override
    public StateValues from(Stored stored) {
        @Nullable Object[] values = state.channels().start();
        for (String name : stored.names()) {
            int index = state.channels().indexOf(name);
            if (index >= 0) {
                TypeRef<?> type = state.channels().all().get(index).type();
                values[index] = Containers.copy(stored.get(name, type), type);
            }
        }
        return new StateValues(state.channels(), values, !stored.names().equals(types().keySet()));
    }
}
