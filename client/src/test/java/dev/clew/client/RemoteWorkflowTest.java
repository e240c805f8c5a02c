package dev.clew.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.clew.client.fixture.Story;
import dev.clew.client.fixture.Story.Draft;
import dev.clew.client.fixture.Story.Essay;
import dev.clew.client.fixture.Story.Verdict;
import dev.clew.client.fixture.StoryServer;
import dev.clew.flow.HistoryEntry;
import dev.clew.flow.RequestRefusedException;
import dev.clew.flow.RequestRefusedException.Reason;
import dev.clew.flow.RunConfig;
import dev.clew.flow.RunHandle;
import dev.clew.flow.RunResult;
import dev.clew.flow.ThreadBusyException;
import dev.clew.flow.WhenBusy;
import dev.clew.flow.WhenInterrupted;
import dev.clew.flow.WorkflowCancelledException;
import dev.clew.flow.WorkflowFailedException;
import dev.clew.interrupt.AnswerRefusedException;
import dev.clew.interrupt.Command;
import dev.clew.interrupt.PendingInterrupt;
import dev.clew.schedule.Every;
import dev.clew.server.auth.Authenticator;
import dev.clew.state.ForkPoint;
import dev.clew.state.RunStatus;
import dev.clew.state.ThreadState;
import dev.clew.state.ThreadStatus;
import dev.clew.task.TaskTimeoutException;
import dev.clew.value.IllegalRequestException;
import dev.clew.value.TypeRef;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Calls of a server's workflows. */
final class RemoteWorkflowTest {
    private final StoryServer server = StoryServer.inMemory();
    private final RemoteWorkflow<String, Essay> essays = RemoteWorkflow.builder(
                    server.uri(), "essay", String.class, Essay.class)
            .question(Story.REVIEW)
            .build();
    private final RunConfig thread = RunConfig.thread("essay-1");

    @AfterEach
    void close() {
        server.close();
    }

    private RemoteWorkflow<String, String> texts(String name) {
        return RemoteWorkflow.builder(server.uri(), name, String.class, String.class)
                .build();
    }

    private RemoteWorkflow<Integer, Integer> naps() {
        return RemoteWorkflow.builder(server.uri(), "naps", Integer.class, Integer.class)
                .build();
    }

    private static Reason reasonOf(Runnable call) {
        try {
            call.run();
            throw new AssertionError("it was not refused");
        } catch (RequestRefusedException refused) {
            return refused.reason();
        }
    }

    // --- runs and questions ---

    @Test
    void aTypedQuestionIsAnsweredTypedUntilTheRunCompletes() {
        RunResult<Essay> paused = essays.invoke("rain", thread);
        assertThat(paused).isInstanceOf(RunResult.Interrupted.class);
        PendingInterrupt<Draft, Verdict> question = ((RunResult.Interrupted<Essay>) paused).only(Story.REVIEW);
        assertThat(question.value()).isEqualTo(new Draft("On rain."));
        assertThat(question.answerSchema())
                .hasValueSatisfying(schema -> assertThat(schema).contains("approved"));

        RunResult<Essay> again = essays.invoke(question.answer(new Verdict(false, "More.")), thread);
        PendingInterrupt<Draft, Verdict> second = ((RunResult.Interrupted<Essay>) again).only(Story.REVIEW);
        RunResult<Essay> done = essays.invoke(second.answer(new Verdict(true, "")), thread);

        assertThat(done.value()).isEqualTo(new Essay("On rain. More.", 1));
        assertThat(done.threadId()).isEqualTo("essay-1");
        assertThat(done.runId()).isEqualTo(paused.runId());
        assertThat(server.story().calls.get("compose:rain")).hasValue(1);
    }

    @Test
    void valuesThatAreNoObjectsComeBackAsThemselves() {
        assertThat(texts("echo").invoke("hello", RunConfig.none()).value()).isEqualTo("hello");
        assertThat(texts("nothing").invoke("hello", RunConfig.none()).value()).isNull();
        assertThat(RemoteWorkflow.builder(
                                server.uri(), "words", TypeRef.of(String.class), new TypeRef<List<String>>() {})
                        .build()
                        .invoke("one two", RunConfig.none())
                        .value())
                .containsExactly("one", "two");
        assertThat(naps().invoke(1, RunConfig.none()).value()).isEqualTo(10);
    }

    @Test
    void aFailureNamesTheClassThatWasThrownAndProceedingGoesOn() {
        RemoteWorkflow<String, String> inky = texts("inky");

        assertThatExceptionOfType(WorkflowFailedException.class)
                .isThrownBy(() -> inky.invoke("rain", RunConfig.thread("ink")))
                .withMessageContaining("no ink for rain")
                .satisfies(failed -> assertThat(failed.failure().type()).isEqualTo("IllegalStateException"));
        ThreadState<String> state = inky.state("ink");
        assertThat(state.status()).isEqualTo(ThreadStatus.FAILED);
        assertThat(state.failure())
                .isNotNull()
                .satisfies(failure -> assertThat(failure.message()).isEqualTo("no ink for rain"));

        server.story().isFixed = true;
        assertThat(inky.invoke(Command.proceed(), RunConfig.thread("ink")).value())
                .isEqualTo("written: rain");
    }

    @Test
    void theSameJobAgainIsTheSameRun() {
        RunConfig once = RunConfig.once("job 1/ä");
        RunResult<Essay> paused = essays.invoke("rain", once);
        RunResult<Essay> again = essays.invoke("rain", once);
        assertThat(again).isInstanceOf(RunResult.Interrupted.class);
        assertThat(again.runId()).isEqualTo("job 1/ä");

        essays.invoke(Command.resume(new Verdict(true, "")), RunConfig.thread("job 1/ä"));
        RunResult<Essay> finished = essays.invoke("rain", once);

        assertThat(finished.value()).isEqualTo(new Essay("On rain.", 0));
        assertThat(paused.runId()).isEqualTo(finished.runId());
        assertThat(server.story().calls.get("compose:rain")).hasValue(1);
        assertThat(reasonOf(() -> essays.invoke("snow", once))).isEqualTo(Reason.OTHER_INPUT);
        assertThat(server.story().calls).doesNotContainKey("compose:snow");
    }

    @Test
    void aNewInputForAThreadThatAsksIsRefusedUnlessTheCallerAbandonsIt() {
        essays.invoke("rain", thread);

        assertThat(reasonOf(() -> essays.invoke("snow", thread))).isEqualTo(Reason.INTERRUPTED);
        assertThat(server.story().calls).doesNotContainKey("compose:snow");
        RunResult<Essay> other = essays.invoke("snow", thread.whenInterrupted(WhenInterrupted.ABANDON));
        assertThat(((RunResult.Interrupted<Essay>) other).only(Story.REVIEW).value())
                .isEqualTo(new Draft("On snow."));
    }

    @Test
    void answersThatFitNoQuestionAreRefusedAndTheQuestionStays() {
        assertThatExceptionOfType(AnswerRefusedException.class)
                .isThrownBy(() -> essays.invoke(Command.resume("yes"), thread))
                .satisfies(refused ->
                        assertThat(refused.reason()).isEqualTo(AnswerRefusedException.Reason.NOTHING_PENDING));
        essays.invoke("rain", thread);
        assertThatExceptionOfType(AnswerRefusedException.class)
                .isThrownBy(() -> essays.invoke(Command.resume("0".repeat(32), "yes"), thread))
                .satisfies(refused -> assertThat(refused.reason()).isEqualTo(AnswerRefusedException.Reason.UNKNOWN));
        assertThatExceptionOfType(AnswerRefusedException.class)
                .isThrownBy(() -> essays.invoke(Command.resume("yes"), thread))
                .satisfies(refused -> {
                    assertThat(refused.reason()).isEqualTo(AnswerRefusedException.Reason.WRONG_TYPE);
                    assertThat(refused.pending()).hasSize(1);
                });

        assertThat(essays.invoke(Command.resume(new Verdict(true, "")), thread).value())
                .isEqualTo(new Essay("On rain.", 0));
    }

    // --- queues, states ---

    @Test
    void anEnqueuedRunIsFoundAgainWaitedForAndCancelled() {
        RunHandle<Integer> run = naps().enqueue(100, RunConfig.thread("n").runId("nap-1"));

        assertThat(run.status()).isIn(RunStatus.QUEUED, RunStatus.RUNNING);
        assertThatExceptionOfType(TaskTimeoutException.class).isThrownBy(() -> run.result(Duration.ofMillis(50)));
        assertThat(naps().handle("nap-1", "n").result().value()).isEqualTo(10);
        assertThat(run.status()).isEqualTo(RunStatus.COMPLETED);
        assertThat(run.requestId()).isEqualTo(naps().handle("nap-1", "n").requestId());
        assertThat(run.cancel()).isFalse();
        assertThat(reasonOf(() -> naps().handle("none", "n").status())).isEqualTo(Reason.UNKNOWN);

        RunHandle<Integer> long1 = naps().enqueue(60_000, RunConfig.thread("long"));
        assertThat(long1.cancel()).isTrue();
        assertThatExceptionOfType(WorkflowCancelledException.class).isThrownBy(long1::result);
        assertThat(long1.status()).isEqualTo(RunStatus.CANCELLED);
    }

    @Test
    void aBusyThreadRefusesUnlessTheCallerWaits() {
        RunHandle<Integer> first = naps().enqueue(100, RunConfig.thread("n"));

        assertThatExceptionOfType(ThreadBusyException.class).isThrownBy(() -> naps().invoke(0, RunConfig.thread("n")));
        RunResult<Integer> second =
                naps().invoke(1, RunConfig.thread("n").whenBusy(WhenBusy.waitUpTo(Duration.ofSeconds(30))));
        assertThat(second.value()).isEqualTo(10);
        assertThat(first.status()).isEqualTo(RunStatus.COMPLETED);
    }

    @Test
    void statesAndHistoryAreTyped() {
        ThreadState<Essay> none = essays.state("essay-1");
        assertThat(none.status()).isEqualTo(ThreadStatus.IDLE);
        assertThat(none.runId()).isNull();
        assertThat(essays.history("essay-1")).isEmpty();

        RunResult<Essay> paused = essays.invoke("rain", thread.metadata("user", "ann"));
        ThreadState<Essay> asking = essays.state("essay-1");
        assertThat(asking.status()).isEqualTo(ThreadStatus.INTERRUPTED);
        assertThat(asking.runId()).isEqualTo(paused.runId());
        assertThat(asking.only(Story.REVIEW).value()).isEqualTo(new Draft("On rain."));
        assertThat(asking.value()).isNull();

        essays.invoke(asking.only(Story.REVIEW).answer(new Verdict(true, "")), thread);
        ThreadState<Essay> done = essays.state("essay-1");
        assertThat(done.status()).isEqualTo(ThreadStatus.IDLE);
        assertThat(done.value()).isEqualTo(new Essay("On rain.", 0));
        List<HistoryEntry<Essay>> history = essays.history("essay-1");
        assertThat(history.get(0).value()).isEqualTo(new Essay("On rain.", 0));
        assertThat(history.get(0).metadata()).containsEntry("user", "ann");
        assertThat(essays.state(history.get(0).config()).value()).isEqualTo(new Essay("On rain.", 0));

        RunConfig set = essays.updateState(thread, new Essay("Better.", 7));
        assertThat(essays.state("essay-1").value()).isEqualTo(new Essay("Better.", 7));
        assertThat(essays.history(set)).hasSize(1);
        assertThat(essays.history("essay-1").size()).isGreaterThan(history.size());
    }

    @Test
    void aThreadThatAsksCannotBeCancelledByThisWire() {
        essays.invoke("rain", thread);

        assertThat(reasonOf(() -> essays.cancel("essay-1"))).isEqualTo(Reason.UNSUPPORTED);
        assertThat(essays.cancel("nobody")).isFalse();
    }

    // --- what is not there ---

    @Test
    void whatTheWireLacksIsUnsupported() {
        RunConfig config = RunConfig.thread("t");

        assertThat(reasonOf(() -> essays.schedule("s", Every.of(Duration.ofHours(1)), "x", RunConfig.none())))
                .isEqualTo(Reason.UNSUPPORTED);
        assertThat(reasonOf(essays::schedules)).isEqualTo(Reason.UNSUPPORTED);
        assertThat(reasonOf(() -> essays.fork(config, ForkPoint.after("x")))).isEqualTo(Reason.UNSUPPORTED);
        assertThat(reasonOf(() -> essays.invoke("x", config.context("me")))).isEqualTo(Reason.UNSUPPORTED);
        assertThat(reasonOf(() -> essays.invoke("x", config.attributes(Map.of("tenant", "acme")))))
                .isEqualTo(Reason.UNSUPPORTED);
        assertThat(reasonOf(() -> essays.invoke("x", config.maxSteps(3)))).isEqualTo(Reason.UNSUPPORTED);
        assertThat(reasonOf(() -> essays.enqueue("x", config.queue("fast")))).isEqualTo(Reason.UNSUPPORTED);
        assertThat(essays.state("t").runId()).isNull();
    }

    @Test
    void unknownAssistantsWrongInputsAndAbsentServersAreNamed() {
        assertThat(reasonOf(() -> texts("nobody").invoke("x", RunConfig.none())))
                .isIn(Reason.UNKNOWN, Reason.INVALID);
        RemoteWorkflow<Integer, String> wrong = RemoteWorkflow.builder(
                        server.uri(), "echo", Integer.class, String.class)
                .build();
        assertThat(reasonOf(() -> wrong.invoke(3, RunConfig.thread("w")))).isEqualTo(Reason.INVALID);
        RemoteWorkflow<String, String> away = RemoteWorkflow.builder(
                        "http://127.0.0.1:1", "echo", String.class, String.class)
                .patience(Duration.ofMillis(300))
                .build();
        assertThatExceptionOfType(RemoteServerException.class)
                .isThrownBy(() -> away.invoke("x", RunConfig.none()))
                .withMessageContaining("http://127.0.0.1:1")
                .satisfies(e -> assertThat(e.isUnreachable()).isTrue());
        assertThatExceptionOfType(IllegalRequestException.class)
                .isThrownBy(() -> RemoteWorkflow.builder("localhost:8123", "echo", String.class, String.class)
                        .build());
    }

    @Test
    void credentialsAreAskedForWithEachRequest() {
        try (StoryServer guarded =
                StoryServer.with(with -> with.authenticator(Authenticator.apiKey("0123456789abcdef")))) {
            String[] key = {"wrong"};
            RemoteWorkflow<String, String> echo = RemoteWorkflow.builder(
                            guarded.uri(), "echo", String.class, String.class)
                    .header("x-api-key", () -> key[0])
                    .build();

            assertThatExceptionOfType(RemoteServerException.class)
                    .isThrownBy(() -> echo.invoke("x", RunConfig.none()))
                    .satisfies(e -> assertThat(e.status()).isEqualTo(401));
            key[0] = "0123456789abcdef";
            assertThat(echo.invoke("x", RunConfig.none()).value()).isEqualTo("x");
        }
    }

    @Test
    void capabilitiesSayWhoseServerItIs() {
        assertThat(essays.capabilities().server()).isEqualTo("clew");
        assertThat(essays.capabilities().has(Capabilities.Feature.IDEMPOTENCY_KEYS))
                .isTrue();
    }

    @Test
    void batchesAndFuturesGiveAllResults() throws Exception {
        assertThat(texts("echo").batch(List.of("a", "b"), List.of(RunConfig.none(), RunConfig.none())))
                .extracting(RunResult::value)
                .containsExactly("a", "b");
        assertThat(texts("echo")
                        .invokeAsync("c", RunConfig.none())
                        .get(30, TimeUnit.SECONDS)
                        .value())
                .isEqualTo("c");
    }
}
