package dev.clew.contracts.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.clew.contracts.lab.Lab;
import dev.clew.flow.Durability;
import dev.clew.flow.StepLimitException;
import dev.clew.flow.WorkflowFailedException;
import dev.clew.interrupt.Command;
import dev.clew.state.ThreadStatus;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** How many steps a run may take: each counts once, however often it is replayed or its scope is tried. */
public abstract class StepLimitSuite extends TaskSuite {
    private static final Lab.Body FOUR = (input, calls, run) -> {
        calls.task("one", input, s -> s).join();
        calls.scope("scope", input, (s, c, r) -> c.task("two", s, x -> x).join())
                .join();
        return pause(run);
    };

    @ParameterizedTest
    @EnumSource(Durability.class)
    void aRunThatTakesMoreFailsAndGoesOnOnceMoreAreAllowed(Durability durability) throws Exception {
        Lab lab = lab(durability).body(FOUR);

        assertThatThrownBy(() -> lab.workflow().invoke("in", T.maxSteps(3)))
                .isInstanceOf(WorkflowFailedException.class)
                .hasCauseInstanceOf(StepLimitException.class)
                .hasMessageContaining("maxSteps");
        assertThat(lab.workflow().state(T).status()).isEqualTo(ThreadStatus.FAILED);
        assertThat(paused(lab.workflow().invoke(Command.proceed(), T.maxSteps(4))))
                .isTrue();
        assertThat(lab.restart()
                        .workflow()
                        .invoke(Command.resume("on"), T.maxSteps(4))
                        .value())
                .isEqualTo("on");
        assertThat(lab.ran()).containsExactly("one", "scope", "two");
    }

    @ParameterizedTest
    @EnumSource(Durability.class)
    void anotherAttemptOfAScopeCountsOnlyWhatItAdds(Durability durability) throws Exception {
        AtomicInteger tries = new AtomicInteger();
        Lab lab = lab(durability).body(w -> w.retry(attempts(3).build()), (input, calls, run) -> {
            calls.task("one", input, s -> s).join();
            calls.scope("scope", input, (s, c, r) -> c.task("two", s, x -> x).join())
                    .join();
            if (tries.incrementAndGet() < 3) {
                throw new java.io.IOException("again");
            }
            return calls.task("three", input, s -> "done").join();
        });

        assertThat(lab.workflow().invoke("in", T.maxSteps(4)).value()).isEqualTo("done");
        assertThat(tries).hasValue(3);
    }
}
