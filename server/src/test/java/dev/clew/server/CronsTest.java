package dev.clew.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.clew.checkpoint.Checkpointer;
import dev.clew.checkpoint.ThreadRecord;
import dev.clew.queue.QueueSettings;
import dev.clew.server.fixture.FixtureServer;
import dev.clew.server.fixture.MovedClock;
import dev.clew.server.kernel.PathIds;
import dev.clew.state.ThreadQuery;
import dev.clew.store.Store;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import tools.jackson.databind.JsonNode;

/** Crons fire, are found, changed and deleted, and outlive the server. */
@Timeout(60)
class CronsTest {
    private static final String EACH_MINUTE =
            "{\"assistant_id\":\"plain\",\"schedule\":\"* * * * *\",\"input\":\"sea\",\"metadata\":{\"m\":1}";

    private final MovedClock clock = new MovedClock();
    private final Checkpointer checkpointer = Checkpointer.inMemory(clock);
    private final Store store = Store.inMemory();
    private FixtureServer server;
    private Http http;

    @BeforeEach
    void start() {
        server = FixtureServer.start(checkpointer, store, builder -> {
            builder.cronsEvery = Duration.ofMillis(50);
            return builder.port(0);
        });
        http = new Http(server.uri());
        http.post("/threads", "{\"thread_id\":\"t\"}");
    }

    @AfterEach
    void close() {
        server.close();
    }

    private JsonNode made(String path, String body) {
        HttpResponse<String> answer = http.post(path, body);
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        return Http.json(answer);
    }

    private JsonNode search(String body) {
        return Http.json(http.post("/runs/crons/search", body));
    }

    private List<String> threads() {
        JsonNode found = Http.json(http.post("/threads/search", "{\"limit\":100}"));
        return found.valueStream()
                .map(thread -> thread.get("thread_id").asString())
                .toList();
    }

    @Test
    void isAsItWasMade() {
        JsonNode cron = made(
                "/threads/t/runs/crons",
                "{\"assistant_id\":\"plain\",\"schedule\":\"0 9 * * 1\",\"timezone\":\"America/New_York\","
                        + "\"input\":\"x\",\"metadata\":{\"cm\":1},\"end_time\":\"2090-01-01T00:00:00\"}");

        assertThat(cron.get("thread_id").asString()).isEqualTo("t");
        assertThat(cron.get("timezone").asString()).isEqualTo("America/New_York");
        assertThat(cron.get("end_time").asString()).startsWith("2090-01-01T00:00:00");
        assertThat(cron.get("enabled").asBoolean()).isTrue();
        assertThat(cron.get("on_run_completed").isNull()).isTrue();
        assertThat(cron.get("next_run_date").asString()).contains(":00:00.000000+00:00");
        assertThat(cron.at("/payload/config/configurable/cron_id")).isEqualTo(cron.get("cron_id"));
        assertThat(cron.at("/payload/input").asString()).isEqualTo("x");
        assertThat(Http.json(http.get("/runs/crons/" + cron.get("cron_id").asString())))
                .isEqualTo(cron);
    }

    @Test
    void firesOnItsThreadUntilItEnds() {
        made(
                "/threads/t/runs/crons",
                EACH_MINUTE + ",\"end_time\":\"" + clock.instant().plusSeconds(90) + "\"}");

        clock.move(Duration.ofSeconds(61));
        await().until(() -> http.get("/threads/t/state").body().contains("hello sea"));
        clock.move(Duration.ofSeconds(61));
        await().until(() -> search("{}").get(0).get("next_run_date").isNull());

        assertThat(Http.json(http.post("/threads/t/history", "{\"limit\":100}")))
                .isNotEmpty();
    }

    @Test
    void marksTheThreadsOfAllFiringsAndListsTheirRuns() {
        String id = made("/runs/crons", EACH_MINUTE + ",\"on_run_completed\":\"keep\"}")
                .get("cron_id")
                .asString();
        for (int i = 1; i <= 3; i++) {
            int runs = i;
            clock.move(Duration.ofSeconds(60));
            await().until(() ->
                    checkpointer.threads(ThreadQuery.all().after(id)).size() >= runs);
        }
        server.close();
        start();

        await().until(() -> found(id).size() >= 3);

        for (JsonNode thread : found(id)) {
            String path = "/threads/" + PathIds.write(thread.get("thread_id").asString());
            assertThat(thread.at("/metadata/m").asInt()).isEqualTo(1);
            await().until(() ->
                    Http.json(http.get(path + "/runs?status=success")).size() == 1);
        }
    }

    /** Each server looks at those of the last hour, and now and then at all. */
    @Test
    void marksTheThreadsOfFiringsThatOpenLate() {
        String id = made("/runs/crons", EACH_MINUTE + ",\"on_run_completed\":\"keep\"}")
                .get("cron_id")
                .asString();
        clock.move(Duration.ofSeconds(60));
        await().until(() -> found(id).size() == 1);
        checkpointer.queue().configure("default", QueueSettings.NONE.paused(true));
        clock.move(Duration.ofSeconds(60));
        await().until(() -> waiting() == 1);
        clock.move(Duration.ofHours(3));
        await().until(() -> waiting() >= 2);
        checkpointer.queue().configure("default", QueueSettings.NONE);
        int all = 1 + waiting();
        await().until(() -> checkpointer.threads(ThreadQuery.all().after(id)).size() >= all);
        clock.move(Duration.ofMinutes(61));

        await().until(() -> found(id).size() > all);
        assertThat(found(id).valueStream().map(thread -> thread.get("thread_id").asString()))
                .containsAll(checkpointer.threads(ThreadQuery.all().after(id)).stream()
                        .map(ThreadRecord::threadId)
                        .filter(thread -> thread.startsWith(id))
                        .toList());
    }

    private int waiting() {
        JsonNode counts = Http.json(http.get("/clew/queues")).at("/queues/0/counts");
        return counts.get("ready").asInt()
                + counts.get("delayed").asInt()
                + counts.get("waiting").asInt();
    }

    private JsonNode found(String cron) {
        return Http.json(http.post("/threads/search", "{\"metadata\":{\"cron_id\":\"" + cron + "\"}}"));
    }

    @Test
    void makesAThreadForEachRunAndDeletesIt() {
        String id = made("/runs/crons", EACH_MINUTE + "}").get("cron_id").asString();
        JsonNode first = search("{}").get(0).get("next_run_date");

        clock.move(Duration.ofSeconds(61));
        await().until(() -> !search("{}").get(0).get("next_run_date").equals(first));
        await().until(() -> checkpointer.threads(ThreadQuery.all().after(id)).isEmpty());

        assertThat(threads()).containsExactly("t");
    }

    @Test
    void runsAnAssistantThatAClientMade() {
        http.post("/assistants", "{\"graph_id\":\"ctx\",\"assistant_id\":\"mine\",\"context\":{\"tenant\":\"t1\"}}");
        JsonNode cron = made(
                "/threads/t/runs/crons",
                "{\"assistant_id\":\"mine\",\"schedule\":\"* * * * *\",\"input\":{\"q\":\"sea\"}}");

        assertThat(cron.get("assistant_id").asString()).isEqualTo("mine");
        clock.move(Duration.ofSeconds(61));
        await().until(() -> http.get("/threads/t/state").body().contains("sea for t1"));
        assertThat(search("{\"assistant_id\":\"mine\"}")).hasSize(1);
        assertThat(Http.json(http.send(
                                "PATCH", "/runs/crons/" + cron.get("cron_id").asString(), "{\"enabled\":false}"))
                        .get("assistant_id")
                        .asString())
                .isEqualTo("mine");
    }

    @Test
    void keepsThreadsThatAreToBeKept() {
        String id = made("/runs/crons", EACH_MINUTE + ",\"on_run_completed\":\"keep\"}")
                .get("cron_id")
                .asString();

        clock.move(Duration.ofSeconds(61));
        await().until(() ->
                Http.json(http.post("/threads/search", "{\"metadata\":{\"m\":1,\"cron_id\":\"" + id + "\"}}"))
                                .size()
                        == 1);
    }

    @Test
    void isFoundChangedAndDeleted() {
        String one =
                made("/threads/t/runs/crons", EACH_MINUTE + "}").get("cron_id").asString();
        String two = made("/runs/crons", EACH_MINUTE + ",\"enabled\":false}")
                .get("cron_id")
                .asString();

        assertThat(search("{\"thread_id\":\"t\"}")).hasSize(1);
        assertThat(search("{\"enabled\":false,\"select\":[\"cron_id\"]}").toString())
                .isEqualTo("[{\"cron_id\":\"" + two + "\"}]");
        assertThat(search("{\"limit\":1,\"sort_by\":\"created_at\"}")
                        .get(0)
                        .get("cron_id")
                        .asString())
                .isEqualTo(two);
        assertThat(http.post("/runs/crons/count", "{\"assistant_id\":\"plain\"}")
                        .body())
                .isEqualTo("2");
        JsonNode changed = Http.json(
                http.send("PATCH", "/runs/crons/" + two, "{\"schedule\":\"*/5 * * * *\",\"metadata\":{\"z\":1}}"));
        assertThat(changed.get("schedule").asString()).isEqualTo("*/5 * * * *");
        assertThat(changed.get("enabled").asBoolean()).isFalse();
        assertThat(changed.get("metadata").toString()).isEqualTo("{\"z\":1}");
        assertThat(http.send("DELETE", "/runs/crons/" + two, null).statusCode()).isEqualTo(204);
        assertThat(http.send("DELETE", "/runs/crons/" + two, null).statusCode()).isEqualTo(404);
        assertThat(http.send("DELETE", "/threads/t", null).statusCode()).isEqualTo(204);
        assertThat(http.get("/runs/crons/" + one).statusCode()).isEqualTo(404);
        assertThat(search("{}")).isEmpty();
    }

    @Test
    void refusesWhatIsWrongAndStoresNothing() {
        String plain = "{\"assistant_id\":\"plain\",\"input\":\"x\",\"schedule\":";
        for (String body : List.of(
                plain + "\"bogus\"}",
                plain + "\"30 2 30 2 *\"}",
                plain + "\"* * * * *\",\"timezone\":\"Mars/X\"}",
                plain + "\"* * * * *\",\"on_run_completed\":\"x\"}",
                plain + "\"* * * * *\",\"end_time\":\"2001-01-01T00:00:00Z\"}",
                plain + "\"* * * * *\",\"end_time\":\"soon\"}",
                plain + "\"* * * * *\",\"multitask_strategy\":\"rollback\"}",
                plain + "\"* * * * *\",\"interrupt_before\":\"*\"}",
                "{\"assistant_id\":\"plain\",\"input\":\"x\"}",
                "{\"assistant_id\":\"plain\",\"schedule\":\"* * * * *\"}",
                "{\"assistant_id\":\"plain\",\"input\":{},\"schedule\":\"* * * * *\"}")) {
            assertThat(http.post("/runs/crons", body).statusCode()).as(body).isEqualTo(422);
        }
        assertThat(http.post("/runs/crons", "{\"assistant_id\":\"none\",\"schedule\":\"* * * * *\"}")
                        .statusCode())
                .isEqualTo(404);
        assertThat(http.post("/threads/none/runs/crons", EACH_MINUTE + "}").statusCode())
                .isEqualTo(404);
        assertThat(http.get("/runs/crons/none").statusCode()).isEqualTo(404);
        assertThat(http.send("PATCH", "/runs/crons/none", "{\"enabled\":true}").statusCode())
                .isEqualTo(404);
        String id = made("/runs/crons", EACH_MINUTE + ",\"enabled\":false}")
                .get("cron_id")
                .asString();
        assertThat(http.send("PATCH", "/runs/crons/" + id, "{}").statusCode()).isEqualTo(400);
        assertThat(http.send("PATCH", "/runs/crons/" + id, "{\"schedule\":\"bad\"}")
                        .statusCode())
                .isEqualTo(422);

        assertThat(search("{}")).hasSize(1);
        assertThat(search("{}").get(0).get("schedule").asString()).isEqualTo("* * * * *");
    }

    @Test
    void needsAContextThatCanBeMade() {
        String cron = "{\"assistant_id\":\"ctx\",\"schedule\":\"0 9 * * *\",\"input\":{\"q\":\"x\"},\"context\":";

        HttpResponse<String> refused = http.post("/runs/crons", cron + "{\"tenant\":[1]}}");

        assertThat(refused.statusCode()).as(refused.body()).isEqualTo(422);
        assertThat(search("{}")).isEmpty();
        made("/runs/crons", cron + "{\"tenant\":\"t1\"}}");
    }

    @Test
    void outlivesTheServer() {
        JsonNode cron = made("/runs/crons", EACH_MINUTE + ",\"enabled\":false}");

        server.close();
        start();

        assertThat(Http.json(http.get("/runs/crons/" + cron.get("cron_id").asString())))
                .isEqualTo(cron);
    }

    @Test
    void isNotInTheStoreOfClients() {
        made("/runs/crons", EACH_MINUTE + ",\"enabled\":false}");
        http.send("PUT", "/store/items", "{\"namespace\":[\"a\"],\"key\":\"k\",\"value\":{}}");

        assertThat(http.post("/store/namespaces", "{}").body()).isEqualTo("{\"namespaces\":[[\"a\"]]}");
        assertThat(http.post("/store/items/search", "{\"namespace_prefix\":[\"agent-server\"]}")
                        .statusCode())
                .isEqualTo(422);
        assertThat(http.send("DELETE", "/store/items", "{\"namespace\":[\"agent-server\",\"crons\"],\"key\":\"k\"}")
                        .statusCode())
                .isEqualTo(422);
    }
}
