package dev.clew.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.clew.postgres.Postgres;
import dev.clew.server.fixture.Databases;
import dev.clew.server.fixture.FixtureServer;
import java.net.http.HttpResponse;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** Two servers of one PostgreSQL database: one that executes, and one without a worker. */
final class TwoServersTest {
    private Postgres first;
    private Postgres second;
    private FixtureServer works;
    private FixtureServer idles;
    private Http here;
    private Http there;

    @BeforeEach
    void open() throws Exception {
        String place = Databases.fresh();
        first = Postgres.connect(place, "postgres", "postgres");
        second = Postgres.connect(place, "postgres", "postgres");
        works = FixtureServer.start(0, first.checkpointer(), first.store());
        idles = FixtureServer.idle(second.checkpointer(), second.store());
        here = new Http(works.uri());
        there = new Http(idles.uri());
    }

    @AfterEach
    void close() {
        idles.close();
        works.close();
        second.close();
        first.close();
    }

    private static String start(Http http, String thread, String assistant, String input) {
        HttpResponse<String> created = http.post(
                "/threads/" + thread + "/runs",
                "{\"assistant_id\":\"" + assistant + "\",\"if_not_exists\":\"create\",\"input\":" + input
                        + ",\"stream_mode\":[\"updates\",\"values\"]}");
        assertThat(created.statusCode()).as(created.body()).isEqualTo(200);
        return created.headers().firstValue("content-location").orElseThrow();
    }

    @Test
    void aRunIsJoinedAtEitherServer() {
        String path = start(there, "t", "slow", "{\"secs\":0.2}");

        assertThat(Http.json(here.get(path + "/join")).get("done").asInt()).isEqualTo(3);
        assertThat(Http.json(there.get(path + "/join")).get("done").asInt()).isEqualTo(3);
        assertThat(Http.json(there.get(path)).get("status").asString()).isEqualTo("success");
    }

    @Test
    void aRunIsStreamedAtEitherServer() {
        String path = start(here, "t", "slow", "{\"secs\":0.2}");

        List<String> atTheOther = Http.frames(there.get(path + "/stream").body());
        List<String> atItsOwn = Http.frames(here.get(path + "/stream").body());

        assertThat(atTheOther).isEqualTo(atItsOwn);
        assertThat(atTheOther.get(atTheOther.size() - 1)).contains("{\"done\":3}");
    }

    @Test
    void aRunIsCancelledAtTheOtherServer() {
        String path = start(here, "t", "slow", "{\"secs\":30}");

        assertThat(there.post(path + "/cancel?wait=1", "{}").statusCode()).isEqualTo(200);

        assertThat(Http.json(here.get(path)).get("status").asString()).isEqualTo("interrupted");
        assertThat(Http.json(there.get(path)).get("status").asString()).isEqualTo("interrupted");
    }

    @Test
    void aQuestionIsAnsweredAtTheOtherServer() {
        String asked = start(here, "t", "essay", "{\"topic\":\"sea\"}");
        assertThat(Http.json(there.get(asked + "/join")).has("__interrupt__")).isTrue();

        JsonNode done = Http.json(
                there.post("/threads/t/runs/wait", "{\"assistant_id\":\"essay\",\"command\":{\"resume\":\"good\"}}"));

        assertThat(done.get("verdict").asString()).isEqualTo("good");
        assertThat(Http.json(here.get(asked + "/join")).has("__interrupt__")).isTrue();
        assertThat(Http.json(here.get("/threads/t/runs")).size()).isEqualTo(2);
    }

    /** What earlier requests of the run did is not told again; its own position is the same on both servers. */
    @Test
    void theStreamOfAnAnswerBeginsWithTheAnswer() {
        String asked = start(here, "t", "essay", "{\"topic\":\"sea\"}");
        assertThat(Http.json(here.get(asked + "/join")).has("__interrupt__")).isTrue();
        HttpResponse<String> streamed = there.post(
                "/threads/t/runs/stream",
                "{\"assistant_id\":\"essay\",\"command\":{\"resume\":\"good\"},\"stream_mode\":[\"updates\",\"values\"]}");
        String answered = streamed.headers().firstValue("content-location").orElseThrow();
        List<String> live = Http.frames(streamed.body());

        assertThat(live.get(0)).contains("event: metadata");
        assertThat(live).noneMatch(frame -> frame.contains("composing"));
        assertThat(Http.frames(here.get(answered + "/stream").body())).isEqualTo(live);
        assertThat(Http.frames(there.get(answered + "/stream").body())).isEqualTo(live);
    }

    @Test
    void aContextReachesTheServerThatExecutes() {
        JsonNode answered = Http.json(
                there.post(
                        "/threads/c/runs/wait",
                        "{\"assistant_id\":\"ctx\",\"if_not_exists\":\"create\",\"input\":{\"q\":\"x\"},\"context\":{\"tenant\":\"acme\"}}"));

        assertThat(answered.get("a").asString()).isEqualTo("x for acme");
    }

    @Test
    void aContextThatCannotBeMadeIsRefusedAndStoresNoRun() {
        HttpResponse<String> refused = here.post(
                "/threads/c/runs",
                "{\"assistant_id\":\"ctx\",\"if_not_exists\":\"create\",\"input\":{\"q\":\"x\"},\"context\":7}");

        assertThat(refused.statusCode()).isEqualTo(422);
        assertThat(Http.json(here.get("/threads/c/runs")).size()).isEqualTo(0);
    }
}
