package dev.clew.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;

import dev.clew.checkpoint.Checkpointer;
import dev.clew.client.fixture.Caller;
import dev.clew.client.fixture.CallerGraph;
import dev.clew.client.fixture.Story;
import dev.clew.client.fixture.Story.Draft;
import dev.clew.client.fixture.Story.Verdict;
import dev.clew.client.fixture.StoryServer;
import dev.clew.flow.RunConfig;
import dev.clew.flow.RunHandle;
import dev.clew.flow.RunResult;
import dev.clew.flow.WorkflowFailedException;
import dev.clew.interrupt.Command;
import dev.clew.interrupt.PendingInterrupt;
import dev.clew.state.ThreadStatus;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A server's workflows as children of bodies. */
final class RemoteChildTest {
    private final StoryServer server = StoryServer.inMemory();
    private final Checkpointer checkpointer = Checkpointer.inMemory();
    private final Caller caller = Caller.of(server.uri());
    private CallerGraph graph = open();

    private CallerGraph open() {
        return CallerGraph.builder(caller)
                .checkpointer(checkpointer)
                .recoverEvery(Duration.ofMillis(200))
                .parkAfter(Duration.ofMillis(400))
                .listener(Caller.naps(server.uri()).cancelWithCaller())
                .closeTimeout(Duration.ofSeconds(2))
                .build();
    }

    @AfterEach
    void close() {
        graph.close();
        server.close();
    }

    @Test
    void aQuestionOfTheServerIsAnsweredThroughTheCallersOwnAlsoAfterARestart() {
        RunConfig thread = RunConfig.thread("book-1");
        RunResult<String> paused = graph.book().invoke("RAIN", thread);
        PendingInterrupt<Draft, Verdict> question = ((RunResult.Interrupted<String>) paused).only(Story.REVIEW);
        assertThat(question.value()).isEqualTo(new Draft("On rain."));

        graph.close();
        graph = open();
        RunResult<String> again = graph.book().invoke(question.answer(new Verdict(false, "More.")), thread);
        PendingInterrupt<Draft, Verdict> second = ((RunResult.Interrupted<String>) again).only(Story.REVIEW);
        assertThat(second.value()).isEqualTo(new Draft("On rain. More."));
        RunResult<String> done = graph.book().invoke(second.answer(new Verdict(true, "")), thread);

        assertThat(done.value()).isEqualTo("printed: On rain. More.");
        assertThat(caller.before).hasValue(1);
        assertThat(caller.after).hasValue(1);
        assertThat(server.story().calls.get("compose:rain")).hasValue(1);
    }

    @Test
    void aLongRunOfTheServerParksTheCallerMeanwhile() {
        CompletableFuture<RunResult<Integer>> result = graph.sleepy().invokeAsync(400, RunConfig.thread("long"));

        await().atMost(Duration.ofSeconds(30))
                .pollInterval(Duration.ofMillis(20))
                .until(() -> graph.sleepy().state("long").status() == ThreadStatus.SLEEPING);
        assertThat(result.join().value()).isEqualTo(10);
        assertThat(server.story().calls.get("nap:0")).hasValue(1);
    }

    @Test
    void severalQuestionsAreAskedAtOnce() {
        RunConfig thread = RunConfig.thread("c");
        RunResult<List<String>> paused = graph.census().invoke(List.of("ann", "bob"), thread);
        List<PendingInterrupt<String, Integer>> asked = ((RunResult.Interrupted<List<String>>) paused).all(Story.AGE);

        assertThat(asked).extracting(PendingInterrupt::value).containsExactlyInAnyOrder("ann", "bob");
        RunResult<List<String>> done = graph.census()
                .invoke(
                        Command.answers(asked.stream()
                                .map(question ->
                                        question.answer(question.value().equals("ann") ? 30 : 40))
                                .toList()),
                        thread);
        assertThat(done.value()).containsExactly("ann:30", "bob:40");
    }

    @Test
    void aFailureOfTheServersRunIsTheCallersAndProceedingContinuesBoth() {
        RunConfig thread = RunConfig.thread("ink");
        assertThatExceptionOfType(WorkflowFailedException.class)
                .isThrownBy(() -> graph.inkwell().invoke("rain", thread))
                .withMessageContaining("no ink for rain");

        server.story().isFixed = true;

        assertThat(graph.inkwell().invoke(Command.proceed(), thread).value()).isEqualTo("written: rain");
    }

    @Test
    void cancellingTheCallerCancelsTheServersRun() throws Exception {
        CompletableFuture<RunResult<Integer>> result = graph.sleepy().invokeAsync(60_000, RunConfig.thread("long"));
        await().atMost(Duration.ofSeconds(30)).until(() -> server.story().calls.containsKey("nap:0"));
        assertThat(server.threads("{\"status\":\"busy\"}")).contains("clew_caller");

        assertThat(graph.sleepy().cancel("long")).isTrue();

        await().atMost(Duration.ofSeconds(30)).until(() -> server.threads("{\"status\":\"busy\"}"), "[]"::equals);
        assertThat(result).isCompletedExceptionally();
    }

    @Test
    void cancellingTheCallerCancelsNoRunOfOthersOnItsThread() {
        CompletableFuture<RunResult<Integer>> result = graph.shared().invokeAsync(60_000, RunConfig.thread("s"));
        await().atMost(Duration.ofSeconds(30)).until(() -> server.story().calls.containsKey("nap:0"));
        RunHandle<Integer> other = Caller.naps(server.uri()).enqueue(1, RunConfig.thread("shared"));

        assertThat(graph.shared().cancel("s")).isTrue();

        assertThat(other.result(Duration.ofSeconds(30)).value()).isEqualTo(10);
        assertThat(result).isCompletedExceptionally();
    }

    @Test
    void aCallerMayStopWaiting() {
        assertThat(graph.hasty().invoke(2_000, RunConfig.thread("h")).value()).isEqualTo("late");
    }

    @Test
    void aQuestionThatNobodyAnswersInTimeLapsesForTheCallerToo() {
        RunConfig thread = RunConfig.thread("guess");
        RunResult<String> paused = graph.guess().invoke("ann", thread);
        assertThat(((RunResult.Interrupted<String>) paused).only(Story.AGE).deadline())
                .isPresent();

        await().atMost(Duration.ofSeconds(30))
                .pollInterval(Duration.ofMillis(50))
                .until(() -> graph.guess().state("guess").status() == ThreadStatus.IDLE);
        assertThat(graph.guess().state("guess").value()).isEqualTo("ann is ageless");
    }

    @Test
    void aLaunchedRunIsNotWaitedFor() {
        String runId = graph.launcher().invoke("rain", RunConfig.thread("l")).value();

        RemoteWorkflow<String, Story.Essay> essays = RemoteWorkflow.builder(
                        server.uri(), "essay", String.class, Story.Essay.class)
                .question(Story.REVIEW)
                .build();
        RunResult<Story.Essay> paused = essays.handle(runId, "launched").result();
        assertThat(((RunResult.Interrupted<Story.Essay>) paused)
                        .only(Story.REVIEW)
                        .value())
                .isEqualTo(new Draft("On rain."));
    }
}
