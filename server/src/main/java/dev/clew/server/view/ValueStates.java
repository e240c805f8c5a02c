package dev.clew.server.view;

import dev.clew.flow.HistoryEntry;
import dev.clew.flow.RunConfig;
import dev.clew.interrupt.PendingInterrupt;
import dev.clew.server.catalog.NameUuid;
import dev.clew.server.catalog.Served;
import dev.clew.server.json.Json;
import dev.clew.server.kernel.ApiRefusal;
import dev.clew.state.CheckpointQuery;
import dev.clew.state.CheckpointSource;
import dev.clew.state.ThreadState;
import dev.clew.state.ThreadStatus;
import dev.clew.task.Failure;
import dev.clew.value.TypeRef;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** The states of a workflow that is a method: its value, and the method as the only thing to do. */
record ValueStates(Served served) implements States {
    @Override
    public Optional<ObjectNode> state(String threadId, @Nullable String checkpointId, boolean inner) {
        ThreadState<Object> now = served.workflow().state(threadId);
        String head = now.checkpointId();
        String wanted = checkpointId == null ? head : checkpointId;
        if (wanted == null) {
            return Optional.empty();
        }
        return served.workflow().history(CheckpointQuery.of(threadId).id(wanted)).stream()
                .findFirst()
                .map(entry -> node(entry, wanted.equals(head) ? now : null));
    }

    @Override
    public Stream<ObjectNode> history(String threadId, @Nullable String before) {
        ThreadState<Object> now = served.workflow().state(threadId);
        CheckpointQuery query = CheckpointQuery.of(threadId);
        return served.workflow()
                .historyStream(before == null ? query : query.before(before))
                .map(entry -> node(entry, entry.id().equals(now.checkpointId()) ? now : null));
    }

    private ObjectNode node(HistoryEntry<Object> entry, @Nullable ThreadState<Object> now) {
        String threadId = entry.config().threadId().orElseThrow();
        boolean opens = entry.source() == CheckpointSource.INPUT || entry.source() == CheckpointSource.FORK;
        JsonNode value = served.output(entry.value());
        StateNode state = new StateNode(threadId, opens ? Scalars.object(value) : Scalars.WRAP.out(value));
        if (opens) {
            Failure failure = now == null ? null : now.failure();
            List<PendingInterrupt<?, ?>> pending = now == null ? List.of() : now.pending();
            state.next(served.graphId());
            state.task(
                    NameUuid.ofStep(threadId, String.valueOf(entry.runId()), ""),
                    served.graphId(),
                    failure == null ? null : Failures.text(failure),
                    pending,
                    now == null ? resultOf(threadId, entry.runId()) : null,
                    null);
        }
        return state.at(
                entry.id(),
                entry.parentId(),
                entry.createdAt(),
                StateNode.metadata(
                        served,
                        threadId,
                        entry.runId(),
                        entry.source().name().toLowerCase(Locale.ROOT),
                        entry.step(),
                        entry.metadata()));
    }

    /** What the run gave that a state opened; null if it has not completed. */
    private @Nullable JsonNode resultOf(String threadId, @Nullable String runId) {
        return runId == null
                ? null
                : served.store()
                        .run(threadId, runId)
                        .flatMap(run -> Optional.ofNullable(run.outputCheckpoint()))
                        .map(output -> result(threadId, output))
                        .orElse(null);
    }

    @Override
    public ObjectNode values(String threadId) {
        ThreadState<Object> now = served.workflow().state(threadId);
        JsonNode value = served.output(now.value());
        boolean isDone = now.status() == ThreadStatus.IDLE && now.runId() != null;
        return isDone ? Scalars.object(Scalars.WRAP.out(value)) : Scalars.object(value);
    }

    @Override
    public ObjectNode paused(String threadId, String runId, String checkpointId, Instant at) {
        return served.workflow().history(CheckpointQuery.of(threadId).id(checkpointId)).stream()
                .findFirst()
                .map(entry -> Scalars.object(served.output(entry.value())))
                .orElseGet(Json::object);
    }

    @Override
    public JsonNode result(String threadId, String outputCheckpoint) {
        return served.workflow().history(CheckpointQuery.of(threadId).id(outputCheckpoint)).stream()
                .findFirst()
                .map(entry -> served.output(entry.value()))
                .orElseGet(Json::nothing);
    }

    @Override
    @SuppressWarnings("NullAway") // null is a value like any other
    public RunConfig update(RunConfig config, @Nullable JsonNode values, @Nullable String asNode) {
        if (asNode != null && !asNode.equals(served.graphId())) {
            throw ApiRefusal.invalid(
                    "'as_node' is '" + asNode + "'; the only node of '" + served.graphId() + "' is itself");
        }
        JsonNode given = values == null ? Json.nothing() : values;
        JsonNode value = served.workflow().outputType().type() instanceof Class<?> type && isScalar(type)
                ? Scalars.in(given)
                : given;
        Object decoded = served.read("values", value, served.workflow().outputType());
        Optional<TypeRef<?>> saved = served.workflow().savedType();
        return saved.isPresent()
                ? served.workflow().updateState(config, decoded, served.read("values", given, saved.get()))
                : served.workflow().updateState(config, decoded);
    }

    private static boolean isScalar(Class<?> type) {
        return type.isPrimitive()
                || type.getName().startsWith("java.lang.")
                || type.getName().startsWith("java.math.");
    }
}
