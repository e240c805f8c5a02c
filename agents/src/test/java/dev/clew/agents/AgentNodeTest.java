package dev.clew.agents;

import static dev.clew.agents.Script.call;
import static dev.clew.agents.Script.calls;
import static dev.clew.testing.Storage.MEMORY;
import static dev.clew.testing.Storage.SQLITE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.clew.agents.middleware.HumanInTheLoop;
import dev.clew.messages.Message;
import dev.clew.testing.ClewTest;
import dev.clew.testing.Lab;
import dev.clew.value.IllegalRequestException;
import dev.clew.value.TypeRef;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Agents that are nodes of an annotated graph. */
final class AgentNodeTest {
    private final Travel travel = new Travel();

    private Report report(Script sorter, Script planner) {
        return new Report(
                Agent.builder("sorter", sorter).output(Report.Kind.class).build(),
                Agent.builder("planner", planner)
                        .tools(travel.book())
                        .middleware(HumanInTheLoop.on(Travel.BOOK))
                        .output(Report.Plan.class)
                        .build());
    }

    @ClewTest({MEMORY, SQLITE})
    void outputRoutesAndIsWrittenAndMessagesAreShared(Lab lab) {
        Script sorter = Script.of(calls(call("s1", "Kind", "value", "LONG")));
        Script planner = Script.of(
                calls(call("never", "x")),
                calls(call("p1", "book", "to", "Rome", "days", 1)),
                calls(call("p2", "Plan", "title", "Rain", "pages", 3)));
        var workflow =
                lab.graph(() -> ReportGraph.builder(report(sorter, planner))).workflow(graph -> graph.workflow());

        workflow.invoke(ReportStateUpdate.update()).only(HumanInTheLoop.APPROVAL);
        lab.crash();
        ReportState end =
                workflow.answer(HumanInTheLoop.APPROVAL, Decision.approve()).value();

        assertThat(end.plan()).isEqualTo(new Report.Plan("Rain", 3));
        assertThat(end.done()).isEqualTo("Rain of 3 pages");
        assertThat(travel.done).containsExactly("book Rome 1");
        assertThat(end.messages()).extracting(Message::name).contains("sorter", "planner");
        assertThat(planner.requests().get(0).messages())
                .extracting(Message::text)
                .startsWith("A report, please.");
    }

    @ClewTest
    void outputEndsTheBranch(Lab lab) {
        Script sorter = Script.of(calls(call("s1", "Kind", "value", "SHORT")));
        var workflow = lab.graph(() -> ReportGraph.builder(report(sorter, Script.of())))
                .workflow(graph -> graph.workflow());

        ReportState end = workflow.invoke(ReportStateUpdate.update()).value();

        assertThat(end.plan()).isNull();
    }

    @Test
    void clientKnowsTheGraphWithoutAgents() {
        assertThat(ReportGraph.clientSpec().topology().nodes())
                .extracting(node -> node.name())
                .contains("sorter", "planner");
    }

    @Test
    void componentOfAnotherTypeIsRefused() {
        Agent<String> texts = Agent.builder("texts", Script.of()).build();

        assertThatThrownBy(() -> ReportGraph.spec(report(Script.of(), Script.of())).toBuilder()
                        .subgraph(
                                "texts",
                                Agent.node(texts, TypeRef.of(String.class)),
                                edges -> edges.after("finish"),
                                "plan"))
                .isInstanceOf(IllegalRequestException.class)
                .hasMessageContaining("'plan' takes")
                .hasMessageContaining("Plan");
        assertThat(List.of(texts.name())).containsExactly("texts");
    }
}
