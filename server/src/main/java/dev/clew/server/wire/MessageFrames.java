package dev.clew.server.wire;

import dev.clew.json.message.MessageAssembly;
import dev.clew.json.message.MessageJson;
import dev.clew.messages.AiMessage;
import dev.clew.messages.ContentBlock;
import dev.clew.messages.InvalidToolCall;
import dev.clew.messages.MessageChunk;
import dev.clew.messages.ToolCall;
import dev.clew.messages.ToolCallChunk;
import dev.clew.server.feed.FeedEvent;
import dev.clew.server.json.Json;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Messages as the thread protocol sends them: a message has blocks, one after another, and each block begins, grows and ends.
 * Used by one thread at a time.
 */
final class MessageFrames {
    private final Output output;

    /** Messages that are not complete, by their ids. */
    private final Map<String, Open> open = new LinkedHashMap<>();

    /** Takes the data of a frame. */
    @FunctionalInterface
    interface Output {
        void send(String path, String name, ObjectNode data);
    }

    /** A message that is being sent. */
    private static final class Open {
        private final String id;
        private final String path;
        private final String name;
        private final MessageAssembly whole = new MessageAssembly();

        /** The block that grows, as its own message; null between blocks. */
        private @Nullable MessageAssembly block;

        private String kind = "";
        private int blocks;

        Open(String id, String path, String name) {
            this.id = id;
            this.path = path;
            this.name = name;
        }
    }

    MessageFrames(Output output) {
        this.output = output;
    }

    void add(FeedEvent.Piece piece) {
        Open message = open.get(piece.messageId());
        if (message == null) {
            message = new Open(piece.messageId(), piece.path(), piece.name());
            open.put(message.id, message);
            ObjectNode start = event("message-start");
            start.put("role", "ai");
            start.put("id", message.id);
            send(message, start);
        }
        message.whole.add(piece.chunk());
        for (ContentBlock block : piece.chunk().content()) {
            content(message, block);
        }
        for (ToolCallChunk call : piece.chunk().toolCallChunks()) {
            call(message, call);
        }
        if (piece.chunk().isLast()) {
            finish(message);
        }
    }

    private void content(Open message, ContentBlock block) {
        ObjectNode delta = Json.object();
        if (block instanceof ContentBlock.Text text) {
            delta.put("type", "text-delta");
            delta.put("text", text.text());
            grow(
                    message,
                    "text",
                    Json.of(MessageJson.block(new ContentBlock.Text(""))),
                    MessageChunk.text(text.text()),
                    delta);
        } else if (block instanceof ContentBlock.Reasoning reasoning) {
            delta.put("type", "reasoning-delta");
            delta.put("reasoning", reasoning.reasoning());
            grow(
                    message,
                    "reasoning",
                    Json.of(MessageJson.block(new ContentBlock.Reasoning(""))),
                    MessageChunk.reasoning(reasoning.reasoning()),
                    delta);
        } else {
            finishBlock(message);
            JsonNode whole = Json.of(MessageJson.block(block));
            start(message, whole);
            blockEvent(message, "content-block-finish", "content", whole);
            message.blocks++;
        }
    }

    private void call(Open message, ToolCallChunk call) {
        ObjectNode begun = Json.object();
        begun.put("type", "tool_call_chunk");
        begun.put("id", call.id());
        begun.put("name", call.name());
        begun.put("args", "");
        ObjectNode delta = Json.object();
        delta.put("type", "tool-call-delta");
        delta.put("args", call.args());
        grow(message, "call " + call.index(), begun, MessageChunk.toolCall(call), delta);
    }

    /** Adds to the block that grows, if it is of this kind; else that one ends, and a new one begins. */
    private void grow(Open message, String kind, JsonNode begun, MessageChunk piece, ObjectNode delta) {
        if (message.block == null || !message.kind.equals(kind)) {
            finishBlock(message);
            message.kind = kind;
            message.block = new MessageAssembly();
            start(message, begun);
        }
        MessageAssembly block = message.block;
        if (block != null) {
            block.add(piece);
        }
        blockEvent(message, "content-block-delta", "delta", delta);
    }

    private void start(Open message, JsonNode content) {
        blockEvent(message, "content-block-start", "content", content);
    }

    private void finishBlock(Open message) {
        MessageAssembly block = message.block;
        if (block == null) {
            return;
        }
        block.add(MessageChunk.end(null));
        blockEvent(message, "content-block-finish", "content", whole(block.message()));
        message.block = null;
        message.blocks++;
    }

    private static JsonNode whole(AiMessage block) {
        for (ToolCall call : block.toolCalls()) {
            return Json.of(MessageJson.call(call));
        }
        for (InvalidToolCall call : block.invalidToolCalls()) {
            return Json.of(MessageJson.call(call));
        }
        ContentBlock content = block.content().isEmpty()
                ? new ContentBlock.Text("")
                : block.content().get(0);
        return Json.of(MessageJson.block(content));
    }

    private void finish(Open message) {
        finishBlock(message);
        open.remove(message.id);
        ObjectNode end = event("message-finish");
        end.put("id", message.id);
        JsonNode usage = Json.of(MessageJson.full(message.whole.message()).get("usage_metadata"));
        if (!usage.isNull()) {
            end.set("usage", usage);
        }
        send(message, end);
    }

    /** The step ended that emitted the pieces: what has no last piece ends with it. */
    void ended(String path) {
        for (Open message : open.values().toArray(Open[]::new)) {
            if (message.path.equals(path)) {
                finish(message);
            }
        }
    }

    /** The attempt failed: the message is cut, and the client drops it. */
    void voided(FeedEvent.Voided voided) {
        Open message = open.remove(voided.messageId());
        if (message != null) {
            ObjectNode error = event("error");
            error.put("message", "the attempt failed that wrote this message");
            send(message, error);
        }
    }

    private void blockEvent(Open message, String event, String member, JsonNode data) {
        ObjectNode frame = event(event);
        frame.put("index", message.blocks);
        frame.set(member, data);
        send(message, frame);
    }

    private void send(Open message, ObjectNode data) {
        output.send(message.path, message.name, data);
    }

    private static ObjectNode event(String name) {
        ObjectNode event = Json.object();
        event.put("event", name);
        return event;
    }
}
