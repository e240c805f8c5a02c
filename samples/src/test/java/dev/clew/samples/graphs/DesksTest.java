package dev.clew.samples.graphs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.clew.cache.TaskCache;
import dev.clew.flow.RequestRefusedException;
import dev.clew.flow.RunConfig;
import dev.clew.graph.GraphWorkflow;
import dev.clew.graph.MissingValueException;
import dev.clew.samples.graphs.Desks.Desk;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Runs annotated graphs: what the compiler makes of them does what they say. */
class DesksTest {
    @Test
    void aGraphInAGraphTakesWhatIsSentAndRoutesByItsOutput() {
        try (var office = Desks_OfficeGraph.builder(new Desks.Office()).build()) {
            assertThat(run(office.workflow(), "moles")).isEqualTo("about moles, about moles+");
            assertThat(run(office.workflow(), "a")).isNull();
        }
    }

    @Test
    void codeCallsAGraphThatHasNoEdgesAsItsChild() {
        try (var caller = Desks_CallerGraph.builder(new Desks.Caller()).build()) {
            assertThat(caller.workflow()
                            .invoke("moles", RunConfig.none().context(new StringBuilder("!")))
                            .value())
                    .containsExactly("GOOD MOLES!");
            assertThat(caller.workflow().topology().nodes())
                    .extracting(node -> node.name())
                    .containsExactly("ask");
            assertThat(Desks_CallerNode.values()).containsExactly(Desks_CallerNode.ASK);
        }
    }

    @Test
    void aGraphThatCodeCallsIsAskedForItsContextsBeforeTheRun() {
        try (var caller =
                Desks_SigningCallerGraph.builder(new Desks.SigningCaller()).build()) {
            assertThatThrownBy(() -> run(caller.workflow(), "moles"))
                    .isInstanceOfSatisfying(
                            RequestRefusedException.class,
                            e -> assertThat(e.reason()).isEqualTo(RequestRefusedException.Reason.NO_CONTEXT));
            assertThat(caller.workflow()
                            .invoke("moles", RunConfig.none().context(new StringBuilder("Ann")))
                            .value())
                    .isEqualTo("moles, Ann");
        }
    }

    @Test
    void aGraphInheritsNodesAndItsInput() {
        try (var lengths = Desks_LengthsGraph.builder(new Desks.Lengths()).build()) {
            assertThat(run(lengths.workflow(), "moles")).isEqualTo(5);
        }
    }

    @Test
    @Tag("G131")
    void anOutputThatTakesWhatNobodyWroteFailsTheRunByName() {
        try (var forgetful = Desks_ForgetfulGraph.builder(new Desks.Forgetful()).build()) {
            assertThatThrownBy(() -> forgetful.workflow().invoke(DeskUpdate.update(), RunConfig.none()))
                    .hasRootCauseInstanceOf(MissingValueException.class)
                    .hasStackTraceContaining("'score' has no value at the end of the run");
        }
    }

    @Test
    void theKeyMethodOfACachedNodeDecides() {
        Desks.Keyed keyed = new Desks.Keyed();
        try (var graph =
                Desks_KeyedGraph.builder(keyed).cache(TaskCache.inMemory()).build()) {
            assertThat(run(graph.workflow(), "Moles")).isEqualTo(List.of("Moles1"));
            assertThat(run(graph.workflow(), "moles")).isEqualTo(List.of("Moles1"));
            assertThat(run(graph.workflow(), "voles")).isEqualTo(List.of("voles2"));
        }
    }

    @Test
    void arraysOverloadsAndReducersWithMembersWork() {
        try (var overloads = Desks_OverloadsGraph.builder(new Desks.Overloads()).build()) {
            assertThat(overloads
                            .workflow()
                            .invoke(DeskUpdate.update(), RunConfig.none())
                            .value())
                    .containsExactly("one", "two", "three", "three", "longer");
        }
    }

    @Test
    void aHandlerMayRouteByAnotherTypeWithTheSameNames() {
        try (var routes = Desks_TwoRoutesGraph.builder(new Desks.TwoRoutes()).build()) {
            assertThat(run(routes.workflow(), "moles")).isEqualTo(List.of("left"));
            assertThat(run(routes.workflow(), "")).isEqualTo(List.of("right"));
        }
    }

    private static <O> O run(GraphWorkflow<String, O, Desk> workflow, String topic) {
        return workflow.invoke(topic, RunConfig.none()).value();
    }
}
