package dev.clew.server.feed;

import dev.clew.json.JsonCodec;
import dev.clew.messages.MessageChunk;
import dev.clew.server.json.Json;
import dev.clew.state.StepKind;
import dev.clew.value.Codec;
import dev.clew.value.TypeRef;
import java.time.Instant;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Events that are in no log, as they stand on a tape. */
final class TapeEvents {
    private static final Codec CHUNKS = JsonCodec.builder().build();
    private static final TypeRef<MessageChunk> CHUNK = TypeRef.of(MessageChunk.class);

    private TapeEvents() {}

    /** An event with its place. */
    static ObjectNode write(FeedEntry entry) {
        ObjectNode node = Json.object();
        node.put("at", entry.position());
        node.put("ms", entry.at().toEpochMilli());
        FeedEvent event = entry.event();
        if (event instanceof FeedEvent.Started started) {
            place(node, "started", started.path(), started.name());
            node.set(
                    "kind",
                    Json.text(started.kind() == null ? null : started.kind().name()));
            node.set("input", started.input() == null ? Json.nothing() : started.input());
        } else if (event instanceof FeedEvent.Emitted emitted) {
            place(node, "emitted", emitted.path(), "");
            node.set("value", emitted.value());
        } else if (event instanceof FeedEvent.Piece piece) {
            place(node, "piece", piece.path(), piece.name());
            node.put("step", piece.step());
            node.put("message", piece.messageId());
            node.set("chunk", Json.read(CHUNKS.encode(piece.chunk(), CHUNK)));
        } else if (event instanceof FeedEvent.Voided voided) {
            place(node, "voided", voided.path(), voided.name());
            node.put("message", voided.messageId());
        } else if (event instanceof FeedEvent.Values values) {
            node.put("event", "values");
            node.set("value", values.values());
        } else if (event instanceof FeedEvent.Gap) {
            node.put("event", "gap");
        } else {
            throw new IllegalArgumentException("it is in the log: " + event);
        }
        return node;
    }

    private static void place(ObjectNode node, String event, String path, String name) {
        node.put("event", event);
        node.put("path", path);
        node.put("name", name);
    }

    /** An event that {@link #write} wrote. */
    static FeedEntry read(JsonNode node) {
        return new FeedEntry(
                node.get("at").longValue(), Instant.ofEpochMilli(node.get("ms").longValue()), event(node));
    }

    private static FeedEvent event(JsonNode node) {
        return switch (text(node, "event")) {
            case "started" -> new FeedEvent.Started(text(node, "path"), text(node, "name"), kind(node), input(node));
            case "emitted" -> new FeedEvent.Emitted(text(node, "path"), node.get("value"));
            case "piece" ->
                new FeedEvent.Piece(
                        text(node, "path"),
                        text(node, "name"),
                        node.get("step").intValue(),
                        text(node, "message"),
                        Objects.requireNonNull(CHUNKS.decode(Json.bytes(node.get("chunk")), CHUNK)));
            case "voided" -> new FeedEvent.Voided(text(node, "path"), text(node, "name"), text(node, "message"));
            case "values" -> new FeedEvent.Values((ObjectNode) node.get("value"));
            default -> new FeedEvent.Gap(); // of a newer version, which has more events
        };
    }

    private static @Nullable StepKind kind(JsonNode node) {
        return node.get("kind").isNull() ? null : StepKind.valueOf(text(node, "kind"));
    }

    private static @Nullable JsonNode input(JsonNode node) {
        return node.get("input").isNull() ? null : node.get("input");
    }

    private static String text(JsonNode node, String name) {
        return node.get(name).stringValue();
    }
}
