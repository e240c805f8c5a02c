package dev.clew.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.clew.client.fixture.Caller;
import dev.clew.client.fixture.CallerProcess;
import dev.clew.client.fixture.LongRead;
import dev.clew.client.fixture.StoryServer;
import dev.clew.flow.RunConfig;
import dev.clew.flow.RunStream;
import dev.clew.stream.StreamEvent;
import dev.clew.stream.StreamMode;
import java.io.IOException;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Servers and callers that are killed with SIGKILL. */
final class KilledProcessesTest {
    @TempDir
    private Path folder;

    private static String freePort() throws IOException {
        try (ServerSocket any = new ServerSocket(0)) {
            return String.valueOf(any.getLocalPort());
        }
    }

    @Test
    void aStreamGoesOnAtTheNextServerAndShowsEachStoredEventOnce() throws Exception {
        String port = freePort();
        String file = folder.resolve("server.db").toString();
        List<StreamEvent> events = new ArrayList<>();
        TestProcess second = null;
        try (TestProcess first = TestProcess.start(StoryServer.class, port, file);
                RunStream<Integer> stream =
                        Caller.naps(first.line()).stream(150, RunConfig.thread("n"), StreamMode.UPDATES)) {
            Iterator<StreamEvent> reading = stream.iterator();
            for (int i = 0; i < 3; i++) {
                events.add(reading.next());
            }
            first.kill();
            second = TestProcess.start(StoryServer.class, port, file);
            reading.forEachRemaining(events::add);

            assertThat(events.stream()
                            .filter(event -> event instanceof StreamEvent.Update update
                                    && update.name().equals("nap"))
                            .map(event -> ((StreamEvent.Update) event).value()))
                    .containsExactly(0, 1, 2, 3, 4, 5, 6, 7, 8, 9);
            assertThat(stream.result().value()).isEqualTo(10);
        } finally {
            if (second != null) {
                second.close();
            }
        }
    }

    @Test
    void aCallerThatIsKilledFindsTheRunThatItStarted() throws Exception {
        findsItsRun(CallerProcess.class);
    }

    @Test
    void aGraphThatIsKilledFindsTheRunOfTheServerThatIsItsNode() throws Exception {
        findsItsRun(LongRead.class);
    }

    private void findsItsRun(Class<?> program) throws Exception {
        String file = folder.resolve("caller.db").toString();
        try (StoryServer server = StoryServer.inMemory()) {
            try (TestProcess first = TestProcess.start(program, file, server.uri(), "300")) {
                await().atMost(Duration.ofSeconds(60))
                        .until(() -> server.story().calls.containsKey("nap:1"));
                first.kill();
            }
            try (TestProcess second = TestProcess.start(program, file, server.uri(), "300")) {
                assertThat(second.line()).isEqualTo("result 10");
            }
            assertThat(server.story().calls.values())
                    .hasSize(10)
                    .allSatisfy(count -> assertThat(count).hasValue(1));
        }
    }
}
