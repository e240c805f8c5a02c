package dev.clew.contracts.graph;

import static dev.clew.annotations.Node.START;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.clew.flow.RequestRefusedException;
import dev.clew.flow.RunConfig;
import dev.clew.flow.RunResult;
import dev.clew.flow.WorkflowFailedException;
import dev.clew.graph.GraphSpec;
import dev.clew.graph.GraphWorkflow;
import dev.clew.graph.StateSnapshot;
import dev.clew.interrupt.Command;
import dev.clew.state.ForkPoint;
import dev.clew.state.ThreadStatus;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A thread branches off at a superstep, and new inputs meet the state that the last run has left. */
@Timeout(20)
public abstract class GraphForkSuite extends GraphSuite {
    private static StateSnapshot<Essay> at(GraphWorkflow<?, ?, Essay> workflow, int superstep) {
        return workflow.snapshots("t")
                .filter(snapshot -> snapshot.superstep() == superstep)
                .findFirst()
                .orElseThrow();
    }

    @Test
    @Tag("G106")
    void aForkRunsTheNodesOfItsSuperstepAgain() {
        GraphWorkflow<String, Essay, Essay> line = open(line());
        line.invoke("rain", T);

        RunConfig fork = line.fork(at(line, 1).config());

        assertThat(open(line()).state("t").status()).isEqualTo(ThreadStatus.INTERRUPTED);
        assertThat(open(line()).snapshot("t").config().checkpoint()).isEqualTo(fork.checkpoint());
        assertThat(open(line()).snapshot(fork).next()).containsExactly("write");
        assertThat(open(line()).invoke(Command.proceed(), fork).value().notes())
                .containsExactly("plan", "write", "polish");
        assertThat(ran).containsExactly("plan", "write", "polish", "write", "polish");
        assertThat(line.snapshots("t").map(StateSnapshot::superstep)).containsExactly(3, 2, 1, 3, 2, 1, 0);
    }

    @Test
    @Tag("G107")
    void aForkOfTheLastStateHasNothingToRun() {
        GraphWorkflow<String, Essay, Essay> line = open(line());
        line.invoke("rain", T);

        line.fork(line.snapshot("t").config());

        assertThat(line.state("t").status()).isEqualTo(ThreadStatus.IDLE);
        assertThat(line.snapshot("t").values().notes()).hasSize(3);
        assertThat(ran).hasSize(3);
    }

    @Test
    @Tag("G108")
    void aForkOfAnOpenSuperstepAsksAgainAndRunsSiblingsAgain() {
        GraphWorkflow<String, Essay, Essay> fork = open(fork());
        RunResult.Interrupted<Essay> pause = paused(fork.invoke("rain", T));

        fork.fork(fork.snapshot("t").config());

        RunResult.Interrupted<Essay> again = paused(fork.invoke(Command.proceed(), T));
        assertThat(again.only(OK).id()).isNotEqualTo(pause.only(OK).id());
        assertThat(fork.invoke(again.only(OK).answer(true), T).value().notes())
                .containsExactly("plan", "work", "yes", "rest", "join");
        assertThat(ran.stream().filter("work"::equals)).hasSize(2);
    }

    @Test
    @Tag("G110")
    void aForkInsideAGraphInANodeKeepsWhatIsBeforeIt() {
        GraphSpec<String, Essay, Essay> outer = graph("outer")
                .node("before")
                .after(START)
                .leaf(in -> note("before"))
                .subgraph("child", line(), edges -> edges.after("before"))
                .build();
        GraphWorkflow<String, Essay, Essay> workflow = open(outer);
        workflow.invoke("rain", T);
        RunConfig opened = workflow.snapshots("t")
                .reduce((newer, older) -> older)
                .orElseThrow()
                .config();

        RunConfig fork = workflow.fork(
                T.checkpoint(opened.checkpoint().orElseThrow().replaceAll("/0$", "")),
                ForkPoint.before("node:child#1/node:polish#1"));

        assertThat(workflow.invoke(Command.proceed(), fork).value().notes())
                .containsExactly("before", "plan", "write", "polish");
        assertThat(ran).containsExactly("before", "plan", "write", "polish", "polish");
    }

    @Test
    @Tag("G109")
    void anOldStateIsNotProceededButForked() {
        GraphWorkflow<String, Essay, Essay> line = open(line());
        line.invoke("rain", T);

        assertThatThrownBy(() -> line.invoke(Command.proceed(), at(line, 1).config()))
                .isInstanceOf(RequestRefusedException.class)
                .hasMessageContaining("fork it");
    }

    // --- new input ---

    @Test
    @Tag("G030")
    void newInputOfAFailedRunMeetsTheLastFoldedState() {
        broken.set(true);
        GraphSpec<String, Essay, Essay> spec = graph("fails")
                .node("plan")
                .after(START)
                .leaf(in -> note("plan"))
                .node("work")
                .after("plan")
                .leaf(in -> {
                    if (broken.get()) {
                        throw new IllegalStateException("work is broken");
                    }
                    return note("work");
                })
                .build();
        GraphWorkflow<String, Essay, Essay> workflow = open(spec);
        assertThatThrownBy(() -> workflow.invoke("rain", T)).isInstanceOf(WorkflowFailedException.class);
        broken.set(false);

        assertThat(open(spec).invoke("snow", T).value())
                .isEqualTo(new Essay("snow", List.of("plan", "plan", "work"), null));
    }

    @Test
    @Tag("G091")
    void newInputAtAQuestionMeetsTheLastFoldedState() {
        GraphWorkflow<String, Essay, Essay> fork = open(fork());
        paused(fork.invoke("rain", T));

        RunResult.Interrupted<Essay> again = paused(fork.invoke("snow", ABANDONING));

        assertThat(fork.snapshot("t").values().notes()).containsExactly("plan", "plan");
        assertThat(fork.invoke(again.only(OK).answer(true), T).value().notes())
                .containsExactly("plan", "plan", "work", "yes", "rest", "join");
    }

    @Test
    void newInputMayMeetAnOldState() {
        GraphWorkflow<String, Essay, Essay> line = open(line());
        line.invoke("rain", T);

        Essay essay = line.invoke("snow", at(line, 1).config()).value();

        assertThat(essay).isEqualTo(new Essay("snow", List.of("plan", "plan", "write", "polish"), null));
    }

    @Test
    void inputThatTheStateRefusesIsRefusedAndStoresNothing() {
        GraphSpec<String, Essay, Essay> spec = GraphSpec.of("picky", Essay.STATE)
                .input(String.class, Essay::note)
                .node("plan")
                .after(START)
                .leaf(in -> note("plan"))
                .build();
        GraphWorkflow<String, Essay, Essay> workflow = open(spec);

        assertThatThrownBy(() -> workflow.invoke("refused", T))
                .isInstanceOf(RequestRefusedException.class)
                .hasMessageContaining("constructor");

        assertThat(store().thread("t")).isEmpty();
        assertThat(workflow.invoke("fine", T).value().notes()).containsExactly("fine", "plan");
    }
}
