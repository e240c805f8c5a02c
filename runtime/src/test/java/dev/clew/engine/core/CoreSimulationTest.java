package dev.clew.engine.core;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Random programs under random orders of events keep what the core promises: one outcome a step, no permit lost, the counts
 * equal to the steps, and an end.
 *
 * <p>{@code -Dclew.core.schedules=2000000} runs more of them, {@code -Dclew.core.seed=42} begins at another seed.
 */
class CoreSimulationTest {
    @Test
    void everyOrderOfEventsKeepsWhatTheCorePromises() {
        long first = Long.getLong("clew.core.seed", 1);
        long schedules = Long.getLong("clew.core.schedules", 50_000);
        long events = 0;
        for (long seed = first; seed < first + schedules; seed++) {
            try {
                events += new CoreSimulation(seed).run();
            } catch (AssertionError | RuntimeException fault) {
                throw new AssertionError("seed " + seed + ": " + fault.getMessage(), fault);
            }
        }
        assertThat(events).isGreaterThan(schedules);
    }

    /** An answer below a step that runs on, while the step around that one waits to run again, was taken by nobody. */
    @ParameterizedTest
    @ValueSource(longs = 601379)
    void seedsThatFoundFaultsFindNone(long seed) {
        assertThat(new CoreSimulation(seed).run()).isPositive();
    }
}
