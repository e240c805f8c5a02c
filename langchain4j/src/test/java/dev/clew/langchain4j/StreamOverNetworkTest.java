package dev.clew.langchain4j;

import static org.assertj.core.api.Assertions.assertThat;

import dev.clew.contracts.lab.Lab;
import dev.clew.spi.TaskSpec;
import dev.clew.stream.StreamEvent;
import dev.clew.stream.StreamMode;
import dev.langchain4j.model.chat.StreamingChatModel;
import dev.langchain4j.model.openai.OpenAiStreamingChatModel;
import java.io.IOException;
import java.io.OutputStream;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The same with LangChain4j's model of OpenAI's protocol and a server of its own. */
@Timeout(60)
final class StreamOverNetworkTest extends ChatFixture {
    private Lab asking(ModelServer server, UnaryOperator<TaskSpec.Builder<String>> policies) {
        StreamingChatModel model = OpenAiStreamingChatModel.builder()
                .baseUrl(server.url())
                .apiKey("none")
                .modelName("scripted")
                .timeout(Duration.ofSeconds(20))
                .build();
        return lab(
                policies, (question, task) -> StreamedChatModel.of(model, task).chat(question));
    }

    private static void hello(ModelServer.Reply reply) throws IOException {
        OutputStream out = reply.begin();
        ModelServer.token(out, "Hel");
        ModelServer.token(out, "lo");
        ModelServer.end(out);
    }

    @Tag("B194")
    @Test
    void tokensOfAServerAreTold() throws Exception {
        try (ModelServer server = new ModelServer(StreamOverNetworkTest::hello)) {
            Lab lab = asking(server, task -> task);

            assertThat(tokens(read(lab.workflow().stream("hi", T, StreamMode.MESSAGES))))
                    .containsExactly("1 Hel", "1 lo");
            assertThat(lab.workflow().state(T).value()).isEqualTo("Hello");
        }
    }

    @Test
    void refusedAndBrokenStreamsAreRetried() throws Exception {
        try (ModelServer server = new ModelServer(
                reply -> reply.refuse(500),
                reply -> {
                    ModelServer.token(reply.begin(), "He");
                    throw new IOException("the line is cut");
                },
                StreamOverNetworkTest::hello)) {
            Lab lab = asking(server, task -> task.retry(THRICE));

            List<StreamEvent> events = read(lab.workflow().stream("hi", T, StreamMode.MESSAGES, StreamMode.TASKS));

            assertThat(tokens(events)).containsExactly("2 He", "3 Hel", "3 lo");
            assertThat(events)
                    .filteredOn(StreamEvent.TaskRetried.class::isInstance)
                    .hasSize(2);
            assertThat(lab.workflow().state(T).value()).isEqualTo("Hello");
            assertThat(server.requests()).isEqualTo(3);
        }
    }

    @Test
    void timeoutClosesTheConnection() throws Exception {
        CountDownLatch closed = new CountDownLatch(1);
        try (ModelServer server = new ModelServer(
                reply -> {
                    OutputStream out = reply.begin();
                    try {
                        while (true) {
                            ModelServer.token(out, "on");
                            Thread.sleep(20);
                        }
                    } catch (IOException gone) {
                        closed.countDown();
                    }
                },
                StreamOverNetworkTest::hello)) {
            Lab lab = asking(server, task -> task.retry(THRICE).timeout(Duration.ofSeconds(3)));

            List<StreamEvent> events = read(lab.workflow().stream("hi", T, StreamMode.MESSAGES));

            assertThat(closed.await(20, TimeUnit.SECONDS)).isTrue();
            assertThat(tokens(events)).startsWith("1 on").endsWith("2 Hel", "2 lo");
            assertThat(lab.workflow().state(T).value()).isEqualTo("Hello");
        }
    }
}
