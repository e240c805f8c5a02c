package dev.clew.server.kernel;

import dev.clew.server.auth.Operation;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * The answer to a request.
 *
 * <pre>{@code
 * return Reply.json(thread).with("Content-Location", path);
 * }</pre>
 */
public sealed interface Reply {
    int status();

    Map<String, String> headers();

    /** The same with one more header. */
    Reply with(String header, String value);

    /** A document. */
    record Document(int status, Map<String, String> headers, JsonNode body) implements Reply {
        @Override
        public Reply with(String header, String value) {
            return new Document(status, added(headers, header, value), body);
        }
    }

    /** No body. */
    record Empty(int status, Map<String, String> headers) implements Reply {
        @Override
        public Reply with(String header, String value) {
            return new Empty(status, added(headers, header, value));
        }
    }

    /** Bytes of another type than JSON. */
    record Bytes(int status, Map<String, String> headers, String type, byte[] body) implements Reply {
        @Override
        public Reply with(String header, String value) {
            return new Bytes(status, added(headers, header, value), type, body);
        }
    }

    /**
     * A document that is not there yet. The headers are sent at once, then white space every few seconds, so that nobody on
     * the way takes the connection for dead.
     *
     * @param body cancelled if the client leaves before
     * @param left called then, too
     */
    record Later(int status, Map<String, String> headers, CompletableFuture<? extends JsonNode> body, Runnable left)
            implements Reply {
        @Override
        public Reply with(String header, String value) {
            return new Later(status, added(headers, header, value), body, left);
        }
    }

    /**
     * Server-sent events.
     *
     * @param subject what their reader must be allowed to do; null if the address says it
     */
    record Events(
            int status,
            Map<String, String> headers,
            Frames frames,
            @Nullable Subject subject) implements Reply {
        @Override
        public Reply with(String header, String value) {
            return new Events(status, added(headers, header, value), frames, subject);
        }

        /** The same with other frames of the same. */
        public Events of(Frames other) {
            return new Events(status, headers, other, subject);
        }
    }

    /** What is done with which thread, where the address does not say it. */
    record Subject(Operation operation, String threadId) {}

    /**
     * An answer that is not there yet, and whose status is not known either. Nothing is sent before: for clients that read no
     * failure in a body.
     */
    record Awaited(Map<String, String> headers, CompletableFuture<Reply> reply) implements Reply {
        @Override
        public int status() {
            return 200;
        }

        @Override
        public Reply with(String header, String value) {
            return new Awaited(added(headers, header, value), reply);
        }
    }

    static Reply awaited(CompletableFuture<Reply> reply) {
        return new Awaited(Map.of(), reply);
    }

    static Reply json(JsonNode body) {
        return new Document(200, Map.of(), body);
    }

    static Reply json(int status, JsonNode body) {
        return new Document(status, Map.of(), body);
    }

    static Reply empty(int status) {
        return new Empty(status, Map.of());
    }

    static Reply later(CompletableFuture<? extends JsonNode> body, Runnable left) {
        return new Later(200, Map.of(), body, left);
    }

    static Reply events(Frames frames) {
        return events(frames, null);
    }

    /** Events of what the address does not say. */
    static Reply events(Frames frames, @Nullable Subject subject) {
        return new Events(200, Map.of("Cache-Control", "no-store", "X-Accel-Buffering", "no"), frames, subject);
    }

    private static Map<String, String> added(Map<String, String> headers, String header, String value) {
        Map<String, String> more = new LinkedHashMap<>(headers);
        more.put(header, value);
        return more;
    }
}
