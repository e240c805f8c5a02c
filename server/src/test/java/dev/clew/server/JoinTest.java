package dev.clew.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.clew.server.fixture.FixtureServer;
import java.io.BufferedReader;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Who joins a thread sees what its runs do, one after the other, also those to come. */
@Timeout(60)
class JoinTest {
    private FixtureServer server;
    private Http http;

    @BeforeEach
    void start() {
        server = FixtureServer.anywhere();
        http = new Http(server.uri());
        http.post("/threads", "{\"thread_id\":\"t\"}");
    }

    @AfterEach
    void close() {
        server.close();
    }

    private String pause() {
        return run(
                "{\"assistant_id\":\"essay\",\"input\":{\"topic\":\"sea\"},\"stream_mode\":[\"values\",\"updates\"]}");
    }

    private String answer() {
        return run("{\"assistant_id\":\"essay\",\"command\":{\"resume\":\"yes\"}}");
    }

    /** Runs to its rest, and returns its id. */
    private String run(String body) {
        String path = http.post("/threads/t/runs/wait", body)
                .headers()
                .firstValue("content-location")
                .orElseThrow();
        return path.substring(path.lastIndexOf('/') + 1);
    }

    /** Reads until so many runs are done. */
    private static List<String> read(BufferedReader stream, int runs) throws IOException {
        List<String> frames = new ArrayList<>();
        StringBuilder frame = new StringBuilder();
        int done = 0;
        while (done < runs) {
            String line = stream.readLine();
            assertThat(line).as("the stream ended").isNotNull();
            if (!line.isEmpty()) {
                frame.append(line).append('\n');
                continue;
            }
            String whole = frame.toString();
            frame.setLength(0);
            if (!whole.isBlank() && !whole.startsWith(":")) {
                frames.add(whole);
                done += whole.contains("run_done") ? 1 : 0;
            }
        }
        return frames;
    }

    private List<String> read(String query, @Nullable String last, int runs) throws IOException {
        Http client = last == null ? http : http.with("Last-Event-ID", last);
        try (BufferedReader stream = client.open("/threads/t/stream" + query)) {
            return read(stream, runs);
        }
    }

    @Test
    void seesRunsThatBeginLater() throws IOException {
        try (BufferedReader stream = http.open("/threads/t/stream?stream_mode=run_modes")) {
            String asks = pause();
            answer();
            List<String> frames = read(stream, 2);

            assertThat(frames.get(0)).startsWith("event: metadata").contains(asks);
            assertThat(frames)
                    .filteredOn(frame -> frame.contains("run_done"))
                    .hasSize(2)
                    .first()
                    .asString()
                    .contains(asks);
            assertThat(frames).anyMatch(frame -> frame.startsWith("event: updates"));
            assertThat(frames.stream().map(Http::id)).doesNotHaveDuplicates();
        }
    }

    @Test
    void doesNotSeeWhatWasBeforeUnlessAsked() throws IOException {
        pause();
        try (BufferedReader stream = http.open("/threads/t/stream")) {
            answer();
            List<String> frames = read(stream, 1);

            assertThat(frames.get(0)).startsWith("event: metadata").contains("attempt");
            assertThat(frames).noneMatch(frame -> frame.contains("__interrupt__"));
        }
        assertThat(read("", "-", 2)).hasSizeGreaterThan(4);
    }

    @Test
    void isReadOnAfterAnyEvent() throws IOException {
        pause();
        answer();
        List<String> all = read("", "-", 2);

        for (int i = 0; i < all.size() - 1; i++) {
            int left = (int) all.subList(i + 1, all.size()).stream()
                    .filter(frame -> frame.contains("run_done"))
                    .count();
            assertThat(read("", Http.id(all.get(i)), left)).isEqualTo(all.subList(i + 1, all.size()));
        }
    }

    @Test
    void canBeOnlyBeginningsAndEnds() throws IOException {
        pause();
        answer();

        assertThat(read("?stream_modes=lifecycle", "-", 2))
                .hasSize(4)
                .allMatch(frame -> frame.startsWith("event: metadata"));
    }

    @Test
    void hasNoEventsForWhoAsksForItsHeadersOnly() {
        assertThat(http.send("HEAD", "/threads/t/stream", null).headers().firstValue("content-type"))
                .hasValueSatisfying(type -> assertThat(type).startsWith("text/event-stream"));
    }

    @Test
    void refusesWhatIsNotThere() {
        assertThat(http.get("/threads/none/stream").statusCode()).isEqualTo(404);
        assertThat(http.get("/threads/t/stream?stream_mode=state_update").statusCode())
                .isEqualTo(422);
        assertThat(http.with("Last-Event-ID", "bogus").get("/threads/t/stream").statusCode())
                .isEqualTo(422);
    }
}
