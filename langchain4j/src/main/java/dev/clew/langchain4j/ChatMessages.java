package dev.clew.langchain4j;

import dev.clew.messages.AiMessage;
import dev.clew.messages.ContentBlock;
import dev.clew.messages.HumanMessage;
import dev.clew.messages.InvalidToolCall;
import dev.clew.messages.Message;
import dev.clew.messages.MessageIds;
import dev.clew.messages.ToolCall;
import dev.clew.messages.ToolMessage;
import dev.clew.model.ModelException;
import dev.langchain4j.agent.tool.ToolExecutionRequest;
import dev.langchain4j.data.message.ChatMessage;
import dev.langchain4j.data.message.Content;
import dev.langchain4j.data.message.ImageContent;
import dev.langchain4j.data.message.SystemMessage;
import dev.langchain4j.data.message.TextContent;
import dev.langchain4j.data.message.ToolExecutionResultMessage;
import dev.langchain4j.data.message.UserMessage;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Messages in LangChain4j's form.
 *
 * @param provider whose reasoning is sent
 */
record ChatMessages(String provider) {
    /** What all providers accept as the id of a call. */
    private static final Pattern CALL_ID = Pattern.compile("[a-zA-Z0-9_-]{1,64}");

    ChatMessage of(Message message) {
        if (message instanceof AiMessage ai) {
            return ai(ai);
        }
        if (message instanceof ToolMessage result) {
            return result(result);
        }
        if (message instanceof HumanMessage human) {
            UserMessage.Builder made = UserMessage.builder().contents(contents(human));
            return (human.name() == null ? made : made.name(human.name())).build();
        }
        return SystemMessage.from(message.text());
    }

    private dev.langchain4j.data.message.AiMessage ai(AiMessage message) {
        dev.langchain4j.data.message.AiMessage.Builder made = dev.langchain4j.data.message.AiMessage.builder();
        String text = message.text();
        if (!text.isEmpty()) {
            made.text(text);
        }
        StringBuilder thinking = new StringBuilder();
        Map<String, Object> attributes = new LinkedHashMap<>();
        boolean isOwn = provider.equals(message.modelProvider());
        for (ContentBlock block : message.content()) {
            if (isOwn && block instanceof ContentBlock.Reasoning reasoning) {
                thinking.append(reasoning.reasoning());
                reasoning.extras().forEach((name, value) -> {
                    if (value != null) {
                        attributes.put(name, value);
                    }
                });
            }
        }
        if (!thinking.isEmpty()) {
            made.thinking(thinking.toString());
        }
        if (!attributes.isEmpty()) {
            made.attributes(attributes);
        }
        List<ToolExecutionRequest> calls = new ArrayList<>();
        for (ToolCall call : message.toolCalls()) {
            calls.add(call(call.id(), call.name(), JsonText.of(call.args())));
        }
        for (InvalidToolCall call : message.invalidToolCalls()) {
            // Some providers take objects only; what the model wrote stands in the error that answers it.
            calls.add(call(call.id(), call.name() == null ? "unknown" : call.name(), "{}"));
        }
        return (calls.isEmpty() ? made : made.toolExecutionRequests(calls)).build();
    }

    private static ToolExecutionRequest call(@Nullable String id, String name, String arguments) {
        ToolExecutionRequest.Builder made =
                ToolExecutionRequest.builder().name(name).arguments(arguments);
        return (id == null || id.isEmpty() ? made : made.id(accepted(id))).build();
    }

    /** The same for a call and for its result. */
    private static String accepted(String id) {
        return CALL_ID.matcher(id).matches() ? id : "call_" + MessageIds.of(id);
    }

    private static ToolExecutionResultMessage result(ToolMessage message) {
        ToolExecutionResultMessage.Builder made = ToolExecutionResultMessage.builder()
                .toolName(String.valueOf(message.name()))
                .isError(message.isError() ? true : null);
        if (!message.toolCallId().isEmpty()) {
            made.id(accepted(message.toolCallId()));
        }
        boolean isText = message.content().stream().allMatch(ContentBlock.Text.class::isInstance);
        return (isText ? made.text(message.text()) : made.contents(contents(message))).build();
    }

    private static List<Content> contents(Message message) {
        List<Content> contents = new ArrayList<>();
        for (ContentBlock block : message.content()) {
            if (block instanceof ContentBlock.Text text) {
                if (!text.text().isBlank()) {
                    contents.add(TextContent.from(text.text()));
                }
            } else if (block instanceof ContentBlock.Image image) {
                contents.add(image(image));
            } else if (block instanceof ContentBlock.Other other && url(other) != null) {
                contents.add(ImageContent.from(String.valueOf(url(other))));
            } else {
                throw ModelException.invalidRequest(
                        "a message has a block of the type '" + block.type()
                                + "', which this adapter for LangChain4j cannot send; leave it out of the request",
                        null);
            }
        }
        if (contents.isEmpty()) {
            throw ModelException.invalidRequest("a message of a person has no text and no image", null);
        }
        return contents;
    }

    private static ImageContent image(ContentBlock.Image image) {
        if (image.url() != null) {
            return ImageContent.from(image.url());
        }
        if (image.base64() != null) {
            return ImageContent.from(image.base64(), image.mimeType() == null ? "image/png" : image.mimeType());
        }
        throw ModelException.invalidRequest(
                "a message has an image by the id of a file, which LangChain4j cannot send; give its url or its bytes",
                null);
    }

    /** OpenAI's form of an image. */
    private static @Nullable String url(ContentBlock.Other block) {
        Object image = block.type().equals("image_url") ? block.members().get("image_url") : null;
        Object url = image instanceof Map<?, ?> object ? object.get("url") : image;
        return url instanceof String text ? text : null;
    }
}
