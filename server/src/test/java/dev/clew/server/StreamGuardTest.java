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
import java.util.concurrent.atomic.AtomicReference;
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

    /** The address of an agent names no thread, so its stream says itself of which thread it is. */
    @Test
    void theStreamOfATaskEndsWhenItsThreadIsSomebodyElses() throws Exception {
        AtomicReference<String> owner = new AtomicReference<>("ann");
        try (FixtureServer one = FixtureServer.with(builder -> {
            builder.reauthorizedEvery = Duration.ofMillis(1);
            return builder.authorizer((who, operation, value) -> Decision.only("owner", owner.get()));
        })) {
            Http http = new Http(one.uri());
            String message =
                    "{\"message\":{\"role\":\"user\",\"messageId\":\"m\",\"parts\":[{\"data\":{\"secs\":30}}]}}";
            try (BufferedReader stream = http.openPost("/a2a/slow", A2aClient.call("message/stream", message))) {
                assertThat(stream.readLine()).isEqualTo("event: message");
                String id = stream.readLine().replaceAll(".*\"id\":\"([^\"]*:[^\"]*)\".*", "$1");
                owner.set("ben");

                readsToItsEnd(stream);

                String cancel = A2aClient.call("tasks/cancel", "{\"id\":\"" + id + "\"}");
                assertThat(A2aClient.code(Http.json(http.post("/a2a/slow", cancel))))
                        .isEqualTo(-32001);
                owner.set("ann");
                assertThat(A2aClient.state(
                                Http.json(http.post("/a2a/slow", cancel)).get("result")))
                        .isEqualTo("canceled");
            }
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
