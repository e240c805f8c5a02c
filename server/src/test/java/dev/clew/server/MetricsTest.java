package dev.clew.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.clew.server.auth.Authenticator;
import dev.clew.server.fixture.FixtureServer;
import java.io.BufferedReader;
import java.io.IOException;
import java.net.http.HttpResponse;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What is counted is what happened, in a form that Prometheus reads. */
@Timeout(60)
class MetricsTest {
    @Test
    void countsRequestsRunsThreadsAndStreams() throws IOException {
        try (FixtureServer server = FixtureServer.anywhere()) {
            Http http = new Http(server.uri());
            http.post("/threads", "{\"thread_id\":\"t\"}");
            http.post("/threads/t/runs/wait", "{\"assistant_id\":\"essay\",\"input\":{\"topic\":\"sea\"}}");
            http.get("/threads/none");
            try (BufferedReader stream = http.open("/threads/t/stream")) {
                await().until(() -> metrics(http).contains("status=\"interrupted\",workflow="));
                String text = metrics(http);

                assertThat(text.lines())
                        .contains(
                                "clew_http_requests_total{method=\"POST\",route=\"/threads\",status=\"200\"} 1",
                                "clew_http_requests_total{method=\"GET\",route=\"/threads/{thread_id}\",status=\"404\"} 1",
                                "clew_streams_open 1",
                                "clew_threads{status=\"interrupted\"} 1",
                                "clew_queue_requests{queue=\"default\",state=\"ready\"} 0")
                        .anyMatch(line ->
                                line.startsWith("clew_run_seconds_count{status=\"interrupted\"") && line.endsWith(" 1"))
                        .allMatch(line -> line.matches("# (HELP|TYPE) .*|[a-z_]+(\\{.*})? [0-9.]+"));
                assertThat(stream).isNotNull();
            }
        }
    }

    private static String metrics(Http http) {
        HttpResponse<String> answer = http.get("/metrics");
        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.headers().firstValue("content-type"))
                .hasValueSatisfying(type -> assertThat(type).startsWith("text/plain; version=0.0.4"));
        return answer.body();
    }

    @Test
    void areNotForStrangers() {
        try (FixtureServer guarded =
                FixtureServer.with(builder -> builder.authenticator(Authenticator.apiKey("a key of 16 or more")))) {
            assertThat(new Http(guarded.uri()).get("/metrics").statusCode()).isEqualTo(401);
            assertThat(new Http(guarded.uri())
                            .with("x-api-key", "a key of 16 or more")
                            .get("/metrics")
                            .statusCode())
                    .isEqualTo(200);
        }
    }
}
