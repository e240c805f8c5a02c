package dev.clew.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.clew.checkpoint.Checkpointer;
import dev.clew.server.fixture.FixtureServer;
import dev.clew.store.Store;
import java.net.http.HttpResponse;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import tools.jackson.databind.JsonNode;

/** Clients make assistants of workflows, with versions, and run them. */
@Timeout(60)
class AssistantsTest {
    private static final String MINE =
            "{\"graph_id\":\"ctx\",\"assistant_id\":\"mine\",\"context\":{\"tenant\":\"t1\"},"
                    + "\"metadata\":{\"k\":1},\"name\":\"Mine\",\"description\":\"d\"}";

    private final Checkpointer checkpointer = Checkpointer.inMemory();
    private final Store store = Store.inMemory();
    private FixtureServer server;
    private Http http;

    @BeforeEach
    void start() {
        server = FixtureServer.start(0, checkpointer, store);
        http = new Http(server.uri());
    }

    @AfterEach
    void close() {
        server.close();
    }

    private JsonNode made(String body) {
        return done(http.post("/assistants", body));
    }

    private static JsonNode done(HttpResponse<String> answer) {
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        return Http.json(answer);
    }

    @Test
    void isAsItWasMade() {
        JsonNode mine = made(MINE);

        assertThat(mine.get("graph_id").asString()).isEqualTo("ctx");
        assertThat(mine.get("version").asInt()).isEqualTo(1);
        assertThat(mine.get("context").toString()).isEqualTo("{\"tenant\":\"t1\"}");
        assertThat(mine.at("/config/configurable").toString()).isEqualTo("{\"tenant\":\"t1\"}");
        assertThat(done(http.get("/assistants/mine"))).isEqualTo(mine);
        assertThat(done(http.get("/assistants/mine/schemas")).get("graph_id").asString())
                .isEqualTo("ctx");
        assertThat(done(http.get("/assistants/mine/graph")).get("nodes")).isNotEmpty();
        assertThat(made("{\"graph_id\":\"ctx\"}").get("name").asString()).isEqualTo("Untitled");
    }

    @Test
    void everyChangeIsAVersion() {
        made(MINE);

        JsonNode second = done(
                http.send("PATCH", "/assistants/mine", "{\"metadata\":{\"j\":2},\"context\":{\"tenant\":\"t2\"}}"));
        JsonNode versions = done(http.post("/assistants/mine/versions", "{}"));
        JsonNode first = done(http.post("/assistants/mine/latest", "{\"version\":1}"));
        JsonNode third = done(http.send("PATCH", "/assistants/mine", "{\"name\":\"Third\"}"));

        assertThat(second.get("version").asInt()).isEqualTo(2);
        assertThat(second.get("metadata").toString()).isEqualTo("{\"k\":1,\"j\":2}");
        assertThat(versions).hasSize(2);
        assertThat(versions.get(0).get("version").asInt()).isEqualTo(2);
        assertThat(first.at("/context/tenant").asString()).isEqualTo("t1");
        assertThat(third.get("version").asInt()).isEqualTo(3);
        assertThat(third.at("/context/tenant").asString()).isEqualTo("t1");
        assertThat(http.post("/assistants/mine/latest", "{\"version\":9}").statusCode())
                .isEqualTo(404);
    }

    @Test
    void isFoundAndCountedBesideTheWorkflows() {
        made(MINE);

        assertThat(done(http.post("/assistants/search", "{\"graph_id\":\"ctx\"}")))
                .hasSize(2);
        assertThat(done(http.post("/assistants/search", "{\"name\":\"MIN\",\"select\":[\"assistant_id\"]}"))
                        .toString())
                .isEqualTo("[{\"assistant_id\":\"mine\"}]");
        assertThat(http.post("/assistants/count", "{\"metadata\":{\"k\":1}}").body())
                .isEqualTo("1");
    }

    @Test
    void isDeletedWithItsVersions() {
        made(MINE);
        done(http.send("PATCH", "/assistants/mine", "{\"name\":\"Second\"}"));

        assertThat(http.send("DELETE", "/assistants/mine", null).statusCode()).isEqualTo(204);
        assertThat(http.send("DELETE", "/assistants/mine", null).statusCode()).isEqualTo(404);
        assertThat(http.get("/assistants/mine").statusCode()).isEqualTo(404);
        made(MINE);
        assertThat(done(http.post("/assistants/mine/versions", "{}"))).hasSize(1);
    }

    @Test
    void whatExistsIsNotMadeAgain() {
        JsonNode mine = made(MINE);

        assertThat(http.post("/assistants", MINE).statusCode()).isEqualTo(409);
        assertThat(made("{\"graph_id\":\"ctx\",\"assistant_id\":\"mine\",\"if_exists\":\"do_nothing\"}"))
                .isEqualTo(mine);
        assertThat(http.post("/assistants", "{\"graph_id\":\"ctx\",\"assistant_id\":\"essay\"}")
                        .statusCode())
                .isEqualTo(409);
    }

    @Test
    void refusesWhatIsWrong() {
        for (HttpResponse<String> refused : List.of(
                http.post("/assistants", "{}"),
                http.post("/assistants", "{\"graph_id\":\"ctx\",\"assistant_id\":\"\\u0000\"}"),
                http.send("PATCH", "/assistants/essay", "{\"name\":\"x\"}"),
                http.send("DELETE", "/assistants/essay", null))) {
            assertThat(refused.statusCode()).as(refused.body()).isEqualTo(422);
        }
        assertThat(http.post("/assistants", "{\"graph_id\":\"none\"}").statusCode())
                .isEqualTo(404);
        assertThat(http.post(
                                "/assistants",
                                "{\"graph_id\":\"ctx\",\"config\":{\"configurable\":{\"a\":1}},\"context\":{\"b\":1}}")
                        .statusCode())
                .isEqualTo(400);
        assertThat(http.send("PATCH", "/assistants/none", "{\"name\":\"x\"}").statusCode())
                .isEqualTo(404);
    }

    @Test
    void aRunHasItsContextAndItsOwnOverIt() {
        made("{\"graph_id\":\"plain\",\"assistant_id\":\"mine\",\"context\":{\"tenant\":\"t1\",\"level\":1}}");
        http.post("/threads", "{\"thread_id\":\"t\"}");

        JsonNode run = done(http.post(
                "/threads/t/runs", "{\"assistant_id\":\"mine\",\"input\":\"sea\",\"context\":{\"level\":2}}"));

        assertThat(run.at("/kwargs/context").toString()).isEqualTo("{\"tenant\":\"t1\",\"level\":2}");
        assertThat(run.at("/metadata/graph_id").asString()).isEqualTo("plain");
        assertThat(run.get("assistant_id").asString()).isEqualTo("mine");
        assertThat(Http.json(http.get("/threads/t"))
                        .at("/metadata/assistant_id")
                        .asString())
                .isEqualTo("mine");
        assertThat(http.get("/threads/t/runs/" + run.get("run_id").asString() + "/join")
                        .body())
                .contains("hello sea");
    }

    @Test
    void theWorkflowReadsItsContext() {
        made(MINE);

        assertThat(http.post("/runs/wait", "{\"assistant_id\":\"mine\",\"input\":{\"q\":\"sea\"}}")
                        .body())
                .contains("sea for t1");
    }

    @Test
    void outlivesTheServer() {
        JsonNode mine = made(MINE);

        server.close();
        start();

        assertThat(done(http.get("/assistants/mine"))).isEqualTo(mine);
    }

    @Test
    void aGraphHasEdgesToTheNodesThatTakeWhatIsSent() {
        assertThat(done(http.get("/assistants/mapreduce/graph")).get("edges"))
                .anyMatch(edge -> edge.get("source").asString().equals("plan")
                        && edge.get("target").asString().equals("work")
                        && edge.get("conditional").asBoolean());
    }
}
