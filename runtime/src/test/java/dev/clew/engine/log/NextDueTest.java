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
        assertThat(log.nextDue(10, BOTH)).isEqualTo(20);
        assertThat(log.nextDue(10, Set.of(LONG))).isEqualTo(9_000);
        assertThat(log.nextDue(10, Set.of())).isEqualTo(Long.MAX_VALUE);
    }

    /** Its scope was told to unwind, and saw nothing of it: waiting for the next timer would be waiting for the loser. */
    @Test
    void aTimerThatWonItsRaceWhileItsScopeWasUnwoundIsDueAtOnce() {
        log.apply(new LogEntry.Succeeded(SHORT, 20, 0, Call.of(0), 0, false, new byte[0]));

        assertThat(log.nextDue(10, BOTH)).isEqualTo(10);
    }

    @Test
    void aTimerThatWasCancelledDoesNotMakeItGoOn() {
        log.apply(new LogEntry.Cancelled(SHORT, 15, 0, Call.of(0)));

        assertThat(log.nextDue(10, BOTH)).isEqualTo(9_000);
    }
}
