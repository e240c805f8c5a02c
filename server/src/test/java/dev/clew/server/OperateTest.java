package dev.clew.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.clew.checkpoint.Checkpointer;
import dev.clew.queue.GiveBack;
import dev.clew.queue.RequestRow;
import dev.clew.queue.RequestState;
import dev.clew.queue.TakeRequest;
import dev.clew.server.auth.Decision;
import dev.clew.server.fixture.FixtureServer;
import dev.clew.store.Store;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import tools.jackson.databind.JsonNode;

/** What an operator does with logs, edits, queues and schedules, without the inspector's page. */
@Timeout(60)
class OperateTest {
    private static final String EDIT = "{\"values\":\"by hand\"}";
    private static final String FORK = "{\"step\":\"task:step#1\"}";

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

    private static void run(String thread) {
        HttpResponse<String> ran = http.post(
                "/threads/" + thread + "/runs/wait",
                "{\"assistant_id\":\"watched\",\"if_not_exists\":\"create\",\"input\":{\"steps\":2,\"fails\":false}}");
        assertThat(ran.statusCode()).as(ran.body()).isEqualTo(200);
    }

    private static JsonNode get(String path) {
        HttpResponse<String> answer = http.get(path);
        assertThat(answer.statusCode()).as(path + " " + answer.body()).isEqualTo(200);
        return Http.json(answer);
    }

    private static JsonNode ok(HttpResponse<String> answer) {
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        return Http.json(answer);
    }

    @Test
    void theLogIsReadAsItIsPageByPage() {
        run("logged");
        JsonNode thread = get("/clew/threads/logged");
        String log = "/clew/threads/logged/runs/" + thread.get("run_id").asString() + "/log";
        List<JsonNode> records = new ArrayList<>();
        for (JsonNode from = null; from == null || !from.isNull(); ) {
            JsonNode page = get(log + "?limit=3" + (from == null ? "" : "&from=" + from.asInt()));
            page.get("records").forEach(records::add);
            from = page.get("next");
        }

        assertThat(records)
                .hasSize(get("/clew/threads/logged/storage")
                        .get("runs")
                        .get(0)
                        .get("entries")
                        .asInt());
        assertThat(records.stream().map(each -> each.get("seq").asInt()))
                .isSorted()
                .doesNotHaveDuplicates();
        assertThat(records).allMatch(each -> each.get("bytes").asInt() > 0);
        JsonNode step = records.stream()
                .filter(each -> each.path("path").asString("").equals("task:step#2"))
                .findFirst()
                .orElseThrow();
        assertThat(step.get("kind").asString()).isEqualTo("succeeded");
        assertThat(step.get("arguments").get(0).get("value").asInt()).isEqualTo(1);
        assertThat(records)
                .anyMatch(each -> each.path("kind").asString("").equals("asked")
                        && each.get("value").toString().contains("ship it"));
        assertThat(http.get(log + "?limit=0").statusCode()).isEqualTo(422);
    }

    @Test
    void anEditWithAKeyIsMadeOnceHoweverOftenItIsSent() {
        run("keyed");
        Http keyed = http.with("idempotency-key", "k1");
        JsonNode first = ok(keyed.post("/clew/threads/keyed/fork", FORK));
        JsonNode second = ok(keyed.post("/clew/threads/keyed/fork", FORK));
        assertThat(second).isEqualTo(first);
        assertThat(get("/clew/threads/keyed").get("runs")).hasSize(2);
        HttpResponse<String> other = keyed.post("/clew/threads/keyed/fork", "{\"step\":\"task:step#2\"}");
        assertThat(other.statusCode()).isEqualTo(409);
        assertThat(other.body()).contains("give each edit a key of its own");

        Http again = http.with("idempotency-key", "k2");
        JsonNode set = ok(again.post("/threads/keyed/state", EDIT));
        assertThat(ok(again.post("/threads/keyed/state", EDIT))).isEqualTo(set);
        assertThat(ok(http.post("/threads/keyed/state", EDIT))).isNotEqualTo(set);
        // The fork is found still, though other checkpoints came after it.
        assertThat(ok(keyed.post("/clew/threads/keyed/fork", FORK))).isEqualTo(first);
    }

    @Test
    void aQueueIsPausedAndLimited() {
        JsonNode set = ok(http.send("PATCH", "/clew/queues/other", "{\"is_paused\":true,\"per_key_concurrency\":2}"));
        assertThat(set.get("is_paused").asBoolean()).isTrue();
        ok(http.send("PATCH", "/clew/queues/other", "{\"global_concurrency\":7}"));

        JsonNode queue = get("/clew/queues?queue=other").get("queues").get(0);
        assertThat(queue.get("is_paused").asBoolean()).isTrue();
        assertThat(queue.get("per_key_concurrency").asInt()).isEqualTo(2);
        assertThat(queue.get("global_concurrency").asInt()).isEqualTo(7);
        for (String wrong : List.of("{}", "{\"global_concurrency\":-1}", "{\"paused\":true}", "{\"is_paused\":3}")) {
            assertThat(http.send("PATCH", "/clew/queues/other", wrong).statusCode())
                    .as(wrong)
                    .isEqualTo(422);
        }
        assertThat(http.post("/clew/queues/other/retry", "{\"thread_id\":\"t\",\"request_id\":\"r\"}")
                        .statusCode())
                .isEqualTo(404);
    }

    @Test
    void aScheduleIsPausedFiredAndDeleted() {
        String id = ok(http.post(
                        "/runs/crons", "{\"assistant_id\":\"plain\",\"schedule\":\"0 0 1 1 *\",\"input\":\"x\"}"))
                .get("cron_id")
                .asString();
        String schedule = "/clew/schedules/" + id;
        ok(http.send("PATCH", schedule, "{\"is_paused\":true}"));
        assertThat(get("/runs/crons/" + id).get("enabled").asBoolean()).isFalse();

        String at = "{\"at\":\"2026-03-27T06:00:00.123Z\"}";
        JsonNode fired = ok(http.post(schedule + "/fire", at));
        assertThat(ok(http.post(schedule + "/fire", at))).isEqualTo(fired);
        assertThat(http.post(schedule + "/fire", "{\"at\":\"soon\"}").statusCode())
                .isEqualTo(422);
        String thread = ok(http.post(schedule + "/fire", "{}")).get("thread_id").asString();
        assertThat(thread).isNotEqualTo(fired.get("thread_id").asString());
        await().until(() -> get("/clew/schedules").toString().contains(thread));
        ok(http.send("PATCH", schedule, "{\"is_paused\":false}"));
        assertThat(get("/runs/crons/" + id).get("enabled").asBoolean()).isTrue();

        assertThat(http.send("DELETE", schedule, null).statusCode()).isEqualTo(204);
        assertThat(http.get("/runs/crons/" + id).statusCode()).isEqualTo(404);
        assertThat(http.send("DELETE", schedule, null).statusCode()).isEqualTo(404);
        assertThat(http.post(schedule + "/fire", "{}").statusCode()).isEqualTo(404);
        assertThat(http.send("PATCH", schedule, "{\"is_paused\":true}").statusCode())
                .isEqualTo(404);
    }

    @Test
    void whoSeesSomeThreadsChangesNoQueueAndNoSchedule() {
        try (FixtureServer owned = FixtureServer.with(
                builder -> builder.authorizer((who, operation, value) -> Decision.only("owner", "ann")))) {
            Http ann = new Http(owned.uri());
            assertThat(ann.send("PATCH", "/clew/queues/default", "{\"is_paused\":true}")
                            .statusCode())
                    .isEqualTo(403);
            assertThat(ann.post("/clew/schedules/x/fire", "{}").statusCode()).isEqualTo(403);
            assertThat(ann.send("DELETE", "/clew/schedules/x", null).statusCode())
                    .isEqualTo(403);
        }
    }

    @Test
    void aRunThatIsHeldIsTakenAgainIfItsThreadIsContinued() {
        Checkpointer store = Checkpointer.inMemory();
        try (FixtureServer idle = FixtureServer.idle(store, Store.inMemory())) {
            Http own = new Http(idle.uri());
            JsonNode first = ok(
                    own.post(
                            "/threads/held/runs",
                            "{\"assistant_id\":\"watched\",\"if_not_exists\":\"create\",\"input\":{\"steps\":1,\"fails\":false}}"));
            String run = first.get("run_id").asString();
            RequestRow row = store.queue().find("held", run).orElseThrow();
            store.queue()
                    .take(new TakeRequest(
                            "ann", "default", Set.of(row.request().workflow()), 1, Duration.ofSeconds(10)));
            store.queue().giveBack(new GiveBack("held", run, "ann", GiveBack.Reason.UNREADABLE, null));
            assertThat(own.post("/runs/wait", "{\"assistant_id\":\"watched\"}").statusCode())
                    .as("another thread")
                    .isEqualTo(422);

            JsonNode more = ok(own.post("/threads/held/runs", "{\"assistant_id\":\"watched\"}"));

            assertThat(store.queue().find("held", run).orElseThrow().state()).isEqualTo(RequestState.READY);
            assertThat(ok(own.get("/threads/held/runs")))
                    .extracting(one -> one.get("run_id").asString())
                    .containsExactlyInAnyOrder(run, more.get("run_id").asString());
        }
    }
}
