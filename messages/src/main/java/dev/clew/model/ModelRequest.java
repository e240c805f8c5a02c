package dev.clew.model;

import dev.clew.messages.Message;
import dev.clew.messages.PlainData;
import java.util.Collections;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Objects;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * What a model is asked. Immutable; {@code with…} methods return a changed copy.
 *
 * <pre>{@code
 * ModelRequest.of(List.of(Message.user("How warm is it in Rome?")))
 *     .withSystemPrompt("Answer in one sentence.")
 *     .withTools(List.of(weather))
 * }</pre>
 *
 * @param systemPrompt the instruction to the model; null for none
 * @param messages the conversation, oldest first
 * @param tools the tools that the model may call, in an order that stays the same
 * @param toolChoice whether it may, must or must not call them
 * @param parallelToolCalls whether it may call several at once; null leaves that to the provider
 * @param outputFormat the JSON that the answer must be; null for text
 * @param settings temperature and the like
 * @param cachePoints the places up to which the provider may cache the request
 * @param extra what a provider takes besides, plain data; adapters say what they know
 */
public record ModelRequest(
        @Nullable String systemPrompt,
        List<Message> messages,
        List<ToolSpec> tools,
        ToolChoice toolChoice,
        @Nullable Boolean parallelToolCalls,
        @Nullable OutputFormat outputFormat,
        ModelSettings settings,
        Set<CachePoint> cachePoints,
        Map<String, @Nullable Object> extra) {
    /** Copies lists, sets and maps. */
    public ModelRequest {
        messages = List.copyOf(messages);
        tools = List.copyOf(tools);
        Objects.requireNonNull(toolChoice, "toolChoice");
        Objects.requireNonNull(settings, "settings");
        cachePoints = cachePoints.isEmpty() ? Set.of() : Collections.unmodifiableSet(EnumSet.copyOf(cachePoints));
        extra = PlainData.copyOf(extra);
    }

    /** Returns a request without tools and settings. */
    public static ModelRequest of(List<? extends Message> messages) {
        return new ModelRequest(
                null,
                List.copyOf(messages),
                List.of(),
                ToolChoice.AUTO,
                null,
                null,
                ModelSettings.none(),
                Set.of(),
                Map.of());
    }

    /**
     * Returns the newest message.
     *
     * @throws NoSuchElementException if there is none
     */
    public Message lastMessage() {
        if (messages.isEmpty()) {
            throw new NoSuchElementException("the request has no messages");
        }
        return messages.get(messages.size() - 1);
    }

    /** Returns the same request with this instruction. */
    public ModelRequest withSystemPrompt(@Nullable String systemPrompt) {
        return changed(parts -> parts.systemPrompt = systemPrompt);
    }

    /** Returns the same request with this conversation. */
    public ModelRequest withMessages(List<Message> messages) {
        return changed(parts -> parts.messages = messages);
    }

    /** Returns the same request with these tools. */
    public ModelRequest withTools(List<ToolSpec> tools) {
        return changed(parts -> parts.tools = tools);
    }

    /** Returns the same request with this choice. */
    public ModelRequest withToolChoice(ToolChoice toolChoice) {
        return changed(parts -> parts.toolChoice = toolChoice);
    }

    /** Returns the same request that allows several calls at once or not. */
    public ModelRequest withParallelToolCalls(@Nullable Boolean parallelToolCalls) {
        return changed(parts -> parts.parallelToolCalls = parallelToolCalls);
    }

    /** Returns the same request for an answer in this JSON. */
    public ModelRequest withOutputFormat(@Nullable OutputFormat outputFormat) {
        return changed(parts -> parts.outputFormat = outputFormat);
    }

    /** Returns the same request with these settings. */
    public ModelRequest withSettings(ModelSettings settings) {
        return changed(parts -> parts.settings = settings);
    }

    /** Returns the same request with these cache points. */
    public ModelRequest withCachePoints(Set<CachePoint> cachePoints) {
        return changed(parts -> parts.cachePoints = cachePoints);
    }

    /** Returns the same request with this for the provider. */
    public ModelRequest withExtra(Map<String, ? extends @Nullable Object> extra) {
        return changed(parts -> parts.extra = PlainData.copyOf(extra));
    }

    private ModelRequest changed(Consumer<Parts> change) {
        Parts parts = new Parts(this);
        change.accept(parts);
        return parts.request();
    }

    /** A request while it is changed. */
    private static final class Parts {
        private @Nullable String systemPrompt;
        private List<Message> messages;
        private List<ToolSpec> tools;
        private ToolChoice toolChoice;
        private @Nullable Boolean parallelToolCalls;
        private @Nullable OutputFormat outputFormat;
        private ModelSettings settings;
        private Set<CachePoint> cachePoints;
        private Map<String, @Nullable Object> extra;

        Parts(ModelRequest request) {
            systemPrompt = request.systemPrompt;
            messages = request.messages;
            tools = request.tools;
            toolChoice = request.toolChoice;
            parallelToolCalls = request.parallelToolCalls;
            outputFormat = request.outputFormat;
            settings = request.settings;
            cachePoints = request.cachePoints;
            extra = request.extra;
        }

        ModelRequest request() {
            return new ModelRequest(
                    systemPrompt,
                    messages,
                    tools,
                    toolChoice,
                    parallelToolCalls,
                    outputFormat,
                    settings,
                    cachePoints,
                    extra);
        }
    }
}
