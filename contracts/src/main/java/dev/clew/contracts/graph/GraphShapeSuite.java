package dev.clew.contracts.graph;

import static dev.clew.annotations.Node.START;
import static org.assertj.core.api.Assertions.assertThat;

import dev.clew.annotations.End;
import dev.clew.annotations.To;
import dev.clew.flow.RunConfig;
import dev.clew.flow.RunResult;
import dev.clew.graph.GraphSpec;
import dev.clew.graph.GraphWorkflow;
import dev.clew.graph.Send;
import dev.clew.graph.StateSnapshot;
import dev.clew.graph.StateUpdate;
import dev.clew.graph.Superstep;
import dev.clew.stream.StreamEvent;
import dev.clew.stream.StreamMode;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What graphs are made of means the same on every store: inputs, outputs, routes, supersteps, graphs in graphs. */
@Timeout(20)
public abstract class GraphShapeSuite extends GraphSuite {
    /** Where the output of a graph in a node leads in the graph around it. */
    enum Way {
        @To("good")
        GOOD,
        @End
        BAD
    }

    @Test
    @Tag("G019")
    @Tag("G132")
    void anInputThatChangesNothingRunsOnTheStartValues() {
        GraphSpec<StateUpdate<Essay>, Essay, Essay> spec = GraphSpec.of("plain", Essay.STATE)
                .node("look")
                .after(START)
                .leaf(in -> Essay.draft("saw " + in.state().notes() + in.state().topic()))
                .build();
        try (var graph = spec.builder().checkpointer(store()).build()) {
            assertThat(graph.workflow()
                            .invoke(Essay.STATE.changes().update(), T)
                            .value()
                            .draft())
                    .isEqualTo("saw []null");
        }
    }

    @Test
    @Tag("G127")
    @Tag("G128")
    void theOutputIsWhatCallersGetAndTheStateIsWhatSnapshotsShow() {
        GraphSpec<String, Integer, Essay> spec = graph("counts")
                .output(Integer.class, essay -> essay.notes().size())
                .node("plan")
                .after(START)
                .leaf(in -> note("plan"))
                .build();

        assertThat(open(spec).invoke("rain", T).value()).isEqualTo(1);
        assertThat(open(spec).state("t").value()).isEqualTo(1);
        assertThat(open(spec).snapshot("t").values().notes()).containsExactly("plan");
    }

    @Test
    @Tag("G035")
    @Tag("G044")
    void aRouteIsMadeOfTheStateBeforeAndRepeatedTargetsAreOneActivation() {
        GraphSpec<String, Essay, Essay> spec = graph("routes")
                .node("one")
                .after(START)
                .leaf(in -> note("one"))
                .node("two")
                .after(START)
                .routes(Essay.Editor.class)
                .leaf(in -> note("two sees " + in.value(Essay.NOTES).size())
                        .goTo(List.of(Essay.Editor.AGAIN, Essay.Editor.AGAIN, Essay.Editor.DONE)))
                .node("write")
                .leaf(in -> note("write"))
                .build();

        assertThat(open(spec).invoke("rain", T).value().notes()).containsExactly("one", "two sees 0", "write");
    }

    @Test
    @Tag("G126")
    void aNodeKnowsItsSuperstepAndHowManyMayFollow() {
        List<Superstep> seen = new ArrayList<>();
        GraphSpec<String, Essay, Essay> spec = graph("steps")
                .node("one")
                .after(START)
                .leaf(in -> {
                    seen.add(in.superstep());
                    return null;
                })
                .node("two")
                .after("one")
                .leaf(in -> {
                    seen.add(in.superstep());
                    return null;
                })
                .build();

        open(spec).invoke("rain", T.maxSupersteps(2));

        assertThat(seen).containsExactly(new Superstep(1, 1), new Superstep(2, 0));
    }

    private GraphSpec<String, Way, Essay> judged(Way way) {
        return graph("judge")
                .output(Way.class, essay -> way)
                .node("judge")
                .after(START)
                .leaf(in -> note("judged"))
                .build();
    }

    private GraphSpec<String, Essay, Essay> judging(Way way) {
        return graph("outer")
                .node("ask")
                .after(START)
                .scope(in -> in.interrupt(OK, "sure?") ? note("yes") : note("no"))
                .subgraph("inner", judged(way), edges -> edges.after(START))
                .node("good")
                .leaf(in -> note("good"))
                .build();
    }

    @Test
    @Tag("G066")
    @Tag("G067")
    void theOutputOfAGraphInANodeRoutesAroundItAndKeepsWhatItDid() {
        RunResult.Interrupted<Essay> pause = paused(open(judging(Way.GOOD)).invoke("rain", T));

        assertThat(open(judging(Way.GOOD))
                        .invoke(pause.only(OK).answer(true), T)
                        .value()
                        .notes())
                .containsExactly("yes", "judged", "good");
        assertThat(ran.stream().filter("judged"::equals)).hasSize(1);

        RunResult.Interrupted<Essay> bad = paused(open(judging(Way.BAD)).invoke("rain", ABANDONING));
        assertThat(open(judging(Way.BAD))
                        .invoke(bad.only(OK).answer(true), T)
                        .value()
                        .notes())
                .endsWith("yes", "judged");
    }

    @Test
    @Tag("G068")
    void aGraphWhoseOutputIsARouteGivesItToItsCallerWhereNoGraphIsAroundIt() {
        assertThat(open(judged(Way.BAD)).invoke("rain", T).value()).isEqualTo(Way.BAD);
        assertThat(open(judged(Way.BAD)).snapshot("t").next()).isEmpty();
    }

    @Test
    @Tag("G036")
    void aNodeThatIsSentARecordRoutesByTheWholeState() {
        GraphSpec<String, Essay, Essay> spec = graph("sent")
                .node("plan")
                .after(START)
                .mayGoTo("judge")
                .leaf(in -> note("plan").goTo(List.of(Send.to("judge", new Essay.Query("rain")))))
                .node("judge")
                .takes(Essay.Query.class)
                .mayGoTo("good")
                .mayEnd()
                .leaf(in -> note("judge")
                        .goTo(
                                in.sent().text().equals(in.state().topic())
                                                && in.state().notes().equals(List.of("plan"))
                                        ? List.of(Send.to("good"))
                                        : List.of()))
                .node("good")
                .leaf(in -> note("good"))
                .build();

        assertThat(open(spec).invoke("rain", T).value().notes()).containsExactly("plan", "judge", "good");
        assertThat(open(spec).invoke("snow", RunConfig.thread("other")).value().notes())
                .containsExactly("plan", "judge");
    }

    @Test
    @Tag("G130")
    void anUpdateLeavesWhatItDoesNotName() {
        GraphSpec<String, Essay, Essay> spec = graph("leaves")
                .node("draft")
                .after(START)
                .leaf(in -> Essay.draft("a draft"))
                .node("nothing")
                .after("draft")
                .leaf(in -> Essay.note("only a note"))
                .build();

        assertThat(open(spec).invoke("rain", T).value())
                .isEqualTo(new Essay("rain", List.of("only a note"), "a draft"));
    }

    @Test
    @Tag("G113")
    @Tag("G143")
    @Tag("G146")
    void theUpdateOfAGraphInANodeIsWhatItDidAndItsNodesAreBelowIt() {
        GraphSpec<String, Essay, Essay> outer = graph("outer")
                .node("before")
                .after(START)
                .leaf(in -> note("before"))
                .subgraph("child", line(), edges -> edges.after("before"))
                .build();
        List<StreamEvent> events = new ArrayList<>();
        try (var stream = open(outer).stream("rain", T, StreamMode.UPDATES)) {
            stream.forEach(events::add);
        }

        assertThat(events)
                .extracting(StreamEvent::path)
                .containsExactly(
                        "node:before#1",
                        "node:child#1/node:plan#1",
                        "node:child#1/node:write#1",
                        "node:child#1/node:polish#1",
                        "node:child#1",
                        "");
        assertThat(((StreamEvent.Update) events.get(4)).value())
                .hasToString("update().notes([plan]).notes([write]).notes([polish])");
    }

    @Test
    @Tag("G121")
    @Tag("G126")
    void aGraphInANodeCountsItsOwnSuperstepsUnderTheSameLimit() {
        GraphSpec<String, Essay, Essay> outer = graph("outer")
                .subgraph("child", line(), edges -> edges.after(START))
                .node("end")
                .after("child")
                .leaf(in -> note("end"))
                .build();

        assertThat(open(outer).invoke("rain", T.maxSupersteps(3)).value().notes())
                .containsExactly("plan", "write", "polish", "end");
    }

    @Test
    @Tag("G141")
    @Tag("G142")
    void whatANodeEmitsNamesTheNode() {
        GraphSpec<String, Essay, Essay> spec = graph("emits")
                .node("talk")
                .after(START)
                .leaf(in -> {
                    in.emit("half way");
                    in.emitToken("Rain ");
                    return note("talk");
                })
                .build();
        List<StreamEvent> events = new ArrayList<>();
        try (var stream = open(spec).stream("rain", T, StreamMode.CUSTOM, StreamMode.MESSAGES)) {
            stream.forEach(events::add);
        }

        assertThat(events).extracting(StreamEvent::path).containsExactly("node:talk#1", "node:talk#1");
        assertThat(events)
                .extracting(event -> event.at().orElseThrow())
                .containsOnly(new StreamEvent.Place(1, "talk", 0));
    }

    @Test
    @Tag("G043")
    void aJoinThatStillWaitsIsInTheSnapshot() {
        GraphSpec<String, Essay, Essay> spec = graph("waits")
                .node("one")
                .after(START)
                .leaf(in -> note("one"))
                .node("two")
                .after(START)
                .routes(Essay.Editor.class)
                .routesOnce()
                .leaf(in -> note("two").goTo(Essay.Editor.AGAIN))
                .node("write")
                .leaf(in -> note("write"))
                .node("join")
                .afterAll("one", "write")
                .leaf(in -> note("join"))
                .build();
        GraphWorkflow<String, Essay, Essay> workflow = open(spec);
        paused(workflow.invoke("rain", T.pauseBefore(node("write"))));

        assertThat(workflow.snapshot("t").waitingJoins())
                .containsExactly(new StateSnapshot.WaitingJoin("join", List.of("one"), List.of("write")));
        assertThat(workflow.invoke(dev.clew.interrupt.Command.proceed(), T)
                        .value()
                        .notes())
                .endsWith("join");
    }
}
