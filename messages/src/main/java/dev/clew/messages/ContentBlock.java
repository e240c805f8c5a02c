package dev.clew.messages;

import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A part of what a message says: text, a model's reasoning, an image; or anything else, which is kept as it is.
 *
 * <pre>{@code
 * Message.user(new ContentBlock.Text("What is it?"), ContentBlock.Image.ofUrl("https://example.org/cat.png"))
 * }</pre>
 *
 * <p>Every block has {@code extras}, which belong to the provider, such as a signature. Blocks of a known type have
 * {@code more}, too: the other members of its JSON, such as {@code index} and {@code annotations}.
 */
public sealed interface ContentBlock {
    /** Returns the type of the block, as its JSON has it: {@code text}, {@code reasoning}, {@code image} or another. */
    String type();

    /** Returns a content of one text block; an empty text gives no block. */
    static List<ContentBlock> ofText(String text) {
        return text.isEmpty() ? List.of() : List.of(new Text(text));
    }

    /**
     * A text.
     *
     * @param text the text
     * @param extras what belongs to the provider
     * @param more other members of its JSON
     */
    record Text(String text, Map<String, @Nullable Object> extras, Map<String, @Nullable Object> more)
            implements ContentBlock {
        /** Copies the maps. */
        public Text {
            Objects.requireNonNull(text, "text");
            extras = PlainData.copyOf(extras);
            more = PlainData.copyOf(more);
        }

        /** A text alone. */
        public Text(String text) {
            this(text, Map.of(), Map.of());
        }

        @Override
        public String type() {
            return "text";
        }
    }

    /**
     * What a model thought before it said something. It goes back to its own provider only, with the extras.
     *
     * @param reasoning the thoughts, or what the provider shows of them
     * @param extras what belongs to the provider, such as {@code signature}
     * @param more other members of its JSON
     */
    record Reasoning(String reasoning, Map<String, @Nullable Object> extras, Map<String, @Nullable Object> more)
            implements ContentBlock {
        /** Copies the maps. */
        public Reasoning {
            Objects.requireNonNull(reasoning, "reasoning");
            extras = PlainData.copyOf(extras);
            more = PlainData.copyOf(more);
        }

        /** Thoughts with what the provider wants back with them. */
        public Reasoning(String reasoning, Map<String, @Nullable Object> extras) {
            this(reasoning, extras, Map.of());
        }

        /** Thoughts alone. */
        public Reasoning(String reasoning) {
            this(reasoning, Map.of(), Map.of());
        }

        @Override
        public String type() {
            return "reasoning";
        }
    }

    /**
     * An image: by its address, by its bytes, or by the id of a file. Of {@code url}, {@code base64} and {@code fileId} one is
     * not null.
     *
     * @param url where the image is; null if it is not given by its address
     * @param base64 the bytes in base64; null if it is not given by them
     * @param fileId the id of a file at the provider; null if it is not given by one
     * @param mimeType such as {@code image/png}; null if that is not known
     * @param extras what belongs to the provider
     * @param more other members of its JSON
     */
    record Image(
            @Nullable String url,
            @Nullable String base64,
            @Nullable String fileId,
            @Nullable String mimeType,
            Map<String, @Nullable Object> extras,
            Map<String, @Nullable Object> more)
            implements ContentBlock {
        /** Checks that there is an image, and copies the maps. */
        public Image {
            if (url == null && base64 == null && fileId == null) {
                throw new IllegalArgumentException("an image needs a url, base64 or a file id");
            }
            extras = PlainData.copyOf(extras);
            more = PlainData.copyOf(more);
        }

        /** Returns the image at this address. */
        public static Image ofUrl(String url) {
            return new Image(url, null, null, null, Map.of(), Map.of());
        }

        /** Returns the image of these bytes, which are in base64. */
        public static Image ofBase64(String base64, String mimeType) {
            return new Image(null, base64, null, mimeType, Map.of(), Map.of());
        }

        @Override
        public String type() {
            return "image";
        }
    }

    /**
     * A block of any other type, such as {@code audio}, {@code file} or {@code server_tool_call}; written back as it was read.
     *
     * @param type the type; empty if the JSON has none
     * @param members the members of its JSON except {@code type}
     */
    record Other(String type, Map<String, @Nullable Object> members) implements ContentBlock {
        /** Copies the members. */
        public Other {
            Objects.requireNonNull(type, "type");
            members = PlainData.copyOf(members);
            if (members.containsKey("type")) {
                throw new IllegalArgumentException(
                        "the members of a block do not contain its type; give it as the type");
            }
        }
    }
}
