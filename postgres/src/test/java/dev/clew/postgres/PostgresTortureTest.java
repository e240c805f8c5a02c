package dev.clew.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import dev.clew.contracts.lab.Nightly;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;

/** A short torture of worker processes and their server; {@code testing/torture} does it for as long as you like. */
@DisabledOnOs(value = OS.WINDOWS, disabledReason = "processes are stopped by signals")
final class PostgresTortureTest {
    @Test
    @Timeout(1_200)
    void nothingIsDoneTwiceOrLostOrWrongWhateverDies() throws Exception {
        long seed = System.nanoTime();
        boolean whole = Nightly.isOn();

        PostgresTorture.Report report =
                PostgresTorture.run(seed, Duration.ofSeconds(whole ? 60 : 5), whole ? 400 : 20, whole ? 8 : 2);

        assertThat(report.duplicates()).as("seed %d", seed).isEmpty();
        // First what went wrong: a client that gave up for it leaves runs behind.
        assertThat(report.wrong()).as("seed %d", seed).isEmpty();
        assertThat(report.lost()).as("seed %d, %s", seed, report.refused()).isEmpty();
        assertThat(report.done()).isNotEmpty();
        assertThat(report.steps()).isGreaterThan(100);
    }
}
