package dev.clew.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.clew.checkpoint.Checkpointer;
import dev.clew.index.Tape;
import dev.clew.postgres.Postgres;
import dev.clew.server.fixture.Databases;
import dev.clew.server.fixture.FixtureServer;
import dev.clew.server.fixture.MovedClock;
import dev.clew.server.json.Json;
import dev.clew.sqlite.Sqlite;
import dev.clew.store.Store;
import java.io.BufferedReader;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Isolated;
import tools.jackson.databind.JsonNode;

/** What is in no log reaches the clients of servers that do not execute the run. */
@Isolated("Processes are killed while they speak: what they say in time must be heard.")
final class TapeTest {
    private static final String ASK =
            "{\"assistant_id\":\"fchat\",\"if_not_exists\":\"create\",\"input\":{\"q\":\"hi\"},"
                    + "\"stream_mode\":[\"messages-tuple\",\"tasks\",\"updates\",\"values\"],\"stream_resumable\":";

    @TempDir
    private Path folder;

    /** Two servers of one database: the first executes, the second has no worker. */
    private record Two(Http works, Http idles, Checkpointer store) {}

    @FunctionalInterface
    private interface Check {
        void with(Two servers) throws Exception;
    }

    private void overAFile(Check check) throws Exception {
        Path file = folder.resolve("shared.db");
        try (Sqlite first = Sqlite.open(file);
                Sqlite second = Sqlite.open(file)) {
            check(first.checkpointer(), first.store(), second.checkpointer(), second.store(), check);
        }
    }

    private static void overPostgres(Check check) throws Exception {
        String place = Databases.fresh();
        try (Postgres first = Postgres.connect(place, "postgres", "postgres");
                Postgres second = Postgres.connect(place, "postgres", "postgres")) {
            check(first.checkpointer(), first.store(), second.checkpointer(), second.store(), check);
        }
    }

    private static void check(Checkpointer first, Store firstItems, Checkpointer second, Store secondItems, Check check)
            throws Exception {
        try (FixtureServer works = FixtureServer.start(0, first, firstItems);
                FixtureServer idles = FixtureServer.idle(second, secondItems)) {
            check.with(new Two(new Http(works.uri()), new Http(idles.uri()), second));
        }
    }

    @Test
    void tokensReachTheOtherServerOverAFile() throws Exception {
        overAFile(TapeTest::tokensReachTheOtherServer);
    }

    @Test
    void tokensReachTheOtherServerOverPostgres() throws Exception {
        overPostgres(TapeTest::tokensReachTheOtherServer);
    }

    /** The client asks the server that does not execute, and streams from it while the run goes on. */
    private static void tokensReachTheOtherServer(Two servers) {
        HttpResponse<String> streamed = servers.idles().post("/threads/t/runs/stream", ASK + "true}");
        String path = streamed.headers().firstValue("content-location").orElseThrow();
        List<String> there = Http.frames(streamed.body());

        assertThat(tokens(there)).isEqualTo("Hello there friend");
        assertThat(there.get(there.size() - 1)).contains("event: values").contains("Hello there friend");
        assertThat(there).noneMatch(frame -> frame.contains("EventsDropped")).doesNotHaveDuplicates();

        // Who comes back, and who comes late, sees the same at both servers.
        assertThat(Http.frames(servers.works().get(path + "/stream").body())).isEqualTo(there);
        assertThat(Http.frames(servers.idles().get(path + "/stream").body())).isEqualTo(there);
        String half = Http.id(there.get(there.size() / 2));
        assertThat(Http.frames(servers.idles()
                        .with("Last-Event-ID", half)
                        .get(path + "/stream")
                        .body()))
                .isEqualTo(there.subList(there.size() / 2 + 1, there.size()));
    }

    @Test
    void theThreadProtocolHasTokensAtTheOtherServer() throws Exception {
        overAFile(servers -> {
            String command =
                    "{\"id\":1,\"method\":\"run.start\",\"params\":{\"assistant_id\":\"fchat\",\"input\":{\"q\":\"hi\"}}}";
            assertThat(servers.works().post("/threads/p/commands", command).statusCode())
                    .isEqualTo(200);
            String events = "{\"channels\":[\"messages\",\"lifecycle\"],\"since\":0}";

            List<String> there = protocol(servers.idles(), events);
            List<String> here = protocol(servers.works(), events);

            assertThat(there).isEqualTo(here).anyMatch(frame -> frame.contains("friend"));
        });
    }

    private static List<String> protocol(Http http, String events) throws Exception {
        List<String> frames = new ArrayList<>();
        try (BufferedReader stream = http.openPost("/threads/p/stream/events", events)) {
            for (String line = stream.readLine(); line != null; line = stream.readLine()) {
                if (line.startsWith("data: ")) {
                    frames.add(line.replaceAll("\"timestamp\":\\d+", ""));
                }
                if (line.contains("\"completed\"")) {
                    return frames;
                }
            }
        }
        throw new AssertionError("the stream ended after " + frames);
    }

    /** The values of a graph between its supersteps are in no log, either. */
    @Test
    void aGraphIsShownAlikeAtBothServers() throws Exception {
        overAFile(servers -> {
            HttpResponse<String> streamed = servers.idles()
                    .post(
                            "/threads/g/runs/stream",
                            "{\"assistant_id\":\"mapreduce\",\"if_not_exists\":\"create\",\"input\":{\"items\":[1,2,3]},"
                                    + "\"stream_mode\":[\"values\",\"updates\",\"tasks\"],\"stream_resumable\":true}");
            String path = streamed.headers().firstValue("content-location").orElseThrow();
            List<String> there = Http.frames(streamed.body());

            assertThat(Http.frames(servers.works().get(path + "/stream").body()))
                    .isEqualTo(there);
            assertThat(there)
                    .filteredOn(frame -> frame.startsWith("event: values"))
                    .hasSizeGreaterThan(1);
        });
    }

    @Test
    void aRequestThatDoesNotAskForItHasNoTape() throws Exception {
        overAFile(servers -> {
            List<String> there = Http.frames(servers.idles()
                    .post("/threads/t/runs/stream", ASK + "false}")
                    .body());

            assertThat(tokens(there)).isEmpty();
            assertThat(there.get(there.size() - 1)).contains("Hello there friend");
            assertThat(servers.store().tape().newest("t", 1)).isEmpty();
        });
    }

    private static List<String> seenElsewhere(Checkpointer store, String path) {
        try (FixtureServer other = FixtureServer.idle(store, Store.inMemory())) {
            return Http.frames(new Http(other.uri()).get(path + "/stream").body());
        }
    }

    /** An hour after the run its tape is gone: that is named, and what is in the log is there. */
    @Test
    void whatIsGoneFromATapeIsAGap() throws Exception {
        MovedClock clock = new MovedClock();
        Checkpointer store = Checkpointer.inMemory(clock);
        String path;
        try (FixtureServer works = FixtureServer.start(0, store, Store.inMemory())) {
            Http http = new Http(works.uri());
            path = http.post("/threads/t/runs", ASK + "true}")
                    .headers()
                    .firstValue("content-location")
                    .orElseThrow();
            http.get(path + "/join");
        }
        await().until(() -> store.tape().newest("t", 1).isPresent());
        clock.move(Tape.KEPT.plusMinutes(1));
        assertThat(store.tape().tidy()).isPositive();

        List<String> frames = seenElsewhere(store, path);

        assertThat(frames).filteredOn(frame -> frame.contains("EventsDropped")).hasSize(1);
        assertThat(position(frames, "EventsDropped")).isEqualTo(1);
        assertThat(frames.get(frames.size() - 1)).contains("Hello there friend");
    }

    @Test
    void aKilledOwnerLeavesAGapAndTheLogOverAFile() throws Exception {
        String file = folder.resolve("killed.db").toString();
        try (Sqlite db = Sqlite.open(Path.of(file))) {
            aKilledOwnerLeavesAGapAndTheLog(file, db.checkpointer(), db.store());
        }
    }

    @Test
    void aKilledOwnerLeavesAGapAndTheLogOverPostgres() throws Exception {
        String place = Databases.fresh();
        try (Postgres db = Postgres.connect(place, "postgres", "postgres")) {
            aKilledOwnerLeavesAGapAndTheLog(place, db.checkpointer(), db.store());
        }
    }

    @SuppressWarnings("try") // the second server is only to be there
    private static void aKilledOwnerLeavesAGapAndTheLog(String place, Checkpointer store, Store items)
            throws Exception {
        List<String> frames = new ArrayList<>();
        try (FixtureServer idle = FixtureServer.idle(store, items);
                ServerProcess first = ServerProcess.start(place)) {
            Http http = new Http(idle.uri());
            String path = http.post(
                            "/threads/k/runs",
                            "{\"assistant_id\":\"talks\",\"if_not_exists\":\"create\",\"input\":{\"millis\":3000},"
                                    + "\"stream_mode\":[\"custom\",\"updates\",\"values\"],\"stream_resumable\":true}")
                    .headers()
                    .firstValue("content-location")
                    .orElseThrow();
            try (BufferedReader stream = http.open(path + "/stream")) {
                read(stream, frames, "said 1");
                first.kill();
                try (ServerProcess second = ServerProcess.start(place)) {
                    read(stream, frames, "\"talked\"");
                }
            }
        }
        List<String> told =
                frames.stream().filter(frame -> !frame.startsWith(":")).toList();
        assertThat(told).doesNotHaveDuplicates();
        assertThat(told).filteredOn(frame -> frame.contains("EventsDropped")).hasSize(1);
        int gap = position(told, "EventsDropped");
        assertThat(position(told, "said 1")).isLessThan(gap);
        assertThat(position(told, "said 3")).isGreaterThan(gap);
        assertThat(told)
                .filteredOn(frame -> frame.startsWith("event: updates") && frame.contains("begins"))
                .hasSize(1);
    }

    private static int position(List<String> frames, String part) {
        return frames.stream().map(frame -> frame.contains(part)).toList().indexOf(true);
    }

    private static void read(BufferedReader stream, List<String> frames, String until) throws Exception {
        StringBuilder frame = new StringBuilder();
        for (String line = stream.readLine(); line != null; line = stream.readLine()) {
            frame.append(line).append('\n');
            if (line.isEmpty()) {
                frames.add(frame.toString());
                if (frame.indexOf(until) >= 0) {
                    return;
                }
                frame.setLength(0);
            }
        }
        throw new AssertionError("the stream ended after " + frames);
    }

    private static String tokens(List<String> frames) {
        return frames.stream()
                .filter(frame -> frame.startsWith("event: messages"))
                .map(TapeTest::data)
                .map(data -> data.get(0).get("content").asString())
                .collect(Collectors.joining());
    }

    private static JsonNode data(String frame) {
        String line = frame.lines()
                .filter(one -> one.startsWith("data: "))
                .findFirst()
                .orElseThrow();
        return Json.read(line.substring("data: ".length()));
    }
}
