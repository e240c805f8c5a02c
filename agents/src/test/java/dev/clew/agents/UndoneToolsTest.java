package dev.clew.agents;

import static dev.clew.agents.Script.call;
import static dev.clew.agents.Script.calls;
import static dev.clew.agents.Script.says;
import static dev.clew.testing.Storage.MEMORY;
import static dev.clew.testing.Storage.SQLITE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.clew.agents.middleware.HumanInTheLoop;
import dev.clew.flow.Durability;
import dev.clew.interrupt.Command;
import dev.clew.messages.ToolMessage;
import dev.clew.state.ThreadStatus;
import dev.clew.testing.ClewTest;
import dev.clew.testing.CrashPoint;
import dev.clew.testing.Lab;
import dev.clew.testing.TestWorkflow;
import dev.clew.tools.AgentTool;
import dev.clew.value.IllegalRequestException;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** An agent's run whose tools acted is undone. */
final class UndoneToolsTest {
    private final Tickets tickets = new Tickets();

    private static final Map<String, Object> CRETE = Map.of("to", "Crete", "days", 3);

    /** Holds, books, and asks before it locks. */
    private static Script travelling() {
        return Script.of(
                calls(call("c1", "hold", "trip", CRETE)),
                calls(call("c2", "book", "trip", CRETE)),
                calls(call("c3", "lock", "door", 7)),
                says("Done."));
    }

    private TestWorkflow<AgentInput, AgentResult<String>> agent(Lab lab, Script script, Middleware... middleware) {
        return lab.graph(() -> Agent.builder("travel", script)
                        .tools(TicketsTools.of(tickets))
                        .middleware(middleware)
                        .build()
                        .graph()
                        .durability(Durability.ASYNC))
                .workflow(graph -> graph.workflow());
    }

    private static ToolMessage result(AgentResult<String> result, String call) {
        return (ToolMessage) result.messages().stream()
                .filter(message ->
                        message instanceof ToolMessage tool && tool.toolCallId().equals(call))
                .findFirst()
                .orElseThrow();
    }

    @ClewTest({MEMORY, SQLITE})
    void interruptedRunIsUndoneInReverseOrderWithWhatTheToolsGave(Lab lab) {
        var agent = agent(lab, travelling(), HumanInTheLoop.on(TicketsTools.LOCK));
        agent.invoke(AgentInput.user("Crete")).only(HumanInTheLoop.APPROVAL);
        assertThat(tickets.booked).hasSize(1);
        lab.crash();

        agent.command(Command.undo());

        assertThat(agent.state().status()).isEqualTo(ThreadStatus.UNDONE);
        assertThat(tickets.undone).containsExactly("book Crete: b-Crete", "hold Crete: h-Crete");
        assertThat(tickets.booked).isEmpty();
    }

    @ClewTest({MEMORY, SQLITE})
    void undoWhoseProcessDiesIsContinuedByTheNextOne(Lab lab) {
        var agent = agent(lab, travelling(), HumanInTheLoop.on(TicketsTools.LOCK));
        agent.invoke(AgentInput.user("Crete")).only(HumanInTheLoop.APPROVAL);
        lab.crashAt(CrashPoint.within("attempt"));

        agent.command(Command.undo());

        assertThat(agent.state().status()).isEqualTo(ThreadStatus.UNDONE);
        assertThat(tickets.undone.stream().distinct()).containsExactly("book Crete: b-Crete", "hold Crete: h-Crete");
        assertThat(tickets.booked).isEmpty();
    }

    @ClewTest
    void modelReadsWhatTheToolsGave(Lab lab) {
        var agent = agent(lab, travelling());

        var done = agent.invoke(AgentInput.user("Crete")).value();

        assertThat(done.output()).isEqualTo("Done.");
        assertThat(result(done, "c1").text()).isEqualTo("{\"number\":\"h-Crete\",\"to\":\"Crete\"}");
        assertThat(result(done, "c1").artifact()).isEqualTo("copy");
        assertThat(result(done, "c2").text()).isEqualTo("{\"number\":\"b-Crete\",\"to\":\"Crete\"}");
        assertThat(result(done, "c3").text()).isEqualTo("done");
    }

    @ClewTest
    void whatReconcileFoundIsUndoneAndATextWithoutAResultToo(Lab lab) {
        tickets.answerIsLost = true;
        var agent = agent(
                lab,
                Script.of(
                        calls(call("c1", "lock", "door", 7)),
                        calls(call("c2", "book", "trip", CRETE)),
                        calls(call("c3", "hold", "trip", CRETE))),
                HumanInTheLoop.on(TicketsTools.HOLD));
        agent.invoke(AgentInput.user("Crete")).only(HumanInTheLoop.APPROVAL);

        agent.command(Command.undo());

        assertThat(tickets.undone).containsExactly("book Crete: b-Crete", "lock 7: true");
    }

    @ClewTest
    void callWhoseArgumentsDoNotFitHasNothingToUndo(Lab lab) {
        var agent = agent(
                lab,
                Script.of(calls(call("c1", "lock", "door", "the red one")), calls(call("c2", "hold", "trip", CRETE))),
                HumanInTheLoop.on(TicketsTools.HOLD));
        agent.invoke(AgentInput.user("Crete")).only(HumanInTheLoop.APPROVAL);

        agent.command(Command.undo());

        assertThat(agent.state().status()).isEqualTo(ThreadStatus.UNDONE);
        assertThat(tickets.undone).isEmpty();
    }

    @ClewTest
    void toolOfASubAgentIsUndoneWithTheRunOfTheAgent(Lab lab) {
        Script inner = Script.of(calls(call("i1", "book", "trip", CRETE)), says("Booked."));
        Script outer = Script.of(
                calls(call("c1", "clerk", "task", "Crete")), calls(call("c2", "hold", "trip", CRETE)), says("Done."));
        var agent = lab.graph(() -> {
                    var clerk = Agent.builder("clerk", inner)
                            .tools(TicketsTools.of(tickets))
                            .build();
                    List<AgentTool> tools = new java.util.ArrayList<>(TicketsTools.of(tickets));
                    tools.add(clerk.asTool("clerk", "Books."));
                    return Agent.builder("travel", outer)
                            .tools(tools)
                            .middleware(HumanInTheLoop.on(TicketsTools.HOLD))
                            .build()
                            .graph();
                })
                .workflow(graph -> graph.workflow());
        agent.invoke(AgentInput.user("Crete")).only(HumanInTheLoop.APPROVAL);
        assertThat(tickets.booked).hasSize(1);

        agent.command(Command.undo());

        assertThat(tickets.undone).containsExactly("book Crete: b-Crete");
        assertThat(tickets.booked).isEmpty();
    }

    @Test
    void scopeCannotBeUndone() {
        assertThatThrownBy(() ->
                        AgentTool.method("scope", "Asks.").undo(call -> {}).scope(call -> "done"))
                .isInstanceOf(IllegalRequestException.class)
                .hasMessageContaining("'scope' cannot be undone");
    }
}
