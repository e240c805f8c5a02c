package dev.clew.server.view;

import dev.clew.checkpoint.CheckpointRecord;
import dev.clew.flow.NodeRef;
import dev.clew.flow.RequestRefusedException;
import dev.clew.flow.RunConfig;
import dev.clew.graph.GraphWorkflow;
import dev.clew.graph.StateSnapshot;
import dev.clew.graph.StateUpdate;
import dev.clew.server.catalog.NameUuid;
import dev.clew.server.catalog.Served;
import dev.clew.server.json.Json;
import dev.clew.state.CheckpointQuery;
import dev.clew.task.Failure;
import dev.clew.value.TypeRef;
import java.time.Instant;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** The states of a graph: one after each superstep. */
record GraphStates(Served served, GraphWorkflow<Object, Object, Object> graph) implements States {
    @Override
    public Optional<ObjectNode> state(String threadId, @Nullable String checkpointId, boolean inner) {
        RunConfig config = RunConfig.thread(threadId);
        try {
            StateSnapshot<Object> snapshot =
                    graph.snapshot(checkpointId == null ? config : config.checkpoint(checkpointId));
            return snapshot.config().checkpoint().isEmpty()
                    ? Optional.empty()
                    : Optional.of(node(threadId, snapshot, inner));
        } catch (RequestRefusedException none) {
            if (none.reason() == RequestRefusedException.Reason.UNKNOWN) {
                return Optional.empty();
            }
            throw none;
        }
    }

    @Override
    public Stream<ObjectNode> history(String threadId, @Nullable String before) {
        Stream<StateSnapshot<Object>> all = before == null
                ? graph.snapshots(threadId)
                : graph.snapshots(threadId)
                        .dropWhile(snapshot -> !before.equals(id(snapshot)))
                        .skip(1);
        return all.map(snapshot -> node(threadId, snapshot, false));
    }

    private static @Nullable String id(StateSnapshot<?> snapshot) {
        return snapshot.config().checkpoint().orElse(null);
    }

    private ObjectNode node(String threadId, StateSnapshot<?> snapshot, boolean inner) {
        String id = id(snapshot);
        StateNode state = new StateNode(threadId, values(snapshot));
        snapshot.next().forEach(state::next);
        for (StateSnapshot.Task task : snapshot.tasks()) {
            Failure failure = task.error();
            state.task(
                    NameUuid.ofStep(threadId, String.valueOf(id), task.node() + '#' + task.index()),
                    task.node(),
                    failure == null ? null : Failures.text(failure),
                    task.pending(),
                    null,
                    inner
                            ? task.child()
                                    .map(child -> innerState(threadId, child))
                                    .orElse(null)
                            : null);
        }
        Optional<CheckpointRecord> made = made(threadId, id);
        boolean isByHand = id != null && id.indexOf('/') < 0;
        String source = snapshot.superstep() == 0 ? "input" : "loop";
        String parent = Optional.ofNullable(snapshot.parent())
                .flatMap(RunConfig::checkpoint)
                .orElse(null);
        return state.at(
                id,
                parent,
                snapshot.createdAt(),
                StateNode.metadata(
                        served,
                        threadId,
                        made.map(CheckpointRecord::runId).orElse(null),
                        isByHand
                                ? made.map(record -> record.source().name().toLowerCase(Locale.ROOT))
                                        .orElse(source)
                                : source,
                        isByHand ? made.map(CheckpointRecord::step).orElse(0) : snapshot.superstep(),
                        snapshot.metadata()));
    }

    /** The stored checkpoint that a state belongs to: that of its run, or of the edit that made it. */
    private Optional<CheckpointRecord> made(String threadId, @Nullable String id) {
        if (id == null) {
            return Optional.empty();
        }
        int slash = id.indexOf('/');
        CheckpointQuery query = CheckpointQuery.of(threadId).id(slash < 0 ? id : id.substring(0, slash));
        return served.store().checkpoints(query).stream().findFirst();
    }

    /** Of the state of a graph in a node, what its own spec need not be known for. */
    private ObjectNode innerState(String threadId, StateSnapshot<?> child) {
        StateNode state = new StateNode(threadId, Json.of(served.codec().decodePlain(encoded(child.values()))));
        child.next().forEach(state::next);
        for (StateSnapshot.Task task : child.tasks()) {
            Failure failure = task.error();
            state.task(
                    NameUuid.ofStep(threadId, String.valueOf(id(child)), task.node() + '#' + task.index()),
                    task.node(),
                    failure == null ? null : Failures.text(failure),
                    task.pending(),
                    null,
                    null);
        }
        return state.at(id(child), null, child.createdAt(), Json.object());
    }

    private byte[] encoded(Object values) {
        return served.codec().encode(values, TypeRef.of(values.getClass()));
    }

    private ObjectNode values(StateSnapshot<?> snapshot) {
        return Scalars.object(served.state(snapshot.values()));
    }

    @Override
    public ObjectNode values(String threadId) {
        return values(graph.snapshot(threadId));
    }

    @Override
    public ObjectNode paused(String threadId, String runId, String checkpointId, Instant at) {
        StateSnapshot<Object> newest = graph.snapshot(threadId);
        if (!newest.createdAt().isAfter(at)) {
            return values(newest);
        }
        try (Stream<StateSnapshot<Object>> all = graph.snapshots(threadId)) {
            return values(all.filter(snapshot -> !snapshot.createdAt().isAfter(at))
                    .findFirst()
                    .orElse(newest));
        }
    }

    @Override
    public JsonNode result(String threadId, String outputCheckpoint) {
        return values(graph.snapshot(RunConfig.thread(threadId).checkpoint(outputCheckpoint)));
    }

    @Override
    public RunConfig update(RunConfig config, @Nullable JsonNode values, @Nullable String asNode) {
        JsonNode given = values == null ? Json.object() : values;
        StateUpdate<Object> update =
                served.read("values", given, graph.stateSpec().shownUpdateType());
        if (update == null) {
            throw new IllegalStateException("an object is read as an update");
        }
        return asNode == null
                ? graph.updateState(config, update)
                : graph.updateState(config, update, NodeRef.of(asNode));
    }
}
