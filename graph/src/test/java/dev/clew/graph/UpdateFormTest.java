package dev.clew.graph;

import static dev.clew.graph.Research.BEST;
import static dev.clew.graph.Research.COUNTS;
import static dev.clew.graph.Research.DRAFT;
import static dev.clew.graph.Research.NOTES;
import static dev.clew.graph.Research.STATE;
import static dev.clew.graph.Research.TOPIC;
import static dev.clew.graph.Research.changes;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.clew.engine.format.MembersCodec;
import dev.clew.graph.Research.Draft;
import dev.clew.graph.Research.State;
import dev.clew.json.JsonCodec;
import dev.clew.value.Codec;
import dev.clew.value.CodecException;
import dev.clew.value.TypeRef;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** What is stored of an update, and what servers give as one. */
final class UpdateFormTest {
    private static final Codec CODEC = MembersCodec.over(JsonCodec.standard());
    private static final TypeRef<StateUpdate<State>> TYPE = STATE.updateType();

    private static String json(Changes<State> changes) {
        return new String(CODEC.encode(changes.update(), TYPE), UTF_8);
    }

    private static StateUpdate<State> read(String json) {
        return CODEC.decode(json.getBytes(UTF_8), TYPE);
    }

    private static void comesBack(Changes<State> changes, String json) {
        assertThat(json(changes)).isEqualTo(json);
        assertThat(read(json)).isEqualTo(changes.update());
    }

    @Test
    void namesWhatItWrites() {
        comesBack(changes(), "{}");
        comesBack(changes().set(TOPIC, "rain").add(NOTES, List.of("x")), "{\"topic\":\"rain\",\"notes\":[\"x\"]}");
        comesBack(changes().set(DRAFT, null), "{\"draft\":null}");
        comesBack(changes().set(DRAFT, new Draft("d")), "{\"draft\":{\"text\":\"d\"}}");
    }

    @Test
    void numbersFurtherUpdatesOfOneComponent() {
        comesBack(
                changes().add(COUNTS, "a").add(COUNTS, "b").add(COUNTS, "c"),
                "{\"counts\":\"a\",\"counts+1\":\"b\",\"counts+2\":\"c\"}");
    }

    @Test
    void marksReplacements() {
        comesBack(
                changes().replace(NOTES, List.of("x")).replace(BEST, 3),
                "{\"notes\":[\"x\"],\"best\":3,\"@replace\":[\"notes\",\"best\"]}");
        comesBack(changes().replace(COUNTS, Map.of("a", 2)), "{\"counts\":{\"a\":2},\"@replace\":[\"counts\"]}");
    }

    @Test
    void replacementWithoutValueIsTheStartValue() {
        State before =
                changes().set(TOPIC, "rain").add(NOTES, List.of("x")).update().applyTo(Research.start());

        State after = read("{\"notes\": [\"y\"], \"@replace\": [\"topic\"]}").applyTo(before);

        assertThat(after.topic()).isNull();
        assertThat(after.notes()).containsExactly("x", "y");
    }

    @Test
    void keepsTheMarkOfAFreshOne() {
        comesBack(changes().fresh().set(TOPIC, "rain"), "{\"@fresh\":true,\"topic\":\"rain\"}");
    }

    @Test
    @Tag("G024")
    void refusesUnknownNamesWithThePath() {
        assertThatThrownBy(() -> read("{\"topik\": \"rain\"}"))
                .isInstanceOf(CodecException.class)
                .hasMessageContaining("did you mean 'topic'?")
                .extracting(e -> ((CodecException) e).path())
                .isEqualTo("$.topik");
        assertThatThrownBy(() -> read("{\"@replace\": [\"topik\"]}"))
                .isInstanceOf(CodecException.class)
                .hasMessageContaining("'topik'");
        assertThatThrownBy(() -> read("{\"notes\": 3}"))
                .isInstanceOf(CodecException.class)
                .extracting(e -> ((CodecException) e).path())
                .isEqualTo("$.notes");
        assertThatThrownBy(() -> read("{\"topic\": null}"))
                .isInstanceOf(CodecException.class)
                .hasMessageContaining("'topic' takes no null");
    }

    @Test
    @Tag("G183")
    void storedFormLeavesOutWhatIsGoneAndFindsWhatWasRenamed() {
        byte[] stored = "{\"gone\": 1, \"topic\": \"rain\", \"gone+1\": 2}".getBytes(UTF_8);
        Component<String, String> subject = TOPIC.formerly("topic").nullable();
        StateSpec<String> renamed = StateSpec.of(
                String.class,
                values -> String.valueOf(values.find("subject")),
                state -> new Object[] {state},
                Component.<String>lastValue("subject", TypeRef.of(String.class), null)
                        .formerly("topic"));

        assertThat(CODEC.decode(stored, STATE.storedUpdateType()))
                .isEqualTo(changes().set(TOPIC, "rain").update());
        assertThat(CODEC.decode(stored, renamed.storedUpdateType()).applyTo("")).isEqualTo("rain");
        assertThat(subject.formerly()).containsExactly("topic");
    }
}
