package dev.clew.sqlite;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What {@code testing/fuzz} does, for as many seconds a target; only where Jazzer is on the class path, as in a soak. */
@EnabledIfSystemProperty(named = "clew.fuzz.seconds", matches = "[1-9]\\d*")
final class FuzzSoakTest {
    @ParameterizedTest
    @EnumSource
    void noInputBreaksAPromise(FuzzTargets target) throws Exception {
        Fuzz fuzz = new Fuzz(Path.of("target", "fuzz"));

        Fuzz.Report report = fuzz.run(target, Duration.ofSeconds(Long.getLong("clew.fuzz.seconds")));

        assertThat(report.findings()).isEmpty();
        assertThat(report.runs()).isPositive();
        assertThat(report.coverage()).isPositive();
    }
}
