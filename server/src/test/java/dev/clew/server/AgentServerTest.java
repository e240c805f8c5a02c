package dev.clew.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.clew.server.auth.Authenticator;
import dev.clew.server.fixture.FixtureServer;
import java.net.http.HttpResponse;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import tools.jackson.databind.JsonNode;

/** What a server promises whatever it serves: addresses, pages of others, sizes, and that streams are read on. */
@Timeout(60)
class AgentServerTest {
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

    @Test
    void anAddressThatOthersReachNeedsAnAuthenticator() {
        AgentServer.Builder builder = AgentServer.builder().host("0.0.0.0");

        assertThatThrownBy(builder::start)
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("needs an authenticator");
    }

    @Test
    void aServerOfNothingIsRefused() {
        AgentServer.Builder builder = AgentServer.builder();

        assertThatThrownBy(builder::start)
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("nothing is served");
    }

    @Test
    void aKeyIsNeededWhereOneIsAskedFor() {
        try (FixtureServer guarded =
                FixtureServer.with(builder -> builder.authenticator(Authenticator.apiKey("a key of 16 or more")))) {
            Http guest = new Http(guarded.uri());

            assertThat(guest.get("/ok").statusCode()).isEqualTo(200);
            assertThat(guest.post("/threads", "{}").statusCode()).isEqualTo(401);
            assertThat(guest.get("/nothing").statusCode()).isEqualTo(401);
            assertThat(guest.with("x-api-key", "a key of 16 or more")
                            .post("/threads", "{}")
                            .statusCode())
                    .isEqualTo(200);
            assertThat(guest.with("Authorization", "Bearer another key of 16")
                            .post("/threads", "{}")
                            .statusCode())
                    .isEqualTo(401);
        }
    }

    @Test
    void aNameThatLeadsHereIsRefused() throws Exception {
        String status =
                RawHttp.status(server.uri(), "GET /ok HTTP/1.1\r\nHost: evil.example\r\nConnection: close\r\n\r\n");

        assertThat(status).contains(" 403 ");
    }

    @Test
    void aPageOfAnotherOriginMayNotUseIt() {
        HttpResponse<String> asked = http.with("Origin", "https://evil.example")
                .with("Access-Control-Request-Method", "POST")
                .send("OPTIONS", "/threads", null);
        HttpResponse<String> got = http.with("Origin", "https://evil.example").get("/ok");

        assertThat(asked.statusCode()).isEqualTo(403);
        assertThat(got.headers().map()).doesNotContainKey("access-control-allow-origin");
    }

    /** Browsers send such requests without asking first. */
    @Test
    void aPageOfAnotherOriginChangesNothing() {
        http.post("/threads", "{\"thread_id\":\"t\"}");
        for (String origin : List.of("https://evil.example", "null", "http://localhost:1")) {
            Http page = http.with("Origin", origin).with("Content-Type", "text/plain");

            for (HttpResponse<String> sent : List.of(
                    page.send("POST", "/threads", null),
                    page.send("POST", "/threads/t/copy", null),
                    page.send("POST", "/clew/threads/t/cancel", null),
                    page.send("DELETE", "/threads/t", null))) {
                assertThat(sent.statusCode()).as(sent.uri() + sent.body()).isEqualTo(403);
                assertThat(sent.body()).contains("CorsOptions");
            }
        }
        assertThat(Http.json(http.post("/threads/search", "{}"))).hasSize(1);
    }

    @Test
    void aPageOfTheServerItselfMayUseIt() {
        Http behindProxy = http.with("Origin", "https://agents.example").with("Sec-Fetch-Site", "same-origin");

        assertThat(http.with("Origin", server.uri()).post("/threads", "{}").statusCode())
                .isEqualTo(200);
        assertThat(behindProxy.post("/threads", "{}").statusCode()).isEqualTo(200);
    }

    @Test
    void aPageThatIsNamedMayUseIt() {
        try (FixtureServer open = FixtureServer.with(builder -> builder.cors(CorsOptions.of("https://chat.example")))) {
            HttpResponse<String> asked = new Http(open.uri())
                    .with("Origin", "https://chat.example")
                    .with("Access-Control-Request-Headers", "x-api-key")
                    .send("OPTIONS", "/threads", null);
            HttpResponse<String> got =
                    new Http(open.uri()).with("Origin", "https://chat.example").get("/ok");

            assertThat(new Http(open.uri())
                            .with("Origin", "https://chat.example")
                            .post("/threads", "{}")
                            .statusCode())
                    .isEqualTo(200);
            assertThat(asked.statusCode()).isEqualTo(204);
            assertThat(asked.headers().firstValue("access-control-allow-headers"))
                    .contains("x-api-key");
            assertThat(got.headers().firstValue("access-control-expose-headers"))
                    .hasValueSatisfying(names -> assertThat(names).contains("Location", "Content-Location"));
        }
    }

    @Test
    void aBodyThatIsNoJsonIsRefused() {
        assertThat(http.with("Content-Type", "text/plain")
                        .post("/threads", "{}")
                        .statusCode())
                .isEqualTo(415);
        assertThat(http.post("/threads", "{").statusCode()).isEqualTo(400);
        assertThat(http.post("/threads", "[]").statusCode()).isEqualTo(422);
    }

    @Test
    void aBodyThatIsTooLargeIsRefused() {
        try (FixtureServer small = FixtureServer.with(builder -> builder.maxBody(1_000))) {
            String body = "{\"metadata\":{\"a\":\"" + "x".repeat(2_000) + "\"}}";

            assertThat(new Http(small.uri()).post("/threads", body).statusCode())
                    .isEqualTo(413);
        }
    }

    @Test
    void aBodyThatIsTooDeepIsRefused() {
        String body = "{\"metadata\":" + "[".repeat(1_000) + "]".repeat(1_000) + "}";

        assertThat(http.post("/threads", body).statusCode()).isEqualTo(400);
    }

    @Test
    void everyRefusalHasASentence() {
        for (HttpResponse<String> refused : List.of(
                http.get("/threads/none"),
                http.get("/nothing"),
                http.send("PUT", "/threads", "{}"),
                http.post("/threads/none/runs/wait", "{\"assistant_id\":\"none\"}"),
                http.post("/threads", "{\"metadata\":1}"))) {
            JsonNode body = Http.json(refused);

            assertThat(refused.statusCode()).isBetween(400, 422);
            assertThat(body.get("message").asString()).isNotBlank();
            assertThat(body.get("detail")).isEqualTo(body.get("message"));
        }
        assertThat(http.send("PUT", "/threads", "{}").headers().firstValue("allow"))
                .contains("POST");
    }

    @Test
    void whatFailedInsideIsNotShown() {
        HttpResponse<String> failed = http.post(
                "/threads/f/runs/wait", "{\"assistant_id\":\"fail\",\"if_not_exists\":\"create\",\"input\":{}}");

        assertThat(failed.statusCode()).isEqualTo(200);
        assertThat(Http.json(failed).get("__error__").get("message").asString()).isNotBlank();
        assertThat(failed.body()).doesNotContain("at dev.clew").doesNotContain(".java:");
    }

    /** Whichever event was the last that a client saw, it gets exactly what follows. */
    @Test
    void aStreamIsReadOnAfterAnyOfItsEvents() {
        HttpResponse<String> streamed = http.post(
                "/threads/s/runs/stream",
                "{\"assistant_id\":\"essay\",\"if_not_exists\":\"create\",\"input\":{\"topic\":\"sea\"},"
                        + "\"stream_mode\":[\"values\",\"updates\",\"tasks\"]}");
        String run = streamed.headers().firstValue("content-location").orElseThrow();
        List<String> events = Http.frames(streamed.body());
        List<String> ids = events.stream().map(Http::id).toList();

        assertThat(ids).doesNotHaveDuplicates().hasSizeGreaterThan(4);
        for (int i = 0; i < ids.size(); i++) {
            List<String> rest = Http.frames(
                    http.with("Last-Event-ID", ids.get(i)).get(run + "/stream").body());

            assertThat(rest).as("after " + ids.get(i)).isEqualTo(events.subList(i + 1, events.size()));
        }
    }

    @Test
    void theDescriptionHasEveryRoute() {
        JsonNode description = Http.json(http.get("/openapi.json"));

        assertThat(description.get("openapi").asString()).startsWith("3.1");
        assertThat(description.get("paths").propertyNames())
                .contains("/threads/{thread_id}/runs/stream", "/store/items", "/openapi.json");
    }
}
