package dev.clew.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class BenchmarkCommandTest {
    @BeforeAll
    static void measureCold() {
        System.setProperty(Warmth.COLD, "true");
    }

    @AfterAll
    static void measureWarm() {
        System.clearProperty(Warmth.COLD);
    }

    @Test
    void readsItsArguments() {
        BenchmarkCommand.Request request = BenchmarkCommand.Request.of("--quick", "--json", "rows.json", "w2|replay");

        assertThat(request.quick()).isTrue();
        assertThat(request.json()).isEqualTo(Path.of("rows.json"));
        assertThat(Workload.values()).filteredOn(request::wants).containsExactly(Workload.W2, Workload.W4);
    }

    @Test
    void refusesAnOptionItDoesNotKnow() {
        assertThatThrownBy(() -> BenchmarkCommand.Request.of("--fast")).hasMessageStartingWith("usage:");
    }

    /** Each workload really runs: a few units of each, in this JVM, too few to say anything about time. */
    @ParameterizedTest
    @EnumSource(Workload.class)
    void setsEveryRowBesideALimitOfTheSameRun(Workload workload) throws Exception {
        List<Row> rows = Measurement.of(workload, new Effort(0, 0, 1, List.of("4", "8")));

        assertThat(rows).isNotEmpty().allSatisfy(row -> {
            assertThat(row.workload()).isEqualTo(workload.name());
            assertThat(row.limit()).isPositive();
            assertThat(row.ratio()).isCloseTo(row.time() / row.limit(), within(1e-9));
        });
        assertThat(rows)
                .filteredOn(row -> row.n() == 8 && workload.perUnit())
                .allSatisfy(row -> assertThat(row.exponent()).isNotNull());
    }
}
