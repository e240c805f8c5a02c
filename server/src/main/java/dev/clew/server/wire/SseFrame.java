package dev.clew.server.wire;

import dev.clew.server.json.Json;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * Server-sent events as bytes: the data is one document on one line.
 *
 * <pre>{@code
 * SseFrame.of("values", values, "3-17-0");
 * }</pre>
 */
public final class SseFrame {
    /** What keeps a connection alive. */
    public static final byte[] BEAT = ": heartbeat\n\n".getBytes(StandardCharsets.UTF_8);

    private SseFrame() {}

    /**
     * One event.
     *
     * @param id where to read on after it; null if it cannot be read on there
     */
    public static byte[] of(String event, JsonNode data, @Nullable String id) {
        String frame = "event: " + event + "\ndata: " + Json.write(data) + "\n" + (id == null ? "" : "id: " + id + "\n")
                + "\n";
        return frame.getBytes(StandardCharsets.UTF_8);
    }
}
