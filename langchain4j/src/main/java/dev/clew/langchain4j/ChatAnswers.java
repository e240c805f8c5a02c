package dev.clew.langchain4j;

import dev.clew.json.message.IllegalMessageException;
import dev.clew.json.message.MessageJson;
import dev.clew.messages.AiMessage;
import dev.clew.messages.ContentBlock;
import dev.clew.messages.FinishReason;
import dev.clew.messages.InvalidToolCall;
import dev.clew.messages.Message;
import dev.clew.messages.PlainData;
import dev.clew.messages.ToolCall;
import dev.clew.messages.Usage;
import dev.langchain4j.agent.tool.ToolExecutionRequest;
import dev.langchain4j.model.chat.response.ChatResponse;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Answers of LangChain4j as messages.
 *
 * @param provider the provider's name, empty if it is not known
 * @param usage reads the usage of an answer that has one
 */
@SuppressWarnings("NullAway") // a compiler of JDK 17 does not see the nullness of type arguments in another module
record ChatAnswers(String provider, Function<ChatResponse, Usage> usage) {
    AiMessage of(ChatResponse response) {
        dev.langchain4j.data.message.AiMessage answer = response.aiMessage();
        List<ToolCall> calls = new ArrayList<>();
        List<InvalidToolCall> invalid = new ArrayList<>();
        for (ToolExecutionRequest request : answer.toolExecutionRequests()) {
            call(request, calls, invalid);
        }
        AiMessage message = Message.ai("")
                .withContent(content(answer))
                .withToolCalls(calls)
                .withInvalidToolCalls(invalid)
                .withMetadata(metadata(response));
        return response.tokenUsage() == null ? message : message.withUsage(usage.apply(response));
    }

    private static void call(ToolExecutionRequest request, List<ToolCall> calls, List<InvalidToolCall> invalid) {
        String id = request.id() == null ? "" : request.id();
        String arguments = request.arguments() == null ? "" : request.arguments();
        try {
            calls.add(ToolCall.of(id, request.name(), MessageJson.arguments(arguments)));
        } catch (IllegalMessageException wrong) {
            invalid.add(InvalidToolCall.of(id, request.name(), arguments, wrong.getMessage()));
        }
    }

    private static List<ContentBlock> content(dev.langchain4j.data.message.AiMessage answer) {
        List<ContentBlock> content = new ArrayList<>();
        Map<String, @Nullable Object> extras = plain(answer.attributes());
        String thinking = answer.thinking();
        if (thinking != null || !extras.isEmpty()) {
            content.add(new ContentBlock.Reasoning(thinking == null ? "" : thinking, extras));
        }
        if (answer.text() != null) {
            content.addAll(ContentBlock.ofText(answer.text()));
        }
        return content;
    }

    /** What can be stored of the attributes; images that a model made cannot. */
    private static Map<String, @Nullable Object> plain(@Nullable Map<String, Object> attributes) {
        Map<String, @Nullable Object> plain = new LinkedHashMap<>();
        if (attributes != null) {
            attributes.forEach((name, value) -> {
                try {
                    plain.put(name, PlainData.copyOf(value));
                } catch (IllegalArgumentException lost) {
                    plain.remove(name);
                }
            });
        }
        return plain;
    }

    private Map<String, @Nullable Object> metadata(ChatResponse response) {
        Map<String, @Nullable Object> metadata = new LinkedHashMap<>();
        if (response.finishReason() != null) {
            metadata.put(
                    AiMessage.FINISH_REASON,
                    FinishReason.of(response.finishReason().name()).word());
        }
        if (response.modelName() != null) {
            metadata.put(AiMessage.MODEL_NAME, response.modelName());
        }
        if (!provider.isEmpty()) {
            metadata.put(AiMessage.MODEL_PROVIDER, provider);
        }
        if (response.id() != null) {
            metadata.put("id", response.id());
        }
        return metadata;
    }
}
