package dev.clew.contracts.graph;

import static dev.clew.annotations.Node.START;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.clew.flow.RunConfig;
import dev.clew.flow.RunResult;
import dev.clew.flow.WorkflowFailedException;
import dev.clew.graph.GraphSpec;
import dev.clew.graph.GraphWorkflow;
import dev.clew.interrupt.Command;
import dev.clew.state.ThreadStatus;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Edits and breakpoints meet failures, handlers, limits and graphs in nodes. */
@Timeout(20)
public abstract class EditCrossingSuite extends GraphSuite {
    private static RunConfig at(GraphWorkflow<?, ?, Essay> workflow, int superstep) {
        return workflow.snapshots("t")
                .filter(snapshot -> snapshot.superstep() == superstep)
                .findFirst()
                .orElseThrow()
                .config();
    }

    // --- settings ---

    @Test
    @Tag("G083")
    void theBuildersBreakpointsHoldForARunThatNamesOnlyALimit() {
        var graph = opened(line().builder()
                .checkpointer(store())
                .pauseBefore(node("polish"))
                .build());

        assertThat(paused(graph.workflow().invoke("rain", T.maxSupersteps(50))).breakpoint())
                .containsExactly(node("polish"));
    }

    @Test
    @Tag("G083")
    void aRunThatWantsNoBreakpointsStillWantsNoneAfterAQuestion() {
        var graph = opened(
                fork().builder().checkpointer(store()).pauseBefore(node("join")).build());
        RunResult.Interrupted<Essay> asked = paused(graph.workflow().invoke("rain", T.pauseBefore()));

        assertThat(graph.workflow()
                        .invoke(asked.only(OK).answer(true), T)
                        .value()
                        .notes())
                .endsWith("join");
    }

    @Test
    void aLimitIsRaisedAtABreakpoint() {
        GraphWorkflow<String, Essay, Essay> line = open(line());
        paused(line.invoke("rain", T.maxSupersteps(1).pauseBefore(node("write"))));
        assertThatThrownBy(() -> line.invoke(Command.proceed(), T)).isInstanceOf(WorkflowFailedException.class);

        assertThat(line.invoke(Command.proceed(), T.maxSupersteps(3)).value().notes())
                .hasSize(3);
    }

    // --- failures ---

    @Test
    void aRunThatFailedAndProceededIsEditedAndForked() {
        broken.set(true);
        GraphWorkflow<String, Essay, Essay> fork = open(fork());
        RunResult.Interrupted<Essay> pause = paused(fork.invoke("rain", T));
        assertThatThrownBy(() -> fork.invoke(pause.only(OK).answer(true), T))
                .isInstanceOf(WorkflowFailedException.class);
        assertThatThrownBy(() -> fork.invoke(Command.proceed(), T)).isInstanceOf(WorkflowFailedException.class);
        broken.set(false);
        paused(fork.invoke(Command.proceed(), T.pauseBefore(node("join"))));

        fork.updateState(T, Essay.note("by hand"), node("plan"));
        assertThat(tasks(open(fork()).snapshot("t"))).containsExactly("work DUE", "ask DUE", "rest DUE", "join DUE");
        fork.updateState(at(fork, 1), Essay.note("late"), node("work"));
        RunResult.Interrupted<Essay> again = paused(open(fork()).invoke(Command.proceed(), T));
        fork.invoke(again.only(OK).answer(true), T);
        fork.fork(at(fork, 2));
        assertThat(fork.invoke(Command.proceed(), T).value().notes())
                .containsExactly("plan", "late", "yes", "rest", "join");
    }

    @Test
    @Tag("G073")
    void aBreakpointAndAQuestionWinOverAFailureInOneSuperstep() {
        broken.set(true);
        GraphSpec<String, Essay, Essay> outer = graph("outer")
                .node("work")
                .after(START)
                .leaf(in -> {
                    if (broken.get()) {
                        throw new IllegalStateException("work is broken");
                    }
                    return note("work");
                })
                .node("ask")
                .after(START)
                .scope(in -> in.interrupt(OK, "sure?") ? note("yes") : note("no"))
                .node("nothing")
                .after(START)
                .leaf(in -> null)
                .subgraph("child", line(), edges -> edges.after(START))
                .build();
        GraphWorkflow<String, Essay, Essay> workflow = open(outer);
        RunResult.Interrupted<Essay> both = paused(workflow.invoke("rain", T.pauseBefore(node("child/write"))));
        assertThat(both.breakpoint()).containsExactly(node("child/write"));
        assertThat(tasks(workflow.snapshot("t")))
                .containsExactly("work FAILED", "ask INTERRUPTED", "nothing SUCCEEDED", "child INTERRUPTED");

        RunResult.Interrupted<Essay> asked = paused(open(outer).invoke(Command.proceed(), T));
        assertThatThrownBy(() -> open(outer).invoke(asked.only(OK).answer(true), T))
                .isInstanceOf(WorkflowFailedException.class);
        assertThat(tasks(workflow.snapshot("t")))
                .containsExactly("work FAILED", "ask SUCCEEDED", "nothing SUCCEEDED", "child SUCCEEDED");
        workflow.updateState(T, Essay.note("by hand"), node("work"));

        assertThat(workflow.state("t").status()).isEqualTo(ThreadStatus.IDLE);
        assertThat(workflow.snapshot("t").values().notes())
                .containsExactly("by hand", "yes", "plan", "write", "polish");
        assertThat(ran).containsExactly("plan", "write", "polish", "yes");
    }

    @Test
    void aNodeWhoseHandlerStoodInIsKeptOverAnEdit() {
        GraphSpec<String, Essay, Essay> spec = graph("handled")
                .node("plan")
                .after(START)
                .leaf(in -> note("plan"))
                .node("work")
                .after("plan")
                .onError(in -> note(in.interrupt(OK, "instead?") ? "instead" : "not"))
                .leaf(in -> {
                    throw new IllegalStateException("work is broken");
                })
                .node("rest")
                .after("plan")
                .leaf(in -> note("rest"))
                .node("join")
                .afterAll("work", "rest")
                .leaf(in -> note("join"))
                .build();
        GraphWorkflow<String, Essay, Essay> handled = open(spec);
        RunResult.Interrupted<Essay> asked = paused(handled.invoke("rain", T));
        assertThat(tasks(handled.snapshot("t"))).containsExactly("work INTERRUPTED", "rest SUCCEEDED");
        handled.updateState(T, Essay.note("x"), node("plan"));
        RunResult.Interrupted<Essay> again = paused(open(spec).invoke(Command.proceed(), T.pauseBefore(node("join"))));
        assertThat(again.only(OK).id()).isNotEqualTo(asked.only(OK).id());
        paused(open(spec).invoke(again.only(OK).answer(true), T.pauseBefore(node("join"))));

        handled.updateState(T, Essay.note("y"), node("join"));

        assertThat(handled.snapshot("t").values().notes()).containsExactly("plan", "x", "instead", "rest", "y");
        assertThat(handled.state("t").status()).isEqualTo(ThreadStatus.IDLE);
        assertThat(ran).containsExactly("plan", "rest", "instead");
    }

    // --- graphs in nodes ---

    @Test
    @Tag("G089")
    void aGraphInANodeIsFilledAndKeptAndPausesAgainAfterAnEdit() {
        GraphSpec<String, Essay, Essay> outer = graph("outer")
                .node("before")
                .after(START)
                .leaf(in -> note("before"))
                .subgraph("child", line(), edges -> edges.after("before"))
                .subgraph("other", line(), edges -> edges.after("before"))
                .node("end")
                .afterAll("child", "other")
                .leaf(in -> note("end"))
                .build();
        GraphWorkflow<String, Essay, Essay> workflow = open(outer);
        paused(workflow.invoke("rain", T.pauseBefore(node("child/write"))));
        assertThat(tasks(workflow.snapshot("t"))).containsExactly("child INTERRUPTED", "other SUCCEEDED");

        workflow.updateState(T, Essay.note("x"), node("before"));
        assertThat(tasks(workflow.snapshot("t"))).containsExactly("child DUE", "other SUCCEEDED");
        RunResult.Interrupted<Essay> again =
                paused(open(outer).invoke(Command.proceed(), T.pauseBefore(node("child/polish"))));
        assertThat(again.breakpoint()).containsExactly(node("child/polish"));
        workflow.updateState(T, Essay.note("filled"), node("child"));

        assertThat(open(outer).snapshot("t").next()).containsExactly("end");
        assertThat(open(outer).invoke(Command.proceed(), T).value().notes())
                .containsExactly("before", "x", "filled", "plan", "write", "polish", "end");
        assertThat(open(outer).snapshots("t"))
                .isNotEmpty()
                .allSatisfy(snapshot -> assertThat(snapshot.tasks()).isNotNull());
    }
}
