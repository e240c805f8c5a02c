package dev.clew.agents;

import dev.clew.messages.AiMessage;
import dev.clew.messages.ContentBlock;
import dev.clew.messages.HumanMessage;
import dev.clew.messages.Message;
import dev.clew.messages.MessageUpdate;
import dev.clew.messages.ToolMessage;
import dev.clew.task.MaskedFailureException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The filters of an agent, one after another, on messages. */
@SuppressWarnings("NullAway") // a compiler of JDK 17 does not see the nullness of type arguments in class files
record TextFilters(List<TextFilter> all) {
    static final TextFilters NONE = new TextFilters(List.of());

    /** As many causes as a failure records. */
    private static final int MOST_CAUSES = 9;

    TextFilters {
        all = List.copyOf(all);
    }

    boolean isEmpty() {
        return all.isEmpty();
    }

    /** The same filters for messages that earlier runs stored. */
    TextFilters ofEarlierRuns() {
        return new TextFilters(
                all.stream().<TextFilter>map(filter -> filter::applyToEarlier).toList());
    }

    String text(String text, TextFilter.Place place) {
        String filtered = text;
        for (TextFilter filter : all) {
            filtered = filter.apply(filtered, place);
        }
        return filtered;
    }

    /** The same input with filtered texts; messages of models and tools in it are history of the same kind. */
    AgentInput input(AgentInput input) {
        if (isEmpty()) {
            return input;
        }
        List<MessageUpdate> updates = input.messages().stream()
                .map(update -> update instanceof Message message ? message(message, TextFilter.Place.INPUT) : update)
                .toList();
        return AgentInput.of(updates, input.isTrusted()).within(input.allowance());
    }

    /** The same message with filtered texts, by who says it. */
    Message message(Message message) {
        if (message instanceof AiMessage) {
            return message(message, TextFilter.Place.ANSWER);
        }
        return message(message, message instanceof ToolMessage ? TextFilter.Place.TOOL_RESULT : TextFilter.Place.INPUT);
    }

    AiMessage answer(AiMessage answer) {
        return (AiMessage) message(answer);
    }

    ToolMessage result(ToolMessage result) {
        return (ToolMessage) message(result);
    }

    /** The same updates with filtered texts. */
    List<MessageUpdate> updates(List<MessageUpdate> updates) {
        if (isEmpty()) {
            return updates;
        }
        return updates.stream()
                .<MessageUpdate>map(update -> update instanceof Message message ? message(message) : update)
                .toList();
    }

    /** What a tool has thrown, or what is recorded in its place because its message or that of a cause must not be. */
    Exception failure(Exception thrown) {
        int depth = 0;
        for (Throwable each = thrown; each != null && depth < MOST_CAUSES; each = each.getCause()) {
            String message = each.getMessage();
            if (message != null && !text(message, TextFilter.Place.TOOL_RESULT).equals(message)) {
                return new MaskedFailureException(
                        thrown, text(String.valueOf(thrown.getMessage()), TextFilter.Place.TOOL_RESULT));
            }
            depth++;
        }
        return thrown;
    }

    private Message message(Message message, TextFilter.Place place) {
        if (isEmpty()) {
            return message;
        }
        List<ContentBlock> content =
                message.content().stream().map(block -> block(block, place)).toList();
        Message filtered = content.equals(message.content()) ? message : message.withContent(content);
        if (filtered instanceof HumanMessage && content.isEmpty()) {
            return message;
        }
        return filtered instanceof ToolMessage result && result.artifact() != null
                ? result.withArtifact(data(result.artifact(), place))
                : filtered;
    }

    /** The same block with filtered texts. What a provider signed is dropped where it would not fit any more. */
    ContentBlock block(ContentBlock block, TextFilter.Place place) {
        if (block instanceof ContentBlock.Text text) {
            String filtered = text(text.text(), place);
            return filtered.equals(text.text())
                    ? new ContentBlock.Text(filtered, members(text.extras(), place), members(text.more(), place))
                    : new ContentBlock.Text(filtered);
        }
        if (block instanceof ContentBlock.Reasoning reasoning) {
            String filtered = text(reasoning.reasoning(), place);
            return filtered.equals(reasoning.reasoning()) ? block : new ContentBlock.Reasoning(filtered);
        }
        return block instanceof ContentBlock.Other other
                ? new ContentBlock.Other(other.type(), members(other.members(), place))
                : block;
    }

    private Map<String, @Nullable Object> members(
            Map<String, ? extends @Nullable Object> data, TextFilter.Place place) {
        Map<String, @Nullable Object> filtered = new LinkedHashMap<>();
        data.forEach((name, value) -> filtered.put(name, data(value, place)));
        return filtered;
    }

    private @Nullable Object data(@Nullable Object data, TextFilter.Place place) {
        if (data instanceof String text) {
            return text(text, place);
        }
        if (data instanceof List<?> list) {
            return list.stream().map(each -> data(each, place)).toList();
        }
        if (data instanceof Map<?, ?> map) {
            Map<String, @Nullable Object> filtered = new LinkedHashMap<>();
            map.forEach((name, value) -> filtered.put(String.valueOf(name), data(value, place)));
            return filtered;
        }
        return data;
    }
}
