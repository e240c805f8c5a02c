package dev.clew.messages;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a person says, made by {@link Message#user(String)}.
 *
 * @param id names the message in its list; null if it has none yet
 * @param name the person; null if none was given
 * @param content what is said, block by block
 * @param extras all other members of its JSON, unchanged
 */
public record HumanMessage(
        @Nullable String id, @Nullable String name, List<ContentBlock> content, Map<String, @Nullable Object> extras)
        implements Message {
    /** Copies the content and the extras. */
    public HumanMessage {
        content = List.copyOf(content);
        extras = PlainData.copyOf(extras);
    }

    @Override
    public HumanMessage withId(@Nullable String id) {
        return new HumanMessage(id, name, content, extras);
    }

    @Override
    public HumanMessage withName(@Nullable String name) {
        return new HumanMessage(id, name, content, extras);
    }

    @Override
    public HumanMessage withContent(List<ContentBlock> content) {
        return new HumanMessage(id, name, content, extras);
    }

    /** Returns the same message with these extras in place of its own. */
    public HumanMessage withExtras(Map<String, ? extends @Nullable Object> extras) {
        return new HumanMessage(id, name, content, PlainData.copyOf(extras));
    }
}
