package dev.clew.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.clew.checkpoint.Checkpointer;
import dev.clew.server.fixture.FixtureServer;
import dev.clew.server.json.Json;
import dev.clew.store.Store;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import tools.jackson.databind.JsonNode;

/** Workflows that take and give texts or messages are models of a chat, as OpenAI's clients see one. */
@Timeout(60)
class ChatTest {
    private static final String SEA = "\"messages\":[{\"role\":\"user\",\"content\":\"sea\"}]";

    private FixtureServer server;
    private Http http;

    @BeforeEach
    void start() {
        server = FixtureServer.anywhere();
        http = new Http(server.uri());
    }

    @AfterEach
    void close() {
        server.close();
    }

    private HttpResponse<String> chat(String body) {
        return http.post("/v1/chat/completions", body);
    }

    @Test
    void aTextGetsAText() {
        HttpResponse<String> answer = chat("{\"model\":\"plain\"," + SEA + ",\"temperature\":0.5}");
        JsonNode completion = Http.json(answer);

        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(completion.get("object").asString()).isEqualTo("chat.completion");
        assertThat(completion.get("id").asString()).startsWith("chatcmpl-");
        assertThat(completion.get("model").asString()).isEqualTo("plain");
        assertThat(completion.at("/choices/0/message").toString())
                .isEqualTo("{\"role\":\"assistant\",\"content\":\"hello sea\"}");
        assertThat(completion.at("/choices/0/finish_reason").asString()).isEqualTo("stop");
    }

    @Test
    void messagesGetTheLastMessage() {
        JsonNode completion =
                Http.json(chat("{\"model\":\"chat\",\"messages\":[{\"role\":\"user\",\"content\":[{\"type\":"
                        + "\"text\",\"text\":\"a\"},{\"type\":\"text\",\"text\":\"b\"}]}]}"));

        assertThat(completion.at("/choices/0/message/content").asString()).isEqualTo("Hello there friend");
    }

    @Test
    void tokensAreStreamed() {
        List<String> frames = Http.frames(
                chat("{\"model\":\"chat\",\"stream\":true," + SEA + "}").body());
        List<String> texts = new ArrayList<>();

        for (String frame : frames.subList(0, frames.size() - 1)) {
            JsonNode chunk = Json.read(frame.substring("data: ".length()));
            assertThat(chunk.get("object").asString()).isEqualTo("chat.completion.chunk");
            texts.add(chunk.at("/choices/0/delta/content").asString(""));
        }
        assertThat(frames.get(frames.size() - 1)).isEqualTo("data: [DONE]");
        assertThat(frames.get(frames.size() - 2)).contains("\"finish_reason\":\"stop\"");
        assertThat(texts).containsExactly("", "Hello", " ", "there", " ", "friend", "");
    }

    @Test
    void anAnswerWithoutTokensIsStreamedWhole() {
        assertThat(chat("{\"model\":\"plain\",\"stream\":true," + SEA + "}").body())
                .contains("hello sea")
                .endsWith("data: [DONE]\n\n");
    }

    @Test
    void aQuestionHasNoPlaceInIt() {
        HttpResponse<String> answer = chat("{\"model\":\"chatask\"," + SEA + "}");

        assertThat(answer.statusCode()).isEqualTo(422);
        assertThat(Http.json(answer).at("/error/message").asString()).contains("asks something");
        assertThat(chat("{\"model\":\"chatask\",\"stream\":true," + SEA + "}").body())
                .contains("\"error\"", "asks something");
    }

    @Test
    void modelsAreTheWorkflowsThatFit() {
        List<String> models = Http.json(http.get("/v1/models"))
                .get("data")
                .valueStream()
                .map(model -> model.get("id").asString())
                .toList();

        assertThat(models).contains("plain", "chat", "chatask").doesNotContain("essay", "num", "graph");
    }

    @Test
    void refusesWhatDoesNotFit() {
        for (String body : List.of(
                "{" + SEA + "}",
                "{\"model\":\"essay\"," + SEA + "}",
                "{\"model\":\"plain\"}",
                "{\"model\":\"plain\",\"messages\":[]}",
                "{\"model\":\"plain\",\"messages\":[5]}",
                "{\"model\":\"plain\",\"messages\":[{\"role\":\"assistant\",\"content\":\"x\"}]}",
                "{\"model\":\"plain\",\"n\":2," + SEA + "}",
                "{\"model\":\"plain\",\"tools\":[{}]," + SEA + "}",
                "{\"model\":\"chat\",\"messages\":[{\"role\":\"user\",\"content\":5}]}")) {
            assertThat(chat(body).statusCode()).as(body).isEqualTo(422);
        }
        assertThat(chat("{\"model\":\"none\"," + SEA + "}").statusCode()).isEqualTo(404);
        assertThat(http.post("/threads/count", "{}").body()).isEqualTo("0");
    }

    @Test
    void isThereAsMlflowServesIt() {
        assertThat(http.get("/ping").statusCode()).isEqualTo(200);
        assertThat(Http.json(http.post("/invocations", "{\"model\":\"plain\"," + SEA + "}"))
                        .at("/choices/0/message/content")
                        .asString())
                .isEqualTo("hello sea");
    }

    @Test
    void aChatThatTakesTooLongIsAnsweredWithWhereToWaitForIt() {
        try (FixtureServer hasty = FixtureServer.idle(Checkpointer.inMemory(), Store.inMemory(), builder -> {
            builder.chatsAwaited = Duration.ofMillis(1);
            return builder;
        })) {
            HttpResponse<String> answer =
                    new Http(hasty.uri()).post("/v1/chat/completions", "{\"model\":\"plain\"," + SEA + "}");

            assertThat(answer.statusCode()).isEqualTo(422);
            assertThat(Http.json(answer).at("/error/message").asString()).contains("takes longer", "/join");
        }
    }
}
