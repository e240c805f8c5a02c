package dev.clew.server;

import static dev.clew.server.A2aClient.call;
import static dev.clew.server.A2aClient.code;
import static dev.clew.server.A2aClient.data;
import static dev.clew.server.A2aClient.id;
import static dev.clew.server.A2aClient.of;
import static dev.clew.server.A2aClient.state;
import static dev.clew.server.A2aClient.text;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.clew.server.a2a.TaskId;
import dev.clew.server.fixture.FixtureServer;
import java.io.BufferedReader;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import tools.jackson.databind.JsonNode;

/** Runs as tasks of the Agent2Agent protocol: asked for, answered, streamed and cancelled. */
@Timeout(60)
class A2aTasksTest {
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
    void aQuestionIsAnsweredByAMessageToItsTask() {
        JsonNode asks = a2a.sent("typed", a2a.message(data(SEA), ""));
        assertThat(state(asks)).isEqualTo("input-required");
        JsonNode question = asks.at("/status/message/parts/0/data");
        assertThat(question.get("value").toString()).isEqualTo(SEA);
        assertThat(question.at("/response_schema/properties/approved").isMissingNode())
                .isFalse();
        assertThat(asks.at("/artifacts/0/name").asString()).isEqualTo("Interrupt");

        JsonNode wrong = a2a.rpc("typed", "message/send", a2a.message(text("yes"), of(asks)));
        assertThat(code(wrong)).isEqualTo(-32602);
        assertThat(wrong.at("/error/message").asString()).contains("an object is wanted");
        assertThat(a2a.task("typed", asks)).isEqualTo(asks);

        String answer = A2aClient.message("answer", data("{\"approved\":true,\"note\":\"fine\"}"), of(asks));
        JsonNode done = a2a.sent("typed", answer);
        assertThat(state(done)).isEqualTo("completed");
        assertThat(id(done)).isEqualTo(id(asks));
        assertThat(done.at("/artifacts/0/parts/0/data/note").asString()).isEqualTo("fine");
        assertThat(done.get("history")).hasSize(3);
        assertThat(a2a.sent("typed", answer)).isEqualTo(done);
        JsonNode other = a2a.rpc(
                "typed",
                "message/send",
                A2aClient.message("answer", data("{\"approved\":false,\"note\":\"\"}"), of(asks)));
        assertThat(code(other)).isEqualTo(-32602);
        assertThat(code(a2a.rpc("typed", "message/send", a2a.message(data("{}"), of(asks)))))
                .isEqualTo(-32004);
    }

    @Test
    void aTextAnswersAQuestionForATextAndTheStreamContinues() {
        JsonNode asks = a2a.sent("chatask", a2a.message(text("hi"), ""));
        List<JsonNode> events = a2a.events("chatask", "message/stream", a2a.message(text("yes"), of(asks)));

        assertThat(id(events.get(0))).isEqualTo(id(asks));
        assertThat(events.get(1).at("/artifact/parts/0/text").asString()).isEqualTo("got yes");
        assertThat(state(events.get(2))).isEqualTo("completed");
        assertThat(events).hasSize(3);
    }

    @Test
    void severalQuestionsAreAnsweredByTheirIds() {
        JsonNode asks = a2a.sent("two", a2a.message(data("{\"q\":\"?\"}"), ""));
        JsonNode parts = asks.at("/artifacts/0/parts");
        assertThat(parts).hasSize(2);
        assertThat(code(a2a.rpc("two", "message/send", a2a.message(text("x"), of(asks)))))
                .isEqualTo(-32602);

        String left = parts.get(0).at("/data/id").asString();
        String right = parts.get(1).at("/data/id").asString();
        JsonNode half = a2a.sent("two", a2a.message(data("{\"" + left + "\":\"L\"}"), of(asks)));
        assertThat(state(half)).isEqualTo("input-required");
        JsonNode done = a2a.sent("two", a2a.message(data("{\"" + right + "\":\"R\"}"), of(asks)));
        assertThat(done.at("/artifacts/0/parts/0/data").toString()).contains("\"L\"", "\"R\"");
    }

    /** Another run took its place: an answer must not become one to that run's question. */
    @Test
    void aTaskThatANewerOneReplacedTakesNoAnswer() {
        JsonNode first = a2a.sent("typed", a2a.message(data(SEA), ",\"contextId\":\"t\""));
        JsonNode second = a2a.sent("typed", a2a.message(data("{\"text\":\"sky\"}"), ",\"contextId\":\"t\""));

        assertThat(state(a2a.task("typed", first))).isEqualTo("canceled");
        assertThat(state(second)).isEqualTo("input-required");
        String answer = data("{\"approved\":true,\"note\":\"\"}");
        assertThat(code(a2a.rpc("typed", "message/send", a2a.message(answer, of(first)))))
                .isEqualTo(-32004);
        assertThat(a2a.task("typed", second)).isEqualTo(second);
        assertThat(code(a2a.rpc("typed", "message/send", a2a.message(answer, of(second) + ",\"contextId\":\"other\""))))
                .isEqualTo(-32602);
    }

    /** A question that was answered at the run endpoints is answered for its task, too. */
    @Test
    void aTaskSeesWhatOtherClientsDidWithItsRun() {
        JsonNode asks = a2a.sent("typed", a2a.message(data(SEA), ",\"contextId\":\"t\""));

        http.post(
                "/threads/t/runs/wait",
                "{\"assistant_id\":\"typed\",\"command\":{\"resume\":{\"approved\":true,\"note\":\"rest\"}}}");

        assertThat(state(a2a.task("typed", asks))).isEqualTo("completed");
        http.post("/threads/t/runs/wait", "{\"assistant_id\":\"typed\",\"input\":{\"text\":\"sky\"}}");
        assertThat(a2a.task("typed", asks).at("/artifacts/0/parts/0/data/note").asString())
                .isEqualTo("rest");
        assertThat(a2a.rpc("typed", "ListTasks", "{\"contextId\":\"t\"}")
                        .at("/result/totalSize")
                        .asInt())
                .isEqualTo(2);
    }

    @Test
    void aTaskThatIsNotWaitedForIsAskedForOrStreamedOrCancelled() throws Exception {
        String slow = a2a.message(data("{\"secs\":30,\"key\":\"never\"}"), "");
        JsonNode task = a2a.sent("slow", slow.replace("}]}}", "}]},\"configuration\":{\"blocking\":false}}"));

        assertThat(state(task)).isIn("submitted", "working");
        await().until(() -> state(a2a.task("slow", task)).equals("working"));
        JsonNode busy = a2a.rpc("slow", "message/send", a2a.message(data("{}"), of(task)));
        assertThat(code(busy)).isEqualTo(-32004);
        String params = "{\"id\":\"" + id(task) + "\"}";
        try (BufferedReader stream = http.openPost("/a2a/slow", call("tasks/resubscribe", params))) {
            JsonNode cancelled = a2a.rpc("slow", "tasks/cancel", params).get("result");
            assertThat(state(cancelled)).isEqualTo("canceled");
            List<String> lines =
                    stream.lines().filter(line -> line.startsWith("data: ")).toList();
            assertThat(lines.get(0)).contains("working");
            assertThat(lines.get(lines.size() - 1)).contains("canceled", "\"final\":true");
        }
        assertThat(code(a2a.rpc("slow", "CancelTask", params))).isEqualTo(-32002);
        assertThat(code(a2a.rpc("slow", "SubscribeToTask", params))).isEqualTo(-32004);
        assertThat(a2a.effects("nap:never")).isZero();
    }

    @Test
    void aTaskThatAsksIsCancelled() {
        JsonNode asks = a2a.sent("typed", a2a.message(data(SEA), ""));

        JsonNode cancelled = a2a.rpc("typed", "tasks/cancel", "{\"id\":\"" + id(asks) + "\"}");
        assertThat(state(cancelled.get("result"))).isEqualTo("canceled");
        assertThat(state(a2a.task("typed", asks))).isEqualTo("canceled");
        assertThat(code(a2a.rpc("typed", "message/send", a2a.message(text("x"), of(asks)))))
                .isEqualTo(-32004);
    }

    @Test
    void aStreamOfATaskThatAsksSaysTheQuestion() {
        JsonNode asks = a2a.sent("typed", a2a.message(data(SEA), ""));

        List<JsonNode> events = a2a.events("typed", "tasks/resubscribe", "{\"id\":\"" + id(asks) + "\"}");
        assertThat(events.get(1).at("/artifact/name").asString()).isEqualTo("Interrupt");
        assertThat(state(events.get(2))).isEqualTo("input-required");
    }

    @Test
    void anIdOfATaskIsReadAsItIsWritten() {
        for (TaskId id : List.of(
                new TaskId("t", "r"), new TaskId("a:b", "r"), new TaskId("a", "b:c"), new TaskId("a/b:", "~x"))) {
            assertThat(TaskId.read(id.text())).contains(id);
        }
        for (String odd : List.of("", ":", "a", "a:", ":b", "a:~", "a:~!!")) {
            assertThat(TaskId.read(odd)).as(odd).isEmpty();
        }
    }
}
