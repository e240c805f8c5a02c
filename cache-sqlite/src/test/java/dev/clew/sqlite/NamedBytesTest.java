package dev.clew.sqlite;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.clew.checkpoint.CheckpointException;
import java.util.Arrays;
import java.util.Map;
import org.junit.jupiter.api.Test;

final class NamedBytesTest {
    private static final byte[] STORED =
            NamedBytes.write(Map.of("output", new byte[] {1, 2, 3}, "saved", new byte[0], "日本", new byte[] {-1}));

    @Test
    void valuesAreReadAsTheyWereWritten() {
        Map<String, byte[]> values = NamedBytes.read(STORED);

        assertThat(values).containsOnlyKeys("output", "saved", "日本");
        assertThat(values.get("output")).containsExactly(1, 2, 3);
        assertThat(values.get("saved")).isEmpty();
        assertThat(values.get("日本")).containsExactly(-1);
        assertThat(NamedBytes.read(new byte[0])).isEmpty();
    }

    @Test
    void everyChangedBitIsReported() {
        for (int bit = 0; bit < 8 * STORED.length; bit++) {
            byte[] changed = STORED.clone();
            changed[bit / 8] ^= (byte) (1 << bit % 8);
            assertThatExceptionOfType(CheckpointException.class)
                    .as("bit " + bit)
                    .isThrownBy(() -> NamedBytes.read(changed));
        }
    }

    @Test
    void valuesWithoutAChecksumAreReadAsTheyWereBeforeThereWasOne() {
        assertThat(NamedBytes.read(Arrays.copyOfRange(STORED, 8, STORED.length)))
                .containsOnlyKeys("output", "saved", "日本");
    }

    @Test
    void everyCutOffFormIsReported() {
        for (int length = 1; length < STORED.length; length++) {
            byte[] cut = Arrays.copyOf(STORED, length);
            assertThatExceptionOfType(CheckpointException.class)
                    .as("cut to " + length)
                    .isThrownBy(() -> NamedBytes.read(cut));
        }
    }

    @Test
    void absurdLengthIsReported() {
        assertThatExceptionOfType(CheckpointException.class)
                .isThrownBy(() -> NamedBytes.read(new byte[] {127, -1, -1, -1, 0}));
        assertThatExceptionOfType(CheckpointException.class)
                .isThrownBy(() -> NamedBytes.read(new byte[] {-1, -1, -1, -1, 0}));
    }
}
