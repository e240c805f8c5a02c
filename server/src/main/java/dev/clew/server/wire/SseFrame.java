package dev.clew.server.wire;

import dev.clew.server.json.Json;
import java.nio.ByteBuffer;
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

    private static final int LARGE = 4 << 10;

    private SseFrame() {}

    /**
     * One event.
     *
     * @param id where to read on after it; null if it cannot be read on there
     */
    public static byte[] of(String event, JsonNode data, @Nullable String id) {
        byte[] head = ("event: " + event + "\ndata: ").getBytes(StandardCharsets.UTF_8);
        byte[] foot = ("\n" + (id == null ? "" : "id: " + id + "\n") + "\n").getBytes(StandardCharsets.UTF_8);
        byte[] body = Json.bytes(data);
        return ByteBuffer.allocate(head.length + body.length + foot.length)
                .put(head)
                .put(body)
                .put(foot)
                .array();
    }

    /** Whether a frame of this is so large that those who read it should share it. */
    static boolean isLarge(JsonNode data) {
        return left(data, LARGE) < 0;
    }

    private static int left(JsonNode node, int budget) {
        int left = budget - (node.isString() ? node.stringValue().length() : 8);
        for (JsonNode member : node) {
            if (left < 0) {
                return left;
            }
            left = left(member, left);
        }
        return left;
    }
}
