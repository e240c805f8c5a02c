package dev.clew.testing;

import static dev.clew.testing.ClewAssertions.assertThat;
import static dev.clew.testing.ClewAssertions.assertThatThrownBy;

import dev.clew.state.ThreadStatus;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class SteppedClockTest {
    @Test
    void standsUntilItIsStepped() {
        try (SteppedClock clock = new SteppedClock(new Rest())) {
            assertThat(clock.instant()).isEqualTo(SteppedClock.BEGINNING);

            clock.advance(Duration.ofDays(7));

            assertThat(clock.instant()).isEqualTo(SteppedClock.BEGINNING.plus(Duration.ofDays(7)));
        }
    }

    @Test
    void neverGoesBack() {
        try (SteppedClock clock = new SteppedClock(new Rest())) {
            assertThatThrownBy(() -> clock.advance(Duration.ofMillis(-1))).hasMessageContaining("goes forward");
        }
    }

    @Test
    void stopsAtTheLastMomentWhenItIsSteppedForEver() {
        try (SteppedClock clock = new SteppedClock(new Rest())) {
            clock.advance(Duration.ofSeconds(Long.MAX_VALUE));
            Instant last = clock.instant();

            clock.advance(Duration.ofDays(365_000));

            assertThat(last).isAfter(SteppedClock.BEGINNING.plus(Duration.ofDays(30_000)));
            assertThat(clock.instant()).isEqualTo(last);
        }
    }

    @ClewTest({Storage.MEMORY, Storage.SQLITE})
    void jumpsOverASleepThatSomebodyWaitsFor(Lab lab) {
        var nap = lab.graph(() -> TimeFlowGraph.builder(new TimeFlow())).workflow(TimeFlowGraph::nap);

        assertThat(nap.invoke(365)).isCompletedWith("slept 365 days");
        assertThat(lab.clock().instant()).isEqualTo(SteppedClock.BEGINNING.plus(Duration.ofDays(365)));
    }

    @ClewTest
    void sleepsUntilItIsSteppedWhereItIsHeld(Lab lab) {
        var nap = lab.graph(() -> TimeFlowGraph.builder(new TimeFlow())).workflow(TimeFlowGraph::nap);
        lab.clock().hold();
        var result = nap.start(7);

        lab.clock().advance(Duration.ofDays(7).minusMillis(1));
        assertThat(nap.state().status()).isEqualTo(ThreadStatus.SLEEPING);
        assertThat(result).isNotDone();

        lab.clock().advance(Duration.ofMillis(1));
        assertThat(result).isCompleted();
    }

    @ClewTest({Storage.MEMORY, Storage.SQLITE})
    void lapsesAQuestionOnlyWhenItIsStepped(Lab lab) {
        var ask = lab.graph(() -> TimeFlowGraph.builder(new TimeFlow())).workflow(TimeFlowGraph::ask);
        var paused = ask.invoke("well?");
        assertThat(paused).isInterruptedBy(TimeFlow.ASK, "well?");
        assertThat(paused.only(TimeFlow.ASK)).asks("well?").lapsesAfter(Duration.ofDays(1));

        lab.clock().advance(Duration.ofDays(1));

        assertThat(ask.state().value()).isEqualTo(Optional.empty().toString());
    }

    @ClewTest
    void letsCacheEntriesExpire(Lab lab) {
        var graph = lab.graph(() -> TimeFlowGraph.builder(new TimeFlow()).cache(lab.cache()));
        var lookUp = graph.workflow(TimeFlowGraph::lookUp);

        assertThat(lookUp.on("a").invoke("x")).executed("remember", 1).cached("remember", 0);
        assertThat(lookUp.on("b").invoke("x")).executed("remember", 0).cached("remember", 1);
        lab.clock().advance(Duration.ofHours(1));
        assertThat(lookUp.on("c").invoke("x")).executed("remember", 1).cached("remember", 0);
    }
}
