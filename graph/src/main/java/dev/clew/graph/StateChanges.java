package dev.clew.graph;

import dev.clew.graph.fold.ChangedValue;
import dev.clew.graph.fold.Channel;
import dev.clew.graph.fold.ValueChange;
import dev.clew.spi.SavedChanges;
import dev.clew.value.CodecException;
import dev.clew.value.TypeRef;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Stores the state that a run leaves as a change of the one that it met. */
record StateChanges(StateSpec<?> state) implements SavedChanges<StateValues, StateChange> {
    @Override
    public TypeRef<StateChange> type() {
        return TypeRef.of(StateChange.class, new ChangeMembers(state));
    }

    /**
     * A state that has lost more elements than it has kept is stored in full: its changes would be longer than itself. So is one
     * after a state with other components: those that are gone do not come back, those that are new keep the value that they
     * started with, and former names are not needed any more.
     */
    @Override
    public @Nullable StateChange between(StateValues before, StateValues after) {
        if (before.isReshaped()) {
            return null;
        }
        Map<String, ValueChange> changes = new HashMap<>();
        long lost = 0;
        boolean keeps = false;
        for (Channel channel : state.channels().all()) {
            Object was = before.find(channel.name());
            ValueChange change = ValueChange.between(channel.type().rawType(), was, after.find(channel.name()));
            if (change != null) {
                changes.put(channel.name(), change);
            }
            keeps |= !(change instanceof ValueChange.Put);
            lost += size(was) - 2L * (change == null ? size(was) : change.kept(size(was)));
        }
        return !keeps || lost > 0 ? null : new StateChange(changes, false);
    }

    private static int size(@Nullable Object value) {
        return value instanceof Collection<?> all ? all.size() : value instanceof Map<?, ?> map ? map.size() : 0;
    }

    @Override
    public StateValues after(StateValues before, List<StateChange> changes) {
        @Nullable Object[] values = before.array().clone();
        for (int i = 0; i < values.length; i++) {
            values[i] = after(state.channels().all().get(i).name(), values[i], changes);
        }
        boolean isReshaped = before.isReshaped() || changes.stream().anyMatch(StateChange::isReshaped);
        return new StateValues(state.channels(), values, isReshaped);
    }

    private static @Nullable Object after(String component, @Nullable Object before, List<StateChange> changes) {
        ChangedValue value = new ChangedValue(before);
        for (StateChange change : changes) {
            ValueChange became = change.byComponent().get(component);
            if (became != null) {
                try {
                    value.apply(became);
                } catch (IllegalArgumentException | ClassCastException | NullPointerException unfit) {
                    throw new CodecException(
                            "'" + component + "' was changed as a value of another type: " + unfit.getMessage(),
                            "$." + component,
                            unfit);
                }
            }
        }
        return value.value();
    }
}
