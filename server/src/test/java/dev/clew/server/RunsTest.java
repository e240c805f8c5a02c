package dev.clew.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.clew.checkpoint.Checkpointer;
import dev.clew.server.auth.Decision;
import dev.clew.server.auth.Principal;
import dev.clew.server.fixture.FixtureServer;
import dev.clew.store.Store;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import tools.jackson.databind.JsonNode;

/** Runs that are over: deleted, and read again by clients that were cut off. */
@Timeout(60)
class RunsTest {
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

    /** Runs it to its rest, and returns its address. */
    private String rested(String thread, String body) {
        HttpResponse<String> waited = http.post("/threads/" + thread + "/runs/wait", body);
        assertThat(waited.statusCode()).as(waited.body()).isEqualTo(200);
        return waited.headers().firstValue("content-location").orElseThrow();
    }

    private static String body(String assistant, String more) {
        return "{\"assistant_id\":\"" + assistant + "\",\"if_not_exists\":\"create\"," + more + "}";
    }

    private int status(String method, String path) {
        return http.send(method, path, null).statusCode();
    }

    /** It was 404: the thread that was to be kept was not made. */
    @Test
    void aRunWithoutAThreadMayKeepTheOneThatIsMadeForIt() {
        HttpResponse<String> kept =
                http.post("/runs", "{\"assistant_id\":\"plain\",\"input\":\"sea\",\"on_completion\":\"keep\"}");

        assertThat(kept.statusCode()).isEqualTo(200);
        String thread = Http.json(kept).get("thread_id").asString();
        assertThat(http.get("/threads/" + thread + "/runs/" + thread + "/join").body())
                .contains("hello sea");
        assertThat(http.post("/threads/search", "{}").body()).contains(thread);
    }

    // --- deletion ---

    @Test
    void aFinishedRunThatIsDeletedIsNotFoundAndItsThreadStays() {
        String first = rested("t", body("counter", "\"input\":{\"by\":2}"));
        String second = rested("t", body("counter", "\"input\":{\"by\":3}"));

        assertThat(status("DELETE", first)).isEqualTo(204);

        assertThat(status("GET", first)).isEqualTo(404);
        assertThat(status("GET", first + "/join")).isEqualTo(404);
        assertThat(status("GET", first + "/stream")).isEqualTo(404);
        assertThat(status("DELETE", first)).isEqualTo(404);
        assertThat(status("GET", second)).isEqualTo(200);
        assertThat(Http.json(http.get("/threads/t/runs"))).hasSize(1);
        assertThat(Http.json(http.get("/threads/t/state"))
                        .get("values")
                        .get("count")
                        .asInt())
                .isEqualTo(5);
    }

    @Test
    void aRunThatIsNotOverIsNotDeleted() {
        HttpResponse<String> created = http.post("/threads/t/runs", body("slow", "\"input\":{\"secs\":30}"));
        String path = created.headers().firstValue("content-location").orElseThrow();

        assertThat(status("DELETE", path)).isEqualTo(409);
        assertThat(status("GET", path)).isEqualTo(200);

        http.post(path + "/cancel?wait=1", "{}");
        assertThat(status("DELETE", path)).isEqualTo(204);
    }

    @Test
    void theAnswerOfADeletedQuestionIsStillItsOwnRun() {
        String asked = rested("t", body("essay", "\"input\":{\"topic\":\"sea\"}"));
        assertThat(status("DELETE", asked)).isEqualTo(204);

        String answered = rested("t", body("essay", "\"command\":{\"resume\":\"good\"}"));

        assertThat(Http.json(http.get(answered + "/join")).get("verdict").asString())
                .isEqualTo("good");
        assertThat(http.get(answered + "/stream").body()).contains("\"verdict\":\"good\"");
        assertThat(status("GET", asked)).isEqualTo(404);
    }

    @Test
    void theKeyOfADeletedRunIsNotUsedAgain() {
        Http keyed = http.with("Idempotency-Key", "key-of-t");
        String body = body("plain", "\"input\":\"x\"");
        assertThat(keyed.post("/threads/t/runs/wait", body).statusCode()).isEqualTo(200);
        assertThat(status("DELETE", "/threads/t/runs/key-of-t")).isEqualTo(204);

        assertThat(keyed.post("/threads/t/runs/wait", body).statusCode()).isEqualTo(409);
    }

    // --- reading on ---

    @Test
    void aJoinedStreamNamesWhereItIsReadOn() {
        String path = rested("t", body("slow", "\"input\":{},\"stream_mode\":[\"updates\",\"values\"]"));

        assertThat(location(path + "/stream")).isEqualTo(path + "/stream");
        assertThat(location(path + "/stream?stream_mode=updates&stream_mode=custom"))
                .isEqualTo(path + "/stream?stream_mode=updates&stream_mode=custom");
        assertThat(location(path + "/stream?cancel_on_disconnect=1"))
                .isEqualTo(path + "/stream?cancel_on_disconnect=true");
    }

    private String location(String path) {
        return http.get(path).headers().firstValue("location").orElseThrow();
    }

    @Test
    void aJoinedStreamShowsChildrenOnlyIfTheRunWasAskedForThem() {
        String modes = "\"input\":{\"text\":\"sea\"},\"stream_mode\":[\"updates\"]";
        String without = rested("a", body("parent", modes));
        String with = rested("b", body("parent", modes + ",\"stream_subgraphs\":true"));

        assertThat(events(without)).noneMatch(event -> event.contains("|"));
        assertThat(events(with)).anyMatch(event -> event.contains("|"));
    }

    private List<String> events(String path) {
        return http.get(path + "/stream")
                .body()
                .lines()
                .filter(line -> line.startsWith("event:"))
                .toList();
    }

    @Test
    void aJoinOfAModeThatThereIsNotIsRefused() {
        String path = rested("t", body("slow", "\"input\":{}"));

        assertThat(status("GET", path + "/stream?stream_mode=nonsense")).isEqualTo(422);
    }

    // --- runs without a thread ---

    private static final String WORDS = "{\"assistant_id\":\"plain\",\"input\":\"x\"}";

    private static FixtureServer keeping(Checkpointer store, Duration kept) {
        return FixtureServer.start(store, Store.inMemory(), builder -> {
            builder.temporaryKept = kept;
            return builder.port(0);
        });
    }

    @Test
    void theSameKeyIsTheSameRunAlsoWithoutAThread() {
        Http keyed = http.with("Idempotency-Key", "alone");

        String first = Http.json(keyed.post("/runs", WORDS)).get("run_id").asString();
        JsonNode again = Http.json(keyed.post("/runs/wait", WORDS));

        assertThat(first).isEqualTo("alone");
        assertThat(again.get("output").asString()).isEqualTo("hello x");
        assertThat(Http.json(http.get("/runs/alone/join")).get("output").asString())
                .isEqualTo("hello x");
        assertThat(keyed.post("/runs", WORDS.replace("\"x\"", "\"y\"")).statusCode())
                .isEqualTo(409);
    }

    @Test
    void theSameKeyOfTwoCallersIsTwoRuns() {
        try (FixtureServer owned = FixtureServer.with(builder -> builder.authenticator(
                        request -> request.header("x-user").map(Principal::of))
                .authorizer((who, operation, value) -> Decision.only("owner", who.identity())))) {
            Http any = new Http(owned.uri()).with("Idempotency-Key", "k");
            Http ann = any.with("x-user", "ann");
            Http ben = any.with("x-user", "ben");

            assertThat(Http.json(ann.post("/runs/wait", WORDS)).get("output").asString())
                    .isEqualTo("hello x");
            assertThat(Http.json(ben.post("/runs/wait", WORDS.replace("\"x\"", "\"y\"")))
                            .get("output")
                            .asString())
                    .isEqualTo("hello y");
            assertThat(Http.json(ann.get("/runs/k/join")).get("output").asString())
                    .isEqualTo("hello x");
            assertThat(Http.json(ben.get("/runs/k/join")).get("output").asString())
                    .isEqualTo("hello y");
            assertThat(any.with("x-user", "eve").get("/runs/k").statusCode()).isEqualTo(404);
        }
    }

    @Test
    void theThreadOfARunWithoutOneIsDeletedAfterAWhile() {
        try (FixtureServer brief = keeping(Checkpointer.inMemory(), Duration.ofMillis(200))) {
            Http there = new Http(brief.uri());
            HttpResponse<String> waited = there.post("/runs/wait", WORDS);
            String path = waited.headers().firstValue("content-location").orElseThrow();
            String thread =
                    Http.json(there.post("/threads", "{}")).get("thread_id").asString();

            await().until(() -> there.get(path).statusCode() == 404);

            assertThat(there.get("/threads/" + thread).statusCode()).isEqualTo(200);
        }
    }

    @Test
    void aRunWithoutAThreadThatItsServerLeftIsEndedAndDeletedByTheNextOne() {
        Checkpointer store = Checkpointer.inMemory();
        String path;
        try (FixtureServer first = keeping(store, Duration.ofMinutes(1))) {
            HttpResponse<String> created =
                    new Http(first.uri()).post("/runs", "{\"assistant_id\":\"slow\",\"input\":{\"secs\":0.2}}");
            path = created.headers().firstValue("content-location").orElseThrow();
        }
        String id = path.substring("/runs/".length());
        try (FixtureServer second = keeping(store, Duration.ofMillis(500))) {
            Http there = new Http(second.uri());

            assertThat(Http.json(there.get(path + "/join")).get("done").asInt()).isEqualTo(3);
            await().until(() -> there.get(path).statusCode() == 404);

            assertThat(store.thread(id)).isEmpty();
            assertThat(store.threadIndex().find(id)).isEmpty();
        }
    }

    // --- what is refused, and forks ---

    @Test
    void aRunThatIsRefusedLeavesItsThreadAsItWas() {
        http.post("/threads", "{\"thread_id\":\"t\"}");
        String before = http.get("/threads/t").body();

        assertThat(http.post("/threads/t/runs", body("essay", "\"command\":{\"resume\":\"x\"}"))
                        .statusCode())
                .isEqualTo(422);
        assertThat(http.post("/threads/t/runs", body("essay", "\"input\":{\"topic\":\"s\"},\"checkpoint_id\":\"none\""))
                        .statusCode())
                .isEqualTo(404);
        assertThat(http.post("/threads/new/runs", body("essay", "\"command\":{\"resume\":\"x\"}"))
                        .statusCode())
                .isEqualTo(422);
        assertThat(http.post("/threads/new/runs", body("essay", "\"input\":null"))
                        .statusCode())
                .isEqualTo(422);

        assertThat(http.get("/threads/t").body()).isEqualTo(before);
        assertThat(status("GET", "/threads/new")).isEqualTo(404);
    }

    @Test
    void aForkHasTheContextOfItsRunUnlessItIsGivenAnother() {
        String asked = body("ctx", "\"input\":{\"q\":\"sea\"},\"context\":{\"tenant\":\"acme\"}");
        assertThat(Http.json(http.post("/threads/t/runs/wait", asked)).get("a").asString())
                .isEqualTo("sea for acme");
        JsonNode first = Http.json(http.get("/threads/t/history?limit=100"))
                .valueStream()
                .filter(state -> state.get("next").size() == 1)
                .findFirst()
                .orElseThrow();
        String at = "\"input\":null,\"checkpoint_id\":\""
                + first.get("checkpoint_id").asString() + "\"";

        assertThat(Http.json(http.post("/threads/t/runs/wait", body("ctx", at)))
                        .get("a")
                        .asString())
                .isEqualTo("sea for acme");
        assertThat(Http.json(http.post(
                                "/threads/t/runs/wait", body("ctx", at + ",\"context\":{\"tenant\":\"umbrella\"}")))
                        .get("a")
                        .asString())
                .isEqualTo("sea for umbrella");
    }
}
