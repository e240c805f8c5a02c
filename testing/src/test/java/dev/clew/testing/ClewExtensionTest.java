package dev.clew.testing;

import static dev.clew.testing.ClewAssertions.assertThat;
import static org.junit.platform.engine.discovery.DiscoverySelectors.selectClass;
import static org.junit.platform.testkit.engine.EventConditions.finishedWithFailure;
import static org.junit.platform.testkit.engine.EventConditions.test;
import static org.junit.platform.testkit.engine.TestExecutionResultConditions.message;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.platform.testkit.engine.EngineTestKit;
import org.junit.platform.testkit.engine.Events;

class ClewExtensionTest {
    /** Tests that are run by the tests below, and by nobody else. */
    static final class Sample {
        @ClewTest({Storage.MEMORY, Storage.SQLITE})
        void passes(Lab lab) {
            assertThat(lab.graph(() -> TimeFlowGraph.builder(new TimeFlow()))
                            .workflow(TimeFlowGraph::nap)
                            .invoke(1))
                    .isCompleted();
        }

        @ClewTest
        void passesUntilTheLabLooks(Lab lab) {
            lab.graph(() -> BrokenFlowGraph.builder(new BrokenFlow(lab.clock())))
                    .workflow(BrokenFlowGraph::updateOfAField)
                    .invoke("hi");
        }

        @ClewTest(replayCheck = false, seed = 7)
        void isNotReplayed(Lab lab) {
            assertThat(lab.seed()).isEqualTo(7);
            lab.graph(() -> BrokenFlowGraph.builder(new BrokenFlow(lab.clock())))
                    .workflow(BrokenFlowGraph::updateOfAField)
                    .invoke("hi");
        }
    }

    /** Likewise. */
    @ExtendWith(ClewExtension.class)
    static final class Plain {
        @Test
        void getsALabToo(Lab lab) {
            assertThat(lab.writes()).isEmpty();
        }
    }

    private static Events run(Class<?> tests) {
        return EngineTestKit.engine("junit-jupiter")
                .selectors(selectClass(tests))
                .execute()
                .testEvents();
    }

    @Test
    void runsATestOverEachStorage() {
        Events events = run(Sample.class);

        events.assertStatistics(all -> all.started(4).succeeded(3).failed(1));
        events.assertThatEvents()
                .haveExactly(
                        1,
                        org.junit.platform.testkit.engine.EventConditions.event(
                                test(),
                                finishedWithFailure(message(text -> text.contains(
                                        "the lab found what is wrong with the code that this test ran")))));
    }

    @Test
    void givesALabToPlainTests() {
        run(Plain.class).assertStatistics(all -> all.started(1).succeeded(1));
    }
}
