package dev.clew.json.message;

import dev.clew.messages.ContentBlock;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Content of messages as plain data. */
@SuppressWarnings("NullAway") // a compiler of JDK 17 does not see the nullness of type arguments in another module
final class BlockJson {
    private BlockJson() {}

    /** Text alone if the content is one text block with nothing else, else a list. */
    static Object write(List<ContentBlock> content) {
        if (content.isEmpty()) {
            return "";
        }
        if (content.size() == 1
                && content.get(0) instanceof ContentBlock.Text only
                && !only.text().isEmpty()
                && only.extras().isEmpty()
                && only.more().isEmpty()) {
            return only.text();
        }
        return content.stream().map(BlockJson::write).toList();
    }

    static Map<String, @Nullable Object> write(ContentBlock block) {
        Map<String, @Nullable Object> json = new LinkedHashMap<>();
        json.put("type", block.type());
        if (block instanceof ContentBlock.Text text) {
            json.put("text", text.text());
            add(json, text.extras(), text.more());
        } else if (block instanceof ContentBlock.Reasoning reasoning) {
            json.put("reasoning", reasoning.reasoning());
            add(json, reasoning.extras(), reasoning.more());
        } else if (block instanceof ContentBlock.Image image) {
            put(json, "url", image.url());
            put(json, "base64", image.base64());
            put(json, "file_id", image.fileId());
            put(json, "mime_type", image.mimeType());
            add(json, image.extras(), image.more());
        } else if (block instanceof ContentBlock.Other other) {
            if (other.type().isEmpty()) {
                json.remove("type");
            }
            json.putAll(other.members());
        }
        return json;
    }

    private static void put(Map<String, @Nullable Object> json, String member, @Nullable String value) {
        if (value != null) {
            json.put(member, value);
        }
    }

    private static void add(
            Map<String, @Nullable Object> json,
            Map<String, @Nullable Object> extras,
            Map<String, @Nullable Object> more) {
        if (!extras.isEmpty()) {
            json.put("extras", extras);
        }
        json.putAll(more);
    }

    /** Text, blocks, texts among blocks, one block, or null. */
    static List<ContentBlock> read(@Nullable Object content) {
        if (content == null) {
            return List.of();
        }
        if (content instanceof String text) {
            return ContentBlock.ofText(text);
        }
        if (content instanceof Map<?, ?> one) {
            return List.of(block(one));
        }
        if (!(content instanceof List<?> list)) {
            throw IllegalMessageException.expected("text or a list of blocks", "content", content);
        }
        List<ContentBlock> blocks = new ArrayList<>(list.size());
        for (Object each : list) {
            if (each instanceof String text) {
                blocks.add(new ContentBlock.Text(text));
            } else if (each instanceof Map<?, ?> block) {
                blocks.add(block(block));
            } else {
                throw IllegalMessageException.expected("text or a block", "content[" + blocks.size() + "]", each);
            }
        }
        return blocks;
    }

    private static ContentBlock block(Map<?, ?> json) {
        Object type = json.get("type");
        ContentBlock known = type instanceof String name ? known(name, json) : null;
        if (known != null) {
            return known;
        }
        Members members = new Members(json);
        if (type instanceof String name) {
            members.take("type");
            return new ContentBlock.Other(name, members.rest());
        }
        if (type == null && !json.containsKey("type")) {
            return new ContentBlock.Other("", members.rest());
        }
        throw IllegalMessageException.expected("text", "type of a block", type);
    }

    /** A block of a type that has a class, if its members are of the right kind. */
    private static @Nullable ContentBlock known(String type, Map<?, ?> json) {
        if (json.get("extras") != null && !(json.get("extras") instanceof Map<?, ?>)) {
            return null;
        }
        return switch (type) {
            case "text" -> text(json);
            case "reasoning" -> reasoning(json);
            case "image" -> image(json);
            default -> null;
        };
    }

    private static @Nullable ContentBlock text(Map<?, ?> json) {
        if (!(json.get("text") instanceof String text)) {
            return null;
        }
        Members members = members(json, "text");
        return new ContentBlock.Text(text, members.object("extras"), members.rest());
    }

    private static @Nullable ContentBlock reasoning(Map<?, ?> json) {
        if (!(json.get("reasoning") instanceof String reasoning)) {
            return null;
        }
        Members members = members(json, "reasoning");
        return new ContentBlock.Reasoning(reasoning, members.object("extras"), members.rest());
    }

    /** Older clients call the bytes {@code data} and write {@code mimeType}. */
    private static @Nullable ContentBlock image(Map<?, ?> json) {
        for (String member : List.of("url", "base64", "data", "file_id", "mime_type", "mimeType")) {
            Object value = json.get(member);
            if (value != null && !(value instanceof String)) {
                return null;
            }
        }
        if (json.get("url") == null
                && json.get("base64") == null
                && json.get("data") == null
                && json.get("file_id") == null) {
            return null;
        }
        Members members = members(json);
        return new ContentBlock.Image(
                members.text("url"),
                members.firstText("base64", "data"),
                members.text("file_id"),
                members.firstText("mime_type", "mimeType"),
                members.object("extras"),
                members.rest());
    }

    private static Members members(Map<?, ?> json, String... named) {
        Members members = new Members(json);
        members.take("type");
        for (String name : named) {
            members.take(name);
        }
        return members;
    }
}
