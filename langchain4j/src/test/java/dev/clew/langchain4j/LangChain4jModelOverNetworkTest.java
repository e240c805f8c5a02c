package dev.clew.langchain4j;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.clew.json.message.MessageAssembly;
import dev.clew.messages.AiMessage;
import dev.clew.messages.FinishReason;
import dev.clew.messages.Message;
import dev.clew.messages.MessageChunk;
import dev.clew.messages.ToolCall;
import dev.clew.messages.Usage;
import dev.clew.model.ModelException;
import dev.clew.model.ModelRequest;
import dev.clew.model.ToolSpec;
import dev.langchain4j.model.openai.OpenAiChatModel;
import dev.langchain4j.model.openai.OpenAiStreamingChatModel;
import java.io.IOException;
import java.io.OutputStream;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** OpenAI's protocol, spoken by LangChain4j's own client. */
@Timeout(60)
final class LangChain4jModelOverNetworkTest {
    private static final ModelRequest HI = ModelRequest.of(List.of(Message.user("hi")));

    private static LangChain4jModel streaming(ModelServer server) {
        return LangChain4jModel.of(OpenAiStreamingChatModel.builder()
                .baseUrl(server.url())
                .apiKey("key")
                .modelName("scripted")
                .timeout(Duration.ofSeconds(30))
                .build());
    }

    private static LangChain4jModel whole(ModelServer server) {
        return LangChain4jModel.of(OpenAiChatModel.builder()
                .baseUrl(server.url())
                .apiKey("key")
                .modelName("scripted")
                .maxRetries(0)
                .timeout(Duration.ofSeconds(30))
                .build());
    }

    private static void weatherCall(ModelServer.Reply reply) throws IOException {
        OutputStream out = reply.begin();
        ModelServer.token(out, "let me ");
        ModelServer.token(out, "look");
        ModelServer.delta(
                out,
                "{\"tool_calls\":[{\"index\":0,\"id\":\"c1\",\"type\":\"function\",\"function\":{\"name\":\"weather\","
                        + "\"arguments\":\"\"}}]}");
        ModelServer.delta(out, "{\"tool_calls\":[{\"index\":0,\"function\":{\"arguments\":\"{\\\"city\\\":\"}}]}");
        ModelServer.delta(out, "{\"tool_calls\":[{\"index\":0,\"function\":{\"arguments\":\"\\\"Rome\\\"}\"}}]}");
        ModelServer.event(
                out,
                "{\"id\":\"c1\",\"object\":\"chat.completion.chunk\",\"model\":\"scripted\",\"choices\":[{\"index\":0,\"delta\":{},"
                        + "\"finish_reason\":\"tool_calls\"}]}");
        ModelServer.event(
                out,
                "{\"id\":\"c1\",\"object\":\"chat.completion.chunk\",\"model\":\"scripted\",\"choices\":[],\"usage\":{"
                        + "\"prompt_tokens\":10,\"completion_tokens\":5,\"total_tokens\":15,\"prompt_tokens_details\":"
                        + "{\"cached_tokens\":4},\"completion_tokens_details\":{\"reasoning_tokens\":2}}}");
        ModelServer.event(out, "[DONE]");
    }

    @Test
    void piecesOfTextAndCallsAddUpToTheAnswer() throws Exception {
        Map<String, Object> city = Map.of("city", Map.of("type", "string", "description", "a city"));
        ToolSpec weather = ToolSpec.of("weather", "Tells.", Map.of("type", "object", "properties", city));
        try (ModelServer server = new ModelServer(LangChain4jModelOverNetworkTest::weatherCall)) {
            RecordedCall call = new RecordedCall(true);
            AiMessage answer =
                    streaming(server).call(HI.withTools(List.of(weather)).withSystemPrompt("Be brief."), call);

            assertThat(answer.text()).isEqualTo("let me look");
            assertThat(answer.toolCalls()).containsExactly(ToolCall.of("c1", "weather", Map.of("city", "Rome")));
            assertThat(answer.finishReason()).isEqualTo(FinishReason.TOOL_CALLS);
            assertThat(answer.usage()).isEqualTo(new Usage(10, 5, 4, 0, 2, false));
            MessageAssembly pieces = new MessageAssembly();
            call.pieces.forEach(pieces::add);
            assertThat(pieces.isWhole()).isTrue();
            assertThat(pieces.message().text()).isEqualTo(answer.text());
            assertThat(pieces.message().toolCalls()).isEqualTo(answer.toolCalls());
            assertThat(pieces.message().usage()).isEqualTo(answer.usage());
            assertThat(server.bodies().get(0)).contains("\"Be brief.\"").contains("\"a city\"");
        }
    }

    @Test
    void answerAndResultGoRoundThroughTheProtocol() throws Exception {
        try (ModelServer server = new ModelServer(
                reply -> reply.answer(
                        200,
                        "{\"id\":\"r1\",\"object\":\"chat.completion\",\"model\":\"scripted\",\"choices\":[{\"index\":0,\"message\":{"
                                + "\"role\":\"assistant\",\"content\":null,\"tool_calls\":[{\"id\":\"c1\",\"type\":\"function\","
                                + "\"function\":{\"name\":\"weather\",\"arguments\":\"{\\\"city\\\": \\\"Rome\\\"}\"}},{\"id\":\"c2\","
                                + "\"type\":\"function\",\"function\":{\"name\":\"weather\",\"arguments\":\"{\\\"city\"}}]},"
                                + "\"finish_reason\":\"tool_calls\"}],\"usage\":{\"prompt_tokens\":3,\"completion_tokens\":4,"
                                + "\"total_tokens\":7}}"),
                reply -> reply.answer(
                        200,
                        "{\"id\":\"r2\",\"object\":\"chat.completion\",\"model\":\"scripted\",\"choices\":[{\"index\":0,\"message\":{"
                                + "\"role\":\"assistant\",\"content\":\"sun\"},\"finish_reason\":\"stop\"}]}"))) {
            LangChain4jModel model = whole(server);
            AiMessage first = model.call(HI, new RecordedCall(false));
            ToolCall call = first.toolCalls().get(0);
            assertThat(first.toolCalls()).hasSize(1);
            assertThat(first.invalidToolCalls()).hasSize(1);

            AiMessage second = model.call(
                    ModelRequest.of(List.of(
                            Message.user("hi"),
                            first,
                            Message.tool(call, "sun, 18"),
                            Message.tool(ToolCall.of("c2", "weather", Map.of()), "not executed: no JSON"))),
                    new RecordedCall(false));

            assertThat(second.text()).isEqualTo("sun");
            assertThat(second.usage()).isNull();
            assertThat(server.bodies().get(1))
                    .containsIgnoringWhitespaces("\"tool_call_id\":\"c1\"")
                    .containsIgnoringWhitespaces("\"tool_call_id\":\"c2\"")
                    .contains("sun, 18");
        }
    }

    @Test
    void statusesAreMappedToKinds() throws Exception {
        try (ModelServer server = new ModelServer(
                reply -> reply.answer(401, "{\"error\":{\"message\":\"no key\"}}"),
                reply -> reply.answer(
                        400, "{\"error\":{\"message\":\"too long\",\"code\":\"context_length_exceeded\"}}"),
                reply -> reply.answer(400, "{\"error\":{\"message\":\"what?\"}}"),
                reply -> reply.answer(404, "{\"error\":{\"message\":\"no such model\"}}"),
                reply -> reply.answer(429, "{\"error\":{\"message\":\"slower\"}}"),
                reply -> reply.answer(503, "{\"error\":{\"message\":\"down\"}}"))) {
            for (Class<?> kind : List.of(
                    ModelException.Authentication.class,
                    ModelException.ContextOverflow.class,
                    ModelException.InvalidRequest.class,
                    ModelException.NotFound.class,
                    ModelException.RateLimited.class,
                    ModelException.Unavailable.class)) {
                assertThatThrownBy(() -> whole(server).call(HI, new RecordedCall(false)))
                        .isInstanceOf(kind);
            }
            assertThat(server.requests()).isEqualTo(6);
        }
    }

    @Test
    void streamThatIsCutFailsAsAConnection() throws Exception {
        try (ModelServer server = new ModelServer(reply -> {
            OutputStream out = reply.begin();
            ModelServer.token(out, "hel");
            throw new IOException("cut");
        })) {
            RecordedCall call = new RecordedCall(true);
            assertThatThrownBy(() -> streaming(server).call(HI, call)).isInstanceOf(ModelException.Temporary.class);
            assertThat(call.pieces).extracting(MessageChunk::text).containsExactly("hel");
        }
    }

    @Test
    void interruptClosesTheConnection() throws Exception {
        CountDownLatch began = new CountDownLatch(1);
        CountDownLatch closed = new CountDownLatch(1);
        try (ModelServer server = new ModelServer(reply -> {
            OutputStream out = reply.begin();
            ModelServer.token(out, "hel");
            began.countDown();
            try {
                while (true) {
                    ModelServer.token(out, "lo");
                    Thread.sleep(20);
                }
            } catch (IOException gone) {
                closed.countDown();
            }
        })) {
            AtomicReference<Throwable> thrown = new AtomicReference<>(new AssertionError("nothing was thrown"));
            Thread caller = new Thread(() -> {
                try {
                    AiMessage unused = streaming(server).call(HI, new RecordedCall(true));
                } catch (Throwable failed) {
                    thrown.set(failed);
                }
            });
            caller.start();
            assertThat(began.await(30, TimeUnit.SECONDS)).isTrue();
            caller.interrupt();
            caller.join();
            assertThat(thrown.get()).isInstanceOf(InterruptedException.class);
            assertThat(closed.await(30, TimeUnit.SECONDS)).isTrue();
        }
    }
}
