package dev.clew.graph.plan;

import static org.assertj.core.api.Assertions.assertThat;

import dev.clew.annotations.Node;
import dev.clew.graph.topology.Routes;
import dev.clew.graph.topology.Topology;
import dev.clew.graph.topology.TopologyNode;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** What the next superstep runs. */
final class PlannerTest {
    private final List<TopologyNode> nodes = new ArrayList<>();
    private final Map<String, String> former = new HashMap<>();
    private final Map<String, Integer> executed = new HashMap<>();
    private Plan plan;

    private void node(String name, String... after) {
        add(name, List.of(after), List.of(), false);
    }

    private void join(String name, String... all) {
        add(name, List.of(), List.of(all), false);
    }

    private void deferred(String name, String... after) {
        add(name, List.of(after), List.of(), true);
    }

    private void add(String name, List<String> after, List<String> all, boolean defer) {
        nodes.add(new TopologyNode(
                name,
                new TopologyNode.Edges(after, all, defer),
                TopologyNode.Takes.NOTHING,
                Routes.NONE,
                Routes.NONE,
                List.of(),
                null));
    }

    private Planner planner() {
        return new Planner(new Topology("graph", nodes), former);
    }

    /** What the first superstep runs. */
    private List<String> first() {
        plan = planner().first();
        return labels();
    }

    /** What runs after all of this superstep went on as given; by their edges where nothing is given. */
    private List<String> then(Routing... routings) {
        planner().count(plan, executed);
        List<Routing> all = new ArrayList<>(List.of(routings));
        while (all.size() < plan.size()) {
            all.add(Routing.EDGES);
        }
        plan = planner().next(plan, all, executed);
        return labels();
    }

    private List<String> labels() {
        return plan.executions().stream().map(Execution::label).toList();
    }

    private static Routing to(String... targets) {
        return Routing.by(Arrays.stream(targets)
                .map(target -> Routing.Hop.to(List.of(target)))
                .toList());
    }

    private static Routing sent(String... takers) {
        return Routing.by(Arrays.stream(takers).map(Routing.Hop::sent).toList());
    }

    @Test
    void startIsTheSameWordEverywhere() {
        assertThat(Topology.START).isEqualTo(Node.START);
    }

    @Test
    @Tag("G034")
    @Tag("G002")
    void fansOutAndMergesWhatMeets() {
        node("a", Topology.START);
        node("b", "a");
        node("c", "a");
        node("d", "b", "c");

        assertThat(first()).containsExactly("a#1");
        assertThat(then()).containsExactly("b#1", "c#1");
        assertThat(then()).containsExactly("d#1");
        assertThat(then()).isEmpty();
        assertThat(plan.isEnd()).isTrue();
    }

    @Test
    @Tag("G003")
    void waysOfUnequalLengthRunANodeTwice() {
        node("a", Topology.START);
        node("b", Topology.START);
        node("b2", "b");
        node("d", "a", "b2");

        first();
        assertThat(then()).containsExactly("b2#1", "d#1");
        assertThat(then()).containsExactly("d#2");
    }

    @Test
    @Tag("G011")
    @Tag("G012")
    void edgesRunByDeclarationWhateverOrderTheyWereTakenIn() {
        node("z");
        node("b");
        node("m", Topology.START);

        first();
        assertThat(then(to("b", "m", "z", "b"))).containsExactly("z#1", "b#1", "m#2");
    }

    @Test
    @Tag("G005")
    @Tag("G011")
    @Tag("G048")
    void recordsRunAfterEdgesAsTheyWereSent() {
        node("late");
        node("p", Topology.START);
        node("q", Topology.START);
        node("w");

        first();
        assertThat(then(
                        sent("w", "late", "w"),
                        Routing.by(List.of(Routing.Hop.sent("w"), Routing.Hop.to(List.of("w")), Routing.Hop.END))))
                .containsExactly("w#1", "w#2", "late#1", "w#3", "w#4");
        assertThat(plan.executions())
                .extracting(Execution::source)
                .containsExactly(
                        null,
                        new Sent("p", 1, 0, 1),
                        new Sent("p", 1, 1, 1),
                        new Sent("p", 1, 2, 1),
                        new Sent("q", 1, 0, 1));
    }

    @Test
    @Tag("G049")
    void successorsOfManyExecutionsRunOnce() {
        node("p", Topology.START);
        node("w");
        node("r", "w");

        first();
        assertThat(then(sent("w", "w", "w"))).containsExactly("w#1", "w#2", "w#3");
        assertThat(then()).containsExactly("r#1");
    }

    @Test
    @Tag("G051")
    void recordsMaySendRecords() {
        node("p", Topology.START);
        node("w");

        first();
        then(sent("w", "w"));
        assertThat(then(sent("w"), sent("w", "w"))).containsExactly("w#3", "w#4", "w#5");
        assertThat(plan.due()).extracting(Due::sent).containsExactly(new Sent("w", 1, 0, 1), new Sent("w", 2, 0, 2));
    }

    @Test
    @Tag("G004")
    @Tag("G037")
    @Tag("G038")
    @Tag("G062")
    void routesMergeAndTheEmptyOneEndsItsBranch() {
        node("p", Topology.START);
        node("q", Topology.START);
        node("a");

        first();
        assertThat(then(to("a", "a"), to("a"))).containsExactly("a#1");
        first();
        assertThat(then(Routing.by(List.of()), Routing.by(List.of(Routing.Hop.END))))
                .isEmpty();
    }

    @Test
    @Tag("G042")
    void joinWaitsForAllOverSuperstepsAndThenAgain() {
        node("a", Topology.START, "join");
        node("b", Topology.START);
        node("b2", "b", "join");
        join("join", "a", "b2");

        first();
        assertThat(then()).containsExactly("b2#1");
        assertThat(plan.arrivals()).containsExactly(new Arrivals("join", List.of("a")));
        assertThat(then()).containsExactly("join#1");
        assertThat(plan.arrivals()).isEmpty();
        assertThat(then()).containsExactly("a#2", "b2#2");
        assertThat(then()).containsExactly("join#2");
    }

    @Test
    @Tag("G042")
    void repeatedArrivalsCountOnce() {
        node("a", Topology.START, "a2");
        node("a2", "a");
        node("b");
        join("join", "a", "b");

        first();
        then();
        then();
        then();
        assertThat(plan.arrivals()).containsExactly(new Arrivals("join", List.of("a")));
        assertThat(then(to("b"))).containsExactly("b#1");
        assertThat(then()).containsExactly("join#1");
    }

    @Test
    @Tag("G045")
    void otherWaysToAJoinsNodeNeitherUseNorResetIt() {
        node("a", Topology.START);
        node("b", Topology.START);
        node("b2", "b");
        add("c", List.of("b"), List.of("a", "b2"), false);

        first();
        assertThat(then()).containsExactly("b2#1", "c#1");
        assertThat(plan.arrivals()).containsExactly(new Arrivals("c", List.of("a")));
        assertThat(then()).containsExactly("c#2");
    }

    @Test
    @Tag("G043")
    void joinThatNeverHasAllIsInThePlanOfTheEnd() {
        node("a", Topology.START);
        node("r", Topology.START);
        node("b");
        join("join", "a", "b");

        first();
        assertThat(then(Routing.EDGES, Routing.by(List.of()))).isEmpty();
        assertThat(plan.arrivals()).containsExactly(new Arrivals("join", List.of("a")));
    }

    @Test
    @Tag("G054")
    @Tag("G055")
    void deferredNodeRunsWhenNothingElseIsLeft() {
        node("a", Topology.START);
        node("b", Topology.START);
        node("b2", "b");
        deferred("d", "a", "b2");
        node("e", "d");

        first();
        assertThat(then()).containsExactly("b2#1");
        assertThat(plan.waiting()).containsExactly(new Waiting("d", true, List.of()));
        assertThat(then()).containsExactly("d#1");
        assertThat(then()).containsExactly("e#1");
    }

    @Test
    @Tag("G056")
    void recordsForADeferredNodeWaitToo() {
        node("a", Topology.START);
        node("b", Topology.START);
        node("b2", "b");
        deferred("d", "b2");

        first();
        assertThat(then(sent("d", "d"))).containsExactly("b2#1");
        assertThat(then()).containsExactly("d#1", "d#2", "d#3");
        assertThat(plan.executions().get(1).source()).isEqualTo(new Sent("a", 1, 0, 1));
    }

    @Test
    @Tag("G057")
    void deferredNodesRunOneAtATimeInOrderOfDeclaration() {
        node("a", Topology.START);
        deferred("d1", "a");
        deferred("d2", "a", "d1");
        deferred("d0", Topology.START);

        assertThat(first()).containsExactly("a#1");
        assertThat(then()).containsExactly("d1#1");
        assertThat(then()).containsExactly("d2#1");
        assertThat(then()).containsExactly("d0#1");
        assertThat(then()).isEmpty();
    }

    @Test
    @Tag("G123")
    @Tag("G125")
    void endingAtTheLimitIsNoMistake() {
        node("a", Topology.START);
        node("b", "a");

        first();
        then();
        assertThat(plan.number()).isEqualTo(2);
        assertThat(plan.isBeyond(1)).isTrue();
        assertThat(plan.isBeyond(2)).isFalse();
        then();
        assertThat(plan.isBeyond(2)).isFalse();
    }

    @Test
    @Tag("G180")
    void plannedSuperstepIsFollowedByTodaysEdges() {
        node("a", Topology.START);
        node("c", "a");
        first();
        nodes.clear();
        node("a", Topology.START);
        node("b", "a");
        node("c", "b");

        assertThat(then()).containsExactly("b#1");
    }

    @Test
    @Tag("G181")
    void renamedNodesAreFoundAndMissingOnesAreNamed() {
        node("old", Topology.START);
        node("gone", Topology.START);
        first();
        nodes.clear();
        node("present");
        node("next", "present");
        former.put("old", "present");

        assertThat(planner().missing(plan)).containsExactly("gone");
        assertThat(then()).containsExactly("next#1");
        assertThat(executed).containsEntry("present", 1).doesNotContainKey("old");
    }

    @Test
    @Tag("G182")
    void arrivalsCountThoughTheMembersOfAJoinChange() {
        node("a", Topology.START);
        node("b", Topology.START);
        node("b2", "b");
        node("c");
        join("join", "a", "b2", "c");
        first();
        then();
        nodes.clear();
        node("a", Topology.START);
        node("b", Topology.START);
        node("b2", "b");
        join("join", "a", "b2");

        assertThat(then()).containsExactly("join#1");
    }

    @Test
    @Tag("G008")
    @Tag("G094")
    void storedPlanIsSmallForAnyNumberOfRecords() {
        node("p", Topology.START);
        node("w");
        join("join", "p", "w");
        deferred("d");
        first();
        String[] takers = IntStream.range(0, 10_000).mapToObj(i -> "w").toArray(String[]::new);
        then(sent(takers));

        String text = PlanWriter.text(plan);

        assertThat(plan.size()).isEqualTo(10_000);
        assertThat(text).hasSizeLessThan(80);
        assertThat(PlanReader.read(text)).isEqualTo(plan);
    }
}
