package dev.clew.engine.core;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Another thread may end a step between its call and its start. The core's simulation calls and starts in one event. */
class CalledStepTest {
    private final RunCore core = new RunCore(new Unexpected(), "cancelled");

    @ParameterizedTest
    @ValueSource(longs = {0, 5})
    void aStepThatIsCancelledWhileItIsCalledDoesNotStart(long dueAt) {
        CoreStep step = new CoreStep("task:t#1", 0, 1, CoreStep.Kind.LEAF) {};
        core.cancel(step);
        StepPhase cancelled = step.phase();

        assertThat(core.start(step, 0, dueAt, 1, false)).isFalse();

        assertThat(step.phase()).isEqualTo(cancelled);
        assertThat(cancelled.isOver()).isTrue();
        assertThat(core.isActive()).isFalse();
    }

    /** Nothing has begun, so nothing is to be done. */
    private static final class Unexpected implements CoreCallbacks {
        @Override
        public void resume(CoreScope scope) {
            throw new AssertionError("no scope waits");
        }

        @Override
        public void abandon(CoreAttempt attempt) {
            throw new AssertionError("no attempt has begun");
        }

        @Override
        public void givePermit() {
            throw new AssertionError("no permit was taken");
        }

        @Override
        public void clearAlarm(CoreStep step) {}
    }
}
