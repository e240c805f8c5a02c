package dev.clew.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.clew.server.catalog.NameUuid;
import dev.clew.server.fixture.FixtureServer;
import dev.clew.server.json.Json;
import java.net.http.HttpResponse;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** What clients read of states, streams and refusals, where the recorded exchanges leave it open. */
final class WireTest {
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

    @Test
    void theStatesOfAGraphNameTheirRunAndAnEditSaysThatItIsOne() {
        http.post("/threads", "{\"thread_id\":\"g\"}");
        http.post("/threads/g/runs/wait", "{\"assistant_id\":\"graph\",\"input\":{\"notes\":[\"a\"]}}");
        String run = Http.json(http.get("/threads/g/runs")).get(0).get("run_id").asString();

        JsonNode metadata = Http.json(http.get("/threads/g/state")).get("metadata");
        assertThat(metadata.get("run_id").asString()).isEqualTo(run);
        assertThat(metadata.get("source").asString()).isEqualTo("loop");

        http.post("/threads/g/state", "{\"values\":{\"notes\":[\"u\"]},\"as_node\":\"n2\"}");
        metadata = Http.json(http.get("/threads/g/state")).get("metadata");
        assertThat(metadata.get("source").asString()).isEqualTo("update");
    }

    @Test
    void theTaskThatAWorkflowIsEndsAlsoWhenItFails() {
        String body = http.post(
                        "/threads/f/runs/stream",
                        "{\"assistant_id\":\"fail\",\"if_not_exists\":\"create\",\"input\":{},\"stream_mode\":\"tasks\"}")
                .body();
        List<JsonNode> tasks = Http.frames(body).stream()
                .filter(frame -> frame.startsWith("event: tasks"))
                .map(frame -> Json.read(frame.substring(frame.indexOf("data: ") + 6)
                        .lines()
                        .findFirst()
                        .orElseThrow()))
                .toList();

        JsonNode first = tasks.get(0);
        JsonNode last = tasks.get(tasks.size() - 1);
        assertThat(first.get("metadata").get("assistant_id").asString()).isEqualTo(NameUuid.ofAssistant("fail"));
        assertThat(last.get("id")).isEqualTo(first.get("id"));
        assertThat(last.get("error").get("error").asString()).isNotBlank();
    }

    @Test
    void aMalformedCommandHasTheFormOfTheProtocolsErrors() {
        for (String body : List.of("{}", "{\"id\":\"x\",\"method\":\"run.start\"}", "{\"id\":1,\"method\":5}")) {
            HttpResponse<String> answer = http.post("/threads/t/commands", body);
            JsonNode error = Json.read(answer.body());

            assertThat(answer.statusCode()).isEqualTo(400);
            assertThat(error.get("type").asString()).isEqualTo("error");
            assertThat(error.get("error").asString()).isEqualTo("invalid_argument");
            assertThat(error.get("message").asString()).contains("is missing");
        }
    }
}
