package dev.clew.engine.log;

import static org.assertj.core.api.Assertions.assertThat;

import dev.clew.engine.log.LogEntry.Call;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** When a paused run goes on by itself, as far as its log can say. */
class NextDueTest {
    private static final String SHORT = "timer:t#0";
    private static final String LONG = "timer:t#1";
    private static final Set<String> BOTH = Set.of(SHORT, LONG);

    private final RunLog log = new RunLog();

    NextDueTest() {
        log.apply(new LogEntry.TimerSet(SHORT, 10, Call.of(0), 20));
        log.apply(new LogEntry.TimerSet(LONG, 10, Call.of(0), 9_000));
    }

    @Test
    void theFirstTimerThatIsAwaitedMakesItGoOn() {
        assertThat(log.nextDue(10, BOTH, Set.of())).isEqualTo(20);
        assertThat(log.nextDue(10, Set.of(LONG), Set.of())).isEqualTo(9_000);
        assertThat(log.nextDue(10, Set.of(), Set.of())).isEqualTo(Long.MAX_VALUE);
    }

    /** Its scope was told to unwind, and saw nothing of it: waiting for the next timer would be waiting for the loser. */
    @Test
    void aTimerThatWonItsRaceWhileItsScopeWasUnwoundIsDueAtOnce() {
        log.apply(new LogEntry.Succeeded(SHORT, 20, 0, Call.of(0), 0, false, new byte[0]));

        assertThat(log.nextDue(10, BOTH, Set.of())).isEqualTo(10);
    }

    @Test
    void timerBelowAStepThatRestsAsBeforeMakesTheRunGoOnIfItIsDueLater() {
        log.apply(new LogEntry.Opened("task:a#1", 10, Call.of(2)));
        log.apply(new LogEntry.TimerSet("task:a#1/timer:sleep#1", 10, Call.of(0), 15));
        log.apply(new LogEntry.TimerSet("task:a#1/timer:sleep#2", 10, Call.of(1), 70));

        assertThat(log.nextDue(20, Set.of(), Set.of("task:a#1"))).isEqualTo(70);
    }

    @Test
    void aTimerThatWasCancelledDoesNotMakeItGoOn() {
        log.apply(new LogEntry.Cancelled(SHORT, 15, 0, Call.of(0)));

        assertThat(log.nextDue(10, BOTH, Set.of())).isEqualTo(9_000);
    }
}
