package dev.clew.samples.graphs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.clew.annotations.Node;
import dev.clew.checkpoint.Checkpointer;
import dev.clew.flow.NodeRef;
import dev.clew.flow.RequestRefusedException;
import dev.clew.flow.RunConfig;
import dev.clew.flow.RunResult;
import dev.clew.graph.GraphSpec;
import dev.clew.graph.GraphWorkflow;
import dev.clew.graph.Send;
import dev.clew.graph.StateSnapshot;
import dev.clew.interrupt.Command;
import dev.clew.samples.graphs.PlanAndExecute.Done;
import dev.clew.sqlite.Sqlite;
import dev.clew.state.ThreadStatus;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the guide to graphs says, and no sample shows. */
class GraphGuideTest {
    private static final RunConfig THREAD = RunConfig.thread("t-1");

    @TempDir
    private Path dir;

    private final ApprovalGraph approval = ApprovalGraph.builder(new Approval(complaint -> "no"))
            .checkpointer(Checkpointer.inMemory())
            .build();
    private final NewsletterGraph newsletter = NewsletterGraph.builder(new Newsletter(about -> "a draft"))
            .checkpointer(Checkpointer.inMemory())
            .build();
    private final ReflectionGraph reflection = ReflectionGraph.builder(new Reflection(new Reflection.Critic()))
            .checkpointer(Checkpointer.inMemory())
            .build();
    private final PlanAndExecuteGraph planner = PlanAndExecuteGraph.builder(
                    new PlanAndExecute(new PlanAndExecute.Guide()))
            .checkpointer(Checkpointer.inMemory())
            .build();
    private final HierarchicalTeamGraph team = HierarchicalTeamGraph.builder(
                    new HierarchicalTeam(HierarchicalTeam::decide))
            .checkpointer(Checkpointer.inMemory())
            .build();

    @AfterEach
    void close() {
        approval.close();
        newsletter.close();
        reflection.close();
        planner.close();
        team.close();
    }

    // --- breakpoints ---

    @Test
    void aBreakpointInsideOfANodePausesTheGraphAroundIt() {
        GraphWorkflow<String, String, Newsletter.Issue> workflow = newsletter.workflow();

        RunResult<String> paused = workflow.invoke("walls", THREAD.pauseBefore(NodeRef.of("desk/headline")));

        assertThat(pauseOf(paused).breakpoint()).extracting(NodeRef::id).containsExactly("desk/headline");
        assertThat(pauseOf(paused).pending()).isEmpty();
        assertThat(workflow.snapshot("t-1").next()).containsExactly("desk");
        assertThat(pauseOf(workflow.invoke(Command.proceed(), THREAD)).pending())
                .hasSize(1);
    }

    @Test
    void aPauseAfterTheLastNodeHasNothingNext() {
        GraphWorkflow<String, String, Approval.Letter> workflow = approval.workflow();

        RunResult<String> paused = workflow.invoke("broken", THREAD.pauseAfter(ApprovalNode.SEND));

        assertThat(pauseOf(paused).breakpoint()).extracting(NodeRef::id).containsExactly("send");
        assertThat(workflow.snapshot("t-1").next()).isEmpty();
        assertThat(workflow.snapshot("t-1").values().sent()).isEqualTo("sent: no");
        assertThat(workflow.invoke(Command.proceed(), THREAD).value()).isEqualTo("sent: no");
    }

    @Test
    void aBreakpointInALoopPausesInEachRound() {
        GraphWorkflow<String, String, Reflection.Poem> workflow = reflection.workflow();
        RunResult<String> result = workflow.invoke("rain", THREAD.pauseBefore(ReflectionNode.IMPROVE));
        int pauses = 0;
        while (result instanceof RunResult.Interrupted<String>) {
            pauses++;
            result = workflow.invoke(Command.proceed(), THREAD);
        }

        assertThat(pauses).isEqualTo(3);
        assertThat(result.value()).isEqualTo("O rain!!! (3 revisions)");
    }

    @Test
    void aBreakpointHoldsInTheProcessThatContinues() {
        Checkpointer store = Checkpointer.inMemory();
        try (var first = ReflectionGraph.builder(new Reflection(new Reflection.Critic()))
                .checkpointer(store)
                .build()) {
            pauseOf(first.workflow().invoke("rain", THREAD.pauseBefore(ReflectionNode.IMPROVE)));
        }
        try (var second = ReflectionGraph.builder(new Reflection(new Reflection.Critic()))
                .checkpointer(store)
                .build()) {
            RunResult<String> again = second.workflow().invoke(Command.proceed(), THREAD);

            assertThat(pauseOf(again).breakpoint()).extracting(NodeRef::id).containsExactly("improve");
            assertThat(second.workflow().snapshot("t-1").values().draft()).isEqualTo("O rain!");
        }
    }

    @Test
    void aNewInputAtABreakpointDropsWhatWasDue() {
        GraphWorkflow<String, String, Approval.Letter> workflow = approval.workflow();
        workflow.invoke("broken", THREAD.pauseBefore(ApprovalNode.SEND));

        assertThat(workflow.invoke("lost", THREAD).value()).isEqualTo("sent: no");

        assertThat(workflow.snapshot("t-1").values().complaint()).isEqualTo("lost");
    }

    @Test
    void anUnknownNodeIsRefusedWithTheNearestName() {
        assertThatThrownBy(() -> approval.workflow().invoke("broken", THREAD.pauseBefore(NodeRef.of("sent"))))
                .isInstanceOf(RequestRefusedException.class)
                .hasMessageContaining("'send'");
    }

    // --- edits ---

    @Test
    void aNodeThatIsDueGetsTheOutcomeAndDoesNotRun() {
        GraphWorkflow<String, String, Approval.Letter> workflow = approval.workflow();
        workflow.invoke("broken", THREAD.pauseBefore(ApprovalNode.WRITE));

        workflow.updateState(THREAD, LetterUpdate.update().draft("by hand"), ApprovalNode.WRITE);

        assertThat(workflow.snapshot("t-1").next()).containsExactly("send");
        assertThat(workflow.invoke(Command.proceed(), THREAD).value()).isEqualTo("sent: by hand");
    }

    @Test
    void anUpdateOfTheLastNodeThatIsDueEndsTheThread() {
        GraphWorkflow<String, String, Approval.Letter> workflow = approval.workflow();
        workflow.invoke("broken", THREAD.pauseBefore(ApprovalNode.SEND));

        workflow.updateState(THREAD, LetterUpdate.update().sent("by hand"), ApprovalNode.SEND);

        assertThat(workflow.state("t-1").status()).isEqualTo(ThreadStatus.IDLE);
        assertThat(workflow.snapshot("t-1").values().sent()).isEqualTo("by hand");
    }

    @Test
    void withoutANodeItIsTheOnlyOneOfTheLastSuperstep() {
        GraphWorkflow<String, String, Approval.Letter> workflow = approval.workflow();
        workflow.invoke("broken", THREAD.pauseBefore(ApprovalNode.SEND));

        workflow.updateState(THREAD, LetterUpdate.update().draft("by hand"));

        assertThat(workflow.snapshot("t-1").next()).containsExactly("send");
        assertThat(workflow.invoke(Command.proceed(), THREAD).value()).isEqualTo("sent: by hand");
    }

    @Test
    void aNodeThatRoutesNeedsItsRoute() {
        GraphWorkflow<String, List<Done>, PlanAndExecute.Trip> workflow = planner.workflow();
        workflow.invoke("a day", THREAD.pauseBefore(PlanAndExecuteNode.REPLAN));

        assertThatThrownBy(() -> workflow.updateState(
                        THREAD, TripUpdate.update().plan(List.of("sleep")), PlanAndExecuteNode.REPLAN))
                .isInstanceOf(RequestRefusedException.class);
        workflow.updateState(
                THREAD,
                TripUpdate.update().plan(List.of("sleep")).goTo(PlanAndExecute.Next.MORE),
                PlanAndExecuteNode.REPLAN);

        assertThat(workflow.invoke(Command.proceed(), THREAD).value())
                .extracting(Done::step)
                .containsExactly("take the ferry", "sleep");
    }

    @Test
    void anEditWithdrawsAQuestionWhichIsAskedAgain() {
        GraphWorkflow<String, String, Newsletter.Issue> workflow = newsletter.workflow();
        RunResult<String> asked = workflow.invoke("walls", THREAD);
        var old = pauseOf(asked).only(Newsletter.HEADLINE);

        workflow.updateState(THREAD, IssueUpdate.update().articles("One more."), NewsletterNode.GREET);

        assertThatThrownBy(() -> workflow.invoke(old.answer("Old"), THREAD)).isInstanceOf(RuntimeException.class);
        var again = pauseOf(workflow.invoke(Command.proceed(), THREAD)).only(Newsletter.HEADLINE);
        assertThat(workflow.invoke(again.answer("New"), THREAD).value())
                .isEqualTo("Welcome to all about walls.\nOne more.\nNew: a draft");
    }

    @Test
    void aThreadThatNeverRanTakesAnUpdateAsItsInput() {
        GraphWorkflow<String, String, Approval.Letter> workflow = approval.workflow();

        workflow.updateState(THREAD, LetterUpdate.update().complaint("by hand"));

        assertThat(workflow.snapshot("t-1").next()).containsExactly("write");
        assertThat(workflow.invoke(Command.proceed(), THREAD).value()).isEqualTo("sent: no");
    }

    @Test
    void anEditEndsAWriteConflict() {
        var twoWriters = GraphSpec.of("two-writers", LetterUpdate.STATE)
                .node("kind")
                .after(Node.START)
                .leaf(in -> LetterUpdate.update().draft("Dear"))
                .node("rude")
                .after(Node.START)
                .leaf(in -> LetterUpdate.update().draft("Oi"))
                .build();
        try (var graph =
                twoWriters.builder().checkpointer(Checkpointer.inMemory()).build()) {
            var workflow = graph.workflow();
            assertThatThrownBy(() -> workflow.invoke(LetterUpdate.update(), THREAD))
                    .hasMessageContaining("kind")
                    .hasMessageContaining("rude");
            assertThatThrownBy(() -> workflow.invoke(Command.proceed(), THREAD)).hasMessageContaining("rude");

            workflow.updateState(THREAD, LetterUpdate.update(), NodeRef.of("rude"));

            assertThat(workflow.snapshot("t-1").values().draft()).isEqualTo("Dear");
        }
    }

    @Test
    void anEditOfOneOfSeveralExecutionsKeepsWhatItsSiblingsGave() {
        List<String> ran = new CopyOnWriteArrayList<>();
        var fanOut = GraphSpec.of("fan-out", PoemUpdate.STATE)
                .node("plan")
                .after(Node.START)
                .mayGoTo("count")
                .leaf(in -> PoemUpdate.update()
                        .goTo(List.of(Send.to("count", "one"), Send.to("count", "two"), Send.to("count", "three"))))
                .node("count")
                .takes(String.class)
                .leaf(in -> {
                    ran.add(in.sent());
                    if (in.sent().equals("two")) {
                        throw new IllegalStateException("cannot count");
                    }
                    return PoemUpdate.update().revisions(1);
                })
                .build();
        try (var graph = fanOut.builder().checkpointer(Checkpointer.inMemory()).build()) {
            var counting = graph.workflow();
            assertThatThrownBy(() -> counting.invoke(PoemUpdate.update(), THREAD))
                    .hasMessageContaining("cannot count");
            assertThat(counting.snapshot("t-1").tasks())
                    .extracting(StateSnapshot.Task::status)
                    .containsExactly(
                            StateSnapshot.Status.SUCCEEDED,
                            StateSnapshot.Status.FAILED,
                            StateSnapshot.Status.SUCCEEDED);
            assertThatThrownBy(() ->
                            counting.updateState(THREAD, PoemUpdate.update().revisions(10), NodeRef.of("count")))
                    .hasMessageContaining("due 3 times");

            counting.updateState(
                    THREAD,
                    PoemUpdate.update().revisions(10),
                    NodeRef.of("count").at(1));

            assertThat(counting.snapshot("t-1").values().revisions()).isEqualTo(12);
            assertThat(ran).containsExactlyInAnyOrder("one", "two", "three");
        }
    }

    // --- time travel ---

    @Test
    void aForkAsksAgainAndTakesNoAnswerOfTheOldRun() {
        GraphWorkflow<String, String, Newsletter.Issue> workflow = newsletter.workflow();
        var question = pauseOf(workflow.invoke("walls", THREAD)).only(Newsletter.HEADLINE);
        workflow.invoke(question.answer("First"), THREAD);
        StateSnapshot<Newsletter.Issue> asking = workflow.snapshots("t-1")
                .filter(step -> step.next().equals(List.of("desk")))
                .findFirst()
                .orElseThrow();

        workflow.fork(asking.config());
        RunResult<String> again = workflow.invoke(Command.proceed(), THREAD);

        var second = pauseOf(again).only(Newsletter.HEADLINE);
        assertThat(workflow.invoke(second.answer("Second"), THREAD).value()).contains("Second: a draft");
        assertThat(workflow.snapshot(asking.config()).values()).isEqualTo(asking.values());
    }

    @Test
    void aRunOfTwoNodesHasThreeSnapshots() {
        GraphWorkflow<String, String, Approval.Letter> workflow = approval.workflow();
        workflow.invoke("broken", THREAD);

        assertThat(workflow.snapshots("t-1").map(StateSnapshot::superstep)).containsExactly(2, 1, 0);
        assertThat(workflow.snapshots("t-1").map(StateSnapshot::next))
                .containsExactly(List.of(), List.of("send"), List.of("write"));
    }

    @Test
    void aPastStateIsEditedAndContinuedByAnotherProcess() {
        Path file = dir.resolve("travel.db");
        RunConfig past;
        try (var db = Sqlite.open(file);
                var graph = ApprovalGraph.builder(new Approval(complaint -> "no"))
                        .checkpointer(db.checkpointer())
                        .build()) {
            graph.workflow().invoke("broken", THREAD);
            past = graph.workflow()
                    .snapshots("t-1")
                    .filter(step -> step.next().equals(List.of("send")))
                    .findFirst()
                    .orElseThrow()
                    .config();
            graph.workflow().updateState(past, LetterUpdate.update().draft("yes"), ApprovalNode.WRITE);
        }
        try (var db = Sqlite.open(file);
                var graph = ApprovalGraph.builder(new Approval(complaint -> "never"))
                        .checkpointer(db.checkpointer())
                        .build()) {
            assertThat(graph.recover().runs()).isEmpty();
            assertThat(graph.workflow().snapshot("t-1").next()).containsExactly("send");
            assertThat(graph.workflow().invoke(Command.proceed(), THREAD).value())
                    .isEqualTo("sent: yes");
            assertThat(graph.workflow().snapshot(past).values().draft()).isEqualTo("no");
        }
    }

    // --- state over runs ---

    @Test
    void theStateOutlivesTheRunsThatMadeItAndIsCopiedWithItsThread() {
        try (var graph = ChatbotGraph.builder(new Chatbot(said -> said.size() + " messages"))
                .checkpointer(Checkpointer.inMemory())
                .build()) {
            graph.workflow().invoke("one", THREAD);
            graph.workflow().invoke("two", THREAD);
            graph.workflow().invoke("three", THREAD);

            graph.keepLast("t-1", 1);
            graph.copyThread("t-1", "t-2");

            assertThat(graph.workflow().invoke("four", THREAD).value()).isEqualTo("7 messages");
            assertThat(graph.workflow().invoke("four", RunConfig.thread("t-2")).value())
                    .isEqualTo("7 messages");
        }
    }

    // --- limits ---

    @Test
    void aRunThatReachedItsLimitContinuesWithAHigherOne() {
        GraphWorkflow<String, String, HierarchicalTeam.Assignment> workflow = team.workflow();

        assertThatThrownBy(() -> workflow.invoke("out", THREAD.maxSupersteps(3)))
                .hasMessageContaining("3");
        assertThat(workflow.snapshot("t-1").superstep()).isEqualTo(3);

        assertThat(workflow.invoke(Command.proceed(), THREAD.maxSupersteps(5)).value())
                .startsWith("out, in 2 parts");
    }

    private static <O> RunResult.Interrupted<O> pauseOf(RunResult<O> result) {
        assertThat(result).isInstanceOf(RunResult.Interrupted.class);
        return (RunResult.Interrupted<O>) result;
    }
}
