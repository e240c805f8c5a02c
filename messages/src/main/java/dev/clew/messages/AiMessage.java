package dev.clew.messages;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a model says, and the tools that it calls.
 *
 * <pre>{@code
 * AiMessage answer = Message.ai("18 degrees.").withUsage(Usage.of(12, 4)).withFinishReason(FinishReason.STOP);
 * }</pre>
 *
 * @param id names the message in its list; null if it has none yet
 * @param name the agent; null if none was given
 * @param content what is said, block by block, without the calls
 * @param toolCalls the calls, in the model's order
 * @param invalidToolCalls calls whose arguments are not a JSON object; they are never executed
 * @param usage the tokens that the answer cost; null if that is not known
 * @param metadata what the provider says of the answer: {@code finish_reason}, {@code model_name}, {@code model_provider} and others
 * @param extras all other members of its JSON, unchanged
 */
public record AiMessage(
        @Nullable String id,
        @Nullable String name,
        List<ContentBlock> content,
        List<ToolCall> toolCalls,
        List<InvalidToolCall> invalidToolCalls,
        @Nullable Usage usage,
        Map<String, @Nullable Object> metadata,
        Map<String, @Nullable Object> extras)
        implements Message {
    /** The member of {@link #metadata} with the provider's own word for why the answer ended. */
    public static final String FINISH_REASON = "finish_reason";

    /** The member of {@link #metadata} with the name of the model. */
    public static final String MODEL_NAME = "model_name";

    /** The member of {@link #metadata} with the name of the provider. */
    public static final String MODEL_PROVIDER = "model_provider";

    /** Copies lists and maps. */
    public AiMessage {
        content = List.copyOf(content);
        toolCalls = List.copyOf(toolCalls);
        invalidToolCalls = List.copyOf(invalidToolCalls);
        metadata = PlainData.copyOf(metadata);
        extras = PlainData.copyOf(extras);
    }

    /** Returns why the answer ended, by {@link #rawFinishReason}; null if the provider did not say. */
    public @Nullable FinishReason finishReason() {
        String raw = rawFinishReason();
        return raw == null ? null : FinishReason.of(raw);
    }

    /** Returns the provider's own word for why the answer ended; null if it did not say. */
    public @Nullable String rawFinishReason() {
        String reason = text(FINISH_REASON);
        return reason == null ? text("stop_reason") : reason;
    }

    /** Returns the name of the model, as the provider gives it; null if it did not say. */
    public @Nullable String modelName() {
        return text(MODEL_NAME);
    }

    /** Returns the name of the provider; null if the adapter did not say. */
    public @Nullable String modelProvider() {
        return text(MODEL_PROVIDER);
    }

    private @Nullable String text(String member) {
        return metadata.get(member) instanceof String text ? text : null;
    }

    @Override
    public AiMessage withId(@Nullable String id) {
        return new AiMessage(id, name, content, toolCalls, invalidToolCalls, usage, metadata, extras);
    }

    @Override
    public AiMessage withName(@Nullable String name) {
        return new AiMessage(id, name, content, toolCalls, invalidToolCalls, usage, metadata, extras);
    }

    @Override
    public AiMessage withContent(List<ContentBlock> content) {
        return new AiMessage(id, name, content, toolCalls, invalidToolCalls, usage, metadata, extras);
    }

    /** Returns the same message with these calls in place of its own. */
    public AiMessage withToolCalls(List<ToolCall> toolCalls) {
        return new AiMessage(id, name, content, toolCalls, invalidToolCalls, usage, metadata, extras);
    }

    /** Returns the same message with these invalid calls in place of its own. */
    public AiMessage withInvalidToolCalls(List<InvalidToolCall> invalidToolCalls) {
        return new AiMessage(id, name, content, toolCalls, invalidToolCalls, usage, metadata, extras);
    }

    /** Returns the same message with this usage; null if it is not known. */
    public AiMessage withUsage(@Nullable Usage usage) {
        return new AiMessage(id, name, content, toolCalls, invalidToolCalls, usage, metadata, extras);
    }

    /** Returns the same message with this metadata in place of its own. */
    public AiMessage withMetadata(Map<String, ? extends @Nullable Object> metadata) {
        return new AiMessage(id, name, content, toolCalls, invalidToolCalls, usage, PlainData.copyOf(metadata), extras);
    }

    /** Returns the same message with this member in its metadata, besides the others. */
    public AiMessage withMetadata(String member, @Nullable Object value) {
        Map<String, @Nullable Object> more = new LinkedHashMap<>(metadata);
        more.put(member, value);
        return withMetadata(more);
    }

    /** Returns the same message that ended for this reason, in LangChain's word for it. */
    public AiMessage withFinishReason(FinishReason reason) {
        return withMetadata(FINISH_REASON, reason.word());
    }

    /** Returns the same message with these extras in place of its own. */
    public AiMessage withExtras(Map<String, ? extends @Nullable Object> extras) {
        return new AiMessage(id, name, content, toolCalls, invalidToolCalls, usage, metadata, PlainData.copyOf(extras));
    }
}
