package dev.clew.sim;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.function.BiFunction;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Random programs under random schedules keep what is promised.
 *
 * <p>{@code -Dclew.simulate.schedules=200000} runs more of them, {@code -Dclew.simulate.seed=42} begins at another seed.
 */
class SimulationTest extends QuietTest {
    @Test
    void everyScheduleKeepsWhatIsPromised() throws Exception {
        long seed = Long.getLong("clew.simulate.seed", 1);
        long schedules = Long.getLong("clew.simulate.schedules", 5_000);

        Simulator.Report report = Simulator.run(seed, schedules, Simulator.workers());

        if (!report.faults().isEmpty()) {
            long first = report.faults().keySet().iterator().next();
            throw new AssertionError(Simulator.describe(first, true));
        }
        assertThat(report.schedules()).isEqualTo(schedules);
    }

    @Test
    void theSameSeedGivesTheSameRun() {
        for (long seed = 1; seed <= 60; seed++) {
            assertThat(traceOf(seed)).as("seed %s", seed).isEqualTo(traceOf(seed));
        }
    }

    private static String traceOf(long seed) {
        try (Carriers carriers = new Carriers()) {
            Simulation.Result result = Simulator.Case.of(seed).run(carriers, true);
            return result.trace() + "\n" + result.told();
        }
    }

    /** The simulation sees what it is to see: a disk that says a write is synced and loses it is found out. */
    @Test
    void aDiskThatLosesWhatItSyncedIsFound() {
        long found = 0;
        for (long seed = 1; seed <= 400 && found == 0; seed++) {
            try (Carriers carriers = new Carriers()) {
                Simulator.Case next = Simulator.Case.of(seed);
                Simulation.Result result = Simulation.runOnLyingDisk(next.program(), next.schedule(), carriers);
                found += result.fault() != null && result.fault().contains("P3") ? 1 : 0;
            }
        }
        assertThat(found).isEqualTo(1);
    }

    /** Likewise where a stream does not tell all, */
    @Test
    void aReaderWhoIsNotToldAllIsFound() {
        assertThat(firstFault(Simulation::runWithForgetfulReaders, "was never told"))
                .isPositive();
    }

    /** and where a commit waits for the reader of another run. */
    @Test
    void aCommitThatWaitsForAReaderIsFound() {
        assertThat(firstFault(Simulation::runWithHeldWriters, "P8")).isPositive();
    }

    /** Likewise what a queue does wrong: a request that is lost, one that passes another, too many at once, one that nobody frees. */
    @ParameterizedTest
    @CsvSource({"LOSES, Q1", "MISPLACES, Q2", "KNOWS_NO_LIMITS, Q3", "FREES_NOTHING, Q4"})
    void whatAQueueDoesWrongIsFound(Disk.QueueFault wrong, String fault) {
        long found = -1;
        for (long seed = 1; seed <= 600 && found < 0; seed++) {
            try (Carriers carriers = new Carriers()) {
                Simulation.Result result = Simulation.runWithWrongQueue(Simulator.Case.queued(seed), wrong, carriers);
                found = result.fault() != null && result.fault().contains(fault) ? seed : -1;
            }
        }
        assertThat(found).as("the first seed that finds it").isPositive();
    }

    /** The first seed that is at fault so; -1 where none is. */
    private static long firstFault(BiFunction<Simulator.Case, Carriers, Simulation.Result> run, String fault) {
        for (long seed = 1; seed <= 600; seed++) {
            try (Carriers carriers = new Carriers()) {
                Simulation.Result result = run.apply(Simulator.Case.of(seed), carriers);
                if (result.fault() != null && result.fault().contains(fault)) {
                    return seed;
                }
            }
        }
        return -1;
    }
}
