package dev.clew.langchain4j;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.clew.messages.AiMessage;
import dev.clew.messages.ContentBlock;
import dev.clew.messages.FinishReason;
import dev.clew.messages.InvalidToolCall;
import dev.clew.messages.Message;
import dev.clew.messages.MessageChunk;
import dev.clew.messages.ToolCall;
import dev.clew.messages.ToolMessage;
import dev.clew.messages.Usage;
import dev.clew.model.ModelCall;
import dev.clew.model.ModelException;
import dev.clew.model.ModelRequest;
import dev.clew.model.ModelSettings;
import dev.clew.model.OutputFormat;
import dev.clew.model.ToolChoice;
import dev.clew.model.ToolSpec;
import dev.langchain4j.agent.tool.ToolExecutionRequest;
import dev.langchain4j.data.message.ImageContent;
import dev.langchain4j.data.message.SystemMessage;
import dev.langchain4j.data.message.ToolExecutionResultMessage;
import dev.langchain4j.data.message.UserMessage;
import dev.langchain4j.exception.AuthenticationException;
import dev.langchain4j.exception.ContentFilteredException;
import dev.langchain4j.exception.HttpException;
import dev.langchain4j.exception.InternalServerException;
import dev.langchain4j.exception.InvalidRequestException;
import dev.langchain4j.exception.ModelNotFoundException;
import dev.langchain4j.exception.RateLimitException;
import dev.langchain4j.exception.TimeoutException;
import dev.langchain4j.exception.UnresolvedModelServerException;
import dev.langchain4j.model.ModelProvider;
import dev.langchain4j.model.chat.ChatModel;
import dev.langchain4j.model.chat.request.ChatRequest;
import dev.langchain4j.model.chat.response.ChatResponse;
import dev.langchain4j.model.output.TokenUsage;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Both ways of the mapping, on a model in this process. */
final class LangChain4jModelTest {
    private final List<ChatRequest> asked = new ArrayList<>();

    /** A model of OpenAI's that says this. */
    private ChatModel says(ChatResponse response) {
        return new ChatModel() {
            @Override
            public ChatResponse doChat(ChatRequest request) {
                asked.add(request);
                return response;
            }

            @Override
            public ModelProvider provider() {
                return ModelProvider.OPEN_AI;
            }
        };
    }

    private static ChatModel fails(RuntimeException failure) {
        return new ChatModel() {
            @Override
            public ChatResponse doChat(ChatRequest request) {
                throw failure;
            }
        };
    }

    private static ChatResponse text(String text) {
        return ChatResponse.builder()
                .aiMessage(dev.langchain4j.data.message.AiMessage.from(text))
                .build();
    }

    private AiMessage ask(ChatModel model, ModelRequest request) throws InterruptedException {
        return LangChain4jModel.of(model).call(request, new RecordedCall(false));
    }

    private ChatRequest sent(ModelRequest request) throws InterruptedException {
        AiMessage unused = ask(says(text("ok")), request);
        return asked.get(asked.size() - 1);
    }

    private static ModelRequest request(Message... messages) {
        return ModelRequest.of(List.of(messages));
    }

    private static ToolExecutionRequest.Builder calls(String tool, String arguments) {
        return ToolExecutionRequest.builder().name(tool).arguments(arguments);
    }

    @Test
    void answerHasContentCallsUsageAndMetadata() throws Exception {
        ChatResponse response = ChatResponse.builder()
                .id("r1")
                .modelName("gpt-x")
                .tokenUsage(new TokenUsage(10, 5))
                .finishReason(dev.langchain4j.model.output.FinishReason.TOOL_EXECUTION)
                .aiMessage(dev.langchain4j.data.message.AiMessage.builder()
                        .text("let me look")
                        .thinking("hmm")
                        .attributes(Map.of("signature", "s", "not plain", Thread.currentThread()))
                        .toolExecutionRequests(List.of(
                                calls("weather", "{\"city\":\"Rome\",\"days\":3}")
                                        .id("c1")
                                        .build(),
                                calls("time", "").build(),
                                calls("book", "{\"city").id("c3").build()))
                        .build())
                .build();

        AiMessage answer = ask(says(response), request(Message.user("hi")));

        assertThat(answer.content())
                .containsExactly(
                        new ContentBlock.Reasoning("hmm", Map.of("signature", "s")),
                        new ContentBlock.Text("let me look"));
        assertThat(answer.toolCalls())
                .containsExactly(
                        ToolCall.of("c1", "weather", Map.of("city", "Rome", "days", 3)),
                        ToolCall.of("", "time", Map.of()));
        assertThat(answer.invalidToolCalls()).extracting(InvalidToolCall::id).containsExactly("c3");
        assertThat(answer.invalidToolCalls().get(0).args()).isEqualTo("{\"city");
        assertThat(answer.finishReason()).isEqualTo(FinishReason.TOOL_CALLS);
        assertThat(answer.modelName()).isEqualTo("gpt-x");
        assertThat(answer.modelProvider()).isEqualTo("openai");
        assertThat(answer.usage()).isEqualTo(Usage.of(10, 5));
    }

    @Test
    void messagesAreSentInTheirOrderWithWhatTheyHold() throws Exception {
        ToolCall call = ToolCall.of("c 1", "weather", Map.of("city", "Rome"));
        ChatRequest sent = sent(request(
                        Message.user(
                                new ContentBlock.Text("look"),
                                ContentBlock.Image.ofUrl("https://example.org/a.png"),
                                ContentBlock.Image.ofBase64("AA==", "image/png")),
                        Message.ai(call),
                        Message.tool(call, "sun"),
                        ToolMessage.error(call, "no").withName(null))
                .withSystemPrompt("Be brief."));

        assertThat(sent.messages().get(0)).isEqualTo(SystemMessage.from("Be brief."));
        UserMessage user = (UserMessage) sent.messages().get(1);
        assertThat(user.contents()).hasSize(3);
        assertThat(((ImageContent) user.contents().get(2)).image().base64Data()).isEqualTo("AA==");
        var ai = (dev.langchain4j.data.message.AiMessage) sent.messages().get(2);
        var result = (ToolExecutionResultMessage) sent.messages().get(3);
        var failed = (ToolExecutionResultMessage) sent.messages().get(4);
        assertThat(ai.toolExecutionRequests().get(0).arguments()).isEqualTo("{\"city\":\"Rome\"}");
        assertThat(result.id())
                .isEqualTo(ai.toolExecutionRequests().get(0).id())
                .matches("[a-zA-Z0-9_-]{1,64}");
        assertThat(failed.toolName()).isEqualTo("weather");
        assertThat(failed.isError()).isTrue();
    }

    @Test
    void toolsFormatAndSettingsAreSent() throws Exception {
        Map<String, Object> city = Map.of("city", Map.of("type", List.of("string", "null")));
        Map<String, Object> trip = Map.of("x", Map.of("type", "number"));
        ChatRequest sent = sent(request(Message.user("hi"))
                .withTools(List.of(ToolSpec.of(
                        "weather",
                        "Tells the weather.",
                        Map.of(
                                "type",
                                "object",
                                "properties",
                                city,
                                "required",
                                List.of("city"),
                                "additionalProperties",
                                false))))
                .withOutputFormat(new OutputFormat("Trip", Map.of("type", "object", "properties", trip), true))
                .withSettings(ModelSettings.none()
                        .withModel("gpt-y")
                        .withTemperature(0.5)
                        .withTopP(0.9)
                        .withMaxOutputTokens(100)
                        .withStop(List.of("END"))));

        assertThat(sent.toolSpecifications()).hasSize(1);
        assertThat(sent.toolSpecifications().get(0).parameters().required()).containsExactly("city");
        assertThat(sent.toolSpecifications().get(0).parameters().additionalProperties())
                .isFalse();
        assertThat(sent.responseFormat().jsonSchema().name()).isEqualTo("Trip");
        assertThat(sent.modelName()).isEqualTo("gpt-y");
        assertThat(sent.temperature()).isEqualTo(0.5);
        assertThat(sent.topP()).isEqualTo(0.9);
        assertThat(sent.maxOutputTokens()).isEqualTo(100);
        assertThat(sent.stopSequences()).containsExactly("END");
    }

    @Test
    void choiceOfOneToolIsThatToolAlone() throws Exception {
        ModelRequest request = request(Message.user("hi"))
                .withTools(List.of(ToolSpec.of("one", "", Map.of()), ToolSpec.of("two", "", Map.of())));
        ChatRequest sent = sent(request.withToolChoice(ToolChoice.named("two")));
        assertThat(sent.toolSpecifications()).extracting(tool -> tool.name()).containsExactly("two");
        assertThat(sent.toolChoice()).isEqualTo(dev.langchain4j.model.chat.request.ToolChoice.REQUIRED);
        assertThat(sent(request.withToolChoice(ToolChoice.NONE)).toolChoice())
                .isEqualTo(dev.langchain4j.model.chat.request.ToolChoice.NONE);
        assertThatThrownBy(() -> sent(request.withToolChoice(ToolChoice.named("three"))))
                .isInstanceOf(ModelException.InvalidRequest.class)
                .hasMessageContaining("'three'");
    }

    @Test
    void reasoningGoesBackToItsOwnProviderAlone() throws Exception {
        AiMessage thought = Message.ai("ok")
                .withContent(List.of(
                        new ContentBlock.Reasoning("hmm", Map.of("signature", "s")), new ContentBlock.Text("ok")));
        var own =
                (dev.langchain4j.data.message.AiMessage) sent(request(thought.withMetadata("model_provider", "openai")))
                        .messages()
                        .get(0);
        assertThat(own.thinking()).isEqualTo("hmm");
        assertThat(own.attributes()).containsEntry("signature", "s");
        var other = (dev.langchain4j.data.message.AiMessage)
                sent(request(thought.withMetadata("model_provider", "anthropic")))
                        .messages()
                        .get(0);
        assertThat(other.thinking()).isNull();
        assertThat(other.attributes()).isEmpty();
        assertThat(other.text()).isEqualTo("ok");
    }

    @Test
    void whatCannotBeSentIsRefused() {
        for (Message message : List.of(
                Message.user(new ContentBlock.Other("audio", Map.of())),
                Message.user(new ContentBlock.Image(null, null, "file-1", null, Map.of(), Map.of())),
                Message.user(" "))) {
            assertThatThrownBy(() -> sent(request(message))).isInstanceOf(ModelException.InvalidRequest.class);
        }
        assertThatThrownBy(() -> sent(request(Message.user("hi"))
                        .withTools(List.of(ToolSpec.provider(Map.of("type", "web_search"))))))
                .isInstanceOf(ModelException.InvalidRequest.class)
                .hasMessageContaining("web_search");
        assertThat(asked).isEmpty();
    }

    @Test
    void failuresAreMappedByTheirKind() {
        Map<RuntimeException, Class<? extends ModelException>> kinds = new LinkedHashMap<>();
        kinds.put(new AuthenticationException("no key"), ModelException.Authentication.class);
        kinds.put(
                new AuthenticationException(new HttpException(403, "not this model")), ModelException.Permission.class);
        kinds.put(new RateLimitException("slower"), ModelException.RateLimited.class);
        kinds.put(new InvalidRequestException("what?"), ModelException.InvalidRequest.class);
        kinds.put(
                new InvalidRequestException("{\"code\":\"context_length_exceeded\"}"),
                ModelException.ContextOverflow.class);
        kinds.put(new InvalidRequestException("prompt is too long: 9 > 8"), ModelException.ContextOverflow.class);
        kinds.put(new ContentFilteredException("no"), ModelException.Refusal.class);
        kinds.put(new ModelNotFoundException("which?"), ModelException.NotFound.class);
        kinds.put(new TimeoutException("slow"), ModelException.Timeout.class);
        kinds.put(new InternalServerException("down"), ModelException.Unavailable.class);
        kinds.put(new UnresolvedModelServerException("where?"), ModelException.Connection.class);
        kinds.put(new RuntimeException(new IOException("reset")), ModelException.Connection.class);
        kinds.put(new HttpException(529, "overloaded"), ModelException.Unavailable.class);
        kinds.put(new HttpException(429, "slower"), ModelException.RateLimited.class);
        kinds.put(new IllegalStateException("a mistake"), ModelException.Unavailable.class);
        kinds.forEach((failure, kind) -> assertThatThrownBy(() -> ask(fails(failure), request(Message.user("hi"))))
                .as("%s", failure)
                .isInstanceOf(kind)
                .hasCause(failure));
        assertThatThrownBy(() -> LangChain4jModel.builder(fails(new IllegalStateException("odd")))
                        .failures(failed -> ModelException.refusal("known", failed))
                        .build()
                        .call(request(Message.user("hi")), new RecordedCall(false)))
                .isInstanceOf(ModelException.Refusal.class);
    }

    @Test
    void interruptedCallIsInterrupted() {
        assertThatThrownBy(() ->
                        ask(fails(new RuntimeException(new InterruptedException("stop"))), request(Message.user("hi"))))
                .isInstanceOf(InterruptedException.class);
    }

    @Test
    void wholeAnswerIsOnePieceForThoseWhoStream() throws Exception {
        RecordedCall call = new RecordedCall(true);
        AiMessage answer = LangChain4jModel.of(says(text("hello"))).call(request(Message.user("hi")), call);
        assertThat(answer.text()).isEqualTo("hello");
        assertThat(call.pieces).extracting(MessageChunk::text).containsExactly("hello", "");
        assertThat(call.pieces.get(1).isLast()).isTrue();
    }

    /** A call whose reader refuses what it reads, as a filter of texts does. */
    private static ModelCall refusing(RuntimeException refusal) {
        return new ModelCall() {
            @Override
            public boolean isStreamed() {
                return true;
            }

            @Override
            public void emit(MessageChunk chunk) {
                throw refusal;
            }

            @Override
            public void onCancel(Runnable close) {
                // nothing is open
            }

            @Override
            public int attempt() {
                return 1;
            }

            @Override
            public String idempotencyKey() {
                return "key";
            }
        };
    }

    @Test
    void whatAReaderOfPiecesThrowsIsNoFailureOfTheModel() {
        RuntimeException refusal = new IllegalStateException("not this");
        ModelCall call = refusing(refusal);

        assertThatThrownBy(() -> LangChain4jModel.of(says(text("hello"))).call(request(Message.user("hi")), call))
                .isSameAs(refusal);
        assertThatThrownBy(() -> LangChain4jModel.of(
                                new ScriptedModel(line -> line.say("hel").end("hello")))
                        .call(request(Message.user("hi")), call))
                .isSameAs(refusal);
    }

    @Test
    void profileIsWhatTheModelSaysOrWhatIsGiven() {
        assertThat(LangChain4jModel.of(says(text("ok"))).profile().provider()).isEqualTo("openai");
        var profile = LangChain4jModel.of(says(text("ok"))).profile().withMaxInputTokens(5);
        assertThat(LangChain4jModel.builder(says(text("ok")))
                        .profile(profile)
                        .build()
                        .profile())
                .isEqualTo(profile);
    }
}
