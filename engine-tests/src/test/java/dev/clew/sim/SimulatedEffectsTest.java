package dev.clew.sim;

import static org.assertj.core.api.Assertions.assertThat;

import dev.clew.contracts.lab.Nightly;
import org.junit.jupiter.api.Test;

/**
 * Effects that must not happen twice happen once, under every schedule, and nothing that they gave is lost.
 *
 * <p>{@code -Dclew.simulate.effects=2000} runs more of them, {@code -Dclew.simulate.seed=42} begins at another seed.
 */
class SimulatedEffectsTest extends QuietTest {
    @Test
    void effectsHappenOnceUnderEverySchedule() throws Exception {
        long seed = Long.getLong("clew.simulate.seed", 1);
        long schedules = Long.getLong("clew.simulate.effects", Nightly.isOn() ? 50_000 : 300);

        Simulator.Report report = Simulator.runEffects(seed, schedules, Simulator.workers());

        assertThat(report.faults()).isEmpty();
        assertThat(report.schedules()).isEqualTo(schedules);
    }
}
