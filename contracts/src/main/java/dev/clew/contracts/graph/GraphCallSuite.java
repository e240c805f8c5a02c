package dev.clew.contracts.graph;

import static dev.clew.annotations.Node.START;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.clew.LabGraph;
import dev.clew.contracts.lab.SecondDoor;
import dev.clew.flow.Durability;
import dev.clew.flow.NodeRef;
import dev.clew.flow.RunResult;
import dev.clew.flow.Workflow;
import dev.clew.graph.Edges;
import dev.clew.graph.GraphSpec;
import dev.clew.graph.GraphWorkflow;
import dev.clew.interrupt.AnswerRefusedException;
import dev.clew.interrupt.AnswerRefusedException.Reason;
import dev.clew.interrupt.Command;
import dev.clew.interrupt.InterruptKey;
import dev.clew.interrupt.PendingInterrupt;
import dev.clew.spi.WorkflowSpec;
import dev.clew.state.StepState;
import dev.clew.task.TaskFuture;
import dev.clew.value.TypeRef;
import java.util.List;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Graphs inside of graphs and of workflows: as nodes, and called by code. */
@Timeout(20)
public abstract class GraphCallSuite extends GraphSuite {
    private static final TypeRef<String> TEXT = TypeRef.of(String.class);

    /** {@code first}, then {@code second}, which asks about the topic. */
    private GraphSpec<String, String, Essay> asking() {
        return graph("asking")
                .output(String.class, essay -> String.join(" ", essay.notes()))
                .node("first")
                .after(START)
                .leaf(in -> note("first " + in.state().topic()))
                .node("second")
                .after("first")
                .scope(in -> note(in.interrupt(OK, in.state().topic()) ? "yes" : "no"))
                .build();
    }

    private GraphSpec<String, Essay, Essay> caller() {
        GraphWorkflow<String, String, Essay> inner = open(asking());
        return graph("caller")
                .node("call")
                .after(START)
                .scope(in -> {
                    ran.add("call begins");
                    return Essay.note("got " + in.invoke(inner, in.state().topic() + " again"));
                })
                .build();
    }

    @Test
    @Tag("G114")
    @Tag("G118")
    void aGraphThatANodeCallsGetsWhatItsCodeGivesAndGivesItsOutput() {
        RunResult.Interrupted<Essay> pause = paused(open(caller()).invoke("rain", T));
        assertThat(pause.only(OK).value()).isEqualTo("rain again");
        assertThat(ran).containsExactly("call begins", "first rain again");

        Essay essay = open(caller()).invoke(pause.only(OK).answer(true), T).value();

        assertThat(essay).isEqualTo(new Essay("rain", List.of("got first rain again yes"), null));
        assertThat(ran).containsExactly("call begins", "first rain again", "call begins", "yes");
    }

    @Test
    @Tag("G117")
    void oneGraphThatIsCalledTwiceAtOnceIsTwoRunsOfIt() {
        GraphWorkflow<String, String, Essay> inner = open(asking());
        GraphSpec<String, Essay, Essay> outer = graph("outer")
                .node("call")
                .after(START)
                .scope(in -> {
                    List<TaskFuture<String>> calls =
                            List.of(in.child(inner).start("a"), in.child(inner).start("b"));
                    return Essay.note(TaskFuture.allOf(calls).toArray(String[]::new));
                })
                .build();
        RunResult.Interrupted<Essay> both = paused(open(outer).invoke("rain", T));
        List<PendingInterrupt<String, Boolean>> asked = both.all(OK);
        assertThat(asked).extracting(PendingInterrupt::value).containsExactly("a", "b");

        RunResult.Interrupted<Essay> left =
                paused(open(outer).invoke(asked.get(1).answer(false), T));

        assertThat(open(outer).invoke(left.only(OK).answer(true), T).value().notes())
                .containsExactly("first a yes", "first b no");
        assertThat(ran).containsExactlyInAnyOrder("first a", "first b", "no", "yes");
    }

    @Test
    @Tag("G117")
    void oneGraphThatIsTwoNodesOfASuperstepIsTwoRunsOfIt() {
        GraphSpec<String, Essay, Essay> outer = graph("outer")
                .subgraph("one", asking(), edges -> edges.after(START))
                .subgraph("two", asking(), edges -> edges.after(START))
                .build();
        RunResult.Interrupted<Essay> both = paused(open(outer).invoke("rain", T));
        assertThat(both.all(OK)).extracting(PendingInterrupt::id).doesNotHaveDuplicates();

        RunResult.Interrupted<Essay> left =
                paused(open(outer).invoke(both.all(OK).get(1).answer(false), T));

        assertThat(open(outer).invoke(left.only(OK).answer(true), T).value().notes())
                .containsExactly("first rain", "yes", "first rain", "no");
    }

    @Test
    @Tag("G120")
    void graphsThatAListHoldsAreKnownBeforeTheyRun() {
        List<GraphSpec<String, Essay, Essay>> desks = List.of(desk("north"), desk("south"));
        GraphSpec.Builder<String, Essay, Essay> builder = graph("outer");
        for (GraphSpec<String, Essay, Essay> desk : desks) {
            builder.subgraph(desk.name(), desk, (UnaryOperator<Edges>) edges -> edges.after(START));
        }
        GraphSpec<String, Essay, Essay> outer = builder.build();

        assertThat(open(outer).tasks())
                .extracting(task -> task.name())
                .containsExactly("north", "north/write", "south", "south/write");
        RunResult.Interrupted<Essay> pause =
                paused(open(outer).invoke("rain", T.pauseBefore(NodeRef.of("south/write"))));
        assertThat(pause.breakpoint()).containsExactly(NodeRef.of("south/write"));
        assertThat(open(outer).snapshot("t").tasks())
                .allSatisfy(task -> assertThat(task.child()).isPresent());
    }

    private GraphSpec<String, Essay, Essay> desk(String name) {
        return graph(name).node("write").after(START).leaf(in -> note(name)).build();
    }

    @Test
    @Tag("G113")
    void twoGraphsThatLeaveASharedValueAloneDoNotCollide() {
        GraphSpec<String, Essay, Essay> outer = graph("outer")
                .node("draft")
                .after(START)
                .leaf(in -> Essay.draft("first draft"))
                .subgraph("north", desk("north"), edges -> edges.after("draft"))
                .subgraph("south", desk("south"), edges -> edges.after("draft"))
                .build();

        assertThat(open(outer).invoke("rain", T).value())
                .isEqualTo(new Essay("rain", List.of("north", "south"), "first draft"));
    }

    // --- questions of the same name ---

    private static final InterruptKey<String, String> OK_WITH_WORDS = InterruptKey.of("ok", String.class, String.class);

    private GraphSpec<String, Essay, Essay> askingByOneName() {
        GraphSpec<String, Essay, Essay> inner = graph("inner")
                .questions(OK_WITH_WORDS)
                .node("ask")
                .after(START)
                .scope(in -> note("inside " + in.interrupt(OK_WITH_WORDS, "how?")))
                .build();
        return graph("outer")
                .questions(OK)
                .node("ask")
                .after(START)
                .scope(in -> note("outside " + in.interrupt(OK, "sure?")))
                .subgraph("child", inner, edges -> edges.after(START).formerly("kid"))
                .build();
    }

    private static String id(RunResult.Interrupted<Essay> asked, String node) {
        return asked.pending().stream()
                .filter(question -> question.path().contains(node))
                .map(PendingInterrupt::id)
                .findFirst()
                .orElseThrow();
    }

    @Test
    @Tag("G076")
    void questionsOfOneNameInsideAndAroundTakeAnswersOfTheirOwnTypes() {
        RunResult.Interrupted<Essay> both = paused(open(askingByOneName()).invoke("rain", T));
        String inside = id(both, "node:child");
        String outside = id(both, "node:ask#1/ask");

        assertThatThrownBy(() -> open(askingByOneName()).invoke(Command.resume(inside, true), T))
                .isInstanceOfSatisfying(
                        AnswerRefusedException.class,
                        e -> assertThat(e.reason()).isEqualTo(Reason.WRONG_TYPE));
        assertThatThrownBy(() -> open(askingByOneName()).invoke(Command.resume(outside, "gladly"), T))
                .isInstanceOfSatisfying(
                        AnswerRefusedException.class,
                        e -> assertThat(e.reason()).isEqualTo(Reason.WRONG_TYPE));
        paused(open(askingByOneName()).invoke(Command.resume(inside, "gladly"), T));

        assertThat(open(askingByOneName())
                        .invoke(Command.resume(outside, true), T)
                        .value()
                        .notes())
                .containsExactly("outside true", "inside gladly");
    }

    // --- called by a workflow ---

    /** A workflow whose body calls a graph that has a graph in a node. */
    private WorkflowSpec<String, String> calling(boolean breaks) {
        GraphSpec<String, String, Essay> outer = graph("outer")
                .output(String.class, essay -> String.join(" ", essay.notes()))
                .node("before")
                .after(START)
                .leaf(in -> note("before"))
                .subgraph("child", asking(), edges -> edges.after("before"))
                .build();
        return WorkflowSpec.of("calling", TEXT, TEXT).body(call -> {
            String made =
                    call.scope().child(outer.workflow(), call.<String>arg(0)).join();
            if (breaks) {
                throw new IllegalStateException("the body is broken");
            }
            return "made " + made;
        });
    }

    private LabGraph process() {
        return opened(LabGraph.builder().checkpointer(new SecondDoor(store())).build());
    }

    @ParameterizedTest
    @EnumSource
    @Tag("G114")
    void aWorkflowThatCallsAGraphInAGraphContinuesInOtherProcesses(Durability durability) {
        RunResult<String> asked = process().add(calling(false)).invoke("rain", T.durability(durability));
        assertThat(ran).containsExactly("before", "first rain");

        LabGraph dies = process();
        Workflow<String, String> broken = dies.add(calling(true));
        assertThat(broken.invokeAsync(paused(asked).only(OK).answer(true), T.durability(durability)))
                .failsWithin(java.time.Duration.ofSeconds(10));
        dies.engine().crash();
        Workflow<String, String> last = process().add(calling(false));

        assertThat(last.invoke(Command.proceed(), T).value()).isEqualTo("made before first rain yes");
        assertThat(ran).containsExactly("before", "first rain", "yes");
        assertThat(last.state("t").steps())
                .extracting(StepState::path)
                .contains("child:outer#1/node:child#1/node:second#1");
    }
}
