package dev.clew.graph.topology;

import static dev.clew.graph.topology.Topology.START;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** What is found to be wrong with the shape of a graph, all at once and nothing that is not certain. */
final class TopologyCheckTest {
    private final List<TopologyNode> nodes = new ArrayList<>();

    /** A node in the making. */
    private final class Making {
        private final String name;
        private final List<String> after = new ArrayList<>();
        private final List<String> all = new ArrayList<>();
        private final List<RouteCase> cases = new ArrayList<>();
        private final List<String> writes = new ArrayList<>();
        private boolean defer;
        private boolean many;
        private String takes = "";

        Making(String name) {
            this.name = name;
        }

        Making after(String... names) {
            after.addAll(List.of(names));
            return this;
        }

        Making all(String... names) {
            all.addAll(List.of(names));
            return this;
        }

        Making to(String... targets) {
            for (String target : targets) {
                cases.add(RouteCase.to(target.toUpperCase(), List.of(target)));
            }
            return this;
        }

        Making many() {
            many = true;
            return this;
        }

        Making sends(String taker) {
            cases.add(RouteCase.sent("Record", taker));
            return this;
        }

        Making ends() {
            cases.add(RouteCase.end("DONE"));
            return this;
        }

        Making takes(String type) {
            takes = type;
            return this;
        }

        Making writes(String component) {
            writes.add(component);
            return this;
        }

        Making defer() {
            defer = true;
            return this;
        }

        void add() {
            nodes.add(new TopologyNode(
                    name,
                    new TopologyNode.Edges(after, all, defer),
                    new TopologyNode.Takes(takes, true),
                    new Routes(cases, many),
                    Routes.NONE,
                    writes,
                    null));
        }
    }

    private Making node(String name) {
        return new Making(name);
    }

    private List<Finding> findings() {
        return TopologyCheck.of(new Topology("graph", nodes), Set.of("draft"));
    }

    private void finds(GraphRule... rules) {
        assertThat(findings()).extracting(Finding::rule).containsExactly(rules);
    }

    @Test
    void nothingIsWrongWithAGoodGraph() {
        node("plan").after(START).sends("search").many().add();
        node("search").takes("Query").add();
        node("write").after("search").add();
        node("review").after("write", "improve").to("publish").sends("improve").add();
        node("improve").takes("Weak").add();
        node("publish").to("write").ends().add();

        finds();
    }

    @Test
    @Tag("G133")
    void unknownNodesAreFoundWithTheNearestAndNothingElseIsSaid() {
        node("plan").after(START).add();
        node("search").after("plam").add();
        node("write").all("plan", "serach").add();
        node("edit").after("write").to("wrte").ends().add();

        finds(GraphRule.NODE_UNKNOWN, GraphRule.NODE_UNKNOWN, GraphRule.NODE_UNKNOWN);
        assertThat(findings())
                .extracting(Finding::message)
                .satisfiesExactly(
                        m -> assertThat(m)
                                .startsWith("CLEW200: after of 'search' names 'plam'")
                                .contains("did you mean 'plan'?")
                                .contains("\n  fix: "),
                        m -> assertThat(m)
                                .contains("afterAll of 'write' names 'serach'")
                                .contains("did you mean 'search'?"),
                        m -> assertThat(m)
                                .contains("'WRTE' of 'edit' names 'wrte'")
                                .contains("did you mean 'write'?"));
    }

    @Test
    @Tag("G115")
    @Tag("G133")
    void namesOfNodes() {
        node("a/b").after(START).add();
        node(" ").after("a/b").add();
        node("x").after("a/b").add();
        node("x").after("a/b").add();
        node("__start__").after("x").add();
        node("y").all(START, "x").add();

        finds(
                GraphRule.NODE_NAME,
                GraphRule.NODE_NAME,
                GraphRule.NODE_TWICE,
                GraphRule.NODE_NAME,
                GraphRule.JOIN_OF_START);
    }

    @Test
    @Tag("G133")
    void graphWithoutStart() {
        node("a").after("b").add();
        node("b").after("a").add();

        finds(GraphRule.GRAPH_WITHOUT_START);
    }

    @Test
    @Tag("G134")
    void unreachableNodesAreFoundAndNotThoseBehindThem() {
        node("a").after(START).add();
        node("lost").add();
        node("behind").after("lost").add();
        node("c").after("d").add();
        node("d").after("c").add();
        node("join").all("a", "lost").add();

        assertThat(findings()).extracting(Finding::node).containsExactly("lost", "c");
        finds(GraphRule.NODE_UNREACHABLE, GraphRule.NODE_UNREACHABLE);
    }

    @Test
    @Tag("G043")
    @Tag("G134")
    void joinOfExclusiveBranchesIsDead() {
        node("route").after(START).to("a", "b").add();
        node("a").add();
        node("b").add();
        node("join").all("a", "b").add();
        node("behind").after("join").add();

        finds(GraphRule.JOIN_DEAD);
        assertThat(findings().get(0).message()).contains("'join' waits for all of a, b");
    }

    @Test
    @Tag("G043")
    void joinThatALoopCompletesIsAlive() {
        node("route").after(START, "a").to("b").ends().add();
        node("b").add();
        node("a").after(START).add();
        node("join").all("a", "b").add();

        finds(GraphRule.NODE_RUNS_TWICE);
    }

    @Test
    @Tag("G003")
    void nodeThatTwoWaysOfUnequalLengthLeadToRunsTwice() {
        node("plan").after(START).add();
        node("search").after("plan").add();
        node("write").after("plan", "search").add();
        node("end").after("write").add();

        finds(GraphRule.NODE_RUNS_TWICE);
        assertThat(findings().get(0).message())
                .contains("plan → write, and plan → search → write", "afterAll = {\"plan\", \"search\"}");
    }

    @Test
    @Tag("G003")
    void waysOfOneLengthAndWaysOfRoutesAreNotNoted() {
        node("plan").after(START).add();
        node("left").after("plan").add();
        node("right").after("plan").add();
        node("both").after("left", "right").add();
        node("route").after("both").to("end", "more").add();
        node("more").add();
        node("end").after("more").add();
        node("waits").after("end", "plan").defer().add();

        finds();
    }

    @Test
    @Tag("G042")
    void joinOfAListOfRoutesIsAlive() {
        node("route").after(START).to("a", "b").many().add();
        node("a").add();
        node("b").add();
        node("join").all("a", "b").add();

        finds();
    }

    @Test
    @Tag("G059")
    void nodeThatRoutesHasNoOtherSuccessors() {
        node("route").after(START).to("a").ends().add();
        node("a").add();
        node("b").after("route").add();
        node("join").all("a", "route").add();

        finds(GraphRule.ROUTER_WITH_SUCCESSOR, GraphRule.ROUTER_WITH_SUCCESSOR);
        assertThat(findings().get(0).message()).contains("add 'b' to the route of 'route'");
    }

    @Test
    @Tag("G047")
    void nodeThatTakesARecordIsReachedByRecordsOnly() {
        node("plan").after(START).to("search").sends("search").add();
        node("search").after("plan2").takes("Query").add();
        node("plan2").after(START).add();

        finds(GraphRule.TAKER_AS_TARGET, GraphRule.TAKER_WITH_EDGE);
        assertThat(findings().get(0).message()).contains("'SEARCH' of 'plan' runs 'search'", "takes a sent Query");
    }

    @Test
    @Tag("G013")
    void writersThatAlwaysMeetCollide() {
        node("a").after(START).writes("draft").writes("notes").add();
        node("b").after(START).writes("draft").writes("notes").add();

        finds(GraphRule.WRITERS_COLLIDE);
        assertThat(findings().get(0).message()).contains("whenever 'a' runs, 'b' runs", "both write 'draft'");
    }

    @Test
    void writersThatMayMeetAreNotJudged() {
        node("route").after(START).to("a", "b").many().ends().add();
        node("a").writes("draft").add();
        node("b").writes("draft").add();

        finds();
    }

    @Test
    void writersOfOneBranchAfterTheOtherAreFine() {
        node("a").after(START).writes("draft").add();
        node("b").after("a").writes("draft").add();
        node("late").after(START).defer().writes("draft").add();
        node("later").after(START).defer().writes("draft").add();

        finds();
    }

    @Test
    @Tag("G134")
    void loopWithoutExitIsNoted() {
        node("a").after(START, "b").add();
        node("b").after("a").add();

        finds(GraphRule.NO_WAY_OUT);
        assertThat(findings().get(0).isError()).isFalse();
    }

    @Test
    @Tag("G010")
    @Tag("G046")
    void severalNodesMayRunFirstAndOneIsEnough() {
        node("a").after(START).add();
        finds();
        node("b").after(START).to("a").ends().add();
        finds();
    }

    @Test
    void tooManyRoutesAreNotExplored() {
        Making route = node("route").after(START).many();
        for (int i = 0; i < 40; i++) {
            route.to("n" + i);
        }
        route.add();
        for (int i = 0; i < 40; i++) {
            node("n" + i).writes("draft").add();
        }
        node("join").all("n1", "n2").add();

        finds();
    }

    @Test
    void manySuperstepsAreGivenUpInTime() {
        for (int i = 0; i < 30; i++) {
            node("r" + i)
                    .after(START)
                    .to("r" + (i + 1) % 30, "r" + (i + 7) % 30)
                    .ends()
                    .add();
        }

        org.junit.jupiter.api.Assertions.assertTimeout(java.time.Duration.ofSeconds(20), () -> finds());
    }
}
