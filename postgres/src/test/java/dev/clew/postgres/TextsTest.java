package dev.clew.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.clew.checkpoint.CheckpointException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.junit.jupiter.api.Test;

final class TextsTest {
    private static List<String> all() {
        List<String> texts = new ArrayList<>();
        String[] parts = {"", "\u0000", "\u0001", "\u0002", "a", "\uD83E\uDDF6"};
        for (String first : parts) {
            for (String second : parts) {
                for (String third : parts) {
                    texts.add(first + second + third);
                }
            }
        }
        return texts.stream().distinct().toList();
    }

    @Test
    void everyTextComesBackAndNoneIsStoredWithNul() {
        assertThat(all()).allSatisfy(text -> {
            assertThat(Texts.stored(text)).doesNotContain("\u0000");
            assertThat(Texts.read(Texts.stored(text))).isEqualTo(text);
        });
        assertThat(all().stream().map(Texts::stored).distinct()).hasSameSizeAs(all());
    }

    @Test
    void orderStaysAsItIs() {
        assertThat(all().stream().sorted().map(Texts::stored)).isSortedAccordingTo(Comparator.naturalOrder());
    }

    @Test
    void halvesOfSurrogatePairsAreRefused() {
        for (String text : List.of("\uD83E", "a\uDDF6", "\uD83Ea", "\uDDF6\uD83E")) {
            assertThatThrownBy(() -> Texts.stored(text)).isInstanceOf(CheckpointException.class);
        }
    }

    @Test
    void idsThatNoKeyCouldHaveAreRefused() {
        Texts.requireFits("thread id", "\u65e5".repeat(500), Texts.LONGEST_THREAD_ID);
        assertThatThrownBy(() -> Texts.requireFits("thread id", "\u65e5".repeat(501), Texts.LONGEST_THREAD_ID))
                .isInstanceOf(CheckpointException.class)
                .hasMessageContaining("1503 bytes");
    }
}
