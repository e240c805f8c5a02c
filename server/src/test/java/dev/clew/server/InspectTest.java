package dev.clew.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.clew.server.fixture.FixtureServer;
import java.io.BufferedReader;
import java.io.IOException;
import java.net.URLEncoder;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import tools.jackson.databind.JsonNode;

/** What the inspector reads and does, without its page. */
@Timeout(120)
class InspectTest {
    private static FixtureServer server;
    private static Http http;

    @BeforeAll
    static void start() {
        server = FixtureServer.anywhere();
        http = new Http(server.uri());
    }

    @AfterAll
    static void close() {
        server.close();
    }

    private static void run(String thread, int steps, boolean fails) {
        HttpResponse<String> ran = http.post(
                "/threads/" + thread + "/runs/wait",
                "{\"assistant_id\":\"watched\",\"if_not_exists\":\"create\",\"input\":{\"steps\":" + steps
                        + ",\"fails\":" + fails + "}}");
        assertThat(ran.statusCode()).as(ran.body()).isEqualTo(200);
    }

    private static JsonNode get(String path) {
        HttpResponse<String> answer = http.get(path);
        assertThat(answer.statusCode()).as(path + " " + answer.body()).isEqualTo(200);
        return Http.json(answer);
    }

    private static String runOf(String thread) {
        return get("/clew/threads/" + thread).get("run_id").asString();
    }

    private static String at(String thread) {
        return "/clew/threads/" + thread + "/runs/" + runOf(thread);
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }

    private static List<String> texts(JsonNode list, String member) {
        List<String> texts = new ArrayList<>();
        list.forEach(each -> texts.add(each.get(member).asString()));
        return texts;
    }

    @Test
    void listsThreadsPageByPageAndFiltersThem() {
        for (int i = 0; i < 7; i++) {
            http.post("/threads", "{\"thread_id\":\"page-" + i + "\",\"metadata\":{\"team\":\"red\"}}");
        }
        String query = "/clew/threads?q=page-&limit=3&order=created";
        List<String> read = new ArrayList<>();
        JsonNode page = get(query);
        while (true) {
            read.addAll(texts(page.get("threads"), "thread_id"));
            if (page.get("next").isNull()) {
                break;
            }
            page = get(query + "&after=" + page.get("next").asString());
        }

        assertThat(read).containsExactly("page-6", "page-5", "page-4", "page-3", "page-2", "page-1", "page-0");
        assertThat(get("/clew/threads?count=true&metadata=" + encoded("{\"team\":\"red\"}"))
                        .get("total")
                        .asInt())
                .isEqualTo(7);
        assertThat(get("/clew/threads?status=error&q=page-").get("threads")).isEmpty();
        assertThat(get("/clew/threads?workflow=essay&q=page-").get("threads")).isEmpty();
    }

    @Test
    void refusesWhatIsNoPageOrFilter() {
        for (String query : List.of(
                "after=x",
                "after=" + "%21",
                "limit=0",
                "limit=201",
                "status=tired",
                "order=size",
                "metadata=x",
                "metadata=%5B%5D")) {
            assertThat(http.get("/clew/threads?" + query).statusCode())
                    .as(query)
                    .isEqualTo(422);
        }
        assertThat(http.get("/clew/threads/none").statusCode()).isEqualTo(404);
        assertThat(http.get("/clew/threads/none/runs/x/steps").statusCode()).isEqualTo(404);
    }

    @Test
    void aThreadHasItsQuestionWithTheSchemaOfItsAnswerAndItsRuns() {
        run("asked", 2, false);

        JsonNode thread = get("/clew/threads/asked");
        JsonNode question = thread.get("pending").get(0);
        assertThat(thread.get("status").asString()).isEqualTo("interrupted");
        assertThat(question.get("path").asString()).isEqualTo("ask:decision#1");
        assertThat(question.get("response_schema")
                        .get("properties")
                        .get("verdict")
                        .toString())
                .contains("APPROVE");
        assertThat(thread.get("runs")).hasSize(1);
        assertThat(thread.get("runs").get(0).get("is_head").asBoolean()).isTrue();
        assertThat(texts(thread.get("checkpoints"), "source")).containsExactly("input");

        http.post(
                "/threads/asked/runs/wait",
                "{\"assistant_id\":\"watched\",\"command\":{\"resume\":{\""
                        + question.get("id").asString() + "\":{\"verdict\":\"APPROVE\",\"note\":\"fine\"}}}}");

        JsonNode answered = get("/clew/threads/asked");
        assertThat(answered.get("status").asString()).isEqualTo("idle");
        assertThat(answered.get("pending")).isEmpty();
        assertThat(get(at("asked")).get("recoveries")).isEmpty();
        assertThat(get(at("asked") + "/value?path=" + encoded("ask:decision#1"))
                        .get("value")
                        .get("note")
                        .asString())
                .isEqualTo("fine");
        JsonNode storage = get("/clew/threads/asked/storage");
        assertThat(storage.get("runs").get(0).get("entries").asInt()).isGreaterThan(5);
        assertThat(storage.get("runs").get(0).get("bytes").asInt()).isPositive();
    }

    @Test
    void aStepSaysHowOftenItRanAndWhy() {
        run("again", 1, false);

        JsonNode run = get(at("again"));
        JsonNode top = get(at("again") + "/steps");
        JsonNode outer = top.get("steps").get(0);
        JsonNode flaky = get(at("again") + "/steps?parent=" + encoded("task:outer#1"))
                .get("steps")
                .get(0);
        assertThat(run.get("steps").asInt()).isEqualTo(4);
        assertThat(outer.get("children").asInt()).isEqualTo(1);
        assertThat(outer.get("again").asBoolean()).isTrue();
        assertThat(outer.get("reruns")).isEmpty();
        assertThat(flaky.get("tries")).hasSize(2);
        assertThat(flaky.get("tries").get(0).get("failure").get("message").asString())
                .isEqualTo("<script>alert(1)</script>");
        assertThat(texts(flaky.get("reruns"), "cause")).containsExactly("retried");
        assertThat(texts(get(at("again") + "/steps?again=true").get("steps"), "path"))
                .containsExactly("task:outer#1/task:flaky#1");
        assertThat(get(at("again") + "/value?of=attempt&attempt=1&path=" + encoded("task:outer#1/task:flaky#1"))
                        .get("value")
                        .get("stack_trace"))
                .isNotEmpty();
        assertThat(get(at("again") + "/value?of=arguments&path=" + encoded("task:step#1"))
                        .get("value")
                        .get(0)
                        .get("value")
                        .asInt())
                .isZero();
    }

    @Test
    void aRunOfTenThousandStepsIsReadInPages() {
        run("long", 10_000, false);
        List<String> read = new ArrayList<>();
        String next = "";
        long begin = System.nanoTime();
        do {
            JsonNode page = get(at("long") + "/steps?limit=500" + (next.isEmpty() ? "" : "&after=" + encoded(next)));
            read.addAll(texts(page.get("steps"), "path"));
            next = page.get("next").isNull() ? "" : page.get("next").asString();
        } while (!next.isEmpty());
        System.out.println("10,000 steps in pages of 500: " + (System.nanoTime() - begin) / 1_000_000 + " ms");

        assertThat(read).hasSize(10_002).doesNotHaveDuplicates();
        assertThat(read.get(1)).isEqualTo("task:step#1");
        assertThat(read.get(10_000)).isEqualTo("task:step#10000");
        JsonNode timeline = get(at("long") + "/timeline?buckets=50");
        int ended = 0;
        for (JsonNode bucket : timeline.get("buckets")) {
            ended += bucket.get("ended").asInt();
        }
        assertThat(ended).isEqualTo(10_001);
        assertThat(timeline.get("buckets").get(49).get("open").asInt()).isEqualTo(1);
        assertThat(get(at("long") + "/steps?from=9998&limit=2")
                        .get("steps")
                        .get(0)
                        .get("path")
                        .asString())
                .isEqualTo("task:step#9998");
    }

    @Test
    void refusesWhatIsNoStepOrValue() {
        run("wrong", 1, false);
        String step = "&path=" + encoded("task:step#1");

        assertThat(http.get(at("wrong") + "/steps?limit=501").statusCode()).isEqualTo(422);
        assertThat(http.get(at("wrong") + "/steps?parent=none").statusCode()).isEqualTo(404);
        assertThat(http.get(at("wrong") + "/steps?after=none").statusCode()).isEqualTo(422);
        assertThat(http.get(at("wrong") + "/steps?status=tired").statusCode()).isEqualTo(422);
        assertThat(http.get(at("wrong") + "/timeline?buckets=0").statusCode()).isEqualTo(422);
        assertThat(http.get(at("wrong") + "/value").statusCode()).isEqualTo(422);
        assertThat(http.get(at("wrong") + "/value?of=secrets" + step).statusCode())
                .isEqualTo(422);
        assertThat(http.get(at("wrong") + "/value?of=question" + step).statusCode())
                .isEqualTo(404);
        assertThat(http.get(at("wrong") + "/value?at=x" + step).statusCode()).isEqualTo(422);
        assertThat(http.get(at("wrong") + "/value?at=/x" + step).statusCode()).isEqualTo(404);
        assertThat(http.get("/clew/threads/wrong/runs/none/steps").statusCode()).isEqualTo(404);
        assertThat(http.post("/clew/threads/wrong/fork", "{\"where\":\"beside\"}")
                        .statusCode())
                .isEqualTo(422);
        assertThat(http.post("/clew/threads/wrong/fork", "{\"step\":\"task:none#1\"}")
                        .statusCode())
                .isIn(404, 422);
        assertThat(http.post("/clew/threads/wrong/fork", "{\"run_id\":\"none\"}")
                        .statusCode())
                .isEqualTo(404);
        assertThat(http.post("/clew/threads/wrong/fork", "{\"checkpoint_id\":\"none\"}")
                        .statusCode())
                .isEqualTo(404);
        assertThat(get("/clew/threads/wrong").get("runs")).hasSize(1);
    }

    @Test
    void readsAPartOfALongValue() {
        run("part", 1, false);
        String value = at("part") + "/value?of=question&path=" + encoded("ask:decision#1");

        JsonNode part = get(value + "&from=1&length=6");
        assertThat(part.get("text").asString()).isEqualTo("\"text\"");
        assertThat(part.get("next").asInt()).isEqualTo(7);
        assertThat(get(value + "&at=/reasons/1").get("value").asString()).isEqualTo("it is small");
    }

    @Test
    void aForkBeforeAStepKeepsWhatWasBefore() {
        run("forked", 3, false);
        String origin = runOf("forked");
        JsonNode made = Http.json(http.post("/clew/threads/forked/fork", "{\"step\":\"task:step#2\"}"));
        http.post("/threads/forked/runs/wait", "{\"assistant_id\":\"watched\"}");

        JsonNode run = get(at("forked"));
        JsonNode steps = get(at("forked") + "/steps").get("steps");
        assertThat(made.get("run_id").asString()).isEqualTo(runOf("forked")).isNotEqualTo(origin);
        assertThat(run.get("forked_from").get("run_id").asString()).isEqualTo(origin);
        assertThat(texts(steps, "path"))
                .containsExactly("task:outer#1", "task:step#1", "task:step#2", "task:step#3", "ask:decision#1");
        assertThat(texts(steps, "kept")).containsExactly("true", "true", "false", "false", "false");
        assertThat(run.get("recoveries")).isEmpty();
        assertThat(get(at("forked") + "/steps?again=true&q=step").get("steps")).isEmpty();
        JsonNode runs = get("/clew/threads/forked").get("runs");
        assertThat(texts(runs, "status")).containsExactly("interrupted", "cancelled");
        assertThat(runs.get(0).get("forked_from").asString()).isEqualTo(origin);
    }

    @Test
    void aRunIsForkedAfterAStepAndCancelledWhileItAsks() {
        run("after", 1, false);
        HttpResponse<String> made =
                http.post("/clew/threads/after/fork", "{\"step\":\"task:step#1\",\"where\":\"after\"}");
        assertThat(made.statusCode()).as(made.body()).isEqualTo(200);
        http.post("/threads/after/runs/wait", "{\"assistant_id\":\"watched\"}");

        assertThat(Http.json(http.post("/clew/threads/after/cancel", "{}"))
                        .get("cancelled")
                        .asBoolean())
                .isTrue();

        assertThat(get("/clew/threads/after").get("state").asString()).isEqualTo("cancelled");
        assertThat(Http.json(http.post("/clew/threads/after/cancel", "{}"))
                        .get("cancelled")
                        .asBoolean())
                .isFalse();
    }

    @Test
    void aFailedRunSaysWhy() {
        run("failed", 1, true);

        assertThat(get("/clew/threads/failed").get("failure").get("message").asString())
                .contains("broken");
        assertThat(texts(get(at("failed") + "/steps?status=failed").get("steps"), "path"))
                .containsExactly("task:broken#1");
        assertThat(get(at("failed")).get("counts").get("failed").asInt()).isEqualTo(1);
    }

    @Test
    void hasQueuesWorkersAndSchedules() {
        JsonNode queue = get("/clew/queues").get("queues").get(0);
        assertThat(queue.get("name").asString()).isEqualTo("default");
        assertThat(queue.get("workers").asInt()).isPositive();
        assertThat(get("/clew/workers").get("workers")).isNotEmpty();
        http.post(
                "/runs/crons",
                "{\"assistant_id\":\"plain\",\"schedule\":\"0 0 1 1 *\",\"input\":\"x\",\"enabled\":false}");
        assertThat(get("/clew/schedules").get("schedules")).isNotEmpty();
    }

    @Test
    void aPageIsToldWhatChanged() throws IOException {
        run("live", 1, false);
        try (BufferedReader thread = http.open("/clew/threads/live/stream");
                BufferedReader list = http.open("/clew/stream")) {
            assertThat(frame(thread)).startsWith("event: thread");
            assertThat(frame(list)).startsWith("event: threads");
            http.post("/clew/threads/live/fork", "{\"step\":\"task:step#1\"}");
            http.post("/threads/live/runs/wait", "{\"assistant_id\":\"watched\"}");

            List<String> told = new ArrayList<>();
            await().until(() -> {
                told.add(frame(thread));
                return told.stream().anyMatch(one -> one.startsWith("event: steps"));
            });
            assertThat(frame(list)).startsWith("event: threads");
        }
        assertThat(http.get("/clew/threads/none/stream").statusCode()).isEqualTo(404);
    }

    private static String frame(BufferedReader reader) throws IOException {
        StringBuilder frame = new StringBuilder();
        for (String line = reader.readLine(); line != null; line = reader.readLine()) {
            if (line.isEmpty() && !frame.isEmpty()) {
                return frame.toString();
            }
            if (!line.isEmpty() && !line.startsWith(":")) {
                frame.append(line).append('\n');
            }
        }
        return frame.toString();
    }

    @Test
    void thePageIsThereOnlyIfItIsAskedFor() {
        assertThat(http.get("/clew/").statusCode()).isEqualTo(404);
        try (FixtureServer with = FixtureServer.with(builder -> builder.dev())) {
            HttpResponse<String> page = new Http(with.uri()).get("/clew/");
            assertThat(page.body()).contains("clew-inspector");
            assertThat(page.headers().firstValue("content-security-policy").orElse(""))
                    .startsWith("default-src 'none'")
                    .doesNotContain("unsafe");
            assertThat(new Http(with.uri()).get("/clew").headers().firstValue("location"))
                    .contains("clew/");
        }
    }
}
