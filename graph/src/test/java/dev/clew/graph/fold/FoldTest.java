package dev.clew.graph.fold;

import static org.assertj.core.api.Assertions.assertThat;

import dev.clew.annotations.Append;
import dev.clew.annotations.Reducer;
import dev.clew.annotations.Sum;
import dev.clew.graph.fold.Folded.Committed;
import dev.clew.graph.fold.Folded.Dropped;
import dev.clew.graph.fold.Folded.Failed;
import dev.clew.value.TypeRef;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** What the updates of one superstep do together. */
final class FoldTest {
    private static final Channel TOPIC = channel("topic", TypeRef.of(String.class), null, null);
    private static final Channel NOTES =
            channel("notes", new TypeRef<List<String>>() {}, new Append.ToList<String>(), List.of());
    private static final Channel SUM = channel("sum", TypeRef.of(Integer.class), Sum.OfInt.INSTANCE, 0);
    private static final Channels CHANNELS = new Channels(List.of(TOPIC, NOTES, SUM));

    private boolean refused;

    @SuppressWarnings("unchecked")
    private static Channel channel(String name, TypeRef<?> type, Reducer<?, ?> reducer, Object start) {
        return new Channel(name, type, type, (Reducer<Object, Object>) reducer, start, false, List.of());
    }

    private static Written by(String writer, Writes writes) {
        return new Written(writer, writes);
    }

    private static Writes note(String note) {
        return Writes.NONE.add(NOTES, List.of(note));
    }

    private static Writes topic(String topic) {
        return Writes.NONE.set(TOPIC, topic);
    }

    private Folded fold(Written... written) {
        return Fold.fold(CHANNELS, new Object[] {"old", List.of("0"), 1}, List.of(written), values -> {
            if (refused) {
                throw new IllegalArgumentException("a secret");
            }
        });
    }

    private static Committed committed(Folded folded) {
        assertThat(folded).isInstanceOf(Committed.class);
        return (Committed) folded;
    }

    private static Failed failed(Folded folded) {
        assertThat(folded).isInstanceOf(Failed.class);
        return (Failed) folded;
    }

    @Test
    @Tag("G001")
    @Tag("G011")
    void appliesUpdatesInTheGivenOrder() {
        Committed folded = committed(fold(by("z", note("1").add(SUM, 2)), by("b", note("2")), by("m", note("3"))));

        assertThat(folded.values()).containsExactly("old", List.of("0", "1", "2", "3"), 3);
        assertThat(folded.net())
                .isEqualTo(Writes.NONE
                        .add(NOTES, List.of("1"))
                        .add(NOTES, List.of("2"))
                        .add(NOTES, List.of("3"))
                        .add(SUM, 2));
        assertThat(folded.dropped()).isEmpty();
    }

    @Test
    void leavesTheValuesBeforeAsTheyWere() {
        Object[] before = {"old", List.of("0"), 1};

        Fold.fold(CHANNELS, before, List.of(by("a", topic("new"))), values -> {});

        assertThat(before).containsExactly("old", List.of("0"), 1);
    }

    @Test
    @Tag("G013")
    void lastValueTakesOneWriteASuperstep() {
        Failed folded = failed(fold(by("write#1", topic("x")), by("log#1", note("n")), by("improve#2", topic("x"))));

        assertThat(folded.clashes()).singleElement().satisfies(clash -> {
            assertThat(clash.components()).containsExactly("topic");
            assertThat(clash.writers()).containsExactly("write#1", "improve#2");
            assertThat(clash.problem()).contains("'write#1' and 'improve#2'");
        });
    }

    @Test
    @Tag("G020")
    void replacementBeatsOtherWritesWhereverItStands() {
        Written replacement = by("r", Writes.NONE.replace(NOTES, List.of("new")));

        for (List<Written> order : List.of(
                List.of(replacement, by("a", note("1")), by("b", note("2"))),
                List.of(by("a", note("1")), replacement, by("b", note("2"))),
                List.of(by("a", note("1")), by("b", note("2")), replacement))) {
            Committed folded = committed(fold(order.toArray(Written[]::new)));

            assertThat(folded.values()[1]).isEqualTo(List.of("new"));
            assertThat(folded.dropped()).containsExactly(new Dropped("notes", List.of("a", "b"), "r"));
            assertThat(folded.net()).isEqualTo(Writes.NONE.replace(NOTES, List.of("new")));
        }
    }

    @Test
    @Tag("G021")
    void twoReplacementsClash() {
        Failed folded = failed(fold(
                by("a", Writes.NONE.replace(NOTES, List.of("1"))), by("b", Writes.NONE.replace(NOTES, List.of("1")))));

        assertThat(folded.clashes().get(0).writers()).containsExactly("a", "b");
        assertThat(folded.clashes().get(0).components()).containsExactly("notes");
    }

    @Test
    @Tag("G014")
    void everyClashIsFoundAndNothingChanges() {
        Channel bad = channel("bad", TypeRef.of(Integer.class), new Throwing(), 0);
        Channels channels = new Channels(List.of(TOPIC, bad));
        Object[] before = {"old", 0};

        Failed folded = failed(Fold.fold(
                channels,
                before,
                List.of(by("a", topic("x").add(bad, 1)), by("b", topic("y").add(bad, 2))),
                values -> {}));

        assertThat(folded.clashes())
                .extracting(Folded.Clash::components)
                .containsExactly(List.of("topic"), List.of("bad"));
        assertThat(folded.clashes().get(1)).satisfies(clash -> {
            assertThat(clash.writers()).containsExactly("b");
            assertThat(clash.cause()).hasMessage("two is too much");
            assertThat(clash.problem()).doesNotContain("two is too much");
        });
        assertThat(before).containsExactly("old", 0);
    }

    /** Takes any number but 2. */
    private static final class Throwing implements Reducer<Integer, Integer> {
        @Override
        public Integer identity() {
            return 0;
        }

        @Override
        public Integer apply(Integer current, Integer update) {
            if (update == 2) {
                throw new IllegalStateException("two is too much");
            }
            return current + update;
        }
    }

    @Test
    void stateThatRefusesTheValuesFailsTheSuperstep() {
        refused = true;

        Failed folded = failed(fold(by("a", topic("x")), by("b", Writes.NONE), by("c", note("n"))));

        assertThat(folded.clashes()).singleElement().satisfies(clash -> {
            assertThat(clash.components()).containsExactly("topic", "notes");
            assertThat(clash.writers()).containsExactly("a", "c");
            assertThat(clash.problem()).doesNotContain("secret");
        });
    }

    @Test
    @Tag("G030")
    void freshUpdateBeginsWithStartValuesAndReplacesInTheNet() {
        Committed folded = committed(fold(by("input", Writes.FRESH.add(NOTES, List.of("1")))));

        assertThat(folded.values()).containsExactly(null, List.of("1"), 0);
        assertThat(folded.net().byComponent())
                .containsEntry("topic", new Write.Set(null))
                .containsEntry("notes", new Write.Replace(List.of("1")))
                .containsEntry("sum", new Write.Replace(0));
    }

    @Test
    @Tag("G113")
    void contributionIsWhatAllSuperstepsDid() {
        Contribution contribution = new Contribution(CHANNELS);
        contribution.add(note("1").set(TOPIC, "a"));
        contribution.add(note("2").set(TOPIC, "b"));

        assertThat(contribution.writes())
                .isEqualTo(Writes.NONE.set(TOPIC, "b").add(NOTES, List.of("1")).add(NOTES, List.of("2")));

        contribution.add(Writes.NONE.replace(NOTES, List.of("r")));
        contribution.add(note("3").add(SUM, 4));

        assertThat(contribution.writes())
                .isEqualTo(Writes.NONE
                        .set(TOPIC, "b")
                        .replace(NOTES, List.of("r", "3"))
                        .add(SUM, 4));
    }

    @Test
    @Tag("G113")
    void contributionOfAChildDoesNotDoubleWhatItInherited() {
        Object[] parent = {"topic", List.of("i"), 1};
        Contribution child = new Contribution(CHANNELS);
        Committed inner = committed(Fold.fold(CHANNELS, parent, List.of(by("s", note("s1"))), values -> {}));
        child.add(inner.net());

        Committed outer = committed(Fold.fold(
                CHANNELS, parent, List.of(by("child#1", child.writes()), by("sibling#1", note("x"))), values -> {}));

        assertThat(outer.values()).containsExactly("topic", List.of("i", "s1", "x"), 1);
    }

    @Test
    void channelsOfOneNameAreRefused() {
        assertThat(Arrays.asList(CHANNELS.start())).containsExactly(null, List.of(), 0);
        org.assertj.core.api.Assertions.assertThatThrownBy(() -> new Channels(List.of(TOPIC, TOPIC)))
                .hasMessageContaining("'topic'");
    }
}
