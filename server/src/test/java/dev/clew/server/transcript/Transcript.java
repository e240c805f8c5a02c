package dev.clew.server.transcript;

import dev.clew.server.catalog.NameUuid;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** One recorded scenario: requests in order, with what came back. */
record Transcript(String name, List<Step> steps) {
    private static final JsonMapper JSON = new JsonMapper();

    /**
     * One step.
     *
     * @param start the name under which the answer is awaited, for a request in the background
     * @param await the name of the request whose answer this is
     * @param request null for a pause or an awaited answer
     * @param response null if the answer is awaited later
     * @param sleepMillis zero but for a pause
     * @param readForMillis how long a stream that does not end is read, or zero
     * @param hook what a webhook received, or null
     */
    record Step(
            int number,
            @Nullable String start,
            @Nullable String await,
            @Nullable JsonNode request,
            @Nullable JsonNode response,
            int sleepMillis,
            int readForMillis,
            @Nullable JsonNode hook) {}

    private static final String PLAIN = NameUuid.ofAssistant("plain");

    /** Reads a file from {@code transcripts/}, by its name without the extension. */
    static Transcript read(String name) {
        try (InputStream in = Transcript.class.getResourceAsStream("/transcripts/" + name + ".json")) {
            if (in == null) {
                throw new IllegalArgumentException("no transcript " + name);
            }
            List<Step> steps = new ArrayList<>();
            String text = new String(in.readAllBytes(), StandardCharsets.UTF_8);
            for (JsonNode step : JSON.readTree(served(name, text)).path("steps")) {
                steps.add(new Step(
                        steps.size() + 1,
                        text(step.path("start")),
                        text(step.path("await")),
                        node(step.path("request")),
                        node(step.path("response")),
                        step.path("sleep_ms").asInt(0),
                        step.path("read_for_ms").asInt(0),
                        node(step.path("webhook_received"))));
            }
            return new Transcript(name, steps);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The recorded server took any input for {@code plain}; ours checks it, and {@code echo} takes objects. */
    private static String served(String name, String text) {
        return name.equals("25-crons")
                ? text.replace("\"plain\"", "\"echo\"").replace(PLAIN, NameUuid.ofAssistant("echo"))
                : text;
    }

    private static @Nullable String text(JsonNode node) {
        return node.isString() ? node.stringValue() : null;
    }

    private static @Nullable JsonNode node(JsonNode node) {
        return node.isMissingNode() ? null : node;
    }
}
