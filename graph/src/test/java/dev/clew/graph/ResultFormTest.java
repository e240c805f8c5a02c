package dev.clew.graph;

import static dev.clew.annotations.Node.START;
import static dev.clew.graph.Research.DRAFT;
import static dev.clew.graph.Research.NOTES;
import static dev.clew.graph.Research.STATE;
import static dev.clew.graph.Research.changes;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.clew.annotations.End;
import dev.clew.annotations.To;
import dev.clew.engine.format.MembersCodec;
import dev.clew.graph.Research.Draft;
import dev.clew.graph.Research.Editor;
import dev.clew.graph.Research.State;
import dev.clew.json.JsonCodec;
import dev.clew.value.Codec;
import dev.clew.value.CodecException;
import dev.clew.value.TypeRef;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What is stored of what a node gave: every route comes back as the type that it was. */
final class ResultFormTest {
    private static final Codec CODEC = MembersCodec.over(JsonCodec.standard());
    private static final StateUpdate<State> NOTHING = changes().update();

    /** Has a constant of the name that one of {@link Editor} has. */
    enum Repair {
        @To("work")
        AGAIN,
        @End
        GIVE_UP
    }

    /** Has the simple name of another route. */
    static final class Other {
        enum Editor {
            @To("work")
            AGAIN
        }

        private Other() {}
    }

    private static GraphSpec.Builder<StateUpdate<State>, State, State> graph() {
        return GraphSpec.of("forms", STATE).node("write").leaf(in -> null);
    }

    private static TypeRef<NodeResult<State>> form(RouteSpec... handled) {
        NodeBuilder<?, ?, State, ?> node = graph().node("work").after(START).routes(Editor.class);
        for (RouteSpec route : handled) {
            node = node.onErrorRoutes(route);
        }
        GraphSpec<?, ?, State> spec = (handled.length == 0 ? node : node.onError(in -> NOTHING.goTo(Repair.AGAIN)))
                .leaf(in -> NOTHING.goTo(Editor.DONE))
                .build();
        return ResultMembers.type(spec.nodes().get(1), STATE, spec.nodes());
    }

    private static String json(NodeResult<State> result, TypeRef<NodeResult<State>> type) {
        return new String(CODEC.encode(result, type), UTF_8);
    }

    private static Object route(String json, TypeRef<NodeResult<State>> type) {
        return ((RoutedUpdate<?, ?>) CODEC.decode(json.getBytes(UTF_8), type)).route();
    }

    private static void comesBack(NodeResult<State> result, TypeRef<NodeResult<State>> type) {
        assertThat(CODEC.decode(CODEC.encode(result, type), type)).isEqualTo(result);
    }

    @Test
    void routesNameTheirType() {
        TypeRef<NodeResult<State>> form = form();

        assertThat(json(changes().add(NOTES, List.of("n")).update().goTo(Editor.AGAIN), form))
                .isEqualTo("{\"update\":{\"notes\":[\"n\"]},\"goto@Editor\":\"AGAIN\"}");
        assertThat(json(NOTHING.goTo(List.of(Editor.AGAIN, Editor.DONE)), form))
                .isEqualTo("{\"gotoAll@Editor\":[\"AGAIN\",\"DONE\"]}");
        comesBack(NOTHING.goTo(List.of()), form);
    }

    @Test
    void equalLabelsOfNodeAndHandlerAreToldApart() {
        TypeRef<NodeResult<State>> form = form(RouteSpec.of(Repair.class));

        comesBack(NOTHING.goTo(Editor.AGAIN), form);
        comesBack(NOTHING.goTo(Repair.AGAIN), form);
        comesBack(NOTHING.goTo(List.of(Repair.AGAIN, Editor.AGAIN, Repair.GIVE_UP)), form);
    }

    @Test
    void typesOfOneSimpleNameAreToldApart() {
        TypeRef<NodeResult<State>> form = form(RouteSpec.of(Other.Editor.class));

        comesBack(NOTHING.goTo(Editor.AGAIN), form);
        comesBack(NOTHING.goTo(Other.Editor.AGAIN), form);
        assertThat(route(json(NOTHING.goTo(Editor.AGAIN), form()), form)).isEqualTo(Editor.AGAIN);
    }

    @Test
    void routeOfBeforeIsReadWhenTheHandlerGotAType() {
        TypeRef<NodeResult<State>> now = form(RouteSpec.of(Repair.class));

        assertThat(route(json(NOTHING.goTo(Editor.DONE), form()), now)).isEqualTo(Editor.DONE);
        assertThat(route("{\"goto\":\"DONE\"}", now)).isEqualTo(Editor.DONE);
        assertThat(route("{\"goto\":\"GIVE_UP\"}", now)).isEqualTo(Repair.GIVE_UP);
        assertThat(route("{\"gotoAll\":[\"AGAIN\"]}", now)).isEqualTo(List.of(Editor.AGAIN));
        assertThat(route("{\"sends\":{\"0=AGAIN\":\"AGAIN\"}}", now)).isEqualTo(List.of(Editor.AGAIN));
    }

    @Test
    void routeOfATypeThatIsGoneIsNamed() {
        String stored = json(NOTHING.goTo(Repair.GIVE_UP), form(RouteSpec.of(Repair.class)));

        assertThatThrownBy(() -> route(stored, form()))
                .isInstanceOf(CodecException.class)
                .hasMessageContaining("'goto@Repair'");
    }

    @Test
    void resultOfTextsNumbersAndConstantsNeedsNoCopy() {
        assertThat(isShared(changes().add(NOTES, List.of("n")).update())).isTrue();
        assertThat(isShared(changes().replace(NOTES, List.of("n")).update().goTo(Editor.AGAIN)))
                .isTrue();
        assertThat(isShared(NOTHING.goTo(List.of(Editor.AGAIN, Editor.DONE)))).isTrue();
    }

    @Test
    void resultWithARecordIsCopied() {
        assertThat(isShared(changes().set(DRAFT, new Draft("d")).update())).isFalse();
        assertThat(isShared(NOTHING.goTo(Send.to("work", new Draft("d"))))).isFalse();
        assertThat(isShared(NOTHING.goTo(List.of(Send.to("work"))))).isFalse();
    }

    private static boolean isShared(NodeResult<State> result) {
        return form().members().orElseThrow().isShared(result);
    }
}
