package dev.clew.server.a2a;

import dev.clew.server.a2a.RpcFault.Kind;
import dev.clew.server.json.Json;
import dev.clew.server.kernel.Body;
import dev.clew.server.view.Ids;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * A message that a user sent, and how it is to be answered.
 *
 * @param id what the user calls it
 * @param contextId the thread; empty for a new one
 * @param taskId the task that it belongs to; empty for a new one
 * @param metadata of the request
 * @param waits whether the answer waits until the task rests
 * @param historyLength how many messages the answer has; negative for all
 */
public record Incoming(
        String id,
        Optional<String> contextId,
        Optional<String> taskId,
        List<Part> parts,
        ObjectNode metadata,
        boolean waits,
        int historyLength) {
    private static final Set<String> USER = Set.of("user", "ROLE_USER");
    private static final List<String> FILES = List.of("file", "raw", "url");
    private static final Set<String> OUTPUTS =
            Set.of("text/plain", "application/json", "text/*", "application/*", "*/*");

    /**
     * Reads it.
     *
     * @throws RpcFault if it is none
     * @throws dev.clew.server.kernel.ApiRefusal if a member has another type
     */
    public static Incoming read(Body params) {
        Body message = new Body(params.object("message")
                .orElseThrow(() -> RpcFault.invalid("'message' in 'params' is missing; it is a required object")));
        String role = message.requireText("role");
        if (!USER.contains(role)) {
            throw RpcFault.invalid("'role' of the message must be that of the user");
        }
        Body configuration = params.inner("configuration");
        requireOffered(configuration);
        return new Incoming(
                Ids.require("messageId", message.requireText("messageId")),
                message.text("contextId").map(id -> Ids.require("contextId", id)),
                message.text("taskId"),
                parts(message.list("parts")),
                params.object("metadata").orElseGet(Json::object),
                configuration.flag("blocking", true) && !configuration.flag("returnImmediately", false),
                configuration.integer("historyLength", 0, Integer.MAX_VALUE).orElse(-1));
    }

    private static void requireOffered(Body configuration) {
        if (configuration.has("pushNotificationConfig") || configuration.has("taskPushNotificationConfig")) {
            throw RpcFault.of(Kind.PUSH_NOTIFICATION_NOT_SUPPORTED, NO_PUSH);
        }
        List<String> outputs = configuration.texts("acceptedOutputModes");
        if (!outputs.isEmpty() && outputs.stream().noneMatch(OUTPUTS::contains)) {
            throw RpcFault.of(
                    Kind.CONTENT_TYPE_NOT_SUPPORTED,
                    "a task gives text/plain or application/json, and none of the accepted output modes");
        }
    }

    /** Why a push notification is refused. */
    public static final String NO_PUSH = "there are no push notifications; stream the task, or ask for it again";

    private static List<Part> parts(List<JsonNode> given) {
        if (given.isEmpty()) {
            throw RpcFault.invalid("'parts' of the message must be a list of parts, at least one");
        }
        List<Part> parts = new ArrayList<>();
        given.forEach(part -> parts.add(part(part)));
        return parts;
    }

    private static Part part(JsonNode given) {
        if (!(given instanceof ObjectNode node)) {
            throw RpcFault.invalid("each of 'parts' must be an object");
        }
        Body part = new Body(node);
        String kind = part.text("kind").orElse("");
        if (kind.equals("file") || FILES.stream().anyMatch(part::has)) {
            throw RpcFault.of(
                    Kind.CONTENT_TYPE_NOT_SUPPORTED, "a part is a file; the workflow takes parts of text and of data");
        }
        JsonNode text = node.get("text");
        JsonNode data = node.get("data");
        if ((kind.isEmpty() || kind.equals("text")) && text != null && text.isString() && data == null) {
            if (!Json.isWellFormed(text.stringValue())) {
                throw RpcFault.invalid("the text of a part has half of a surrogate pair");
            }
            return new Part.Text(text.stringValue());
        }
        if ((kind.isEmpty() || kind.equals("data")) && data != null && text == null) {
            return new Part.Data(WholeNumbers.in(data));
        }
        throw RpcFault.invalid("a part must have 'text', which is a text, or 'data'");
    }

    /** All texts, a line each; empty if there are none. */
    Optional<String> text() {
        List<String> texts = new ArrayList<>();
        for (Part part : parts) {
            if (part instanceof Part.Text one) {
                texts.add(one.text());
            }
        }
        return texts.isEmpty() ? Optional.empty() : Optional.of(String.join("\n", texts));
    }

    private List<JsonNode> data() {
        return parts.stream()
                .filter(Part.Data.class::isInstance)
                .map(part -> ((Part.Data) part).value())
                .toList();
    }

    /**
     * The data: one value, or the members of all objects, of which the last wins. Empty if there are none.
     *
     * @throws RpcFault if there are several, and not all are objects
     */
    Optional<JsonNode> value() {
        List<JsonNode> all = data();
        if (all.size() <= 1) {
            return all.stream().findFirst();
        }
        ObjectNode merged = Json.object();
        for (JsonNode one : all) {
            if (!(one instanceof ObjectNode object)) {
                throw RpcFault.invalid("of several parts of data each must be an object");
            }
            object.properties().forEach(member -> merged.set(member.getKey(), member.getValue()));
        }
        return Optional.of(merged);
    }

    /**
     * What it answers to one question: its data, or else its text.
     *
     * @throws RpcFault if it has both
     */
    public JsonNode answer() {
        Optional<JsonNode> value = value();
        Optional<String> text = text();
        if (value.isPresent() && text.isPresent()) {
            throw RpcFault.invalid("an answer must be a part of text or a part of data, not both");
        }
        return value.orElseGet(() -> Json.text(text.orElse("")));
    }

    @Override
    public String toString() {
        return "Incoming["
                + parts.stream().map(part -> part.getClass().getSimpleName()).collect(Collectors.toList()) + "]";
    }
}
