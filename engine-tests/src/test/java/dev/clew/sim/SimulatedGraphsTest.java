package dev.clew.sim;

import static org.assertj.core.api.Assertions.assertThat;

import dev.clew.contracts.lab.Nightly;
import org.junit.jupiter.api.Test;

/**
 * Graphs that are children of random programs come to what the reference says, under every schedule.
 *
 * <p>{@code -Dclew.simulate.graphs=2000} runs more of them, {@code -Dclew.simulate.seed=42} begins at another seed.
 */
class SimulatedGraphsTest extends QuietTest {
    @Test
    void graphsComeToWhatTheReferenceSaysUnderEverySchedule() throws Exception {
        long seed = Long.getLong("clew.simulate.seed", 1);
        long schedules = Long.getLong("clew.simulate.graphs", Nightly.isOn() ? 10_000 : 60);

        Simulator.Report report = Simulator.runGraphs(seed, schedules, Simulator.workers());

        assertThat(report.faults()).isEmpty();
        assertThat(report.schedules()).isEqualTo(schedules);
    }
}
