package dev.clew.server.chat;

import dev.clew.server.json.Json;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * The answer to one request of a chat.
 *
 * @param id of the run
 * @param model as the client named it
 */
public record Completion(String id, String model, Instant created) {
    /** What ends a stream. */
    static final byte[] DONE = "data: [DONE]\n\n".getBytes(StandardCharsets.UTF_8);

    private ObjectNode of(String kind, ObjectNode choice) {
        ObjectNode completion = Json.object();
        completion.put("id", "chatcmpl-" + id);
        completion.put("object", kind);
        completion.put("created", created.getEpochSecond());
        completion.put("model", model);
        completion.set("choices", Json.array().add(choice));
        return completion;
    }

    /** The whole answer. */
    public JsonNode whole(String text) {
        ObjectNode message = Json.object();
        message.put("role", "assistant");
        message.put("content", text);
        ObjectNode choice = Json.object();
        choice.put("index", 0);
        choice.set("message", message);
        choice.put("finish_reason", "stop");
        return of("chat.completion", choice);
    }

    /** The first frame of a stream. */
    byte[] first() {
        ObjectNode delta = Json.object();
        delta.put("role", "assistant");
        delta.put("content", "");
        return chunk(delta, null);
    }

    /** More text. */
    byte[] more(String text) {
        ObjectNode delta = Json.object();
        delta.put("content", text);
        return chunk(delta, null);
    }

    /** The last frame that says something. */
    byte[] last() {
        return chunk(Json.object(), "stop");
    }

    private byte[] chunk(ObjectNode delta, @Nullable String reason) {
        ObjectNode choice = Json.object();
        choice.put("index", 0);
        choice.set("delta", delta);
        choice.set("finish_reason", Json.text(reason));
        return data(of("chat.completion.chunk", choice));
    }

    /** Why there is no answer, in the form that OpenAI's clients read within a stream. */
    static byte[] failed(String why) {
        ObjectNode failed = Json.object();
        failed.set("error", error("server_error", why));
        return data(failed);
    }

    /** Why there is no answer, in the form that OpenAI's clients read. */
    public static ObjectNode error(String type, String why) {
        ObjectNode error = Json.object();
        error.put("message", why);
        error.put("type", type);
        error.set("param", Json.nothing());
        error.set("code", Json.nothing());
        return error;
    }

    private static byte[] data(JsonNode document) {
        return ("data: " + Json.write(document) + "\n\n").getBytes(StandardCharsets.UTF_8);
    }
}
