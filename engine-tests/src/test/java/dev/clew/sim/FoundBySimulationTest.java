package dev.clew.sim;

import static dev.clew.sim.Program.Kind.ASK;
import static dev.clew.sim.Program.Kind.CANCEL;
import static dev.clew.sim.Program.Kind.FAN;
import static dev.clew.sim.Program.Kind.LAPSE;
import static dev.clew.sim.Program.Kind.SCOPE;
import static dev.clew.sim.Program.Kind.SEQ;
import static dev.clew.sim.Program.Kind.SLOW;
import static dev.clew.sim.Program.Kind.SLOW_SCOPE;
import static dev.clew.sim.Program.Kind.TASK;
import static org.assertj.core.api.Assertions.assertThat;

import dev.clew.flow.Durability;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The smallest programs and schedules that once broke a promise, each under many seeds. */
class FoundBySimulationTest extends QuietTest {
    /** Seeds of whole schedules that broke a promise once. */
    private static final long[] FOUND = {
        1_020_672,
        2_024_081,
        2_032_883,
        2_038_291,
        3_015_105,
        4_018_997,
        6_037_110,
        60_030_524,
        60_194_980,
        61_011_082,
        62_051_910
    };

    private static final int SEEDS = 150;

    /** A run's last schedule that shows the fault, or null. */
    static String faultOf(Program program, Schedule schedule) {
        try (Carriers carriers = new Carriers()) {
            for (int seed = 0; seed < SEEDS; seed++) {
                Simulation.Result result = Simulation.run(program.numbered(), schedule.reseeded(seed), carriers, false);
                if (result.fault() != null) {
                    return "seed " + seed + ": " + result.fault();
                }
            }
        }
        return null;
    }

    private static Schedule schedule(Durability durability, int hosts, Trouble... troubles) {
        return new Schedule(0, durability, hosts, hosts, 3, Duration.ZERO, 100, false, false, false, List.of(troubles));
    }

    /** The step was counted as ended and not as begun, so that its run was taken to be at rest, and ran twice. */
    @Test
    void aStepCancelledWhileItIsCalledIsNotCounted() {
        Program program = Program.of(
                SCOPE, 0, Program.of(CANCEL, 0, Program.of(SEQ, 0, Program.of(SCOPE, 2, Program.of(TASK, 0)))));
        assertThat(faultOf(program, schedule(Durability.ASYNC, 1))).isNull();
    }

    /** A parked scope left a task running, and its next attempt ran that task again, beside it. */
    @Test
    void whatAParkedScopeLeavesRunningIsJoined() {
        Program lapsing = Program.of(SLOW_SCOPE, 0, Program.of(FAN, 1, Program.of(LAPSE, 3), Program.of(SLOW, 0)));
        assertThat(faultOf(lapsing, schedule(Durability.SYNC, 1))).isNull();

        Program asking = Program.of(SLOW_SCOPE, 0, Program.of(FAN, 2, Program.of(SLOW, 0), Program.of(ASK, 1)));
        assertThat(faultOf(asking, schedule(Durability.ASYNC, 1))).isNull();
    }

    /** The thread's row was read before somebody continued the run, and the run's row after it. */
    @Test
    void aPauseThatIsOverWhenItIsReadIsReadAgain() {
        Program program = Program.of(SEQ, 0, Program.of(ASK, 2), Program.of(ASK, 2), Program.of(ASK, 2));
        assertThat(faultOf(program, schedule(Durability.SYNC, 3))).isNull();
        assertThat(faultOf(program, schedule(Durability.EXIT, 3))).isNull();
    }

    /**
     * A follower read a pause and then a sleep; an attempt was abandoned while it took over what another had left running; an
     * answer came, and a run went on, while the graph closed; a run was woken by a thread that was still in its code; a run
     * that ended between two looks at its owner was taken for crashed, and went on; a graph that crashed wrote that a run was
     * cancelled; a run was said to be cancelled while its owner, whose lease had run out, had not heard of it.
     */
    @Test
    void whatTwoHundredThousandSchedulesFound() {
        try (Carriers carriers = new Carriers()) {
            for (long seed : FOUND) {
                assertThat(Simulator.Case.plain(seed).run(carriers, false).fault())
                        .as("seed %d", seed)
                        .isNull();
            }
        }
    }

    /**
     * A paused run, or a blocked one, was read while somebody went on with it: watched, and by its state. A step that lost
     * its race was told to begin after the run's end had been told.
     */
    @Test
    void whatReadersAndDeploysFound() {
        try (Carriers carriers = new Carriers()) {
            for (long seed : new long[] {2_502, 2_523, 200_013_852}) {
                assertThat(Simulator.Case.unguarded(seed).run(carriers, false).fault())
                        .as("seed %d", seed)
                        .isNull();
            }
        }
    }

    /** A watcher read a pause that its run's owner had gone on from, under the same claim, and then a sleep. */
    @Test
    void aPauseThatBecameASleepUnderOneClaimIsReadAgain() {
        try (Carriers carriers = new Carriers()) {
            assertThat(Simulator.Case.of(5_025_658).run(carriers, false).fault())
                    .isNull();
        }
    }

    /** A blocked run was continued three times while its state was read: the rows of two moments showed no cause. */
    @Test
    void aBlockedRunThatIsContinuedDuringEveryReadIsShownWithItsCause() {
        Simulator.Case found = Simulator.Case.of(5_019_284);
        Simulator.Case reseeded =
                new Simulator.Case(found.program(), found.schedule().reseeded(55), found.crossings(), found.slips());
        try (Carriers carriers = new Carriers()) {
            assertThat(reseeded.run(carriers, false).fault()).isNull();
        }
    }

    /** Who followed a failed run read its row, and its log when somebody had continued it: the failure was "unknown". */
    @Test
    void aFailureIsReadFromTheLogThatHasIt() {
        try (Carriers carriers = new Carriers()) {
            assertThat(Simulator.Case.plain(101_368).run(carriers, false).fault())
                    .isNull();
        }
    }
}
