package dev.clew.messages;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * An instruction to the model, made by {@link Message#system}.
 *
 * @param id names the message in its list; null if it has none yet
 * @param name its author; null if none was given
 * @param content what is said, block by block
 * @param extras all other members of its JSON, unchanged
 */
public record SystemMessage(
        @Nullable String id, @Nullable String name, List<ContentBlock> content, Map<String, @Nullable Object> extras)
        implements Message {
    /** Copies the content and the extras. */
    public SystemMessage {
        content = List.copyOf(content);
        extras = PlainData.copyOf(extras);
    }

    @Override
    public SystemMessage withId(@Nullable String id) {
        return new SystemMessage(id, name, content, extras);
    }

    @Override
    public SystemMessage withName(@Nullable String name) {
        return new SystemMessage(id, name, content, extras);
    }

    @Override
    public SystemMessage withContent(List<ContentBlock> content) {
        return new SystemMessage(id, name, content, extras);
    }

    /** Returns the same message with these extras in place of its own. */
    public SystemMessage withExtras(Map<String, ? extends @Nullable Object> extras) {
        return new SystemMessage(id, name, content, PlainData.copyOf(extras));
    }
}
