package dev.clew.graph;

import static dev.clew.annotations.Node.START;
import static dev.clew.graph.Research.DRAFT;
import static dev.clew.graph.Research.NOTES;
import static dev.clew.graph.Research.STATE;
import static dev.clew.graph.Research.TOPIC;
import static dev.clew.graph.Research.changes;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.clew.annotations.Append;
import dev.clew.annotations.End;
import dev.clew.annotations.KeepLast;
import dev.clew.annotations.To;
import dev.clew.graph.Research.Draft;
import dev.clew.graph.Research.Editor;
import dev.clew.graph.Research.Query;
import dev.clew.graph.Research.State;
import dev.clew.graph.Research.Verdict;
import dev.clew.graph.topology.Finding;
import dev.clew.graph.topology.GraphRule;
import dev.clew.graph.topology.RouteCase;
import dev.clew.task.RetryPolicy;
import dev.clew.value.IllegalRequestException;
import dev.clew.value.TypeRef;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Graphs that are described at run time, and what is found to be wrong with them. */
final class GraphSpecTest {
    private static final StateUpdate<State> NOTHING = changes().update();

    private static GraphSpec.Builder<StateUpdate<State>, State, State> graph() {
        return GraphSpec.of("research", STATE);
    }

    /** The graph of the guide. */
    private static GraphSpec<String, Draft, State> research() {
        return graph().input(
                        String.class,
                        topic -> changes().fresh().set(TOPIC, topic).update())
                .output(Draft.class, State::draft)
                .node("plan")
                .after(START)
                .routes(Query.class)
                .mayEnd()
                .leaf(in -> NOTHING.goTo(List.of(new Query(in.state().topic()))))
                .node("search")
                .takes(Query.class)
                .retry(3)
                .leaf(in -> changes().add(NOTES, List.of(in.sent().text())).update())
                .node("write")
                .after("search")
                .writes("draft")
                .leaf(in -> changes().set(DRAFT, new Draft("d")).update())
                .node("review")
                .afterAny("write", "improve")
                .routes(Verdict.class)
                .routesOnce()
                .leaf(in -> NOTHING.goTo(new Verdict.Good()))
                .node("improve")
                .takes(Verdict.Weak.class)
                .writes("draft")
                .leaf(in -> changes().set(DRAFT, new Draft(in.sent().why())).update())
                .node("publish")
                .takes(Verdict.Good.class)
                .routes(Editor.class)
                .routesOnce()
                .scope(in -> NOTHING.goTo(in.isReplaying() ? Editor.DONE : Editor.AGAIN))
                .build();
    }

    private static List<Finding> findings(GraphSpec.Builder<?, ?, ?> builder) {
        List<Finding> findings = new ArrayList<>();
        assertThatThrownBy(builder::build)
                .isInstanceOfSatisfying(InvalidGraphException.class, e -> findings.addAll(e.findings()));
        return findings;
    }

    private static void finds(GraphSpec.Builder<?, ?, ?> builder, GraphRule... rules) {
        assertThat(findings(builder)).extracting(Finding::rule).containsExactlyInAnyOrder(rules);
    }

    @Test
    @Tag("G135")
    @Tag("G138")
    void topologyHasEveryWayThatARouteMayTake() {
        GraphSpec<String, Draft, State> spec = research();

        assertThat(spec.topology().find("plan").routes().cases())
                .containsExactly(RouteCase.sent("Query", "search"), RouteCase.end(""));
        assertThat(spec.topology().find("review").routes().cases())
                .containsExactly(RouteCase.sent("Good", "publish"), RouteCase.sent("Weak", "improve"));
        assertThat(spec.topology().find("publish").routes().cases())
                .containsExactly(RouteCase.to("AGAIN", List.of("write")), RouteCase.end("DONE"));
        assertThat(spec.diagram())
                .contains("\tplan -.->|Query| search;\n", "\tsearch --> write;\n", "\tpublish -.->|AGAIN| write;\n")
                .contains("\tpublish -.->|DONE| __end__;\n", "\treview -.->|Good| publish;\n");
        assertThat(spec.notes()).isEmpty();
    }

    @Test
    void inputAndOutputAreFunctions() {
        GraphSpec<String, Draft, State> spec = research();

        State state = spec.begin("rain").applyTo(Research.start());

        assertThat(state.topic()).isEqualTo("rain");
        assertThat(spec.result(changes().set(DRAFT, new Draft("x")).update().applyTo(state)))
                .isEqualTo(new Draft("x"));
        assertThat(spec.outputType()).isEqualTo(TypeRef.of(Draft.class));
    }

    @Test
    void withoutInputAndOutputTheyAreUpdateAndState() {
        GraphSpec<StateUpdate<State>, State, State> spec =
                graph().node("a").after(START).leaf(in -> null).build();

        StateUpdate<State> update = changes().set(TOPIC, "rain").update();
        assertThat(spec.begin(update)).isEqualTo(update);
        assertThat(spec.result(Research.start())).isEqualTo(Research.start());
        assertThat(spec.inputType()).isEqualTo(STATE.updateType());
    }

    @Test
    void nodesWithoutPolicyHaveThatOfTheGraph() {
        RetryPolicy often = RetryPolicy.builder().maxAttempts(9).build();
        GraphSpec<?, ?, State> spec = graph().retry(often)
                .timeout(Duration.ofSeconds(5))
                .node("a")
                .after(START)
                .leaf(in -> null)
                .node("b")
                .after("a")
                .retry(2)
                .timeout(Duration.ofSeconds(1))
                .leaf(in -> null)
                .build();

        assertThat(spec.nodes().get(0).policy().retry()).containsExactly(often);
        assertThat(spec.nodes().get(0).policy().timeout()).isEqualTo(Duration.ofSeconds(5));
        assertThat(spec.nodes().get(1).policy().retry())
                .extracting(RetryPolicy::maxAttempts)
                .containsExactly(2);
        assertThat(spec.nodes().get(1).policy().timeout()).isEqualTo(Duration.ofSeconds(1));
    }

    @Test
    @Tag("G133")
    void everythingThatIsWrongIsFoundAtOnce() {
        GraphSpec.Builder<?, ?, State> builder = graph();
        builder.node("open");
        builder.node("a").after(START).writes("drafts").leaf(in -> null);
        builder.node("b").after("aa").formerly("a").leaf(in -> null);
        builder.node("c").after("a").mayGoTo("d").leaf(in -> null);

        assertThat(findings(builder))
                .extracting(Finding::rule)
                .containsExactlyInAnyOrder(
                        GraphRule.NODE_WITHOUT_BODY,
                        GraphRule.NODE_UNKNOWN,
                        GraphRule.NODE_UNKNOWN,
                        GraphRule.WRITES_UNKNOWN,
                        GraphRule.NODE_FORMER_NAME);
        assertThatThrownBy(builder::build)
                .hasMessageStartingWith("the graph 'research' cannot be built:\nCLEW")
                .hasMessageContaining(
                        "CLEW200: after of 'b' names 'aa', which is no node of the graph; did you mean 'a'?")
                .hasMessageContaining(
                        "CLEW217: 'a' writes 'drafts', which is no component of the state; did you mean 'draft'?")
                .hasMessageContaining("\n  fix: ");
    }

    enum Half {
        @To("a")
        FINE,
        BARE,
        @To("a")
        @End
        BOTH
    }

    sealed interface Closed {
        record Fine() implements Closed {}

        non-sealed class Open implements Closed {}
    }

    record Unheard() {}

    @Test
    @Tag("G039")
    @Tag("G133")
    void routesThatLeadNowhere() {
        finds(
                graph().node("a").after(START).routes(Half.class).leaf(in -> null),
                GraphRule.CASE_WITHOUT_TARGET,
                GraphRule.CASE_BOTH);
        finds(graph().node("a").after(START).routes(String.class).leaf(in -> null), GraphRule.ROUTE_OPEN);
        finds(
                graph().node("a").after(START).routes(Closed.class).leaf(in -> null),
                GraphRule.ROUTE_OPEN,
                GraphRule.CASE_WITHOUT_TAKER);
        finds(graph().node("a").after(START).routes(Unheard.class).leaf(in -> null), GraphRule.CASE_WITHOUT_TAKER);
        finds(
                graph().node("a")
                        .after(START)
                        .routes(Query.class)
                        .leaf(in -> null)
                        .node("b")
                        .takes(Query.class)
                        .leaf(in -> null)
                        .node("c")
                        .takes(Query.class)
                        .leaf(in -> null),
                GraphRule.CASE_WITH_TAKERS);
    }

    @Test
    void nodeThatMayTakeIsReachedByEdgesToo() {
        GraphSpec<?, ?, State> spec = graph().node("a")
                .after(START)
                .mayGoTo("b")
                .leaf(in -> NOTHING.goTo(Send.to("b", new Query("q"))))
                .node("b")
                .mayTake(Query.class)
                .after(START)
                .leaf(in -> in.sent() == null ? null : NOTHING)
                .build();

        assertThat(spec.topology().find("a").routes().cases()).containsExactly(new RouteCase("b", List.of("b"), "b"));
        assertThat(spec.topology().find("b").takes().isOnly()).isFalse();
    }

    @Test
    @Tag("G079")
    @Tag("G080")
    void handlerMayRouteThoughItsNodeHasSuccessors() {
        GraphSpec<?, ?, State> spec = graph().node("a")
                .after(START)
                .onErrorMayGoTo("repair")
                .onError(in -> NOTHING.goTo(Send.to("repair")))
                .leaf(in -> null)
                .node("b")
                .after("a")
                .leaf(in -> null)
                .node("repair")
                .leaf(in -> null)
                .build();

        assertThat(spec.topology().find("a").onError().cases())
                .containsExactly(RouteCase.to("repair", List.of("repair")), RouteCase.end(""));
        assertThat(spec.diagram()).contains("\ta --> b;\n", "\ta -.-> repair;\n");
    }

    @Test
    @Tag("G079")
    void handlerOfARouterMustRoute() {
        finds(
                graph().node("a")
                        .after(START)
                        .routes(Editor.class)
                        .onError(in -> null)
                        .leaf(in -> NOTHING.goTo(Editor.DONE))
                        .node("write")
                        .leaf(in -> null),
                GraphRule.HANDLER_WITHOUT_ROUTE);
    }

    @Test
    void nodeEndsOnce() {
        GraphSpec.Builder<?, ?, State> builder = graph();
        NodeBuilder<?, ?, State, ?> node = builder.node("a").after(START);
        node.leaf(in -> null);

        assertThatThrownBy(() -> node.leaf(in -> null))
                .isInstanceOf(IllegalRequestException.class)
                .hasMessageContaining("'a'");
    }

    record Inner(List<String> notes, String own) {}

    private static final Component<String, String> OWN = Component.lastValue("own", TypeRef.of(String.class), null);

    private static GraphSpec<?, ?, Inner> inner(Component<?, ?>... components) {
        StateSpec<Inner> state =
                StateSpec.of(Inner.class, values -> new Inner(List.of(), null), inner -> new Object[0], components);
        return GraphSpec.of("inner", state)
                .node("c1")
                .after(START)
                .leaf(in -> null)
                .node("c2")
                .after("c1")
                .leaf(in -> null)
                .build();
    }

    @Test
    @Tag("G112")
    @Tag("G137")
    void graphInANodeIsDrawnAsOneBoxOrOpened() {
        GraphSpec<?, ?, State> spec = graph().node("a")
                .after(START)
                .leaf(in -> null)
                .subgraph("child", inner(NOTES, OWN), edges -> edges.after("a"))
                .node("z")
                .after("child")
                .leaf(in -> null)
                .build();

        assertThat(Subgraphs.shared(STATE, spec.nodes().get(1).child().state())).containsOnlyKeys("notes");
        assertThat(spec.diagram()).contains("\tchild[[\"child\"]]\n", "\ta --> child;\n", "\tchild --> z;\n");
        assertThat(spec.topology().diagram(1))
                .contains("\tsubgraph child[\"child\"]\n", "\tchild_c1 --> child_c2;\n", "\tend\n")
                .contains("\ta --> child___start__;\n", "\tchild___end__ --> z;\n", "\tchild_c2 --> child___end__;\n");
    }

    @Test
    @Tag("G122")
    void graphInANodeMustShareSomething() {
        finds(graph().subgraph("child", inner(OWN), Edges.NONE.after(START)), GraphRule.SUBGRAPH_SHARES_NOTHING);
        finds(
                graph().subgraph(
                                "child",
                                inner(Component.reduced(
                                        "notes",
                                        new TypeRef<List<String>>() {},
                                        new TypeRef<List<String>>() {},
                                        new KeepLast.InList<String>(2))),
                                Edges.NONE.after(START)),
                GraphRule.SUBGRAPH_OTHER_REDUCER);
    }

    @Test
    void componentsOfOneNameAreRefused() {
        assertThatThrownBy(
                        () -> StateSpec.of(Inner.class, v -> new Inner(List.of(), null), i -> new Object[0], OWN, OWN))
                .isInstanceOf(IllegalRequestException.class)
                .hasMessageContaining("'own'");
        assertThat(new Append.ToList<String>().identity()).isEmpty();
    }

    @Test
    void findingsSurviveSerialization() throws Exception {
        GraphSpec.Builder<?, ?, State> builder = graph();
        builder.node("a").after(START).writes("drafts").leaf(in -> null);
        InvalidGraphException thrown = catchThrowableOfType(InvalidGraphException.class, builder::build);

        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ObjectOutputStream out = new ObjectOutputStream(bytes)) {
            out.writeObject(thrown);
        }
        try (ObjectInputStream in = new ObjectInputStream(new ByteArrayInputStream(bytes.toByteArray()))) {
            assertThat(((InvalidGraphException) in.readObject()).findings()).isEqualTo(thrown.findings());
        }
    }
}
