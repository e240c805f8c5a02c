package dev.clew.server;

import static dev.clew.server.A2aClient.call;
import static dev.clew.server.A2aClient.code;
import static dev.clew.server.A2aClient.data;
import static dev.clew.server.A2aClient.text;
import static org.assertj.core.api.Assertions.assertThat;

import dev.clew.server.fixture.FixtureServer;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import tools.jackson.databind.JsonNode;

/** What an agent of the Agent2Agent protocol refuses. */
@Timeout(60)
class A2aRefusalsTest {
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
    void refusesWhatThereIsNot() {
        String params = "{\"id\":\"x:y\"}";
        assertThat(code(a2a.rpc("plain", "tasks/get", params))).isEqualTo(-32001);
        assertThat(code(a2a.rpc("plain", "tasks/get", "{\"id\":\"x\"}"))).isEqualTo(-32001);
        assertThat(code(a2a.rpc("plain", "tasks/cancel", params))).isEqualTo(-32001);
        assertThat(code(a2a.rpc("plain", "tasks/pushNotificationConfig/set", params)))
                .isEqualTo(-32003);
        JsonNode present = a2a.rpc("plain", "GetTaskPushNotificationConfig", params);
        assertThat(code(present)).isEqualTo(-32003);
        assertThat(present.at("/error/data/0/reason").asString()).isEqualTo("PUSH_NOTIFICATION_NOT_SUPPORTED");
        assertThat(code(a2a.rpc("plain", "GetExtendedAgentCard", "{}"))).isEqualTo(-32007);
        assertThat(code(a2a.rpc("plain", "bogus", "{}"))).isEqualTo(-32601);
        JsonNode version = Http.json(http.with("A2A-Version", "2.0").post("/a2a/plain", call("GetTask", params)));
        assertThat(code(version)).isEqualTo(-32009);
        JsonNode known = Http.json(http.with("A2A-Version", "1.0.1").post("/a2a/plain", call("GetTask", params)));
        assertThat(code(known)).isEqualTo(-32001);
        assertThat(code(Http.json(http.post("/a2a/plain", "{")))).isEqualTo(-32700);
        assertThat(code(Http.json(http.post("/a2a/plain", "[]")))).isEqualTo(-32600);
        assertThat(http.with("Content-Type", "text/plain")
                        .post("/a2a/plain", call("message/send", a2a.message(text("x"), "")))
                        .statusCode())
                .isEqualTo(415);
    }

    @Test
    void refusesPartsThatAWorkflowDoesNotTake() {
        for (String file : List.of(
                "{\"kind\":\"file\",\"file\":{\"uri\":\"http://x\"}}",
                "{\"raw\":\"AAAA\"}",
                "{\"url\":\"http://x\",\"mediaType\":\"image/png\"}")) {
            assertThat(code(a2a.rpc("plain", "message/send", a2a.message(file, ""))))
                    .isEqualTo(-32005);
        }
        JsonNode data = a2a.rpc("plain", "message/send", a2a.message(data("{\"a\":1}"), ""));
        assertThat(data.at("/error/message").asString())
                .isEqualTo("the workflow 'plain' takes a part of text, and no data");
        JsonNode text = a2a.rpc("typed", "message/send", a2a.message(text("x"), ""));
        assertThat(text.at("/error/message").asString())
                .isEqualTo("the workflow 'typed' takes a part of data, and no text");
        String accepts = ",\"configuration\":{\"acceptedOutputModes\":[\"image/png\"]}}";
        String picture = a2a.message(text("x"), "");
        assertThat(code(a2a.rpc("plain", "message/send", picture.substring(0, picture.length() - 1) + accepts)))
                .isEqualTo(-32005);
        assertThat(http.post("/threads/search", "{}").body()).isEqualTo("[]");
    }

    /** What no client sends is refused by an error of JSON-RPC, and nothing is stored. */
    @Test
    void oddMessagesAreRefusedAndStoreNothing() {
        List<String> values =
                List.of("5", "null", "[]", "{}", "true", "\"\"", "\"\\u0000\"", "\"\\ud800\"", "1e999999999");
        List<String> odd = new ArrayList<>(List.of("5", "null", "[]", "{}", "\"x\"", "{\"jsonrpc\":\"2.0\"}"));
        for (String method : List.of(
                "message/send", "SendStreamingMessage", "tasks/get", "ListTasks", "CancelTask", "tasks/resubscribe")) {
            for (String value : values) {
                odd.add(call(method, value));
                odd.add(call(method, "{\"message\":" + value + ",\"id\":" + value + ",\"contextId\":" + value + "}"));
                for (String member : List.of("role", "messageId", "parts", "taskId")) {
                    odd.add(call(method, odd(member, value)));
                }
                odd.add(call(method, A2aClient.message("m", "{\"data\":" + value + ",\"text\":" + value + "}", "")));
                odd.add(call(method, A2aClient.message("m", value, "")));
                odd.add("{\"jsonrpc\":\"2.0\",\"method\":\"" + method + "\",\"id\":" + value + ",\"params\":5}");
                odd.add("{\"jsonrpc\":" + value + ",\"id\":1,\"method\":\"" + method + "\"}");
            }
            odd.add(call(method, A2aClient.message("m", data("[".repeat(190) + "]".repeat(190)), "")));
            odd.add(call(method, A2aClient.message("y".repeat(3000), text("x"), "")));
            odd.add(call(method, A2aClient.message("m", text("x"), ",\"contextId\":\"" + "y".repeat(3000) + "\"")));
        }
        for (String body : odd) {
            HttpResponse<String> answer = http.post("/a2a/plain", body);
            assertThat(answer.statusCode()).as(body + " " + answer.body()).isEqualTo(200);
            assertThat(answer.body()).as(body).contains("\"error\":{\"code\":-32");
            assertThat(Http.json(answer).at("/error/message").asString().length())
                    .as(body)
                    .isGreaterThan(10);
        }
        assertThat(http.post("/threads/search", "{}").body()).isEqualTo("[]");
    }

    /** A message to which one member is odd. */
    private static String odd(String member, String value) {
        String right = A2aClient.message("m", text("x"), "");
        return switch (member) {
            case "role" -> right.replace("\"user\"", value);
            case "messageId" -> right.replace("\"m\"", value);
            case "parts" -> right.replaceAll("\"parts\":\\[.*]", "\"parts\":" + value.replace("\\", "\\\\"));
            default ->
                A2aClient.message("m", text("x"), ",\"" + member + "\":" + (value.matches("null|\"\"") ? "5" : value));
        };
    }
}
