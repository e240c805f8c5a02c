package dev.clew.sim;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/**
 * An error on the engine's side, wherever and whenever it comes: random programs under random schedules end as without it,
 * whoever asked is told, threads have no owner afterwards, and graphs close.
 *
 * <p>{@code -Dclew.simulate.schedules=20000} runs more of them, {@code -Dclew.simulate.seed=42} begins at another seed.
 */
class ErrorSimulationTest extends QuietTest {
    @Test
    void anErrorAtAnyCallHangsNobodyAndLosesNothing() throws Exception {
        long seed = Long.getLong("clew.simulate.seed", 1);
        long schedules = Long.getLong("clew.simulate.schedules", 300);

        Simulator.Report report = Simulator.runSlipping(seed, schedules, Simulator.workers());

        if (!report.faults().isEmpty()) {
            long first = report.faults().keySet().iterator().next();
            throw new AssertionError(Simulator.describe(Simulator.Case.slipping(first), first, true));
        }
        assertThat(report.schedules()).isEqualTo(schedules);
        assertThat(Slips.Part.values()).allMatch(part -> Slips.thrown(part) > schedules / 100, "threw often enough");
    }
}
