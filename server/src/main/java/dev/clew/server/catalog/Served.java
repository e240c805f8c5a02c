package dev.clew.server.catalog;

import dev.clew.checkpoint.Checkpointer;
import dev.clew.flow.Workflow;
import dev.clew.graph.GraphWorkflow;
import dev.clew.server.json.Json;
import dev.clew.server.kernel.ApiRefusal;
import dev.clew.value.ClewException;
import dev.clew.value.Codec;
import dev.clew.value.CodecException;
import dev.clew.value.TypeRef;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * A workflow that is served, whose values come and go as JSON. Thread-safe.
 *
 * @param graphId its name for clients
 * @param workflow what runs
 * @param codec how its graph encodes values
 * @param store where its graph stores runs
 */
public record Served(String graphId, Workflow<Object, Object> workflow, Codec codec, Checkpointer store) {
    /** The id of the assistant that it is. */
    public String assistantId() {
        return NameUuid.ofAssistant(graphId);
    }

    /** It, if it is a graph: then its values are its state. */
    @SuppressWarnings("unchecked") // a state is only read and written by the graph's own spec
    public Optional<GraphWorkflow<Object, Object, Object>> graph() {
        return workflow instanceof GraphWorkflow<?, ?, ?> graph
                ? Optional.of((GraphWorkflow<Object, Object, Object>) graph)
                : Optional.empty();
    }

    public boolean hasInput() {
        return workflow.inputType().type() != Void.class;
    }

    /**
     * An input as the workflow takes it.
     *
     * @throws ApiRefusal if it is none
     */
    public Object input(JsonNode input) {
        Object read = read("input", input, workflow.inputType());
        if (read == null) {
            throw ApiRefusal.invalid("'input' of '" + graphId + "' must not be null");
        }
        return read;
    }

    /**
     * An input as it may be kept beside the run: a type with members of its own decides itself what is stored of its values.
     *
     * @param given as the client sent it
     * @throws ApiRefusal if its type does not let it be stored
     */
    public JsonNode kept(JsonNode given) {
        if (workflow.inputType().members().isEmpty()) {
            return given;
        }
        try {
            return written(input(given), workflow.inputType());
        } catch (ClewException refused) {
            throw ApiRefusal.invalid("'input' of '" + graphId + "' is not acceptable: " + refused.getMessage());
        }
    }

    /**
     * A value of a type.
     *
     * @param what what it is, for the refusal
     * @throws ApiRefusal if it is none
     */
    public <T> @Nullable T read(String what, JsonNode value, TypeRef<T> type) {
        type.members()
                .ifPresent(members -> members.internal().stream()
                        .filter(value::has)
                        .forEach(member -> {
                            throw ApiRefusal.invalid("'" + what + "' of '" + graphId + "' has the member '" + member
                                    + "', which only code of the server may give; leave it out");
                        }));
        try {
            return codec.decode(Json.bytes(value), type);
        } catch (CodecException wrong) {
            throw ApiRefusal.invalid("'" + what + "' of '" + graphId + "' is not acceptable: " + wrong.getMessage());
        }
    }

    /** What the workflow gave, as JSON. */
    public JsonNode output(@Nullable Object value) {
        return written(value, workflow.outputType());
    }

    /** The values of a state, as JSON. */
    public JsonNode state(Object values) {
        GraphWorkflow<Object, Object, Object> graph = graph().orElseThrow();
        return written(graph.stateSpec().read(values), graph.stateSpec().shownType());
    }

    /** What a node gave, without the components that are hidden. Also those of a nested graph that have such a name are left out. */
    public JsonNode shownUpdate(JsonNode given) {
        Set<String> hidden = graph().map(one -> one.stateSpec().hidden()).orElseGet(Set::of);
        if (!hidden.isEmpty() && given.get("update") instanceof ObjectNode update) {
            // A further update of a component has its name and a number.
            update.remove(update.propertyNames().stream()
                    .filter(name -> hidden.contains(name.split("\\+", 2)[0]))
                    .toList());
        }
        return given;
    }

    private JsonNode written(@Nullable Object value, TypeRef<?> type) {
        return Json.of(codec.decodePlain(codec.encode(value, type)));
    }

    @Override
    public String toString() {
        return "Served[" + graphId + "]";
    }
}
