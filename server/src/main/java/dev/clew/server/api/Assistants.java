package dev.clew.server.api;

import dev.clew.server.assistant.AssistantBook;
import dev.clew.server.auth.Decision;
import dev.clew.server.auth.Operation;
import dev.clew.server.catalog.Served;
import dev.clew.server.json.Json;
import dev.clew.server.kernel.ApiRequest;
import dev.clew.server.kernel.Body;
import dev.clew.server.view.Labels;
import java.util.Optional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Finds assistants: those that clients made, as far as the caller may see them, and those that the workflows are. */
record Assistants(Parts parts) {
    private static final String ID = "assistant_id";

    /** One that a client made; empty if there is none, or the caller may not see it. */
    Optional<ObjectNode> made(Decision decision, String id) {
        AssistantBook book = parts.assistants();
        return book == null ? Optional.empty() : book.find(id).filter(assistant -> isVisible(decision, assistant));
    }

    static boolean isVisible(Decision decision, ObjectNode assistant) {
        ObjectNode metadata = assistant.get("metadata") instanceof ObjectNode given ? given : Json.object();
        return decision.only().entrySet().stream()
                .allMatch(wanted -> Labels.holds(metadata, wanted.getKey(), wanted.getValue()));
    }

    /**
     * The workflow that an assistant runs.
     *
     * @throws dev.clew.server.kernel.ApiRefusal with 404 if there is none, or the caller may not see it
     */
    Served served(Decision decision, String nameOrId) {
        Optional<String> graph = parts.catalog().find(nameOrId).isPresent()
                ? Optional.empty()
                : made(decision, nameOrId)
                        .map(assistant -> assistant.get("graph_id").asString());
        return parts.catalog().require(graph.orElse(nameOrId));
    }

    /** The body of a run, with what the assistant that it names has; as it is if that is a workflow or unknown. */
    Body applied(ApiRequest request, Body body) {
        JsonNode named = body.find(ID);
        if (named == null
                || !named.isString()
                || parts.catalog().find(named.stringValue()).isPresent()) {
            return unnamed(body);
        }
        Decision decision = new Gate(parts).decide(request, Operation.Assistants.READ);
        return made(decision, named.stringValue())
                .map(assistant -> new Body(AssistantBook.applied(assistant, body.node())))
                .orElse(body);
    }

    /** What is said of an assistant beside the one that the body names counts for nothing. */
    private static Body unnamed(Body body) {
        if (!body.node().path("config").path("configurable").has(ID)) {
            return body;
        }
        ObjectNode node = body.node().deepCopy();
        ((ObjectNode) node.get("config").get("configurable")).remove(ID);
        return new Body(node);
    }

    /** The id of the assistant whose body was {@linkplain #applied applied}. */
    static String id(ObjectNode kwargs, Served served) {
        JsonNode named = kwargs.path("config").path("configurable").path(ID);
        return named.isString() ? named.stringValue() : served.assistantId();
    }
}
