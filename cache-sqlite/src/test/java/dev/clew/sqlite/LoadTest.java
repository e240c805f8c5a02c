package dev.clew.sqlite;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.parallel.Isolated;

/** A short load; {@code testing/load} bears it for as long as you like. */
@Isolated("counts threads and objects")
final class LoadTest {
    private static final Duration TIME = Duration.ofSeconds(Integer.getInteger("clew.load.seconds", 2));

    @Test
    @Timeout(1_000)
    void valuesAreRightAndNothingIsLeftBehindHoweverManyCall() throws Exception {
        Load.Report report = Load.run(new Load.Plan(TIME, 100_000, 64, System.nanoTime()));

        System.out.println("load of " + TIME.toSeconds() + " seconds: " + report);
        assertThat(report.wrong()).isEmpty();
        assertThat(report.leaks()).isEmpty();
        assertThat(report.counts()).allSatisfy((what, times) -> {
            if (!what.equals("cancelled") && !what.equals("refused")) { // rare ones
                assertThat(times).as(what).isPositive();
            }
        });
    }
}
