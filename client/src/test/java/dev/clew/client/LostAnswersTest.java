package dev.clew.client;

import static org.assertj.core.api.Assertions.assertThat;

import dev.clew.client.fixture.Story;
import dev.clew.client.fixture.Story.Draft;
import dev.clew.client.fixture.Story.Essay;
import dev.clew.client.fixture.Story.Verdict;
import dev.clew.client.fixture.StoryServer;
import dev.clew.flow.RunConfig;
import dev.clew.flow.RunResult;
import dev.clew.flow.RunStream;
import dev.clew.flow.WhenBusy;
import dev.clew.flow.WorkflowFailedException;
import dev.clew.state.ThreadStatus;
import dev.clew.stream.StreamEvent;
import dev.clew.stream.StreamMode;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Answers that are lost, and streams that are cut or fall silent, of Clew's server and of one that knows no keys. */
final class LostAnswersTest {
    private final StoryServer server = StoryServer.inMemory();

    @AfterEach
    void close() {
        server.close();
    }

    private static RemoteWorkflow<String, Essay> essays(Proxy proxy) {
        return RemoteWorkflow.builder(proxy.uri(), "essay", String.class, Essay.class)
                .question(Story.REVIEW)
                .idleTimeout(Duration.ofMillis(700))
                .build();
    }

    private static RemoteWorkflow<Integer, Integer> naps(Proxy proxy) {
        return RemoteWorkflow.builder(proxy.uri(), "naps", Integer.class, Integer.class)
                .idleTimeout(Duration.ofMillis(700))
                .build();
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void aRequestWhoseAnswerIsLostStartsOneRun(boolean langGraph) throws Exception {
        try (Proxy proxy = new Proxy(server.uri(), langGraph)) {
            RemoteWorkflow<String, Essay> essays = essays(proxy);
            RunConfig thread = RunConfig.thread("essay-1");

            proxy.losses.set(1);
            RunResult<Essay> paused = essays.invoke("rain", thread);
            proxy.losses.set(1);
            RunResult<Essay> done = essays.invoke(
                    ((RunResult.Interrupted<Essay>) paused).only(Story.REVIEW).answer(new Verdict(true, "")), thread);
            proxy.losses.set(1);
            String runId = essays.enqueue("snow", RunConfig.thread("essay-2")).runId();

            assertThat(done.value()).isEqualTo(new Essay("On rain.", 0));
            assertThat(essays.handle(runId, "essay-2").result()).isInstanceOf(RunResult.Interrupted.class);
            assertThat(server.story().calls.get("compose:rain")).hasValue(1);
            assertThat(server.story().calls.get("compose:snow")).hasValue(1);
            assertThat(proxy.count("POST /threads/")).isEqualTo(langGraph ? 3 : 6);
        }
    }

    @Test
    void aRequestThatIsListedLateAndFindsItsThreadBusyIsItsOwn() throws Exception {
        try (Proxy proxy = new Proxy(server.uri(), true)) {
            RemoteWorkflow<Integer, Integer> naps = RemoteWorkflow.builder(
                            proxy.uri(), "naps", Integer.class, Integer.class)
                    .patience(Duration.ofSeconds(3))
                    .build();
            proxy.losses.set(1);
            proxy.hidesRunsBefore.set(2);

            assertThat(naps.invoke(600, RunConfig.thread("n")).value()).isEqualTo(10);

            assertThat(server.story().calls.get("nap:0")).hasValue(1);
        }
    }

    @Test
    void aRequestThatWasRefusedByABusyThreadAfterItWasLostIsLookedForAgain() throws Exception {
        try (Proxy proxy = new Proxy(server.uri(), true)) {
            RemoteWorkflow<Integer, Integer> naps = RemoteWorkflow.builder(
                            proxy.uri(), "naps", Integer.class, Integer.class)
                    .patience(Duration.ofSeconds(2))
                    .build();
            proxy.losses.set(1);
            proxy.hidesRunsBefore.set(3);

            assertThat(naps.invoke(700, RunConfig.thread("n").whenBusy(WhenBusy.waitUpTo(Duration.ofSeconds(30))))
                            .value())
                    .isEqualTo(10);

            assertThat(server.story().calls.get("nap:0")).hasValue(1);
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void aStreamThatIsCutGoesOnAndShowsEachEventOnce(boolean langGraph) throws Exception {
        try (Proxy proxy = new Proxy(server.uri(), langGraph)) {
            proxy.cutAfter.set(400);
            List<StreamEvent> events;
            RunResult<Integer> result;
            try (RunStream<Integer> stream =
                    naps(proxy).stream(30, RunConfig.thread("n"), StreamMode.UPDATES, StreamMode.VALUES)) {
                events = stream.events().toList();
                result = stream.result();
            }

            assertThat(result.value()).isEqualTo(10);
            assertThat(events.stream()
                            .filter(event -> event instanceof StreamEvent.Update update
                                    && update.name().equals("nap"))
                            .map(event -> ((StreamEvent.Update) event).value()))
                    .containsExactly(0, 1, 2, 3, 4, 5, 6, 7, 8, 9);
            assertThat(events.get(events.size() - 1)).isEqualTo(new StreamEvent.Value(10, false));
            assertThat(proxy.cursors).isNotEmpty();
        }
    }

    @Test
    void aStreamThatFallsSilentIsCutByTheClientAndGoesOn() throws Exception {
        try (Proxy proxy = new Proxy(server.uri(), false)) {
            proxy.silences.set(1);
            try (RunStream<Integer> stream = naps(proxy).stream(30, RunConfig.thread("n"), StreamMode.UPDATES)) {
                assertThat(stream.events()
                                .filter(event -> event instanceof StreamEvent.Update update
                                        && update.name().equals("nap")))
                        .hasSize(10);
            }
            assertThat(proxy.count("GET /threads/n/runs/")).isGreaterThan(0);
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void aStreamThatEndsTooEarlyIsReadToItsEnd(boolean langGraph) throws Exception {
        try (Proxy proxy = new Proxy(server.uri(), langGraph)) {
            proxy.endings.set(2);
            try (RunStream<Integer> stream = naps(proxy).stream(5, RunConfig.thread("n"), StreamMode.UPDATES)) {
                assertThat(stream.events()
                                .filter(event -> event instanceof StreamEvent.Update update
                                        && update.name().equals("nap")))
                        .hasSize(10);
            }
        }
    }

    @Test
    void aLongStepWithoutEventsIsNoServerThatIsAway() throws Exception {
        try (Proxy proxy = new Proxy(server.uri(), false)) {
            RemoteWorkflow<Integer, Integer> rest = RemoteWorkflow.builder(
                            proxy.uri(), "rest", Integer.class, Integer.class)
                    .idleTimeout(Duration.ofMillis(1_200))
                    .patience(Duration.ofMillis(400))
                    .build();
            try (RunStream<Integer> stream = rest.stream(4_000, RunConfig.thread("r"), StreamMode.UPDATES)) {
                assertThat(stream.events()).isNotEmpty();
                assertThat(stream.result().value()).isEqualTo(7);
            }
            assertThat(proxy.count("GET /threads/r/runs/")).isGreaterThan(1);
        }
    }

    @Test
    void aStreamWhoseFirstAnswerIsLostShowsEverything() throws Exception {
        try (Proxy proxy = new Proxy(server.uri(), true)) {
            proxy.losses.set(1);
            try (RunStream<Integer> stream = naps(proxy).stream(5, RunConfig.thread("n"), StreamMode.UPDATES)) {
                assertThat(stream.events()
                                .filter(event -> event instanceof StreamEvent.Update update
                                        && update.name().equals("nap")))
                        .hasSize(10);
            }
        }
    }

    @Test
    void onAServerOfLangGraphsThreadsHaveTheUuidsOfTheirNames() throws Exception {
        try (Proxy proxy = new Proxy(server.uri(), true)) {
            RemoteWorkflow<String, Essay> essays = essays(proxy);
            RunResult<Essay> paused = essays.invoke("rain", RunConfig.thread("essay-1"));

            assertThat(essays.capabilities().server()).isEqualTo("langgraph");
            assertThat(paused.threadId()).isEqualTo("essay-1");
            assertThat(essays.state("essay-1").status()).isEqualTo(ThreadStatus.INTERRUPTED);
            assertThat(((RunResult.Interrupted<Essay>) paused)
                            .only(Story.REVIEW)
                            .value())
                    .isEqualTo(new Draft("On rain."));
            assertThat(proxy.seen).noneMatch(request -> request.contains("essay-1"));
            String own = UUID.randomUUID().toString();
            essays.invoke("snow", RunConfig.thread(own));
            assertThat(proxy.seen).anyMatch(request -> request.contains(own));
        }
    }

    @Test
    void aFailureIsReadFromTheStateWhereAJoinDoesNotSayIt() throws Exception {
        try (Proxy proxy = new Proxy(server.uri(), true)) {
            RemoteWorkflow<String, String> inky = RemoteWorkflow.builder(
                            proxy.uri(), "inky", String.class, String.class)
                    .build();
            try {
                RunResult<String> unused =
                        inky.enqueue("rain", RunConfig.thread("ink")).result();
                throw new AssertionError("it did not fail");
            } catch (WorkflowFailedException failed) {
                assertThat(failed.failure().type()).isEqualTo("IllegalStateException");
                assertThat(failed.failure().message()).isEqualTo("no ink for rain");
            }
        }
    }
}
