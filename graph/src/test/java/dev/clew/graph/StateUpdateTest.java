package dev.clew.graph;

import static dev.clew.graph.Research.BEST;
import static dev.clew.graph.Research.COUNTS;
import static dev.clew.graph.Research.DRAFT;
import static dev.clew.graph.Research.NOTES;
import static dev.clew.graph.Research.STATE;
import static dev.clew.graph.Research.TOPIC;
import static dev.clew.graph.Research.changes;
import static dev.clew.graph.Research.start;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.clew.graph.Research.Draft;
import dev.clew.graph.Research.State;
import dev.clew.value.IllegalRequestException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** What updates do, one at a time. */
final class StateUpdateTest {
    @Test
    @Tag("G017")
    @Tag("G018")
    void stateStartsWithIdentitiesNullAndWhatComponentsSay() {
        assertThat(start()).isEqualTo(new State(null, List.of(), null, 0, Map.of()));
    }

    @Test
    @Tag("G016")
    void updateSetsAddsAndLeavesTheRest() {
        State state = changes()
                .set(TOPIC, "rain")
                .add(NOTES, List.of("a", "b"))
                .add(NOTES, List.of("c"))
                .add(COUNTS, "x")
                .add(COUNTS, "x")
                .update()
                .applyTo(start());

        assertThat(state).isEqualTo(new State("rain", List.of("a", "b", "c"), null, 0, Map.of("x", 2)));
        assertThat(changes().add(BEST, 3).update().applyTo(state).topic()).isEqualTo("rain");
    }

    @Test
    @Tag("G025")
    void emptyUpdateChangesNothing() {
        State state = changes().set(TOPIC, "rain").update().applyTo(start());

        assertThat(changes().update().applyTo(state)).isEqualTo(state);
    }

    @Test
    @Tag("G020")
    @Tag("G023")
    void replacementGoesPastTheReducer() {
        State state = changes().add(NOTES, List.of("a")).add(BEST, 7).update().applyTo(start());

        assertThat(changes().replace(NOTES, List.of()).replace(BEST, 2).update().applyTo(state))
                .isEqualTo(new State(null, List.of(), null, 2, Map.of()));
    }

    @Test
    void freshUpdateBeginsWithStartValues() {
        State state = changes()
                .set(TOPIC, "rain")
                .add(NOTES, List.of("a"))
                .set(DRAFT, new Draft("d"))
                .update()
                .applyTo(start());

        assertThat(changes().fresh().set(TOPIC, "snow").update().applyTo(state))
                .isEqualTo(new State("snow", List.of(), null, 0, Map.of()));
        assertThatThrownBy(() -> changes().set(TOPIC, "rain").fresh())
                .isInstanceOf(IllegalRequestException.class)
                .hasMessageContaining("fresh()");
    }

    @Test
    @Tag("G015")
    void lastValueIsSetOnceInAnUpdate() {
        assertThatThrownBy(() -> changes().set(TOPIC, "a").set(TOPIC, "a"))
                .isInstanceOf(IllegalRequestException.class)
                .hasMessageContaining("sets 'topic' twice");
        assertThatThrownBy(() -> changes().set(TOPIC, "a").and(changes().set(TOPIC, "b")))
                .isInstanceOf(IllegalRequestException.class)
                .hasMessageContaining("sets 'topic' twice");
    }

    @Test
    void replacedComponentTakesNoOtherWrite() {
        assertThatThrownBy(() -> changes().replace(NOTES, List.of()).add(NOTES, List.of("a")))
                .isInstanceOf(IllegalRequestException.class)
                .hasMessageContaining("replaces 'notes'");
        assertThatThrownBy(() -> changes().add(NOTES, List.of("a")).replace(NOTES, List.of()))
                .isInstanceOf(IllegalRequestException.class)
                .hasMessageContaining("replaces 'notes'");
    }

    @Test
    @Tag("G022")
    void nullIsRefusedExceptWhereTheTypeHasIt() {
        assertThat(changes().set(DRAFT, null).update().applyTo(start()).draft()).isNull();
        assertThatThrownBy(() -> changes().set(TOPIC, null))
                .isInstanceOf(IllegalRequestException.class)
                .hasMessageContaining("'topic' takes no null");
        assertThatThrownBy(() -> changes().replace(NOTES, null)).isInstanceOf(IllegalRequestException.class);
        assertThatThrownBy(() -> changes().add(BEST, null)).isInstanceOf(IllegalRequestException.class);
    }

    @Test
    @Tag("G007")
    void containersAreCopied() {
        List<String> mine = new ArrayList<>(List.of("a"));
        StateUpdate<State> update = changes().add(NOTES, mine).update();
        mine.add("b");

        assertThat(update.applyTo(start()).notes()).containsExactly("a");
        assertThatThrownBy(() -> update.applyTo(start()).notes().add("c"))
                .isInstanceOf(UnsupportedOperationException.class);
    }

    @Test
    void equalUpdatesDoTheSame() {
        StateUpdate<State> update = changes().set(TOPIC, "rain").add(BEST, 3).update();

        assertThat(update)
                .isEqualTo(changes().add(BEST, 3).set(TOPIC, "rain").update())
                .hasSameHashCodeAs(changes().add(BEST, 3).set(TOPIC, "rain").update())
                .isNotEqualTo(changes().set(TOPIC, "rain").update())
                .hasToString("update().topic(rain).best(3)");
        assertThat(changes().fresh().replace(NOTES, List.of("n")).update()).hasToString("fresh().replaceNotes([n])");
        assertThat(update.goTo(List.of(Research.Editor.AGAIN)))
                .hasToString("update().topic(rain).best(3).goTo([AGAIN])");
    }

    @Test
    void routeIsNeverNull() {
        assertThatThrownBy(() -> changes().update().goTo((Object) null)).isInstanceOf(IllegalRequestException.class);
        assertThatThrownBy(() -> changes().update().goTo(java.util.Arrays.asList("a", null)))
                .isInstanceOf(IllegalRequestException.class);
    }

    @Test
    @Tag("G032")
    void refusedUpdateNamesTheComponents() {
        assertThatThrownBy(() -> changes().add(BEST, 101).update().applyTo(start()))
                .isInstanceOfSatisfying(SuperstepFailedException.class, failed -> {
                    assertThat(failed.components()).containsExactly("best");
                    assertThat(failed).hasCauseInstanceOf(IllegalArgumentException.class);
                });
        assertThatThrownBy(() -> changes().add(COUNTS, "forbidden").update().applyTo(start()))
                .isInstanceOf(SuperstepFailedException.class)
                .hasMessageContaining("'counts'")
                .hasMessageContaining("mend the one that threw")
                .hasMessageNotContaining("let one run after the other")
                .hasMessageNotContaining("secret");
    }

    @Test
    @Tag("G024")
    void unknownComponentIsRefusedWithTheNearest() {
        assertThatThrownBy(() -> STATE.component("topik"))
                .isInstanceOf(IllegalRequestException.class)
                .hasMessageContaining("did you mean 'topic'?");
    }
}
