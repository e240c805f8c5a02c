package dev.clew.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.clew.checkpoint.Checkpointer;
import dev.clew.server.auth.Decision;
import dev.clew.server.auth.Operation;
import dev.clew.server.auth.Principal;
import dev.clew.server.fixture.FixtureServer;
import dev.clew.store.NamespaceQuery;
import dev.clew.store.Store;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import tools.jackson.databind.JsonNode;

/** Whoever asks sees their own threads, and of those of others nothing, by whatever route. */
@Timeout(60)
class OwnersTest {
    private FixtureServer server;
    private Http ann;
    private Http ben;

    @BeforeEach
    void start() {
        server = FixtureServer.with(OwnersTest::owned);
        ann = new Http(server.uri()).with("x-user", "ann");
        ben = new Http(server.uri()).with("x-user", "ben");
        ann.post("/threads", "{\"thread_id\":\"a\",\"metadata\":{\"owner\":\"ben\"}}");
        ann.post("/threads/a/runs/wait", "{\"assistant_id\":\"essay\",\"input\":{\"topic\":\"sea\"}}");
    }

    private static AgentServer.Builder owned(AgentServer.Builder builder) {
        return builder.authenticator(request -> request.header("x-user").map(Principal::of))
                .authorizer((who, operation, value) -> Decision.only("owner", who.identity()));
    }

    @AfterEach
    void close() {
        server.close();
    }

    @Test
    void whatIsCreatedIsTheCreatorsWhateverTheySay() {
        assertThat(Http.json(ann.get("/threads/a")).get("metadata").get("owner").asString())
                .isEqualTo("ann");
    }

    /** Bodies that would be accepted of Ann, by method and path; of what is not here, no members are needed. */
    private static final Map<String, String> BODIES = Map.of(
            "POST /threads/{thread_id}/commands",
            "{\"id\":1,\"method\":\"state.get\",\"params\":{}}",
            "POST /threads/{thread_id}/state",
            "{\"values\":{}}",
            "POST /threads/{thread_id}/state/checkpoint",
            "{\"checkpoint\":{}}",
            "POST /threads/{thread_id}/stream",
            "{\"channels\":[\"values\"]}",
            "POST /threads/{thread_id}/stream/events",
            "{\"channels\":[\"values\"]}",
            "POST /assistants/{assistant_id}/latest",
            "{\"version\":1}");

    private static final String ANSWER = "{\"assistant_id\":\"essay\",\"command\":{\"resume\":\"x\"}}";

    private static final String CRON =
            "{\"assistant_id\":\"plain\",\"schedule\":\"0 0 1 1 *\",\"input\":\"x\",\"enabled\":false}";

    /** Every route of a thread, a run or a cron or an assistant that the description has. */
    @Test
    void whatIsSomebodyElsesIsNotThere() {
        String run = Http.json(ann.get("/threads/a/runs")).get(0).get("run_id").asString();
        String checkpoint =
                Http.json(ann.get("/threads/a/state")).get("checkpoint_id").asString();
        String cron = Http.json(ann.post("/runs/crons", CRON)).get("cron_id").asString();
        ann.post("/assistants", "{\"graph_id\":\"essay\",\"assistant_id\":\"hers\"}");
        JsonNode paths = Http.json(ann.get("/openapi.json")).get("paths");
        int asked = 0;

        for (Map.Entry<String, JsonNode> path : paths.properties()) {
            if (Stream.of("{thread_id}", "{run_id}", "{cron_id}", "{assistant_id}")
                    .noneMatch(path.getKey()::contains)) {
                continue;
            }
            String filled = path.getKey()
                    .replace("{thread_id}", "a")
                    .replace("{run_id}", run)
                    .replace("{cron_id}", cron)
                    .replace("{assistant_id}", "hers")
                    .replace("{namespace}", "x")
                    .replace("{checkpoint_id}", checkpoint);
            for (String method : path.getValue().propertyNames()) {
                String route = method.toUpperCase(Locale.ROOT) + " " + path.getKey();
                String body = BODIES.getOrDefault(route, path.getKey().contains("/runs") ? ANSWER : "{}");
                boolean hasBody = path.getValue().get(method).has("requestBody");
                HttpResponse<String> answer = ben.send(method.toUpperCase(Locale.ROOT), filled, hasBody ? body : null);
                boolean refused = answer.statusCode() == 404
                        || answer.statusCode() == 200 && answer.body().contains("\"type\":\"error\"");
                assertThat(refused).as(route + " " + answer.body()).isTrue();
                asked++;
            }
        }
        assertThat(asked).isGreaterThan(20);
        assertThat(Http.json(ann.get("/threads/a")).get("status").asString()).isEqualTo("interrupted");
        assertThat(ann.get("/runs/crons/" + cron).statusCode()).isEqualTo(200);
        assertThat(ann.get("/assistants/hers").statusCode()).isEqualTo(200);
        assertThat(ben.post("/runs/wait", "{\"assistant_id\":\"hers\",\"input\":{\"topic\":\"sea\"}}")
                        .statusCode())
                .isEqualTo(404);
    }

    /** Tasks of agents are threads and runs of their callers, by whatever method they are named. */
    @Test
    void aTaskOfSomebodyElseIsNotThere() {
        String message = "{\"role\":\"user\",\"messageId\":\"m\",\"parts\":[{\"data\":{\"text\":\"sea\"}}]%s}";
        JsonNode asks = Http.json(ann.post(
                        "/a2a/typed", A2aClient.call("message/send", "{\"message\":" + message.formatted("") + "}")))
                .get("result");
        assertThat(A2aClient.state(asks)).isEqualTo("input-required");
        String id = "{\"id\":\"" + A2aClient.id(asks) + "\"}";
        String thread = asks.get("contextId").asString();
        String answer = message.formatted(A2aClient.of(asks));

        for (String call : List.of(
                A2aClient.call("tasks/get", id),
                A2aClient.call("tasks/cancel", id),
                A2aClient.call("tasks/resubscribe", id),
                A2aClient.call("message/send", "{\"message\":" + answer + "}"),
                A2aClient.call("SendStreamingMessage", "{\"message\":" + answer + "}"))) {
            assertThat(A2aClient.code(Http.json(ben.post("/a2a/typed", call))))
                    .as(call)
                    .isEqualTo(-32001);
        }
        String context = message.formatted(",\"contextId\":\"" + thread + "\"").replace("\"m\"", "\"n\"");
        JsonNode into =
                Http.json(ben.post("/a2a/typed", A2aClient.call("message/send", "{\"message\":" + context + "}")));
        assertThat(into.at("/error/message").asString()).isEqualTo("there is no thread '" + thread + "'");
        assertThat(Http.json(ben.post("/a2a/typed", A2aClient.call("ListTasks", "{\"contextId\":\"" + thread + "\"}")))
                        .at("/result/totalSize")
                        .asInt())
                .isZero();
        // The same id of a message is another message of another caller.
        assertThat(Http.json(ben.post(
                                "/a2a/typed",
                                A2aClient.call("message/send", "{\"message\":" + message.formatted("") + "}")))
                        .at("/result/contextId")
                        .asString())
                .isNotEqualTo(thread);
        assertThat(Http.json(ann.post("/a2a/typed", A2aClient.call("tasks/get", id)))
                        .get("result"))
                .isEqualTo(asks);
        assertThat(ann.get("/threads/" + thread + "/runs?limit=9").body().split("run_id"))
                .hasSizeLessThan(4);
    }

    /** The key is the id of Ann's run: what is kept under it would tell Ben her result. */
    @Test
    void aWebhookOnSomebodyElsesThreadIsNotKept() {
        Store store = Store.inMemory();
        NamespaceQuery hooks = NamespaceQuery.all().prefix("agent-server", "webhooks");
        try (FixtureServer hooked = FixtureServer.start(
                Checkpointer.inMemory(),
                store,
                builder -> owned(builder)
                        .port(0)
                        .webhooks(WebhookOptions.of("http://127.0.0.1:9").allowPrivateAddresses()))) {
            Http hers = new Http(hooked.uri()).with("x-user", "ann");
            Http his = new Http(hooked.uri()).with("x-user", "ben").with("Idempotency-Key", "k");
            String hook = "\"webhook\":\"http://127.0.0.1:9/ben\"";
            hers.post("/threads", "{\"thread_id\":\"a\"}");
            hers.with("Idempotency-Key", "k")
                    .post("/threads/a/runs/wait", "{\"assistant_id\":\"essay\",\"input\":{\"topic\":\"sea\"}}");

            assertThat(his.post(
                                    "/threads/a/runs",
                                    "{\"assistant_id\":\"essay\",\"input\":{\"topic\":\"sea\"}," + hook + "}")
                            .statusCode())
                    .isEqualTo(404);
            assertThat(store.listNamespaces(hooks)).isEmpty();
            // Her own other request under that key is refused, and leaves nothing either.
            assertThat(hers.with("Idempotency-Key", "k")
                            .post(
                                    "/threads/a/runs",
                                    "{\"assistant_id\":\"essay\",\"input\":{\"topic\":\"air\"}," + hook + "}")
                            .statusCode())
                    .isEqualTo(409);
            assertThat(store.listNamespaces(hooks)).isEmpty();
        }
    }

    @Test
    void listsHaveOnesOwn() {
        ann.post("/runs/crons", CRON);
        JsonNode own = Http.json(ann.post("/threads/search", "{}"));
        JsonNode others = Http.json(ben.post("/threads/search", "{}"));

        assertThat(own).hasSize(1);
        assertThat(others).isEmpty();
        assertThat(ben.post("/threads/count", "{}").body()).isEqualTo("0");
        assertThat(ann.post("/runs/crons/count", "{}").body()).isEqualTo("1");
        assertThat(ben.post("/runs/crons/count", "{}").body()).isEqualTo("0");
        assertThat(Http.json(ben.post("/runs/crons/search", "{}"))).isEmpty();
    }

    @Test
    void theInspectorShowsOnesOwn() {
        String later =
                "{\"assistant_id\":\"essay\",\"input\":{\"topic\":\"sea\"},\"if_not_exists\":\"create\",\"after_seconds\":3600}";
        ann.post("/threads/later/runs", later);
        JsonNode hers = Http.json(ann.get("/clew/queues")).get("queues");

        assertThat(hers).hasSize(1);
        assertThat(hers.get(0).at("/counts/delayed").asInt()).isEqualTo(1);
        assertThat(hers.get(0).has("workers")).isFalse();
        assertThat(Http.json(ben.get("/clew/queues")).get("queues")).isEmpty();
        assertThat(Http.json(ben.get("/clew/queues?queue=default")).get("queues"))
                .isEmpty();
        assertThat(ann.get("/clew/workers").statusCode()).isEqualTo(403);
        assertThat(Http.json(ann.get("/clew/threads")).get("threads")).hasSize(2);
        assertThat(Http.json(ben.get("/clew/threads")).get("threads")).isEmpty();
    }

    @Test
    void aNameThatSomebodyElseUsesIsTaken() {
        assertThat(ben.post("/threads", "{\"thread_id\":\"a\",\"if_exists\":\"do_nothing\"}")
                        .statusCode())
                .isEqualTo(409);
    }

    @Test
    void whoMayNotStartRunsHasNoneStarted() {
        try (FixtureServer readOnly = FixtureServer.with(builder -> builder.authorizer((who, operation, value) ->
                operation == Operation.Threads.CREATE_RUN ? Decision.deny() : Decision.allow()))) {
            Http reader = new Http(readOnly.uri());
            String chat = "{\"model\":\"plain\",\"messages\":[{\"role\":\"user\",\"content\":\"x\"}]}";

            assertThat(reader.post("/runs/crons", CRON).statusCode()).isEqualTo(403);
            assertThat(reader.post("/v1/chat/completions", chat).statusCode()).isEqualTo(403);
            assertThat(reader.post("/invocations", chat).statusCode()).isEqualTo(403);
            String said = "{\"message\":{\"role\":\"user\",\"messageId\":\"m\",\"parts\":[{\"text\":\"x\"}]}}";
            assertThat(reader.post("/a2a/plain", A2aClient.call("message/send", said))
                            .statusCode())
                    .isEqualTo(403);
            assertThat(reader.get("/a2a/plain").statusCode()).isEqualTo(200);
        }
    }

    @Test
    void whoMayNotInspectSeesNoStackTraceAndNoQueue() {
        try (FixtureServer server = FixtureServer.with(builder -> builder.authorizer((who, operation, value) ->
                operation == Operation.Server.INSPECT ? Decision.deny() : Decision.allow()))) {
            Http user = new Http(server.uri());
            user.post(
                    "/threads/f/runs/wait",
                    "{\"assistant_id\":\"watched\",\"if_not_exists\":\"create\",\"input\":{\"steps\":0,\"fails\":true}}");
            String run = Http.json(user.get("/clew/threads/f")).get("run_id").asString();
            JsonNode failure = Http.json(
                            user.get("/clew/threads/f/runs/" + run + "/value?of=failure&path=task%3Abroken%231"))
                    .get("value");

            assertThat(failure.get("message").asString()).isEqualTo("broken for good");
            assertThat(failure.get("stack_trace")).isEmpty();
            assertThat(user.get("/clew/queues").statusCode()).isEqualTo(403);
            assertThat(user.get("/clew/workers").statusCode()).isEqualTo(403);
            assertThat(user.get("/clew/schedules").statusCode()).isEqualTo(403);
        }
    }
}
