package dev.clew.sqlite;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A short torture of real processes; {@code testing/torture} does it for as long as you like. */
final class TortureTest {
    @Test
    @Timeout(300)
    @Tag("B200")
    void nothingIsDoneTwiceOrLostOrWrongHoweverProcessesDie() throws Exception {
        long seed = System.nanoTime();

        Torture.Report report = Torture.run(seed, Duration.ofSeconds(6), 10);

        assertThat(report.duplicates()).as("seed %d", seed).isEmpty();
        assertThat(report.lost()).as("seed %d", seed).isEmpty();
        assertThat(report.wrong()).as("seed %d", seed).isEmpty();
        assertThat(report.crashes()).isPositive();
        assertThat(report.resumes()).isPositive();
        assertThat(report.steps()).isGreaterThan(100);
    }
}
