package dev.clew.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.clew.server.fixture.Databases;
import java.io.BufferedReader;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** Servers that are killed, and what their clients find at the next one. */
final class RestartTest {
    private static final String ESSAY = "{\"assistant_id\":\"essay\",\"if_not_exists\":\"create\","
            + "\"metadata\":{\"from\":\"ann\"},\"input\":{\"topic\":\"sea\"}}";

    @TempDir
    private Path folder;

    @Test
    void clientsOfAKilledServerGoOnAtTheNextOneOverAFile() throws Exception {
        goesOn(folder.resolve("server.db").toString());
    }

    @Test
    void clientsOfAKilledServerGoOnAtTheNextOneOverPostgres() throws Exception {
        goesOn(Databases.fresh());
    }

    private static void goesOn(String place) throws Exception {
        String asked;
        String napping;
        List<String> before;
        try (ServerProcess first = ServerProcess.start(place)) {
            asked = startEssay(first.http());
            napping = startNap(first.http(), "n", 1.0);
            before = firstFrames(first.http(), napping);
            first.kill();
        }
        String answered;
        String late;
        try (ServerProcess second = ServerProcess.start(place)) {
            Http http = second.http();
            showsThePause(http, asked);
            readsOn(http, napping, before);
            answered = answer(http, asked);
            late = startNap(http, "late", 30);
            firstFrames(http, late);
            second.kill();
        }
        try (ServerProcess third = ServerProcess.start(place)) {
            Http http = third.http();
            showsThePause(http, asked);
            assertThat(joined(http, answered).get("verdict").asString()).isEqualTo("good");
            assertThat(run(http, answered)
                            .get("kwargs")
                            .get("command")
                            .get("resume")
                            .asString())
                    .isEqualTo("good");
            assertThat(Http.json(http.get("/threads/e/runs")).size()).isEqualTo(2);
            assertThat(http.post(asked + "/cancel", "{}").statusCode()).isEqualTo(202);
            assertThat(run(http, asked).get("status").asString()).isEqualTo("success");

            assertThat(run(http, late).get("status").asString()).isIn("pending", "running");
            assertThat(http.post(late + "/cancel?wait=1", "{}").statusCode()).isEqualTo(200);
            assertThat(run(http, late).get("status").asString()).isEqualTo("interrupted");
            repeats(http);
        }
    }

    /** The same request again is the same run, whatever server got it first; another one under its key is refused. */
    private static void repeats(Http http) {
        Http keyed = http.with("Idempotency-Key", "key-of-e");

        assertThat(Http.json(keyed.post("/threads/e/runs", ESSAY)).get("run_id").asString())
                .isEqualTo("key-of-e");
        assertThat(keyed.post("/threads/e/runs", ESSAY.replace("sea", "land")).statusCode())
                .isEqualTo(409);
    }

    private static String startEssay(Http http) {
        HttpResponse<String> waited = http.with("Idempotency-Key", "key-of-e").post("/threads/e/runs/wait", ESSAY);

        assertThat(Http.json(waited).has("__interrupt__")).isTrue();
        return waited.headers().firstValue("content-location").orElseThrow();
    }

    private static String startNap(Http http, String thread, double seconds) {
        HttpResponse<String> created = http.post(
                "/threads/" + thread + "/runs",
                "{\"assistant_id\":\"slow\",\"if_not_exists\":\"create\",\"stream_mode\":[\"tasks\",\"updates\",\"values\"],"
                        + "\"input\":{\"secs\":" + seconds + "}}");

        assertThat(created.statusCode()).isEqualTo(200);
        return created.headers().firstValue("content-location").orElseThrow();
    }

    /** What a client sees of a run until something of it has happened. */
    private static List<String> firstFrames(Http http, String run) throws IOException {
        List<String> frames = new ArrayList<>();
        StringBuilder frame = new StringBuilder();
        try (BufferedReader stream = http.open(run + "/stream")) {
            while (frames.size() < 2) {
                String line = stream.readLine();
                if (line == null) {
                    throw new AssertionError("the stream ended after " + frames);
                }
                if (!line.isEmpty()) {
                    frame.append(line).append('\n');
                } else if (frame.indexOf("id: ") >= 0) {
                    frames.add(frame.toString());
                    frame.setLength(0);
                } else {
                    frame.setLength(0);
                }
            }
        }
        return frames;
    }

    private static void showsThePause(Http http, String asked) {
        JsonNode run = run(http, asked);

        assertThat(run.get("status").asString()).isEqualTo("success");
        assertThat(run.get("metadata").get("from").asString()).isEqualTo("ann");
        assertThat(run.get("kwargs").get("input").get("topic").asString()).isEqualTo("sea");
        assertThat(joined(http, asked).get("__interrupt__").size()).isEqualTo(1);
    }

    private static String answer(Http http, String asked) {
        HttpResponse<String> waited =
                http.post("/threads/e/runs/wait", "{\"assistant_id\":\"essay\",\"command\":{\"resume\":\"good\"}}");

        assertThat(Http.json(waited).get("verdict").asString()).isEqualTo("good");
        String answered = waited.headers().firstValue("content-location").orElseThrow();
        assertThat(answered).isNotEqualTo(asked);
        return answered;
    }

    /** A client that was cut off reads on, sees nothing twice, and the end. */
    private static void readsOn(Http http, String run, List<String> before) {
        List<String> ids = before.stream().map(Http::id).toList();
        List<String> after = Http.frames(http.with("Last-Event-ID", ids.get(ids.size() - 1))
                .get(run + "/stream")
                .body());

        assertThat(after).isNotEmpty();
        assertThat(after.stream().filter(frame -> frame.contains("id: ")).map(Http::id))
                .doesNotHaveDuplicates()
                .doesNotContainAnyElementsOf(ids);
        assertThat(after.get(after.size() - 1)).contains("event: values").contains("{\"done\":3}");
        assertThat(joined(http, run).get("done").asInt()).isEqualTo(3);
        assertThat(run(http, run).get("status").asString()).isEqualTo("success");
    }

    private static JsonNode run(Http http, String path) {
        return Http.json(http.get(path));
    }

    private static JsonNode joined(Http http, String path) {
        return Http.json(http.get(path + "/join"));
    }
}
