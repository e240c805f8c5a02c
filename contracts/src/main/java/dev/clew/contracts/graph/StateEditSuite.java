package dev.clew.contracts.graph;

import static dev.clew.annotations.Node.START;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.clew.flow.Durability;
import dev.clew.flow.RequestRefusedException;
import dev.clew.flow.RunConfig;
import dev.clew.flow.RunResult;
import dev.clew.flow.WorkflowFailedException;
import dev.clew.graph.GraphSpec;
import dev.clew.graph.GraphWorkflow;
import dev.clew.graph.Send;
import dev.clew.graph.StateSnapshot;
import dev.clew.interrupt.AnswerRefusedException;
import dev.clew.interrupt.Command;
import dev.clew.state.ThreadStatus;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A state is updated by hand as if a node had given it. */
@Timeout(20)
public abstract class StateEditSuite extends GraphSuite {
    private static final RunConfig BEFORE_WRITE = T.pauseBefore(node("write"));

    private void refused(org.assertj.core.api.ThrowableAssert.ThrowingCallable edit, String why) {
        var head = store().thread("t");
        assertThatThrownBy(edit).isInstanceOf(RequestRefusedException.class).hasMessageContaining(why);
        assertThat(store().thread("t").map(thread -> thread.head())).isEqualTo(head.map(thread -> thread.head()));
    }

    @ParameterizedTest
    @Tag("G090")
    @EnumSource
    @Tag("G098")
    @Tag("G099")
    void anUpdateAtABreakpointCountsAsTheNodeBefore(Durability durability) {
        paused(open(line()).invoke("rain", BEFORE_WRITE.durability(durability)));

        RunConfig edited = open(line()).updateState(T, Essay.note("by hand"));

        StateSnapshot<Essay> now = open(line()).snapshot("t");
        assertThat(now.config().checkpoint()).isEqualTo(edited.checkpoint());
        assertThat(now.values().notes()).containsExactly("plan", "by hand");
        assertThat(now.next()).containsExactly("write");
        assertThat(open(line()).state("t").status()).isEqualTo(ThreadStatus.INTERRUPTED);
        assertThat(open(line()).invoke(Command.proceed(), T).value().notes())
                .containsExactly("plan", "by hand", "write", "polish");
        assertThat(ran).containsExactly("plan", "write", "polish");
    }

    @Test
    @Tag("G098")
    void anUpdateAsTheDueNodeStandsInForIt() {
        GraphWorkflow<String, Essay, Essay> line = open(line());
        paused(line.invoke("rain", BEFORE_WRITE));

        line.updateState(T, Essay.note("written by hand"), node("write"));

        assertThat(line.snapshot("t").next()).containsExactly("polish");
        assertThat(line.invoke(Command.proceed(), T).value().notes())
                .containsExactly("plan", "written by hand", "polish");
        assertThat(ran).containsExactly("plan", "polish");
    }

    @Test
    void anUpdateAsTheLastDueNodeEndsTheRun() {
        GraphWorkflow<String, Essay, Essay> line = open(line());
        paused(line.invoke("rain", T.pauseBefore(node("polish"))));

        line.updateState(T, Essay.draft("done"), node("polish"));

        assertThat(line.state("t").status()).isEqualTo(ThreadStatus.IDLE);
        assertThat(line.state("t").value()).isEqualTo(new Essay("rain", List.of("plan", "write"), "done"));
        assertThat(line.snapshot("t").next()).isEmpty();
        assertThat(line.invoke("snow", T).value().draft()).isEqualTo("done");
    }

    @Test
    @Tag("G064")
    @Tag("G099")
    void anUpdateOfAThreadThatNeverRanActsAsItsInput() {
        GraphWorkflow<String, Essay, Essay> line = open(line());

        line.updateState(T, Essay.topic("from nowhere"));

        assertThat(line.snapshot("t").values().topic()).isEqualTo("from nowhere");
        assertThat(line.snapshot("t").next()).containsExactly("plan");
        assertThat(open(line()).invoke(Command.proceed(), T).value())
                .isEqualTo(new Essay("from nowhere", List.of("plan", "write", "polish"), null));
    }

    @Test
    void anUpdateOfAThreadThatNeverRanAsANodeLeadsToItsSuccessors() {
        GraphWorkflow<String, Essay, Essay> line = open(line());

        line.updateState(T, Essay.note("skipped"), node("write"));

        assertThat(line.invoke(Command.proceed(), T).value().notes()).containsExactly("skipped", "polish");
    }

    @Test
    void aFinishedThreadGoesOnWhereTheUpdateLeads() {
        GraphWorkflow<String, Essay, Essay> line = open(line());
        line.invoke("rain", T);

        line.updateState(T, Essay.note("again"), node("plan"));

        assertThat(line.state("t").status()).isEqualTo(ThreadStatus.INTERRUPTED);
        assertThat(line.invoke(Command.proceed(), T).value().notes())
                .containsExactly("plan", "write", "polish", "again", "write", "polish");
        assertThat(line.updateState(T, Essay.draft("x")).checkpoint()).isPresent();
        assertThat(line.state("t").status()).isEqualTo(ThreadStatus.IDLE);
        line.updateState(T, Essay.draft("y"));
        assertThat(line.snapshot("t").values().draft()).isEqualTo("y");
    }

    @Test
    @Tag("G101")
    @Tag("G100")
    void oneOfSeveralDueNodesIsFilledAndFinishedSiblingsAreKept() {
        broken.set(true);
        GraphWorkflow<String, Essay, Essay> fork = open(fork());
        RunResult.Interrupted<Essay> pause = paused(fork.invoke("rain", T));

        fork.updateState(T, Essay.note("by hand"), node("work"));

        assertThat(tasks(fork.snapshot("t"))).containsExactly("work SUCCEEDED", "ask DUE", "rest SUCCEEDED");
        assertThat(fork.snapshot("t").values().notes()).containsExactly("plan");
        assertThatThrownBy(() -> fork.invoke(pause.only(OK).answer(true), T))
                .isInstanceOf(AnswerRefusedException.class);
        RunResult.Interrupted<Essay> again = paused(open(fork()).invoke(Command.proceed(), T));
        assertThat(open(fork()).invoke(again.only(OK).answer(true), T).value().notes())
                .containsExactly("plan", "by hand", "yes", "rest", "join");
        assertThat(ran).containsExactly("plan", "rest", "yes", "join");
    }

    @Test
    void theLastDueNodeThatIsFilledFoldsTheSuperstep() {
        GraphWorkflow<String, Essay, Essay> fork = open(fork());
        paused(fork.invoke("rain", T));

        fork.updateState(T, Essay.note("asked by hand"), node("ask"));

        StateSnapshot<Essay> now = open(fork()).snapshot("t");
        assertThat(now.values().notes()).containsExactly("plan", "work", "asked by hand", "rest");
        assertThat(now.next()).containsExactly("join");
        assertThat(now.superstep()).isEqualTo(2);
        assertThat(open(fork()).invoke(Command.proceed(), T).value().notes()).endsWith("join");
        assertThat(ran.stream().filter("work"::equals)).hasSize(1);
    }

    @Test
    void anUpdateAsANodeThatIsNotDueKeepsWhatIs() {
        GraphWorkflow<String, Essay, Essay> fork = open(fork());
        paused(fork.invoke("rain", T));

        fork.updateState(T, Essay.note("joined by hand"), node("join"));

        StateSnapshot<Essay> now = open(fork()).snapshot("t");
        assertThat(now.values().notes()).containsExactly("plan", "joined by hand");
        assertThat(tasks(now)).containsExactly("work SUCCEEDED", "ask DUE", "rest SUCCEEDED");
        RunResult.Interrupted<Essay> again = paused(open(fork()).invoke(Command.proceed(), T));
        assertThat(open(fork()).invoke(again.only(OK).answer(false), T).value().notes())
                .containsExactly("plan", "joined by hand", "work", "no", "rest", "join");
        assertThat(ran).containsExactlyInAnyOrder("plan", "work", "rest", "no", "join");
    }

    private GraphSpec<String, Essay, Essay> routed() {
        return graph("routed")
                .node("write")
                .after(START)
                .leaf(in -> note("write"))
                .node("edit")
                .after("write")
                .routes(Essay.Editor.class)
                .routesOnce()
                .leaf(in -> note("edit").goTo(Essay.Editor.DONE))
                .build();
    }

    @Test
    @Tag("G104")
    void aRoutingNodeNeedsItsRoute() {
        GraphWorkflow<String, Essay, Essay> routed = open(routed());
        paused(routed.invoke("rain", T.pauseBefore(node("edit"))));

        refused(() -> routed.updateState(T, Essay.note("x"), node("edit")), "routes");
        routed.updateState(T, Essay.note("once more").goTo(Essay.Editor.AGAIN), node("edit"));

        assertThat(routed.snapshot("t").next()).containsExactly("write");
        assertThat(routed.invoke(Command.proceed(), T).value().notes())
                .containsExactly("write", "once more", "write", "edit");
        refused(() -> routed.updateState(T, Essay.note("x")), "routes");
    }

    private GraphSpec<String, Essay, Essay> sends() {
        return graph("sends")
                .node("plan")
                .after(START)
                .mayGoTo("search")
                .leaf(in -> Essay.note("plan")
                        .goTo(List.of(
                                Send.to("search", new Essay.Query("a")),
                                Send.to("search", new Essay.Query("b")),
                                Send.to("search", new Essay.Query("c")))))
                .node("search")
                .takes(Essay.Query.class)
                .leaf(in -> note(in.sent().text()))
                .build();
    }

    @Test
    void oneOfSeveralExecutionsIsNamedByItsPlace() {
        GraphWorkflow<String, Essay, Essay> sends = open(sends());
        paused(sends.invoke("rain", T.pauseBefore(node("search"))));

        refused(() -> sends.updateState(T, Essay.note("x"), node("search")), "due 3 times");
        refused(() -> sends.updateState(T, Essay.note("x"), node("search").at(3)), "node.at(3)");
        refused(() -> sends.updateState(T, Essay.note("x"), node("plan").at(0)), "is not due");
        sends.updateState(T, Essay.note("by hand"), node("search").at(1));

        assertThat(tasks(open(sends()).snapshot("t"))).containsExactly("search DUE", "search SUCCEEDED", "search DUE");
        assertThat(open(sends()).invoke(Command.proceed(), T).value().notes())
                .containsExactly("plan", "a", "by hand", "c");
        assertThat(ran).containsExactlyInAnyOrder("a", "c");
    }

    @Test
    @Tag("G014")
    void anUpdateResolvesAConflict() {
        GraphSpec<String, Essay, Essay> spec = graph("conflict")
                .node("one")
                .after(START)
                .leaf(in -> Essay.draft("one"))
                .node("two")
                .after(START)
                .leaf(in -> Essay.draft("two"))
                .node("end")
                .afterAll("one", "two")
                .leaf(in -> note("end"))
                .build();
        GraphWorkflow<String, Essay, Essay> conflict = open(spec);
        assertThatThrownBy(() -> conflict.invoke("rain", T)).isInstanceOf(WorkflowFailedException.class);
        assertThat(tasks(conflict.snapshot("t"))).containsExactly("one SUCCEEDED", "two SUCCEEDED");
        assertThatThrownBy(() -> conflict.invoke(Command.proceed(), T)).isInstanceOf(WorkflowFailedException.class);
        refused(() -> conflict.updateState(T, Essay.draft("three"), node("two")), "'draft'");

        conflict.updateState(T, Essay.note("resolved"), node("two"));

        assertThat(conflict.invoke(Command.proceed(), T).value())
                .isEqualTo(new Essay("rain", List.of("resolved", "end"), "one"));
    }

    @Test
    void whatDoesNotFitIsRefusedAndChangesNothing() {
        GraphWorkflow<String, Essay, Essay> line = open(line());
        refused(() -> line.updateState(T, Essay.note("refused")), "constructor");
        paused(line.invoke("rain", BEFORE_WRITE));

        refused(() -> line.updateState(T, Essay.note("refused")), "constructor");
        refused(() -> line.updateState(T, Essay.note("x"), node("wirte")), "'write'");
        refused(() -> line.updateState(T, Essay.note("x").goTo(Essay.Editor.DONE), node("write")), "route");
        refused(() -> line.updateState(T.checkpoint("nowhere"), Essay.note("x")), "nowhere");

        assertThat(line.invoke(Command.proceed(), T).value().notes()).hasSize(3);
    }

    @Test
    void aSuperstepOfSeveralNodesNeedsTheNodesName() {
        GraphSpec<String, Essay, Essay> spec = graph("pair")
                .node("one")
                .after(START)
                .leaf(in -> note("one"))
                .node("two")
                .after(START)
                .leaf(in -> note("two"))
                .node("end")
                .afterAll("one", "two")
                .leaf(in -> note("end"))
                .build();
        GraphWorkflow<String, Essay, Essay> pair = open(spec);
        paused(pair.invoke("rain", T.pauseBefore(node("end"))));

        refused(() -> pair.updateState(T, Essay.note("x")), "[one, two]");
        pair.updateState(T, Essay.note("x"), node("one"));
        assertThat(pair.snapshot("t").waitingJoins()).isEmpty();

        assertThat(pair.invoke(Command.proceed(), T).value().notes()).containsExactly("one", "two", "x", "end");
    }

    @Test
    @Tag("G107")
    void anUpdateOfThePastBranchesOff() {
        GraphWorkflow<String, Essay, Essay> line = open(line());
        line.invoke("rain", T);
        StateSnapshot<Essay> afterPlan = line.snapshots("t")
                .filter(snapshot -> snapshot.superstep() == 1)
                .findFirst()
                .orElseThrow();

        RunConfig branch = line.updateState(afterPlan.config(), Essay.note("otherwise"));

        assertThat(line.invoke(Command.proceed(), branch).value().notes())
                .containsExactly("plan", "otherwise", "write", "polish");
        assertThat(ran).containsExactly("plan", "write", "polish", "write", "polish");
        assertThat(line.snapshot(afterPlan.config()).values().notes()).containsExactly("plan");
    }
}
