package dev.clew.graph;

import static dev.clew.graph.Research.NOTES;
import static dev.clew.graph.Research.STATE;
import static dev.clew.graph.Research.TOPIC;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.clew.engine.format.MembersCodec;
import dev.clew.json.JsonCodec;
import dev.clew.value.Codec;
import dev.clew.value.CodecException;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is stored of what became of a state. */
final class ChangeFormTest {
    private static final Codec CODEC = MembersCodec.over(JsonCodec.standard());
    private static final StateChanges CHANGES = new StateChanges(STATE);

    private static StateValues values(String topic, List<String> notes) {
        Progress<Research.State> progress = new Progress<>(new GraphNodes<>(graph()), STATE.start());
        progress.refold(STATE.changes().set(TOPIC, topic).add(NOTES, notes).update());
        return progress.values();
    }

    private static GraphSpec<?, ?, Research.State> graph() {
        return GraphSpec.of("graph", STATE)
                .node("node")
                .after(dev.clew.annotations.Node.START)
                .leaf(in -> null)
                .build();
    }

    private static String json(StateValues before, StateValues after) {
        return new String(CODEC.encode(CHANGES.between(before, after), CHANGES.type()), UTF_8);
    }

    private static StateValues again(StateValues before, String json) {
        StateChange change = Objects.requireNonNull(CODEC.decode(json.getBytes(UTF_8), CHANGES.type()));
        return CHANGES.after(before, List.of(change));
    }

    private static void comesBack(StateValues before, StateValues after, String json) {
        assertThat(json(before, after)).isEqualTo(json);
        assertThat(again(before, json)).isEqualTo(after);
    }

    @Test
    void namesWhatHasChanged() {
        StateValues before = values("rain", List.of("a", "b", "c"));

        comesBack(before, before, "{}");
        comesBack(
                before,
                values("snow", List.of("a", "b", "c", "d")),
                "{\"topic\":\"snow\",\"notes\":[\"d\"],\"@more\":[\"notes\"]}");
        comesBack(
                before, values("rain", List.of("b", "c", "d")), "{\"notes\":[\"d\"],\"@splice\":{\"notes\":[1,3,3]}}");
    }

    @Test
    void aComponentThatTheStateHasNoMoreIsLeftOut() {
        StateValues before = values("rain", List.of("a"));

        assertThat(again(before, "{\"gone\":1,\"topic\":\"snow\"}").toMap())
                .containsAllEntriesOf(Map.of("topic", "snow", "notes", List.of("a")));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"topic\":1}",
                "{\"notes\":[\"d\"],\"@splice\":{\"notes\":[1,9,9]}}",
                "{\"notes\":[\"d\"],\"@splice\":{\"notes\":[2,1,1]}}",
                "{\"notes\":[\"d\"],\"@splice\":{\"notes\":[1,1]}}",
                "{\"notes\":[\"d\"],\"@splice\":{\"notes\":[null,1,1]}}",
                "{\"notes\":null,\"@more\":[\"notes\"]}",
                "{\"notes\":[\"d\"],\"@more\":1}",
                "[]"
            })
    void whatIsNoChangeIsRefused(String json) {
        StateValues before = values("rain", List.of("a"));

        assertThatThrownBy(() -> again(before, json)).isInstanceOf(CodecException.class);
    }
}
