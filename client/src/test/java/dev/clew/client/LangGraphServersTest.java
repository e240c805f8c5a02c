package dev.clew.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.clew.flow.RunConfig;
import dev.clew.flow.RunHandle;
import dev.clew.flow.RunResult;
import dev.clew.flow.RunStream;
import dev.clew.flow.WorkflowCancelledException;
import dev.clew.flow.WorkflowFailedException;
import dev.clew.interrupt.AnswerRefusedException;
import dev.clew.interrupt.Command;
import dev.clew.interrupt.InterruptKey;
import dev.clew.state.RunStatus;
import dev.clew.state.ThreadStatus;
import dev.clew.stream.StreamEvent;
import dev.clew.stream.StreamMode;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The official development servers, as {@code client/try-langgraph} installs and starts them. Their addresses are in {@code
 * CLEW_LANGGRAPH_URLS}, with commas between them; without, nothing is tested.
 */
final class LangGraphServersTest {
    record Sheet(@Nullable String topic, @Nullable List<String> notes) {}

    record Question(String text) {}

    private static final InterruptKey<Question, String> OK = InterruptKey.of("ok", Question.class, String.class);
    private static final String URLS = System.getenv().getOrDefault("CLEW_LANGGRAPH_URLS", "");

    private final RunConfig thread = RunConfig.thread("java " + UUID.randomUUID());

    @BeforeAll
    static void needsServers() {
        assumeTrue(!URLS.isEmpty(), "CLEW_LANGGRAPH_URLS names no server; client/try-langgraph starts them");
    }

    static Stream<String> servers() {
        return Stream.of(URLS.split(","));
    }

    private static RemoteWorkflow<Sheet, Sheet> sheets(String url, String name) {
        return RemoteWorkflow.builder(url, name, Sheet.class, Sheet.class)
                .question(OK)
                .build();
    }

    private static Sheet of(String topic) {
        return new Sheet(topic, List.of());
    }

    @ParameterizedTest
    @MethodSource("servers")
    void aQuestionIsTakenByItsTypeAndAnswered(String url) {
        RemoteWorkflow<Sheet, Sheet> notes = sheets(url, "notes");

        RunResult<Sheet> paused = notes.invoke(of("rain"), thread);
        var question = ((RunResult.Interrupted<Sheet>) paused).only(OK);
        assertThat(question.value()).isEqualTo(new Question("ok?"));
        assertThat(notes.state(thread).status()).isEqualTo(ThreadStatus.INTERRUPTED);
        assertThatExceptionOfType(AnswerRefusedException.class)
                .isThrownBy(() -> notes.invoke(Command.resume("0".repeat(32), "yes"), thread));

        RunResult<Sheet> done = notes.invoke(question.answer("yes"), thread);
        assertThat(done.value().notes()).containsExactly("plan rain", "answer yes");
        assertThat(done.runId()).isEqualTo(paused.runId());
        assertThat(notes.state(thread).value()).isEqualTo(done.value());
        assertThat(notes.history(thread)).hasSizeGreaterThanOrEqualTo(3);
    }

    @ParameterizedTest
    @MethodSource("servers")
    void aTextIsAResult(String url) {
        RemoteWorkflow<String, String> plain =
                RemoteWorkflow.builder(url, "plain", String.class, String.class).build();

        assertThat(plain.invoke("rain", RunConfig.none()).value()).isEqualTo("RAIN");
    }

    @ParameterizedTest
    @MethodSource("servers")
    void aFailureHasItsClassAndMessage(String url) {
        RemoteWorkflow<Sheet, Sheet> fail = sheets(url, "fail");

        assertThatExceptionOfType(WorkflowFailedException.class)
                .isThrownBy(() -> fail.invoke(of("rain"), RunConfig.none()))
                .withMessageContaining("no ink")
                .satisfies(failed -> assertThat(failed.failure().type()).endsWith("Error"));
    }

    @ParameterizedTest
    @MethodSource("servers")
    void aRequestWhoseAnswerIsLostStartsOneRun(String url) throws Exception {
        try (Proxy proxy = new Proxy(url, false)) {
            proxy.losses.set(1);
            RunResult<Sheet> paused = sheets(proxy.uri(), "notes").invoke(of("rain"), thread);

            assertThat(paused).isInstanceOf(RunResult.Interrupted.class);
            assertThat(proxy.count("POST")).isEqualTo(1);
        }
    }

    @ParameterizedTest
    @MethodSource("servers")
    void aStreamThatIsCutGoesOn(String url) throws Exception {
        try (Proxy proxy = new Proxy(url, false)) {
            proxy.cutAfter.set(200);
            try (RunStream<Sheet> stream = sheets(proxy.uri(), "naps").stream(of("x"), thread, StreamMode.UPDATES)) {
                assertThat(stream.events().map(event -> ((StreamEvent.Update) event).name()))
                        .containsExactly("s0", "s1", "s2", "s3", "s4", "s5", "s6", "s7", "s8", "s9");
                assertThat(stream.result().value().notes()).hasSize(10);
            }
            assertThat(proxy.cursors).isNotEmpty();
        }
    }

    @ParameterizedTest
    @MethodSource("servers")
    void anEnqueuedRunIsWaitedForJoinedAndCancelled(String url) {
        RemoteWorkflow<Sheet, Sheet> naps = sheets(url, "naps");
        RunHandle<Sheet> first = naps.enqueue(of("x"), thread.runId("first"));

        RunHandle<Sheet> again = naps.enqueue(of("x"), thread.runId("first"));
        assertThat(again.result().value().notes()).hasSize(10);
        assertThat(first.status()).isEqualTo(RunStatus.COMPLETED);

        RunHandle<Sheet> second = naps.enqueue(of("y"), thread.runId("second"));
        assertThat(second.cancel()).isTrue();
        assertThatExceptionOfType(WorkflowCancelledException.class).isThrownBy(second::result);
    }
}
