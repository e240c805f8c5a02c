package dev.clew.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.clew.server.auth.Decision;
import dev.clew.server.auth.Operation;
import dev.clew.server.auth.Principal;
import dev.clew.server.fixture.FixtureServer;
import java.io.BufferedReader;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Streams of those who lose what they were allowed end, and others go on. */
@Timeout(60)
final class StreamGuardTest {
    private final Set<String> known = ConcurrentHashMap.newKeySet();
    private FixtureServer server;
    private Http ann;
    private Http ben;

    @BeforeEach
    void start() {
        known.add("ann");
        known.add("ben");
        server = FixtureServer.with(builder -> {
            builder.reauthorizedEvery = Duration.ofMillis(1);
            return builder.authenticator(request ->
                            request.header("x-user").filter(known::contains).map(Principal::of))
                    .authorizer((who, operation, value) -> Decision.only("owner", who.identity()));
        });
        ann = new Http(server.uri()).with("x-user", "ann");
        ben = new Http(server.uri()).with("x-user", "ben");
        ann.post("/threads", "{\"thread_id\":\"a\"}");
        ben.post("/threads", "{\"thread_id\":\"b\"}");
    }

    @AfterEach
    void close() {
        server.close();
    }

    private static void readsToItsEnd(BufferedReader stream) throws IOException {
        String line = stream.readLine();
        while (line != null) {
            line = stream.readLine();
        }
    }

    @Test
    void theStreamOfACallerWhoseKeyWasTakenEnds() throws Exception {
        try (BufferedReader of = ann.open("/threads/a/stream");
                BufferedReader other = ben.open("/threads/b/stream")) {
            known.remove("ann");

            readsToItsEnd(of);

            assertThat(ann.get("/threads/a/stream").statusCode()).isEqualTo(401);
            assertThat(ben.post("/threads/b/runs/wait", "{\"assistant_id\":\"plain\",\"input\":\"x\"}")
                            .statusCode())
                    .isEqualTo(200);
            String line = other.readLine();
            while (!line.contains("run_done")) {
                line = other.readLine();
                assertThat(line).isNotNull();
            }
        }
    }

    /** Who may start a run may read what it streams, though not the thread otherwise. */
    @Test
    void whoMayStartRunsButNotReadThreadsReadsTheirStreamToItsEnd() {
        try (FixtureServer narrow = FixtureServer.with(builder -> {
            builder.reauthorizedEvery = Duration.ofNanos(1);
            return builder.authorizer((who, operation, value) ->
                    operation == Operation.Threads.READ ? Decision.deny() : Decision.allow());
        })) {
            HttpResponse<String> streamed = new Http(narrow.uri())
                    .post("/runs/stream", "{\"assistant_id\":\"plain\",\"input\":\"sea\",\"stream_mode\":\"values\"}");

            assertThat(streamed.body()).contains("hello sea").doesNotContain("event: error");
        }
    }

    @Test
    void theStreamOfAThreadThatIsDeletedEnds() throws Exception {
        try (BufferedReader of = ann.open("/threads/a/stream")) {
            assertThat(ann.send("DELETE", "/threads/a", null).statusCode()).isEqualTo(204);

            readsToItsEnd(of);

            assertThat(ann.get("/threads/a/stream").statusCode()).isEqualTo(404);
        }
    }
}
