package dev.clew.server.json;

import dev.clew.json.message.MessageJson;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.ObjectReader;
import tools.jackson.databind.cfg.JsonNodeFeature;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * JSON trees and their bytes. Numbers keep all their digits.
 *
 * <pre>{@code
 * JsonNode body = Json.read(bytes);
 * }</pre>
 */
public final class Json {
    /** How deep a document may be. */
    public static final int MAX_DEPTH = 200;

    private static final JsonMapper MAPPER = JsonMapper.builder(JsonFactory.builder()
                    .streamReadConstraints(StreamReadConstraints.builder()
                            .maxNestingDepth(MAX_DEPTH)
                            .maxStringLength(Integer.MAX_VALUE)
                            .build())
                    .build())
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .disable(JsonNodeFeature.STRIP_TRAILING_BIGDECIMAL_ZEROES)
            .build();

    private static final ObjectReader PLAIN = MAPPER.readerFor(Object.class);

    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("yyyy-MM-dd'T'HH:mm:ss.SSSSSSxxx").withZone(ZoneOffset.UTC);

    private Json() {}

    public static ObjectNode object() {
        return JsonNodeFactory.instance.objectNode();
    }

    public static ArrayNode array() {
        return JsonNodeFactory.instance.arrayNode();
    }

    public static JsonNode nothing() {
        return JsonNodeFactory.instance.nullNode();
    }

    /** A text, or null. */
    public static JsonNode text(@Nullable String text) {
        return text == null ? nothing() : JsonNodeFactory.instance.stringNode(text);
    }

    /** A moment as clients read it: ISO 8601, UTC, with microseconds. */
    public static JsonNode time(@Nullable Instant moment) {
        return moment == null ? nothing() : text(TIME.format(moment));
    }

    /** Plain data: text, number, boolean, list, map or null. Stored messages in it get all the members that clients read. */
    public static JsonNode of(@Nullable Object plain) {
        return plain == null ? nothing() : MAPPER.valueToTree(MessageJson.completed(plain));
    }

    /** The plain data of a tree. */
    public static @Nullable Object plain(JsonNode tree) {
        // Not the mapper's own treeToValue: Jackson 3.0 has it for another type of tree.
        return tree.isNull() ? null : PLAIN.readValue(tree);
    }

    /**
     * Reads one document.
     *
     * @throws JacksonException if it is not well-formed, or too deep
     */
    public static JsonNode read(byte[] bytes) {
        return MAPPER.readTree(bytes);
    }

    /** Reads one document. */
    public static JsonNode read(String text) {
        return MAPPER.readTree(text);
    }

    /** Whether two trees say the same, in whatever way their numbers are held. */
    public static boolean isSame(JsonNode one, JsonNode other) {
        return one.equals(
                (left, right) -> left.isNumber() && right.isNumber()
                        ? left.decimalValue().compareTo(right.decimalValue())
                        : left.equals(right) ? 0 : 1,
                other);
    }

    /** Whether a text has no half of a surrogate pair: a database could not tell it from another one, for it has no UTF-8. */
    public static boolean isWellFormed(String text) {
        return text.codePoints().noneMatch(c -> c >= Character.MIN_SURROGATE && c <= Character.MAX_SURROGATE);
    }

    public static byte[] bytes(JsonNode tree) {
        return MAPPER.writeValueAsBytes(tree);
    }

    public static String write(JsonNode tree) {
        return new String(bytes(tree), StandardCharsets.UTF_8);
    }
}
