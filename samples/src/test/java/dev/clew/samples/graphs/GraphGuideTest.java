package dev.clew.samples.graphs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.clew.checkpoint.Checkpointer;
import dev.clew.flow.NodeRef;
import dev.clew.flow.RequestRefusedException;
import dev.clew.flow.RunConfig;
import dev.clew.flow.RunResult;
import dev.clew.flow.WhenInterrupted;
import dev.clew.graph.GraphWorkflow;
import dev.clew.graph.StateSnapshot;
import dev.clew.interrupt.Command;
import dev.clew.samples.graphs.PlanAndExecute.Done;
import dev.clew.state.ThreadStatus;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What the guide to graphs says, and no sample shows. */
class GraphGuideTest {
    private static final RunConfig THREAD = RunConfig.thread("t-1");

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
    void aNewInputThatAbandonsABreakpointDropsWhatWasDue() {
        GraphWorkflow<String, String, Approval.Letter> workflow = approval.workflow();
        workflow.invoke("broken", THREAD.pauseBefore(ApprovalNode.SEND));

        RunConfig abandoning = THREAD.whenInterrupted(WhenInterrupted.ABANDON);
        assertThat(workflow.invoke("lost", abandoning).value()).isEqualTo("sent: no");

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
