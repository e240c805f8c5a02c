package dev.clew.langchain4j;

import dev.clew.messages.AiMessage;
import dev.clew.messages.Message;
import dev.clew.messages.ToolMessage;
import dev.clew.model.ModelException;
import dev.clew.model.ModelRequest;
import dev.clew.model.ModelSettings;
import dev.clew.model.OutputFormat;
import dev.clew.model.ToolChoice;
import dev.clew.model.ToolSpec;
import dev.langchain4j.agent.tool.ToolSpecification;
import dev.langchain4j.data.message.ChatMessage;
import dev.langchain4j.data.message.SystemMessage;
import dev.langchain4j.model.chat.request.ChatRequest;
import dev.langchain4j.model.chat.request.ChatRequestParameters;
import dev.langchain4j.model.chat.request.ResponseFormat;
import dev.langchain4j.model.chat.request.ResponseFormatType;
import dev.langchain4j.model.chat.request.json.JsonSchema;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiFunction;
import org.jspecify.annotations.Nullable;

/**
 * Requests in LangChain4j's form.
 *
 * @param provider whose reasoning is sent
 * @param parameters makes what LangChain4j's common parameters have no place for; null if nobody does
 */
@SuppressWarnings("NullAway") // a compiler of JDK 17 does not see the nullness of type arguments in another module
record ChatRequests(
        String provider, @Nullable BiFunction<ModelRequest, ChatRequestParameters, ChatRequestParameters> parameters) {
    ChatRequest of(ModelRequest request) {
        ChatRequest.Builder made = ChatRequest.builder().messages(messages(request));
        List<ToolSpecification> tools = tools(request);
        if (!tools.isEmpty()) {
            made.toolSpecifications(tools).toolChoice(choice(request.toolChoice()));
        }
        OutputFormat format = request.outputFormat();
        if (format != null) {
            made.responseFormat(ResponseFormat.builder()
                    .type(ResponseFormatType.JSON)
                    .jsonSchema(JsonSchema.builder()
                            .name(format.name())
                            .rootElement(JsonSchemas.object(format.schema()))
                            .build())
                    .build());
        }
        ChatRequest common = settings(made, request.settings()).build();
        if (parameters == null) {
            requireNothingLost(request);
            return common;
        }
        return ChatRequest.builder()
                .messages(common.messages())
                .parameters(parameters.apply(request, common.parameters()))
                .build();
    }

    /** What would be left out is refused, so that no one relies on it. */
    private static void requireNothingLost(ModelRequest request) {
        List<String> lost = new ArrayList<>();
        if (Boolean.FALSE.equals(request.parallelToolCalls())) {
            lost.add("parallelToolCalls(false)");
        }
        if (request.settings().reasoningEffort() != null) {
            lost.add("reasoningEffort");
        }
        if (!request.cachePoints().isEmpty()) {
            lost.add("cachePoints");
        }
        if (!request.extra().isEmpty()) {
            lost.add("extra");
        }
        if (!lost.isEmpty()) {
            throw ModelException.invalidRequest(
                    "the request has " + String.join(", ", lost) + ", for which LangChain4j's common parameters have no"
                            + " place; pass it on with LangChain4jModel.builder(model).parameters(…), or set it on the"
                            + " model and leave it out of the request",
                    null);
        }
    }

    private static ChatRequest.Builder settings(ChatRequest.Builder made, ModelSettings settings) {
        if (settings.model() != null) {
            made.modelName(settings.model());
        }
        if (settings.temperature() != null) {
            made.temperature(settings.temperature());
        }
        if (settings.topP() != null) {
            made.topP(settings.topP());
        }
        if (settings.maxOutputTokens() != null) {
            made.maxOutputTokens(settings.maxOutputTokens());
        }
        return settings.stop().isEmpty() ? made : made.stopSequences(settings.stop());
    }

    private List<ChatMessage> messages(ModelRequest request) {
        List<ChatMessage> messages = new ArrayList<>();
        String prompt = request.systemPrompt();
        if (prompt != null && !prompt.isBlank()) {
            messages.add(SystemMessage.from(prompt));
        }
        ChatMessages chat = new ChatMessages(provider);
        Map<String, String> tools = new HashMap<>();
        for (Message message : request.messages()) {
            if (message instanceof AiMessage ai) {
                ai.toolCalls().forEach(call -> tools.put(call.id(), call.name()));
            }
            messages.add(
                    message instanceof ToolMessage result && result.name() == null
                            ? chat.of(result.withName(tools.getOrDefault(result.toolCallId(), "unknown")))
                            : chat.of(message));
        }
        return messages;
    }

    /** The choice of one tool is expressed by the tools that there are. */
    private static List<ToolSpecification> tools(ModelRequest request) {
        List<ToolSpecification> tools = new ArrayList<>();
        for (ToolSpec tool : request.tools()) {
            if (request.toolChoice() instanceof ToolChoice.Named named
                    && !tool.name().equals(named.tool())) {
                continue;
            }
            if (!(tool instanceof ToolSpec.Function function)) {
                throw ModelException.invalidRequest(
                        "the tool '" + tool.name()
                                + "' is executed by the provider, and LangChain4j has no place for it in"
                                + " a request; set it on the model, if its class has an option for it",
                        null);
            }
            ToolSpecification.Builder made = ToolSpecification.builder()
                    .name(function.name())
                    .description(function.description())
                    .parameters(JsonSchemas.object(function.parameters()));
            tools.add((function.isStrict() ? made.strict(true) : made).build());
        }
        if (request.toolChoice() instanceof ToolChoice.Named named && tools.isEmpty()) {
            throw ModelException.invalidRequest(
                    "the model is to call '" + named.tool() + "', and the request has no such tool", null);
        }
        return tools;
    }

    private static dev.langchain4j.model.chat.request.ToolChoice choice(ToolChoice choice) {
        if (choice instanceof ToolChoice.None) {
            return dev.langchain4j.model.chat.request.ToolChoice.NONE;
        }
        return choice instanceof ToolChoice.Auto
                ? dev.langchain4j.model.chat.request.ToolChoice.AUTO
                : dev.langchain4j.model.chat.request.ToolChoice.REQUIRED;
    }
}
