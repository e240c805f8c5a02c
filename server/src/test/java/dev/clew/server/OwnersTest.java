package dev.clew.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.clew.server.auth.Decision;
import dev.clew.server.auth.Principal;
import dev.clew.server.fixture.FixtureServer;
import java.net.http.HttpResponse;
import java.util.List;
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
        server = FixtureServer.with(builder -> builder.authenticator(
                        request -> request.header("x-user").map(Principal::of))
                .authorizer((who, operation, value) -> Decision.only("owner", who.identity())));
        ann = new Http(server.uri()).with("x-user", "ann");
        ben = new Http(server.uri()).with("x-user", "ben");
        ann.post("/threads", "{\"thread_id\":\"a\",\"metadata\":{\"owner\":\"ben\"}}");
        ann.post("/threads/a/runs/wait", "{\"assistant_id\":\"essay\",\"input\":{\"topic\":\"sea\"}}");
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

    @Test
    void whatIsSomebodyElsesIsNotThere() {
        String run = Http.json(ann.get("/threads/a/runs")).get(0).get("run_id").asString();

        for (HttpResponse<String> answer : List.of(
                ben.get("/threads/a"),
                ben.get("/threads/a/state"),
                ben.post("/threads/a/history", "{}"),
                ben.post("/threads/a/state/checkpoint", "{\"checkpoint\":{}}"),
                ben.post("/threads/a/state", "{\"values\":{}}"),
                ben.post("/threads/a/copy", "{}"),
                ben.send("PATCH", "/threads/a", "{\"metadata\":{}}"),
                ben.send("DELETE", "/threads/a", null),
                ben.get("/threads/a/runs"),
                ben.get("/threads/a/runs/" + run),
                ben.get("/threads/a/runs/" + run + "/join"),
                ben.get("/threads/a/runs/" + run + "/stream"),
                ben.post("/threads/a/runs/" + run + "/cancel", ""),
                ben.get("/runs/" + run),
                ben.post("/threads/a/runs/wait", "{\"assistant_id\":\"essay\",\"command\":{\"resume\":\"x\"}}"),
                ben.post("/threads/a/stream/events", "{\"channels\":[\"values\"]}"))) {
            assertThat(answer.statusCode()).as(answer.request().toString()).isEqualTo(404);
        }
        assertThat(Http.json(ann.get("/threads/a")).get("status").asString()).isEqualTo("interrupted");
    }

    @Test
    void listsHaveOnesOwn() {
        JsonNode own = Http.json(ann.post("/threads/search", "{}"));
        JsonNode others = Http.json(ben.post("/threads/search", "{}"));

        assertThat(own).hasSize(1);
        assertThat(others).isEmpty();
        assertThat(ben.post("/threads/count", "{}").body()).isEqualTo("0");
    }

    @Test
    void aNameThatSomebodyElseUsesIsTaken() {
        assertThat(ben.post("/threads", "{\"thread_id\":\"a\",\"if_exists\":\"do_nothing\"}")
                        .statusCode())
                .isEqualTo(409);
    }
}
