package dev.clew.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.sun.net.httpserver.HttpServer;
import dev.clew.checkpoint.Checkpointer;
import dev.clew.server.fixture.FixtureServer;
import dev.clew.server.json.Json;
import dev.clew.store.Namespace;
import dev.clew.store.NamespaceQuery;
import dev.clew.store.Store;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import tools.jackson.databind.JsonNode;

/** A webhook is sent at least once, only to where the operator allows, and signed. */
@Timeout(60)
class WebhookTest {
    private static final String SECRET = "a secret of many characters";

    private final Checkpointer checkpointer = Checkpointer.inMemory();
    private final Store store = Store.inMemory();
    private final List<Got> got = new CopyOnWriteArrayList<>();
    private final AtomicInteger answer = new AtomicInteger(200);
    private HttpServer receiver;
    private FixtureServer server;
    private Http http;

    private record Got(String path, Map<String, List<String>> headers, String body) {
        JsonNode json() {
            return Json.read(body);
        }
    }

    @BeforeEach
    void start() throws IOException {
        receiver = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        receiver.createContext("/", exchange -> {
            String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
            got.add(new Got(exchange.getRequestURI().toString(), Map.copyOf(exchange.getRequestHeaders()), body));
            int status = answer.getAndSet(200);
            if (status == 302) {
                exchange.getResponseHeaders().set("Location", "/elsewhere");
            }
            exchange.sendResponseHeaders(status, -1);
            exchange.close();
        });
        receiver.start();
        serve(WebhookOptions.of(origin()).signed(SECRET).allowPrivateAddresses());
    }

    private void serve(WebhookOptions options) {
        server = FixtureServer.start(
                checkpointer, store, builder -> builder.port(0).webhooks(options));
        http = new Http(server.uri());
        http.post("/threads", "{\"thread_id\":\"t\"}");
    }

    private String origin() {
        return "http://127.0.0.1:" + receiver.getAddress().getPort();
    }

    @AfterEach
    void close() {
        server.close();
        receiver.stop(0);
    }

    private JsonNode run(String assistant, String input, String hook) {
        return Http.json(http.post(
                "/threads/t/runs",
                "{\"assistant_id\":\"" + assistant + "\",\"input\":" + input + ",\"webhook\":\"" + hook + "\"}"));
    }

    private List<Namespace> kept() {
        return store.listNamespaces(NamespaceQuery.all().prefix("agent-server", "webhooks"));
    }

    @Test
    void theEndIsTold() throws Exception {
        JsonNode run = run("plain", "\"sea\"", origin() + "/hook?a=1");
        await().until(() -> got.size() == 1 && kept().isEmpty());

        JsonNode told = got.get(0).json();
        assertThat(got.get(0).path()).isEqualTo("/hook?a=1");
        assertThat(told.get("run_id")).isEqualTo(run.get("run_id"));
        assertThat(told.get("status").asString()).isEqualTo("success");
        assertThat(told.get("values").toString()).isEqualTo("{\"output\":\"hello sea\"}");
        assertThat(told.has("webhook_sent_at")).isTrue();
        String time = got.get(0).headers().get("X-clew-timestamp").get(0);
        Mac mac = Mac.getInstance("HmacSHA256");
        mac.init(new SecretKeySpec(SECRET.getBytes(StandardCharsets.UTF_8), "HmacSHA256"));
        String signature = HexFormat.of()
                .formatHex(mac.doFinal((time + "." + got.get(0).body()).getBytes(StandardCharsets.UTF_8)));
        assertThat(got.get(0).headers().get("X-clew-signature")).containsExactly("sha256=" + signature);
    }

    @Test
    void runsOfTwoThreadsMayHaveTheSameKey() {
        http.post("/threads", "{\"thread_id\":\"u\"}");
        Http keyed = http.with("Idempotency-Key", "1");
        for (String thread : List.of("t", "u")) {
            HttpResponse<String> made = keyed.post(
                    "/threads/" + thread + "/runs",
                    "{\"assistant_id\":\"plain\",\"input\":\"sea\",\"webhook\":\"" + origin() + "\"}");
            assertThat(made.statusCode()).as(made.body()).isEqualTo(200);
        }
        await().until(() -> got.size() == 2 && kept().isEmpty());

        assertThat(got)
                .extracting(each -> each.json().get("thread_id").asString())
                .containsExactlyInAnyOrder("t", "u");
    }

    @Test
    void aFailureAndAQuestionAreTold() {
        run("essay", "{\"topic\":\"sea\"}", origin());
        await().until(() -> got.size() == 1);
        http.post("/threads", "{\"thread_id\":\"f\"}");
        http.post("/threads/f/runs", "{\"assistant_id\":\"fail\",\"input\":{},\"webhook\":\"" + origin() + "\"}");
        await().until(() -> got.size() == 2);

        assertThat(got.get(0).json().get("status").asString()).isEqualTo("success");
        assertThat(got.get(0).json().get("values").has("__interrupt__")).isFalse();
        assertThat(got.get(1).json().get("status").asString()).isEqualTo("error");
        assertThat(got.get(1).json().get("error").get("message").asString()).isNotBlank();
    }

    @Test
    void whatIsNotTakenIsSentAgain() {
        answer.set(503);
        run("plain", "\"sea\"", origin());

        await().until(() -> got.size() == 2 && kept().isEmpty());
        assertThat(got.get(1).json().get("run_id")).isEqualTo(got.get(0).json().get("run_id"));
    }

    @Test
    void aRefusalAndARedirectAreNotFollowed() {
        for (int status : List.of(404, 302)) {
            got.clear();
            answer.set(status);
            http.post("/runs/wait", "{\"assistant_id\":\"plain\",\"input\":\"x\",\"webhook\":\"" + origin() + "\"}");
            await().until(() -> got.size() == 1 && kept().isEmpty());

            assertThat(got.get(0).path()).isEqualTo("/");
        }
    }

    @Test
    void goesOnlyWhereTheOperatorAllows() {
        int port = receiver.getAddress().getPort();
        for (String url : List.of(
                "http://127.0.0.1:" + (port - 1),
                "https://127.0.0.1:" + port,
                "http://127.0.0.1.evil.example:" + port,
                "http://localhost:" + port,
                "http://ann@127.0.0.1:" + port,
                "//127.0.0.1:" + port,
                "/hook",
                "file:///etc/passwd",
                "http://127.0.0.1:" + port + "#x",
                "http://127.0.0.1:" + port + "/ a")) {
            String body = "{\"assistant_id\":\"plain\",\"input\":\"x\",\"webhook\":\"" + url + "\"}";
            assertThat(http.post("/threads/t/runs", body).statusCode()).as(url).isEqualTo(422);
            assertThat(http.post("/runs/batch", "[{\"assistant_id\":\"plain\",\"input\":\"x\"}," + body + "]")
                            .statusCode())
                    .as(url)
                    .isEqualTo(422);
        }
        assertThat(Http.json(http.get("/threads/t/runs"))).isEmpty();
        assertThat(kept()).isEmpty();
        assertThat(got).isEmpty();
    }

    @Test
    void doesNotReachPrivateAddressesUnlessAllowed() {
        server.close();
        serve(WebhookOptions.of(origin()));
        run("plain", "\"sea\"", origin());

        await().until(() -> kept().isEmpty());
        assertThat(got).isEmpty();
    }

    @Test
    void isNotThereUnlessOriginsAreNamed() {
        try (FixtureServer without = FixtureServer.anywhere()) {
            assertThat(new Http(without.uri())
                            .post(
                                    "/runs",
                                    "{\"assistant_id\":\"plain\",\"input\":\"x\",\"webhook\":\"" + origin() + "\"}")
                            .statusCode())
                    .isEqualTo(422);
        }
        assertThatThrownBy(
                        () -> FixtureServer.with(builder -> builder.webhooks(WebhookOptions.of("https://a.example/x"))))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("no origin");
    }

    @Test
    void theThreadOfARunWithoutOneStaysUntilItsWebhookIsTaken() {
        server.close();
        server = FixtureServer.start(checkpointer, store, builder -> {
            builder.temporaryKept = Duration.ofMillis(100);
            return builder.port(0)
                    .webhooks(WebhookOptions.of(origin()).signed(SECRET).allowPrivateAddresses());
        });
        http = new Http(server.uri());
        answer.set(503);

        String id = Http.json(http.post(
                        "/runs", "{\"assistant_id\":\"plain\",\"input\":\"x\",\"webhook\":\"" + origin() + "/alone\"}"))
                .get("run_id")
                .asString();

        await().until(() -> got.size() == 2);
        assertThat(got.get(1).json().get("values").get("output").asString()).isEqualTo("hello x");
        await().until(() -> http.get("/runs/" + id).statusCode() == 404);
    }
}
