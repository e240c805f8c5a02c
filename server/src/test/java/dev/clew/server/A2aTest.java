package dev.clew.server;

import static dev.clew.server.A2aClient.call;
import static dev.clew.server.A2aClient.code;
import static dev.clew.server.A2aClient.data;
import static dev.clew.server.A2aClient.id;
import static dev.clew.server.A2aClient.of;
import static dev.clew.server.A2aClient.state;
import static dev.clew.server.A2aClient.text;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.clew.server.fixture.FixtureServer;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;

/** Assistants as agents of the Agent2Agent protocol: their cards, and messages as runs. */
@Timeout(60)
class A2aTest {
    private static final String SEA = "{\"text\":\"sea\"}";

    private FixtureServer server;
    private Http http;
    private A2aClient a2a;

    @BeforeEach
    void start() {
        server = FixtureServer.anywhere();
        http = new Http(server.uri());
        a2a = new A2aClient(http);
    }

    @AfterEach
    void close() {
        server.close();
    }

    @Test
    void aCardSaysWhereAnAgentIsAndWhatItTakes() {
        JsonNode card = Http.json(http.get("/a2a/plain"));

        assertThat(card.get("name").asString()).isEqualTo("plain");
        assertThat(card.get("url").asString()).startsWith(server.uri() + "/a2a/");
        assertThat(card.get("defaultInputModes").toString()).isEqualTo("[\"text/plain\"]");
        assertThat(card.at("/supportedInterfaces/0/protocolVersion").asString()).isEqualTo("1.0");
        assertThat(card.at("/supportedInterfaces/1/protocolVersion").asString()).isEqualTo("0.3");
        assertThat(card.at("/capabilities/pushNotifications").asBoolean()).isFalse();
        assertThat(Http.json(http.get("/a2a/plain/.well-known/agent-card.json")))
                .isEqualTo(card);
        assertThat(Http.json(http.get("/.well-known/agent-card.json?assistant_id=plain")))
                .isEqualTo(card);
        JsonNode typed = Http.json(http.get("/a2a/typed"));
        assertThat(typed.get("defaultInputModes").toString()).isEqualTo("[\"application/json\"]");
        assertThat(typed.at("/skills/0/metadata/inputSchema/properties/text").isMissingNode())
                .isFalse();
        assertThat(Http.json(http.get("/a2a/chat")).get("defaultInputModes")).hasSize(2);
        assertThat(http.get("/.well-known/agent-card.json").statusCode()).isEqualTo(400);
        assertThat(http.get("/a2a/nobody").statusCode()).isEqualTo(404);
        assertThat(http.post("/a2a/nobody", call("message/send", "{}")).statusCode())
                .isEqualTo(404);
    }

    @Test
    void aCardSaysThePublicAddressIfThereIsOne() {
        try (FixtureServer known = FixtureServer.with(builder -> builder.publicUrl("https://agents.example.org/a"))) {
            assertThat(Http.json(new Http(known.uri()).get("/a2a/plain"))
                            .get("url")
                            .asString())
                    .startsWith("https://agents.example.org/a/a2a/");
        }
        assertThat(Http.json(http.with("X-Forwarded-Proto", "https").get("/a2a/plain"))
                        .get("url")
                        .asString())
                .startsWith("https://127.0.0.1");
        assertThatThrownBy(() -> AgentServer.builder().publicUrl("agents.example.org"))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> AgentServer.builder().publicUrl("https://agents.example.org/"))
                .isInstanceOf(IllegalArgumentException.class);
    }

    /** An assistant that a client made is an agent, too, and its tasks are its own. */
    @Test
    void anAssistantThatAClientMadeIsAnAgent() {
        http.post(
                "/assistants",
                "{\"graph_id\":\"typed\",\"assistant_id\":\"a/b\",\"name\":\"Judge\",\"description\":\"Judges.\"}");

        JsonNode card = Http.json(http.get("/a2a/~YS9i"));
        assertThat(card.get("name").asString()).isEqualTo("Judge");
        assertThat(card.get("description").asString()).isEqualTo("Judges.");
        assertThat(card.get("url").asString()).endsWith("/a2a/~YS9i");
        JsonNode task = a2a.sent("~YS9i", a2a.message(data(SEA), ""));
        assertThat(state(task)).isEqualTo("input-required");
        assertThat(state(a2a.task("~YS9i", task))).isEqualTo("input-required");
        assertThat(code(a2a.rpc("typed", "tasks/get", "{\"id\":\"" + id(task) + "\"}")))
                .isEqualTo(-32001);
    }

    @Test
    void aTextIsARunOfAThreadThatStays() {
        JsonNode task = a2a.sent("plain", a2a.message(text("sea"), ""));

        assertThat(state(task)).isEqualTo("completed");
        assertThat(task.at("/artifacts/0/parts").toString()).isEqualTo("[{\"kind\":\"text\",\"text\":\"hello sea\"}]");
        assertThat(task.get("history").toString()).contains("\"sea\"", "\"hello sea\"", "\"messageId\":\"m0\"");
        String thread = task.get("contextId").asString();
        assertThat(id(task)).startsWith(thread + ":");
        assertThat(Http.json(http.get("/threads/" + thread + "/state"))
                        .at("/values/output")
                        .asString())
                .isEqualTo("hello sea");
        assertThat(Http.json(http.get("/threads/" + thread)).get("status").asString())
                .isEqualTo("idle");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "plain|{\"text\":\"sea\"}",
                "nul|{\"text\":\"sea\"}",
                "num|{\"text\":\"sea\"}",
                "lst|{\"text\":\"sea\"}",
                "chat|{\"text\":\"sea\"}",
                "chatask|{\"text\":\"sea\"}",
                "essay|{\"data\":{\"topic\":\"sea\"}}",
                "typed|{\"data\":{\"text\":\"sea\"}}",
                "two|{\"data\":{\"q\":\"sea\"}}",
                "fail|{\"data\":{\"x\":1}}",
                "graph|{\"data\":{\"notes\":[]}}",
                "mapreduce|{\"data\":{\"items\":[1,2]}}",
                "withsub|{\"data\":{\"notes\":[]}}",
                "counter|{\"data\":{\"by\":2}}"
            })
    void whatIsStreamedWhatIsWaitedForAndWhatIsReadLaterSayTheSame(String agent, String part) {
        JsonNode waited = a2a.rpc(agent, "SendMessage", a2a.message(part, ""))
                .path("result")
                .path("task");
        List<JsonNode> events = a2a.events(agent, "SendStreamingMessage", a2a.message(part, ""));
        JsonNode last = events.get(events.size() - 1).at("/statusUpdate/status");
        JsonNode read =
                a2a.rpc(agent, "GetTask", "{\"id\":\"" + id(waited) + "\"}").get("result");

        assertThat(read).isEqualTo(waited);
        assertThat(waited.at("/status/state").asString())
                .isEqualTo(last.get("state").asString());
        assertThat(events.get(0).at("/task/status/state").asString()).isEqualTo("TASK_STATE_SUBMITTED");
        List<JsonNode> artifacts = new ArrayList<>();
        events.forEach(event -> event.at("/artifactUpdate/artifact/parts").forEach(artifacts::add));
        assertThat(plain(artifacts)).isEqualTo(plain(waited.at("/artifacts/0/parts")));
        assertThat(plain(last.at("/message/parts"))).isEqualTo(plain(waited.at("/status/message/parts")));
    }

    /** Without ids of questions, which two runs do not share; and in any order, for tasks ask at the same time. */
    private static List<String> plain(Iterable<JsonNode> parts) {
        List<String> all = new ArrayList<>();
        parts.forEach(part -> all.add(part.toString().replaceAll("[0-9a-f]{32}", "ID")));
        Collections.sort(all);
        return all;
    }

    @Test
    void tokensAreStreamedAsTheTextUntilNow() {
        List<String> texts = new ArrayList<>();

        a2a.events("chat", "message/stream", a2a.message(text("hi"), "")).forEach(event -> {
            if (state(event).equals("working")) {
                texts.add(event.at("/status/message/parts/0/text").asString());
            }
        });
        assertThat(texts).containsExactly("Hello", "Hello ", "Hello there", "Hello there ", "Hello there friend");
    }

    @Test
    void theSameMessageTwiceIsOneRun() {
        JsonNode first = a2a.sent("essay", A2aClient.message("same", data("{\"topic\":\"once\"}"), ""));
        JsonNode again = a2a.sent("essay", A2aClient.message("same", data("{\"topic\":\"once\"}"), ""));
        List<JsonNode> streamed =
                a2a.events("essay", "message/stream", A2aClient.message("same", data("{\"topic\":\"once\"}"), ""));
        JsonNode other =
                a2a.rpc("essay", "message/send", A2aClient.message("same", data("{\"topic\":\"another\"}"), ""));

        assertThat(again).isEqualTo(first);
        assertThat(id(streamed.get(0))).isEqualTo(id(first));
        assertThat(state(streamed.get(streamed.size() - 1))).isEqualTo("input-required");
        assertThat(code(other)).isEqualTo(-32602);
        assertThat(a2a.sent("echo", A2aClient.message("same", data("{\"a\":1}"), ""))
                        .get("contextId"))
                .isNotEqualTo(first.get("contextId"));
        assertThat(a2a.effects("compose:once")).isEqualTo(1);
        assertThat(a2a.effects("compose:another")).isZero();
    }

    @Test
    void aContextIsAThread() {
        JsonNode first = a2a.sent("counter", a2a.message(data("{\"by\":2}"), ",\"contextId\":\"own\""));
        JsonNode second = a2a.sent("counter", a2a.message(data("{\"by\":3.0}"), ",\"contextId\":\"own\""));
        JsonNode foreign = a2a.rpc("plain", "message/send", a2a.message(text("x"), ",\"contextId\":\"own\""));

        assertThat(first.get("contextId").asString()).isEqualTo("own");
        assertThat(second.at("/artifacts/0/parts/0/data/count").asInt()).isEqualTo(5);
        assertThat(id(second)).isNotEqualTo(id(first));
        assertThat(foreign.at("/error/message").asString()).contains("belongs to 'counter'");
        JsonNode listed = a2a.rpc(
                        "counter", "ListTasks", "{\"contextId\":\"own\",\"pageSize\":1,\"includeArtifacts\":true}")
                .get("result");
        assertThat(listed.get("totalSize").asInt()).isEqualTo(2);
        assertThat(listed.at("/tasks/0/id").asString()).isEqualTo(id(second));
        assertThat(listed.at("/tasks/0/artifacts/0/parts/0/data/count").asInt()).isEqualTo(5);
        JsonNode next = a2a.rpc(
                        "counter",
                        "ListTasks",
                        "{\"contextId\":\"own\",\"pageToken\":\""
                                + listed.get("nextPageToken").asString()
                                + "\",\"status\":\"TASK_STATE_COMPLETED\",\"historyLength\":1}")
                .get("result");
        assertThat(next.get("tasks")).hasSize(1);
        assertThat(next.at("/tasks/0/id").asString()).isEqualTo(id(first));
        assertThat(next.at("/tasks/0/history")).hasSize(1);
        assertThat(next.at("/tasks/0/artifacts").isMissingNode()).isTrue();
        assertThat(next.get("nextPageToken").asString()).isEmpty();
        assertThat(a2a.rpc("counter", "ListTasks", "{\"contextId\":\"own\",\"status\":\"TASK_STATE_FAILED\"}")
                        .at("/result/totalSize")
                        .asInt())
                .isZero();
        assertThat(code(a2a.rpc("counter", "ListTasks", "{}"))).isEqualTo(-32602);
    }

    @Test
    void aFailureSaysWhyAndAMessageToItIsRefused() {
        JsonNode task = a2a.sent("fail", a2a.message(data("{\"x\":1}"), ""));

        assertThat(state(task)).isEqualTo("failed");
        assertThat(task.at("/status/message/parts/0/text").asString()).isEqualTo("ValueError: boom");
        assertThat(code(a2a.rpc("fail", "message/send", a2a.message(text("x"), of(task)))))
                .isEqualTo(-32004);
    }

    /** Values of Protocol Buffers know no whole numbers, so the protocol's clients send none. */
    @Test
    void aNumberWithoutDecimalsIsAWholeNumber() {
        assertThat(state(a2a.sent("fail", a2a.message(data("{\"x\":1.0}"), ""))))
                .isEqualTo("failed");
        assertThat(a2a.sent("echo", a2a.message(data("{\"a\":[1.0,1.5,-2e3,1e300,true]}"), ""))
                        .at("/artifacts/0/parts/0/data/a")
                        .toString())
                .startsWith("[1,1.5,-2000,1")
                .doesNotContain("1.0,")
                .endsWith(",true]");
    }

    @Test
    void statesAreWordsOfTheirVersion() {
        JsonNode old = a2a.sent("typed", a2a.message(data(SEA), ""));
        JsonNode present = a2a.rpc("typed", "GetTask", "{\"id\":\"" + id(old) + "\",\"historyLength\":0}")
                .get("result");

        assertThat(state(old)).isEqualTo("input-required");
        assertThat(state(present)).isEqualTo("TASK_STATE_INPUT_REQUIRED");
        assertThat(present.get("history")).isEmpty();
        assertThat(present.toString()).doesNotContain("\"kind\"");
        assertThat(old.at("/history/0/kind").asString()).isEqualTo("message");
    }
}
