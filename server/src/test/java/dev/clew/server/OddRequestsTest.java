package dev.clew.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.clew.server.fixture.FixtureServer;
import java.net.http.HttpResponse;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;

/** What the fuzzer found: each is answered with 4xx and a sentence, and stores nothing. */
class OddRequestsTest {
    private FixtureServer server;
    private Http http;

    @BeforeEach
    void start() {
        server = FixtureServer.anywhere();
        http = new Http(server.uri());
        http.post("/threads", "{\"thread_id\":\"t\"}");
        http.post("/threads/t/runs/wait", "{\"assistant_id\":\"graph\",\"input\":{\"notes\":[]}}");
    }

    @AfterEach
    void close() {
        server.close();
    }

    /** A database could not tell one half from another one; a value may have it, for text that was cut has it. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "POST  | /threads                  | {'metadata':{'a':'x\\ud800'}}",
                "POST  | /threads                  | {'metadata':{'\\udfff':1}}",
                "POST  | /threads                  | {'thread_id':'x\\ud800'}",
                "PATCH | /threads/t                | {'metadata':{'a':{'b':['\\ud800']}}}",
                "POST  | /threads/search           | {'metadata':{'a':'\\ud800'}}",
                "POST  | /threads/count            | {'metadata':{'\\ud800':'a'}}",
                "POST  | /threads/search           | {'ids':['\\ud800']}",
                "POST  | /threads/prune            | {'thread_ids':['\\ud800'],'strategy':'delete'}",
                "POST  | /threads/t/state/checkpoint | {'checkpoint':{'checkpoint_id':'\\ud800'}}",
                "POST  | /threads/t/runs           | {'assistant_id':'\\ud800'}",
                "POST  | /threads/t/runs           | {'assistant_id':'graph','input':{'notes':[]},'metadata':{'a':'\\ud800'}}",
                "POST  | /threads/t/runs           | {'assistant_id':'graph','input':{'notes':[]},'metadata':{'\\ud800':1}}",
                "POST  | /runs/cancel              | {'thread_id':'\\ud800'}",
                "POST  | /runs/cancel              | {'thread_id':'t','run_ids':['\\ud800']}",
            })
    void halfOfASurrogatePairIsNoId(String method, String path, String body) {
        String before = all();
        HttpResponse<String> answer = http.send(method, path, body.replace('\'', '"'));

        assertThat(answer.statusCode()).as(answer.body()).isBetween(400, 422);
        assertThat(Http.json(answer).get("message").asString()).hasSizeGreaterThan(20);
        assertThat(all()).isEqualTo(before);
    }

    private String all() {
        return http.post("/threads/search", "{}").body();
    }

    @Test
    void aNumberOfABillionDigitsIsNotWrittenOut() {
        for (String number : new String[] {"1e999999999", "-1e999999999", "1e-999999999"}) {
            String metadata = "{\"metadata\":{\"big\":" + number + "}}";
            assertThat(http.post("/threads", metadata).statusCode()).isEqualTo(200);
            JsonNode found = Http.json(http.post("/threads/search", metadata));
            assertThat(found.size()).isEqualTo(1);
        }
        http.post("/assistants", "{\"graph_id\":\"plain\",\"metadata\":{\"big\":1e999999999}}");
        assertThat(Http.json(http.post("/assistants/search", "{\"metadata\":{\"big\":10e999999998}}"))
                        .size())
                .isEqualTo(1);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{'channels':['values'],'namespaces':[[[]]]}",
                "{'channels':['values'],'namespaces':[[{}]]}",
                "{'channels':['values'],'namespaces':[[5]]}",
                "{'channels':['values'],'namespaces':['a']}",
                "{'channels':['values'],'namespaces':[{'a':'b'}]}",
                "{'channels':['values'],'since':-9223372036854775809}",
                "{'channels':['values'],'since':1e400}",
                "{'channels':['values'],'since':'x'}",
            })
    void whatAStreamOfAThreadIsAskedForIsChecked(String body) {
        HttpResponse<String> answer = http.post("/threads/t/stream/events", body.replace('\'', '"'));

        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(400);
        assertThat(Http.json(answer).get("message").asString()).contains("must be");
    }

    @ParameterizedTest
    @CsvSource({
        "/threads/search, thread_id",
        "/assistants/search, graph_id",
        "/runs/crons/search, cron_id",
    })
    void aMemberThatThereIsNotIsNotSelected(String path, String known) {
        HttpResponse<String> answer = http.post(path, "{\"select\":[\"" + known + "\",\"bogus\"]}");

        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(422);
        assertThat(answer.body()).contains("'bogus'", known);
        assertThat(http.post(path, "{\"select\":[\"" + known + "\"]}").statusCode())
                .isEqualTo(200);
        assertThat(http.get("/threads/t/runs?select=bogus").statusCode()).isEqualTo(422);
    }

    @Test
    void aHistoryIsAskedForByMetadataOfAnyForm() {
        for (String wanted : new String[] {"{\"a\":1}", "[1]", "null", "\"x\""}) {
            HttpResponse<String> answer = http.post("/threads/t/history", "{\"metadata\":{\"source\":" + wanted + "}}");
            assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
            assertThat(answer.body()).isEqualTo("[]");
        }
        assertThat(Http.json(http.post("/threads/t/history", "{\"limit\":9,\"metadata\":{\"source\":\"input\"}}"))
                        .size())
                .isEqualTo(1);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "GET    | /threads/%00        | 400",
                "PATCH  | /threads/%ff        | 400",
                "DELETE | /threads/%2e%2e     | 400",
                "POST   | /threads/%zz/state  | 400",
            })
    void whatTheWebServerRefusesHasTheSameForm(String method, String path, int status) throws Exception {
        String answer = RawHttp.answer(server.uri(), method + " " + path);

        assertThat(answer).startsWith("HTTP/1.1 " + status);
        assertThat(answer).contains("\"message\":\"", "\"detail\":\"");
    }
}
