package dev.clew.engine.log;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.clew.checkpoint.CheckpointException;
import dev.clew.engine.log.LogEntry.Call;
import java.util.List;
import org.junit.jupiter.api.Test;

final class StepLogTest {
    private static final byte[] NOTHING = {};
    private static final String LEAF = "task:a#1";
    private static final String SCOPE = "child:b#1";

    private final RunLog log = new RunLog();

    @Test
    void leafBeganWithItsFirstAttempt() {
        log.apply(new LogEntry.AttemptFailed(LEAF, 20, 10, Call.of(0), 1, 25, NOTHING));
        log.apply(new LogEntry.Succeeded(LEAF, 40, 30, Call.of(0), 2, false, NOTHING));

        assertThat(log.find(LEAF).startedAt()).isEqualTo(10);
        assertThat(log.find(LEAF).at()).isEqualTo(40);
    }

    @Test
    void scopeBeganWhenItWasCalled() {
        log.apply(new LogEntry.Opened(SCOPE, 5, Call.of(0)));
        log.apply(new LogEntry.Succeeded(SCOPE, 40, 30, Call.of(0), 1, false, NOTHING));

        assertThat(log.find(SCOPE).startedAt()).isEqualTo(5);
    }

    @Test
    void questionBeganWhenItWasAsked() {
        log.apply(new LogEntry.Asked("ask:q#1", 5, Call.of(0), "id", "V", null, null, NOTHING));
        log.apply(new LogEntry.Answered("ask:q#1", 40, "id", NOTHING));

        assertThat(log.find("ask:q#1").startedAt()).isEqualTo(5);
    }

    @Test
    void stepOfWhichNoAttemptRanHasNotBegun() {
        log.apply(new LogEntry.Succeeded(LEAF, 40, LogEntry.NOT_STARTED, Call.of(0), 0, true, NOTHING));

        assertThat(log.find(LEAF).startedAt()).isEqualTo(LogEntry.NOT_STARTED);
    }

    @Test
    void failureThatANewAttemptForgetsTakesItsBeginningAlong() {
        log.apply(new LogEntry.Failed(LEAF, 20, 10, Call.of(0), 1, NOTHING));
        log.apply(new LogEntry.Restarted("", 30, 2, List.of(0), LogEntry.Restarted.NONE_ADVISORY));
        log.apply(new LogEntry.Succeeded(LEAF, 50, 40, Call.of(0), 1, false, NOTHING));

        assertThat(log.find(LEAF).startedAt()).isEqualTo(40);
    }

    @Test
    void beginningAfterTheEndIsStoredAsTheEnd() {
        byte[] stored = EntryFormat.write(new LogEntry.Cancelled(LEAF, 20, 30, Call.of(0)));

        assertThat(LogEntry.startedAt(EntryFormat.read(stored, "entry"))).isEqualTo(20);
    }

    @Test
    void entryOfANewerKindIsNoDamage() {
        byte[] future =
                new EntryWriter().octet(99).text("loop:a#1").number(20).octet(1).finish();

        assertThatThrownBy(() -> EntryFormat.read(future, "entry 3"))
                .hasMessage(
                        "entry 3 has entry kind 99, which this version of Clew does not know; it was written by a newer one");
    }

    @Test
    void entryAboutAStepOfANewerKindIsNoDamage() {
        byte[] future = EntryFormat.write(new LogEntry.Opened("child:b#1/loop:a#1", 20, Call.of(0)));

        assertThatThrownBy(() -> EntryFormat.read(future, "entry 3"))
                .hasMessage("entry 3 is about a step of kind 'loop', which this version of Clew does not know; it was"
                        + " written by a newer one");
    }

    @Test
    void firstNoteOfAKeyCounts() {
        log.apply(new LogEntry.Noted("", 20, "plan", new byte[] {1}));
        log.apply(new LogEntry.Noted("", 30, "plan", new byte[] {2}));

        assertThat(log.scope("").note("plan").value()).containsExactly(1);
        assertThat(log.scope("").note("other")).isNull();
        assertThat(log.scope("").end()).isZero();
    }

    @Test
    void beginningOfAnEntryThatEndsNoAttemptIsDamage() {
        byte[] paused = EntryFormat.write(new LogEntry.Paused("", 20));
        EntryWriter out = new EntryWriter().octet(EntryReader.TOOK).number(7);
        for (int i = 0; i < paused.length - 4; i++) {
            out.octet(paused[i]);
        }

        assertThatThrownBy(() -> EntryFormat.read(out.finish(), "entry"))
                .isInstanceOf(CheckpointException.class)
                .hasMessageContaining("damaged");
    }
}
