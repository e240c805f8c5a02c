package dev.clew.samples.shared;

import dev.langchain4j.agent.tool.ToolExecutionRequest;
import dev.langchain4j.data.message.AiMessage;
import dev.langchain4j.data.message.ChatMessage;
import dev.langchain4j.data.message.ToolExecutionResultMessage;
import dev.langchain4j.data.message.UserMessage;
import dev.langchain4j.model.chat.ChatModel;
import dev.langchain4j.model.chat.request.ChatRequest;
import dev.langchain4j.model.chat.response.ChatResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;

/**
 * A model that needs no network: it says what its script says for the newest message. The first line whose words occur
 * in that message counts, so the same message always gets the same answer.
 */
public final class ScriptedModel implements ChatModel {
    private final List<Function<ChatRequest, Optional<AiMessage>>> script = new ArrayList<>();

    /** Answers a message that contains these words. */
    public ScriptedModel when(String words, String answer) {
        return when(words, request -> AiMessage.from(answer));
    }

    /** Answers a message that contains these words with the wish to call tools. */
    public ScriptedModel when(String words, ToolExecutionRequest... calls) {
        return when(words, request -> AiMessage.from(List.of(calls)));
    }

    /** Answers a message that contains these words by looking at all of the conversation. */
    public ScriptedModel when(String words, Function<ChatRequest, AiMessage> answer) {
        String wanted = words.toLowerCase(Locale.ROOT);
        script.add(request -> newest(request).toLowerCase(Locale.ROOT).contains(wanted)
                ? Optional.of(answer.apply(request))
                : Optional.empty());
        return this;
    }

    /** A wish to call a tool, with arguments in JSON. */
    public static ToolExecutionRequest call(String id, String tool, String arguments) {
        return ToolExecutionRequest.builder()
                .id(id)
                .name(tool)
                .arguments(arguments)
                .build();
    }

    @Override
    public ChatResponse doChat(ChatRequest request) {
        AiMessage answer = script.stream()
                .flatMap(line -> line.apply(request).stream())
                .findFirst()
                .orElseGet(() -> AiMessage.from("That is not in my script. With a real model I would know."));
        return ChatResponse.builder().aiMessage(answer).build();
    }

    private static String newest(ChatRequest request) {
        ChatMessage message = request.messages().get(request.messages().size() - 1);
        if (message instanceof UserMessage user) {
            return user.singleText();
        }
        return message instanceof ToolExecutionResultMessage result ? result.text() : "";
    }
}
