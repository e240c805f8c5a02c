package dev.clew.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.clew.flow.RunResult;
import dev.clew.flow.Workflow;
import java.util.function.Function;
import org.junit.jupiter.api.Test;

/** Whatever is wrong with a workflow, the lab finds it and names the cause. */
class MutationsTest {
    /** What the lab says of a workflow that a test calls once, and sees no harm in. */
    private static String verdict(Function<BrokenFlowGraph, ? extends Workflow<String, ?>> workflow) {
        return catchThrowableOfType(AssertionError.class, () -> {
                    try (Lab lab = Lab.open(Storage.MEMORY)) {
                        invoke(lab, workflow);
                    }
                })
                .getMessage();
    }

    @SuppressWarnings("unchecked")
    private static Object invoke(Lab lab, Function<BrokenFlowGraph, ? extends Workflow<String, ?>> workflow) {
        RunResult<?> result = lab.graph(() -> BrokenFlowGraph.builder(new BrokenFlow(lab.clock())))
                .workflow((Function<BrokenFlowGraph, Workflow<String, Object>>) workflow)
                .invoke("hi")
                .result();
        return result instanceof RunResult.Completed<?> completed ? completed.value() : "paused";
    }

    @Test
    void namesTheClockThatABodyReads() {
        assertThat(verdict(BrokenFlowGraph::clockInTheBody))
                .contains(Cause.CLOCK)
                .contains("- task:stamp#1(\"")
                .contains("+ task:stamp#1(\"");
    }

    @Test
    void namesAnInjectedClockThatOnlyTheResultDependsOn() {
        assertThat(verdict(BrokenFlowGraph::injectedClockInTheBody)).contains(Cause.CLOCK);
    }

    @Test
    void namesChanceThatABodyDraws() {
        assertThat(verdict(BrokenFlowGraph::chanceInTheBody)).contains(Cause.CHANCE);
    }

    @Test
    void namesASwallowedInterrupt() {
        assertThat(verdict(BrokenFlowGraph::swallowedInterrupt))
                .contains("Swallowed interrupt: the code of thread 'test', workflow 'BrokenFlow.swallowedInterrupt'")
                .contains("Do not catch Throwable");
    }

    @Test
    void namesAnOrderThatDependsOnAHashMap() {
        assertThat(verdict(BrokenFlowGraph::orderOfAHashMap)).contains(Cause.ORDER);
    }

    @Test
    void namesAResultInTheOrderOfAHashSet() {
        assertThat(verdict(BrokenFlowGraph::resultInTheOrderOfASet)).contains(Cause.ORDER);
    }

    @Test
    void namesAnUpdateThatIsLostInAField() {
        assertThat(verdict(BrokenFlowGraph::updateOfAField))
                .contains("the recorded run completed with 3, and the replay completed with 0")
                .contains("a field of the flow object");
    }

    @Test
    void namesAnUpdateThatIsLostInAnArgument() {
        assertThat(verdict(BrokenFlowGraph::updateOfAnArgument))
                .contains(
                        "Lost update: task 'fill' (dev.clew.testing.BrokenFlow.fill(java.util.List<java.lang.String>))"
                                + " changed its argument 'basket' from [] to [\"apple\"]");
    }

    @Test
    void namesATaskThatNobodyAwaits() {
        assertThat(verdict(BrokenFlowGraph::unawaitedTask))
                .contains("Un-awaited task: thread 'test', workflow 'BrokenFlow.unawaitedTask'")
                .contains("returned without joining task:note#1");
    }

    @Test
    void crashesFindAnUpdateThatIsLostInAField() {
        try (Lab lab = Lab.open(Storage.MEMORY).replayCheck(false)) {
            assertThatThrownBy(() -> lab.crashEverywhere(fresh -> invoke(fresh, BrokenFlowGraph::updateOfAField)))
                    .isInstanceOf(AssertionError.class)
                    .hasMessageContaining("a crash after write 2 (task:add#1 succeeded) changes the result")
                    .hasMessageContaining("undisturbed: 3")
                    .hasMessageContaining("crashed:     2")
                    .hasMessageContaining("a field of the flow object");
        }
    }
}
