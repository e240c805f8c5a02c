package dev.clew.contracts.graph;

import static dev.clew.annotations.Node.START;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.clew.flow.Durability;
import dev.clew.flow.NodeRef;
import dev.clew.flow.RequestRefusedException;
import dev.clew.flow.RunConfig;
import dev.clew.flow.RunResult;
import dev.clew.graph.GraphSpec;
import dev.clew.graph.GraphWorkflow;
import dev.clew.interrupt.AnswerRefusedException;
import dev.clew.interrupt.Command;
import dev.clew.state.ThreadStatus;
import dev.clew.value.IllegalRequestException;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A run pauses at its breakpoints, and continues when a caller proceeds. */
@Timeout(20)
public abstract class BreakpointSuite extends GraphSuite {
    private static final RunConfig BEFORE_WRITE = T.pauseBefore(node("write"));

    @ParameterizedTest
    @EnumSource
    @Tag("G083")
    @Tag("G084")
    @Tag("G085")
    void aRunPausesBeforeANodeAndProceedsInAnotherProcess(Durability durability) {
        RunConfig thread = T.durability(durability);
        RunResult.Interrupted<Essay> pause = paused(open(line()).invoke("rain", thread.pauseBefore(node("write"))));

        assertThat(pause.breakpoint()).extracting(NodeRef::id).containsExactly("write");
        assertThat(pause.pending()).isEmpty();
        assertThat(ran).containsExactly("plan");
        assertThatThrownBy(pause::value)
                .isInstanceOf(RequestRefusedException.class)
                .hasMessageContaining("[write]");
        assertThat(open(line()).snapshot("t").next()).containsExactly("write");
        assertThat(open(line()).state("t").status()).isEqualTo(ThreadStatus.INTERRUPTED);

        assertThat(open(line()).invoke(Command.proceed(), thread).value().notes())
                .containsExactly("plan", "write", "polish");
        assertThat(ran).containsExactly("plan", "write", "polish");
    }

    @Test
    @Tag("G083")
    void aRunPausesAfterItsLastNodeWithNothingNext() {
        GraphWorkflow<String, Essay, Essay> line = open(line());
        RunResult.Interrupted<Essay> pause = paused(line.invoke("rain", T.pauseAfter(node("polish"))));

        assertThat(pause.breakpoint()).extracting(NodeRef::id).containsExactly("polish");
        assertThat(line.snapshot("t").next()).isEmpty();
        assertThat(line.invoke(Command.proceed(), T).value().notes()).hasSize(3);
    }

    @Test
    void beforeAndAfterAtOneBoundaryAreOnePause() {
        GraphWorkflow<String, Essay, Essay> line = open(line());
        RunResult.Interrupted<Essay> pause =
                paused(line.invoke("rain", T.pauseAfter(node("plan")).pauseBefore(node("write"), node("polish"))));

        assertThat(pause.breakpoint()).extracting(NodeRef::id).containsExactly("plan", "write");
        assertThat(paused(line.invoke(Command.proceed(), T)).breakpoint())
                .extracting(NodeRef::id)
                .containsExactly("polish");
    }

    @Test
    @Tag("G086")
    void breakpointsHoldAfterACrashInAnotherProcess() {
        var first = open(line());
        paused(first.invoke("rain", BEFORE_WRITE.pauseAfter(node("write"))));

        RunResult.Interrupted<Essay> second = paused(open(line()).invoke(Command.proceed(), T));

        assertThat(second.breakpoint()).extracting(NodeRef::id).containsExactly("write");
        assertThat(open(line()).snapshot("t").next()).containsExactly("polish");
    }

    @Test
    void aCallThatProceedsMayNameOthersOrNone() {
        GraphWorkflow<String, Essay, Essay> line = open(line());
        paused(line.invoke("rain", BEFORE_WRITE.pauseAfter(node("write"))));

        assertThat(paused(line.invoke(
                                Command.proceed(), T.pauseBefore(node("polish")).pauseAfter()))
                        .breakpoint())
                .extracting(NodeRef::id)
                .containsExactly("polish");

        paused(line.invoke("snow", RunConfig.thread("other").pauseBefore(node("plan"), node("write"))));
        assertThat(line.invoke(Command.proceed(), RunConfig.thread("other").pauseBefore())
                        .value()
                        .notes())
                .hasSize(3);
    }

    @Test
    void theBuildersBreakpointsAreThoseOfRunsThatNameNone() {
        var graph = opened(line().builder()
                .checkpointer(store())
                .pauseBefore(node("polish"))
                .build());

        assertThat(paused(graph.workflow().invoke("rain", T)).breakpoint())
                .extracting(NodeRef::id)
                .containsExactly("polish");
        assertThat(graph.workflow()
                        .invoke("rain", RunConfig.thread("other").pauseBefore())
                        .value()
                        .notes())
                .hasSize(3);
    }

    @Test
    void aBreakpointTakesNoAnswer() {
        GraphWorkflow<String, Essay, Essay> line = open(line());
        paused(line.invoke("rain", BEFORE_WRITE));

        assertThatThrownBy(() -> line.invoke(Command.resume("yes"), T))
                .isInstanceOf(AnswerRefusedException.class)
                .hasMessageContaining("Command.proceed()");
        assertThat(line.state("t").pending()).isEmpty();
        assertThat(line.invoke(Command.proceed(), T).value().notes()).hasSize(3);
    }

    @Test
    void proceedPassesBreakpointsAndLeavesQuestions() {
        GraphSpec<String, Essay, Essay> inner = line();
        GraphSpec<String, Essay, Essay> outer = graph("outer")
                .node("ask")
                .after(START)
                .scope(in -> in.interrupt(OK, "sure?") ? note("yes") : note("no"))
                .subgraph("child", inner, edges -> edges.after(START))
                .build();
        GraphWorkflow<String, Essay, Essay> workflow = open(outer);
        RunResult.Interrupted<Essay> both = paused(workflow.invoke("rain", T.pauseBefore(node("child/write"))));
        assertThat(both.breakpoint()).extracting(NodeRef::id).containsExactly("child/write");
        assertThat(both.pending()).hasSize(1);

        RunResult.Interrupted<Essay> question = paused(open(outer).invoke(Command.proceed(), T));
        assertThat(question.breakpoint()).isEmpty();
        assertThat(ran).containsExactly("plan", "write", "polish");

        assertThat(open(outer).invoke(question.only(OK).answer(true), T).value().notes())
                .containsExactly("yes", "plan", "write", "polish");
    }

    @Test
    @Tag("G089")
    void anAnswerLeavesABreakpointInAGraphInANode() {
        GraphSpec<String, Essay, Essay> outer = graph("outer")
                .node("ask")
                .after(START)
                .scope(in -> in.interrupt(OK, "sure?") ? note("yes") : note("no"))
                .subgraph("child", line(), edges -> edges.after(START))
                .build();
        GraphWorkflow<String, Essay, Essay> workflow = open(outer);
        RunResult.Interrupted<Essay> both = paused(workflow.invoke("rain", T.pauseBefore(node("child/write"))));

        RunResult.Interrupted<Essay> left = paused(workflow.invoke(both.only(OK).answer(true), T));

        assertThat(left.pending()).isEmpty();
        assertThat(left.breakpoint()).extracting(NodeRef::id).containsExactly("child/write");
        assertThat(workflow.invoke(Command.proceed(), T).value().notes()).hasSize(4);
    }

    @Test
    @Tag("G088")
    void anUnknownNodeIsRefusedWithTheNearestName() {
        assertThatThrownBy(() -> open(line()).invoke("rain", T.pauseBefore(node("wirte"))))
                .isInstanceOf(RequestRefusedException.class)
                .hasMessageContaining("'wirte'")
                .hasMessageContaining("'write'");
        assertThat(store().thread("t")).isEmpty();
        assertThatThrownBy(() -> line().builder()
                        .checkpointer(store())
                        .pauseAfter(node("polsh"))
                        .build())
                .hasMessageContaining("'polish'");
    }

    @Test
    @Tag("G086")
    void withoutACheckpointerBreakpointsAreRefused() {
        assertThatThrownBy(() -> line().builder().pauseBefore(node("write")).build())
                .isInstanceOf(IllegalRequestException.class)
                .hasMessageContaining("checkpointer");
        try (var graph = line().builder().build()) {
            assertThatThrownBy(() ->
                            graph.workflow().invoke("rain", RunConfig.none().pauseBefore(node("write"))))
                    .isInstanceOf(RequestRefusedException.class)
                    .hasMessageContaining("checkpointer");
        }
        assertThat(ran).isEmpty();
    }

    @Test
    @Tag("G091")
    void newInputAtABreakpointDropsWhatWasDue() {
        GraphWorkflow<String, Essay, Essay> line = open(line());
        paused(line.invoke("rain", BEFORE_WRITE));

        Essay essay = line.invoke("snow", T).value();

        assertThat(essay).isEqualTo(new Essay("snow", java.util.List.of("plan", "plan", "write", "polish"), null));
    }
}
