package dev.clew.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.clew.server.json.Json;
import java.net.http.HttpResponse;
import java.util.List;
import tools.jackson.databind.JsonNode;

/** Sends messages to agents of a server. */
final class A2aClient {
    private final Http http;
    private int messages;

    A2aClient(Http http) {
        this.http = http;
    }

    JsonNode rpc(String agent, String method, String params) {
        HttpResponse<String> answer = http.post("/a2a/" + agent, call(method, params));
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        JsonNode message = Http.json(answer);
        assertThat(message.get("jsonrpc").asString()).isEqualTo("2.0");
        assertThat(message.get("id").asInt()).isEqualTo(7);
        return message;
    }

    static String call(String method, String params) {
        return "{\"jsonrpc\":\"2.0\",\"id\":7,\"method\":\"" + method + "\",\"params\":" + params + "}";
    }

    /** A message of the user's with one part, and with more members. */
    String message(String part, String more) {
        return message("m" + messages++, part, more);
    }

    static String message(String id, String part, String more) {
        return "{\"message\":{\"role\":\"user\",\"messageId\":\"" + id + "\",\"parts\":[" + part + "]" + more + "}}";
    }

    JsonNode sent(String agent, String params) {
        return rpc(agent, "message/send", params).path("result");
    }

    static String data(String value) {
        return "{\"kind\":\"data\",\"data\":" + value + "}";
    }

    static String text(String text) {
        return "{\"kind\":\"text\",\"text\":\"" + text + "\"}";
    }

    static String state(JsonNode task) {
        return task.at("/status/state").asString("");
    }

    static int code(JsonNode message) {
        return message.at("/error/code").asInt(0);
    }

    JsonNode task(String agent, JsonNode task) {
        return rpc(agent, "tasks/get", "{\"id\":\"" + id(task) + "\"}").get("result");
    }

    static String id(JsonNode task) {
        return task.get("id").asString();
    }

    static String of(JsonNode task) {
        return ",\"taskId\":\"" + id(task) + "\"";
    }

    int effects(String key) {
        return sent("effects", message(text(key), ""))
                .at("/artifacts/0/parts/0/data/count")
                .asInt();
    }

    List<JsonNode> events(String agent, String method, String params) {
        HttpResponse<String> answer = http.post("/a2a/" + agent, call(method, params));
        assertThat(answer.headers().firstValue("content-type").orElse(""))
                .as(answer.body())
                .startsWith("text/event-stream");
        return Http.frames(answer.body()).stream().map(A2aClient::event).toList();
    }

    private static JsonNode event(String frame) {
        String data = frame.lines()
                .filter(line -> line.startsWith("data: "))
                .findFirst()
                .orElseThrow();
        JsonNode message = Json.read(data.substring("data: ".length()));
        assertThat(message.get("id").asInt()).isEqualTo(7);
        return message.get("result");
    }
}
