package dev.clew.server.mcp;

import static org.assertj.core.api.Assertions.assertThat;

import dev.clew.checkpoint.Checkpointer;
import dev.clew.queue.Worker;
import dev.clew.server.AgentServer;
import dev.clew.store.Store;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/**
 * Ours answers messages as the official Python server did, but for what {@code deviations.txt} names with the reason. The order of tools
 * is not compared, nor the wording of their schemas.
 */
final class RecordedTest {
    /** What is listed, and was needed. */
    private final Set<String> needed = new HashSet<>();

    private final List<String> unexpected = new ArrayList<>();

    @Test
    void answersAsRecorded() throws Exception {
        Map<?, ?> recording = (Map<?, ?>) Json.read(resource("36-mcp.json").getBytes(StandardCharsets.UTF_8));
        try (FlowsGraph graph = FlowsGraph.builder(new Flows())
                        .checkpointer(Checkpointer.inMemory())
                        .worker(Worker.of("default"))
                        .build();
                AgentServer server = AgentServer.builder()
                        .graph(graph)
                        .port(0)
                        .store(Store.inMemory())
                        .extension(Mcp.endpoint())
                        .start()) {
            int number = 1;
            for (Object step : Json.list(recording.get("steps"))) {
                replay(number++, server.uri(), Json.object(step));
            }
        }
        assertThat(unexpected).isEmpty();
        assertThat(deviations()).as("each listed deviation is needed").containsExactlyInAnyOrderElementsOf(needed);
    }

    private void replay(int step, URI server, Map<String, Object> recorded) throws Exception {
        Map<String, Object> asked = Json.object(recorded.get("request"));
        Map<String, Object> expected = Json.object(recorded.get("response"));
        HttpRequest.Builder request = HttpRequest.newBuilder(server.resolve((String) asked.get("path")));
        Json.object(asked.get("headers")).forEach((name, value) -> request.setHeader(name, (String) value));
        String body = (String) asked.get("raw");
        if (body == null && asked.containsKey("body")) {
            body = Json.text(asked.get("body"));
        }
        if (body != null) {
            request.setHeader("content-type", "application/json");
        }
        request.method(
                (String) asked.get("method"),
                body == null ? HttpRequest.BodyPublishers.noBody() : HttpRequest.BodyPublishers.ofString(body));
        HttpResponse<String> answer =
                HttpClient.newHttpClient().send(request.build(), HttpResponse.BodyHandlers.ofString());
        if (!expected.get("status").equals(answer.statusCode())) {
            differs(step, "status", answer.statusCode() + " " + answer.body());
        } else if (expected.get("body") != null) {
            compare(step, "body", expected.get("body"), Json.read(answer.body().getBytes(StandardCharsets.UTF_8)));
        } else {
            assertThat(answer.statusCode() / 100 == 2 ? answer.body() : "").isEmpty();
        }
    }

    private void compare(int step, String path, @Nullable Object expected, @Nullable Object actual) {
        if (expected instanceof Map<?, ?> map && actual instanceof Map<?, ?> ours) {
            map.forEach((name, value) -> compare(step, path + "." + name, value, ours.get(name)));
            ours.keySet().stream()
                    .filter(name -> !map.containsKey(name))
                    .forEach(name -> differs(step, path + ".+" + name, ours.get(name)));
        } else if (path.endsWith(".tools") && expected instanceof List<?> tools) {
            for (Object tool : tools) {
                Optional<?> same = Json.list(actual).stream()
                        .filter(one -> Json.object(one)
                                .get("name")
                                .equals(Json.object(tool).get("name")))
                        .findFirst();
                compare(step, path + "[]", tool, same.orElse(null));
            }
        } else if (expected instanceof List<?> list && actual instanceof List<?> ours) {
            for (int i = 0; i < Math.max(list.size(), ours.size()); i++) {
                compare(
                        step,
                        path + "[" + i + "]",
                        i < list.size() ? list.get(i) : null,
                        i < ours.size() ? ours.get(i) : null);
            }
        } else if (expected == null ? actual != null : !expected.equals(actual)) {
            differs(step, path, actual);
        }
    }

    private void differs(int step, String path, @Nullable Object actual) {
        String found = step + " " + path;
        Optional<String> listed = deviations().stream()
                .filter(line -> found.matches(line.replace("*", "\u0001")
                        .replaceAll("([\\[\\].+])", "\\\\$1")
                        .replace("\u0001", ".*")))
                .findFirst();
        listed.ifPresent(needed::add);
        if (listed.isEmpty()) {
            unexpected.add(found + " " + actual);
        }
    }

    /** A line is a step, a path with stars, and the reason behind a bar. */
    private static List<String> deviations() {
        return resource("deviations.txt")
                .lines()
                .filter(line -> !line.isBlank() && !line.startsWith("#"))
                .map(line -> line.split("\\|")[0].trim().replaceAll("\\s+", " "))
                .toList();
    }

    private static String resource(String name) {
        try (InputStream in = RecordedTest.class.getResourceAsStream("/recorded/" + name)) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException failed) {
            throw new AssertionError(name, failed);
        }
    }
}
