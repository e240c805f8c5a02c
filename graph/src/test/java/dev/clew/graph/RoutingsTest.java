package dev.clew.graph;

import static dev.clew.annotations.Node.START;
import static dev.clew.graph.Research.STATE;
import static dev.clew.graph.Research.changes;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.clew.graph.Research.Editor;
import dev.clew.graph.Research.Query;
import dev.clew.graph.Research.State;
import dev.clew.graph.Research.Verdict;
import dev.clew.graph.plan.Routing;
import dev.clew.graph.plan.Routing.Hop;
import dev.clew.value.IllegalRequestException;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Where what a node gave leads, and what its description does not allow. */
final class RoutingsTest {
    private static final StateUpdate<State> NOTHING = changes().update();

    private final GraphSpec<?, ?, State> spec = GraphSpec.of("research", STATE)
            .node("plain")
            .after(START)
            .onErrorMayGoTo("write")
            .onError(in -> null)
            .leaf(in -> null)
            .node("router")
            .after("plain")
            .mayGoTo("write", "search", "both")
            .routes(Editor.class)
            .routes(Verdict.class)
            .leaf(in -> null)
            .node("strict")
            .after("plain")
            .mayGoTo("write")
            .leaf(in -> null)
            .node("free")
            .after("plain")
            .routes(Editor.class)
            .mayEnd()
            .leaf(in -> null)
            .node("listing")
            .after("plain")
            .routes(Editor.class)
            .mayBeEmpty()
            .leaf(in -> null)
            .node("handled")
            .after("plain")
            .routes(Editor.class)
            .onErrorRoutes(RouteSpec.of(Editor.class))
            .onError(in -> null)
            .leaf(in -> null)
            .node("typed")
            .after("plain")
            .onErrorRoutes(RouteSpec.of(Editor.class))
            .onError(in -> null)
            .leaf(in -> null)
            .node("write")
            .leaf(in -> null)
            .node("search")
            .takes(Query.class)
            .leaf(in -> null)
            .node("both")
            .mayTake(Verdict.class)
            .leaf(in -> null)
            .build();

    private Routing of(String node, NodeResult<State> result) {
        return routings(node).of(result, false);
    }

    private Routings<State> routings(String node) {
        NodeSpec<State> found = spec.nodes().stream()
                .filter(other -> other.name().equals(node))
                .findFirst()
                .orElseThrow();
        return new Routings<>(found, spec.nodes());
    }

    private void refuses(String node, NodeResult<State> result, String... words) {
        assertThatThrownBy(() -> of(node, result))
                .isInstanceOf(IllegalRequestException.class)
                .hasMessageContainingAll(words);
    }

    @Test
    @Tag("G058")
    @Tag("G061")
    void elementsOfARouteLeadWhereTheirCasesSay() {
        assertThat(of(
                        "router",
                        NOTHING.goTo(List.of(
                                Editor.AGAIN,
                                new Verdict.Weak("w"),
                                Editor.DONE,
                                Send.to("search", new Query("q")),
                                Send.to("write")))))
                .isEqualTo(Routing.by(List.of(
                        Hop.to(List.of("write")),
                        Hop.sent("both"),
                        Hop.END,
                        Hop.sent("search"),
                        Hop.to(List.of("write")))));
        assertThat(of("router", NOTHING.goTo(Editor.AGAIN))).isEqualTo(Routing.by(List.of(Hop.to(List.of("write")))));
    }

    @Test
    @Tag("G025")
    void updateAndNullGoOnByTheEdges() {
        assertThat(of("plain", NOTHING)).isEqualTo(Routing.EDGES);
        assertThat(of("plain", null)).isEqualTo(Routing.EDGES);
        assertThat(routings("plain").of(NOTHING, true)).isEqualTo(Routing.EDGES);
        assertThat(routings("plain").of(NOTHING.goTo(Send.to("write")), true))
                .isEqualTo(Routing.by(List.of(Hop.to(List.of("write")))));
    }

    @Test
    @Tag("G038")
    void emptyRouteEndsTheBranchWhereThatIsAllowed() {
        assertThat(of("router", NOTHING.goTo(List.of()))).isEqualTo(Routing.by(List.of()));
        assertThat(of("free", NOTHING)).isEqualTo(Routing.by(List.of()));
        assertThat(of("free", null)).isEqualTo(Routing.by(List.of()));
        refuses("strict", NOTHING.goTo(List.of()), "'strict'", "mayEnd()");
        refuses("strict", null, "'strict'", "mayEnd()");
    }

    @Test
    @Tag("G038")
    void noRouteIsNoEnd() {
        refuses("router", NOTHING, "'router' gave no route");
        refuses("router", null, "'router' gave no route");
        refuses("listing", null, "'listing' gave no route");
        assertThat(of("listing", NOTHING.goTo(List.of()))).isEqualTo(Routing.by(List.of()));
        assertThatThrownBy(() -> NOTHING.goTo((List<Editor>) null)).isInstanceOf(IllegalRequestException.class);
    }

    @Test
    @Tag("G079")
    void whatStandsInForARouterRoutes() {
        assertThatThrownBy(() -> routings("handled").of(NOTHING, true))
                .isInstanceOf(IllegalRequestException.class)
                .hasMessageContaining("'handled' gave no route, and 'handled' routes");
        assertThat(routings("handled").of(NOTHING.goTo(Editor.AGAIN), true))
                .isEqualTo(Routing.by(List.of(Hop.to(List.of("write")))));
        assertThat(routings("handled").of(NOTHING.goTo(List.of()), true)).isEqualTo(Routing.by(List.of()));
        assertThatThrownBy(() -> routings("typed").of(null, true))
                .isInstanceOf(IllegalRequestException.class)
                .hasMessageContaining("'typed' gave no route");
        assertThat(routings("typed").of(NOTHING, true)).isEqualTo(Routing.EDGES);
    }

    @Test
    @Tag("G047")
    @Tag("G050")
    @Tag("G060")
    void whatTheDescriptionDoesNotAllowFailsTheNode() {
        refuses("plain", NOTHING.goTo(Editor.AGAIN), "'plain'", "AGAIN", "routes(…)");
        refuses("strict", NOTHING.goTo(Send.to("serch")), "'strict'", "'serch'", "mayGoTo");
        refuses("strict", NOTHING.goTo(Send.to("search", new Query("q"))), "'search'", "mayGoTo");
        refuses("router", NOTHING.goTo(Send.to("search")), "sends nothing to 'search'");
        refuses("router", NOTHING.goTo(Send.to("search", new Verdict.Good())), "sends Good", "takes", "Query");
        refuses("router", NOTHING.goTo(Send.to("write", new Query("q"))), "sends Query", "takes nothing");
        refuses("router", NOTHING.goTo("write"), "the route String", "routes(…)");
    }
}
