package dev.clew.graph;

import dev.clew.annotations.IdSource;
import dev.clew.graph.fold.Channel;
import dev.clew.graph.fold.Write;
import dev.clew.graph.fold.Writes;
import dev.clew.messages.MessageIds;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Lets the reducers complete what is written before it is recorded.
 *
 * @param origin what the update comes from: the id of a step or of a run, or what an edit has
 * @param attempt which attempt of the step gave it; 0 if no step did
 */
record Preparation(String origin, int attempt) {
    /** The ids of one update of a component. */
    private record Ids(Preparation of, String component, int update) implements IdSource {
        @Override
        public String id(int index) {
            return MessageIds.of(of.origin, component, String.valueOf(update), String.valueOf(index));
        }

        @Override
        public String idOfAttempt(int index) {
            if (of.attempt == 0) {
                return MessageIds.of(of.origin, component, String.valueOf(update), "attempt", String.valueOf(index));
            }
            return update == 0 && index == 0
                    ? MessageIds.ofAttempt(of.origin, of.attempt)
                    : MessageIds.of(
                            of.origin,
                            component,
                            String.valueOf(update),
                            String.valueOf(index),
                            String.valueOf(of.attempt));
        }
    }

    @SuppressWarnings("ReferenceEquality") // the same update, if nothing was to be completed
    <S> @Nullable NodeResult<S> of(@Nullable NodeResult<S> result, StateSpec<S> state) {
        StateUpdate<S> update = Results.update(result);
        StateUpdate<S> prepared = update == null ? null : of(update, state);
        if (prepared == null || prepared == update) {
            return result;
        }
        return result instanceof RoutedUpdate<S, ?> routed ? new RoutedUpdate<>(prepared, routed.route()) : prepared;
    }

    <S> StateUpdate<S> of(StateUpdate<S> update, StateSpec<S> state) {
        Writes writes = update.changes().writes();
        Map<String, Write> prepared = new LinkedHashMap<>();
        boolean isChanged = false;
        for (Map.Entry<String, Write> entry : writes.byComponent().entrySet()) {
            Channel channel = state.channels().find(entry.getKey());
            Write write = entry.getValue();
            Write complete = channel != null && write instanceof Write.Add add ? added(channel, add) : write;
            isChanged |= complete != write;
            prepared.put(entry.getKey(), complete);
        }
        return isChanged ? new Changes<>(state, Writes.of(writes.isFresh(), prepared)).update() : update;
    }

    private Write added(Channel channel, Write.Add add) {
        List<Object> updates = new ArrayList<>(add.updates().size());
        boolean isChanged = false;
        for (Object update : add.updates()) {
            Object complete = channel.prepare(update, new Ids(this, channel.name(), updates.size()));
            isChanged |= complete != update;
            updates.add(complete);
        }
        return isChanged ? new Write.Add(updates) : add;
    }
}
