package dev.clew.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;

import dev.clew.checkpoint.Checkpointer;
import dev.clew.client.fixture.Caller;
import dev.clew.client.fixture.LongRead;
import dev.clew.client.fixture.LongReadGraph;
import dev.clew.client.fixture.Newsroom;
import dev.clew.client.fixture.NewsroomGraph;
import dev.clew.client.fixture.Story;
import dev.clew.client.fixture.Story.Draft;
import dev.clew.client.fixture.Story.Verdict;
import dev.clew.client.fixture.StoryServer;
import dev.clew.flow.RunConfig;
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

/** A server's workflows as nodes of a graph. */
final class RemoteSubgraphTest {
    private final StoryServer server = StoryServer.inMemory();
    private final Checkpointer checkpointer = Checkpointer.inMemory();
    private final Newsroom newsroom = new Newsroom(server.uri());
    private NewsroomGraph graph = open();

    private NewsroomGraph open() {
        return NewsroomGraph.builder(newsroom)
                .checkpointer(checkpointer)
                .closeTimeout(Duration.ofSeconds(2))
                .build();
    }

    @AfterEach
    void close() {
        graph.close();
        server.close();
    }

    private PendingInterrupt<Draft, Verdict> question(RunResult<String> result) {
        return ((RunResult.Interrupted<String>) result).only(Story.REVIEW);
    }

    @Test
    void theStateGoesInWhatItGivesGoesIntoTheStateAndItsQuestionsAreTheGraphs() {
        server.story().isFixed = true;
        RunConfig thread = RunConfig.thread("issue");
        PendingInterrupt<Draft, Verdict> first = question(graph.workflow().invoke("RAIN", thread));
        assertThat(first.value()).isEqualTo(new Draft("On rain."));
        assertThat(graph.workflow().snapshot("issue").next()).containsExactly("essays");

        graph.close();
        graph = open();
        PendingInterrupt<Draft, Verdict> second =
                question(graph.workflow().invoke(first.answer(new Verdict(false, "More.")), thread));
        assertThat(second.value()).isEqualTo(new Draft("On rain. More."));
        RunResult<String> done = graph.workflow().invoke(second.answer(new Verdict(true, "")), thread);

        assertThat(done.value()).isEqualTo("14 letters, [written: rain]");
        Newsroom.Issue issue = graph.workflow().snapshot("issue").values();
        assertThat(issue.essay()).isEqualTo(new Story.Essay("On rain. More.", 1));
        assertThat(newsroom.before).hasValue(1);
        assertThat(server.story().calls.get("compose:rain")).hasValue(1);
    }

    @Test
    void anOutputThatIsARouteLeadsOn() {
        RunConfig thread = RunConfig.thread("fire");
        RunResult<String> paused = graph.workflow().invoke("fire", thread);

        RunResult<String> done = graph.workflow().invoke(question(paused).answer(new Verdict(true, "")), thread);

        assertThat(done.value()).isEqualTo("8 letters, []");
        assertThat(server.story().calls).doesNotContainKey("write:fire");
    }

    @Test
    void aFailureOfTheServersRunIsTheGraphsAndProceedingContinuesBoth() {
        RunConfig thread = RunConfig.thread("ink");
        RunResult<String> paused = graph.workflow().invoke("ink", thread);
        assertThatExceptionOfType(WorkflowFailedException.class)
                .isThrownBy(() -> graph.workflow().invoke(question(paused).answer(new Verdict(true, "")), thread))
                .withMessageContaining("no ink for ink")
                .satisfies(failed -> assertThat(failed.failure().toString()).contains("IllegalStateException"));

        server.story().isFixed = true;

        assertThat(graph.workflow().invoke(Command.proceed(), thread).value()).isEqualTo("7 letters, [written: ink]");
        assertThat(server.story().calls.get("compose:ink")).hasValue(1);
        assertThat(newsroom.before).hasValue(1);
    }

    private LongReadGraph reading(Duration parkAfter) {
        return LongReadGraph.builder(new LongRead(server.uri()))
                .checkpointer(checkpointer)
                .recoverEvery(Duration.ofMillis(200))
                .parkAfter(parkAfter)
                .listener(Caller.naps(server.uri()).cancelWithCaller())
                .closeTimeout(Duration.ofSeconds(2))
                .build();
    }

    @Test
    void aLongRunParksTheGraphMeanwhile() {
        try (LongReadGraph reading = reading(Duration.ofMillis(400))) {
            CompletableFuture<RunResult<Integer>> result =
                    reading.workflow().invokeAsync(400, RunConfig.thread("long"));
            await().atMost(Duration.ofSeconds(60))
                    .pollInterval(Duration.ofMillis(20))
                    .until(() -> reading.workflow().state("long").status() == ThreadStatus.SLEEPING);

            assertThat(result.join().value()).isEqualTo(10);
            assertThat(server.story().calls.get("nap:0")).hasValue(1);
        }
    }

    @Test
    void cancellingTheGraphCancelsTheServersRun() throws Exception {
        try (LongReadGraph reading = reading(Duration.ofMinutes(5))) {
            CompletableFuture<RunResult<Integer>> result =
                    reading.workflow().invokeAsync(60_000, RunConfig.thread("long"));
            await().atMost(Duration.ofSeconds(30))
                    .until(() -> server.story().calls.containsKey("nap:0"));

            assertThat(reading.workflow().cancel("long")).isTrue();

            await().atMost(Duration.ofSeconds(30)).until(() -> server.threads("{\"status\":\"busy\"}"), "[]"::equals);
            assertThat(result).isCompletedExceptionally();
            assertThat(server.story().calls).containsOnlyKeys("nap:0");
        }
    }

    @Test
    void theTopologyHasItAsANode() {
        assertThat(graph.workflow().topology().nodes())
                .extracting(node -> node.name())
                .isEqualTo(List.of("plan", "cut", "essays", "measure", "judge", "press"));
    }
}
