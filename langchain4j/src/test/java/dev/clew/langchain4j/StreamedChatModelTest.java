package dev.clew.langchain4j;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.clew.contracts.lab.Eventually;
import dev.clew.contracts.lab.Lab;
import dev.clew.flow.RunResult;
import dev.clew.flow.RunStream;
import dev.clew.flow.WorkflowCancelledException;
import dev.clew.flow.WorkflowFailedException;
import dev.clew.interrupt.Command;
import dev.clew.stream.StreamEvent;
import dev.clew.stream.StreamMode;
import dev.clew.task.IllegalStepException;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A task that asks a streaming model, and what those see who stream its run. */
@Timeout(60)
final class StreamedChatModelTest extends ChatFixture {
    private static Chat asking(ScriptedModel model) {
        return (question, task) -> StreamedChatModel.of(model, task).chat(question);
    }

    private static void hello(ScriptedModel.Line line) {
        line.say("Hel").say("lo").end("Hello");
    }

    @Tag("B194")
    @Test
    void tellsEachTokenWithItsTaskAndGivesTheWholeAnswer() {
        Lab lab = lab(asking(new ScriptedModel(StreamedChatModelTest::hello)));

        List<StreamEvent> events = read(lab.workflow().stream("hi", T, StreamMode.MESSAGES, StreamMode.UPDATES));

        String id = "t/" + lab.workflow().state(T).runId() + "/task:write#1";
        assertThat(events)
                .containsExactly(
                        new StreamEvent.Message("write", "task:write#1", id, 0, 1, "Hel", false),
                        new StreamEvent.Message("write", "task:write#1", id, 0, 1, "lo", false),
                        new StreamEvent.Update("write", "task:write#1", "Hello", false, false),
                        new StreamEvent.Update("Lab.run", "", "Hello", false, false));
    }

    @Tag("B194")
    @Test
    void tellsNothingOfASilentModel() {
        ScriptedModel model = new ScriptedModel(StreamedChatModelTest::hello);
        Lab lab = lab(
                (question, task) -> StreamedChatModel.of(model, task).silent().chat(question));

        assertThat(tokens(read(lab.workflow().stream("hi", T, StreamMode.MESSAGES))))
                .isEmpty();
        assertThat(lab.workflow().state(T).value()).isEqualTo("Hello");
    }

    @Test
    void answersWhereNobodyListens() {
        Lab lab = lab(asking(new ScriptedModel(StreamedChatModelTest::hello)));

        assertThat(lab.workflow().invoke("hi", T).value()).isEqualTo("Hello");
    }

    @Test
    void recordedAnswerIsNotAskedForAgainAndItsTokensAreGone() {
        ScriptedModel model = new ScriptedModel(StreamedChatModelTest::hello);
        Lab lab = lab(asking(model));
        Lab.Body body = (input, calls, run) -> calls.task("write", input, s -> {
                            throw new AssertionError("it is recorded");
                        })
                        .join()
                + run.interrupt("go on?");
        lab.body((input, calls, run) -> calls.raw()
                        .call(
                                dev.clew.spi.TaskSpec.of("write", dev.clew.value.TypeRef.of(String.class))
                                        .method("Lab", "write(String)")
                                        .parameter("argument", dev.clew.value.TypeRef.of(String.class))
                                        .leaf(call -> asking(model).ask(call.arg(0), call.taskContext())),
                                input)
                        .join()
                + run.interrupt("go on?"));
        assertThat(lab.workflow().invoke("hi", T)).isInstanceOf(RunResult.Interrupted.class);

        List<StreamEvent> resumed =
                read(lab.body(body).workflow().stream(Command.resume("!"), T, StreamMode.MESSAGES, StreamMode.UPDATES));

        assertThat(resumed)
                .containsExactly(
                        new StreamEvent.Update("write", "task:write#1", "Hello", false, true),
                        new StreamEvent.Update("Lab.run", "", "Hello!", false, false));
        assertThat(model.calls()).isEqualTo(1);
    }

    @Test
    void failedStreamFailsTheAttemptAndTheNextOneSpeaksAnew() {
        Lab lab = lab(
                task -> task.retry(THRICE),
                asking(new ScriptedModel(
                        line -> line.say("He").fail(new IOException("cut")),
                        line -> line.fail(new IllegalCallerException("not even begun")),
                        StreamedChatModelTest::hello)));

        List<StreamEvent> events = read(lab.workflow().stream("hi", T, StreamMode.MESSAGES, StreamMode.TASKS));

        assertThat(tokens(events)).containsExactly("1 He", "3 Hel", "3 lo");
        assertThat(events)
                .filteredOn(StreamEvent.TaskRetried.class::isInstance)
                .extracting(event ->
                        ((StreamEvent.TaskRetried) event).error().types().get(0))
                .containsExactly(StreamFailedException.class.getName(), IllegalCallerException.class.getName());
        assertThat(lab.workflow().state(T).value()).isEqualTo("Hello");
    }

    @Test
    void failureWithoutRetryIsTheTasks() {
        Lab lab = lab(asking(new ScriptedModel(line -> line.say("He").fail(new IllegalStateException("no")))));

        assertThat(catchThrowable(() -> lab.workflow().invoke("hi", T)))
                .isInstanceOf(WorkflowFailedException.class)
                .hasRootCauseMessage("no");
    }

    @Test
    void timeoutClosesTheUpstreamAndLateTokensAreDropped() throws Exception {
        CountDownLatch closed = new CountDownLatch(1);
        AtomicReference<ScriptedModel.Line> late = new AtomicReference<>();
        Lab lab = lab(
                task -> task.retry(THRICE).timeout(Duration.ofMillis(150)),
                asking(new ScriptedModel(
                        line -> {
                            late.set(line.say("stuck"));
                            line.awaitClosed();
                            line.say("late").end("late");
                            closed.countDown();
                        },
                        StreamedChatModelTest::hello)));

        List<StreamEvent> events = read(lab.workflow().stream("hi", T, StreamMode.MESSAGES));

        assertThat(closed.await(20, TimeUnit.SECONDS)).isTrue();
        late.get().say("later");
        assertThat(tokens(events)).containsExactly("1 stuck", "2 Hel", "2 lo");
        assertThat(lab.workflow().state(T).value()).isEqualTo("Hello");
    }

    @Test
    void tokensAreSignsOfLife() {
        Lab lab = lab(task -> task.idleTimeout(Duration.ofSeconds(2)), asking(new ScriptedModel(line -> {
            for (int i = 0; i < 10; i++) {
                Thread.sleep(300);
                line.say("t" + i);
            }
            line.end("alive");
        })));

        assertThat(lab.workflow().invoke("hi", T).value()).isEqualTo("alive");
    }

    @Test
    void cancellingTheRunClosesTheUpstream() throws Exception {
        CountDownLatch closed = new CountDownLatch(1);
        Lab lab = lab(asking(new ScriptedModel(line -> {
            line.say("stuck").awaitClosed();
            closed.countDown();
        })));
        List<StreamEvent> seen = new ArrayList<>();

        try (RunStream<String> stream = lab.workflow().stream("hi", T, StreamMode.MESSAGES)) {
            Throwable end = catchThrowable(() -> stream.forEach(event -> {
                seen.add(event);
                lab.workflow().cancel(T);
            }));

            assertThat(end).isInstanceOf(WorkflowCancelledException.class);
        }
        assertThat(closed.await(20, TimeUnit.SECONDS)).isTrue();
        assertThat(tokens(seen)).containsExactly("1 stuck");
    }

    /** A model that hides its handle cannot be closed, but its tokens belong to nobody all the same. */
    @Test
    void modelThatIsKeptBeyondItsTaskIsRefused() {
        AtomicReference<StreamedChatModel> kept = new AtomicReference<>();
        ScriptedModel model = new ScriptedModel(StreamedChatModelTest::hello, StreamedChatModelTest::hello);
        Lab lab = lab((question, task) -> {
            kept.set(StreamedChatModel.of(model, task));
            return kept.get().chat(question);
        });
        lab.workflow().invoke("hi", T);

        CompletableFuture<String> late =
                CompletableFuture.supplyAsync(() -> kept.get().chat("again"));

        Eventually.until(late::isDone);
        assertThat(late)
                .failsWithin(Duration.ofSeconds(1))
                .withThrowableThat()
                .withCauseInstanceOf(IllegalStepException.class);
    }
}
