package dev.clew.agents;

import static dev.clew.agents.Script.call;
import static dev.clew.agents.Script.calls;
import static dev.clew.agents.Script.says;
import static dev.clew.testing.Storage.MEMORY;
import static dev.clew.testing.Storage.SQLITE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.clew.agents.Bank.Receipt;
import dev.clew.agents.middleware.HumanInTheLoop;
import dev.clew.agents.middleware.Pii;
import dev.clew.agents.middleware.PiiKind;
import dev.clew.agents.middleware.ToolErrors;
import dev.clew.annotations.Effect;
import dev.clew.effect.EffectFailedException;
import dev.clew.effect.Resolution;
import dev.clew.effect.UnknownOutcomeException;
import dev.clew.flow.Durability;
import dev.clew.flow.RequestRefusedException;
import dev.clew.flow.RunConfig;
import dev.clew.flow.WorkflowFailedException;
import dev.clew.interrupt.Command;
import dev.clew.messages.ToolMessage;
import dev.clew.state.ForkPoint;
import dev.clew.testing.ClewTest;
import dev.clew.testing.CrashPoint;
import dev.clew.testing.Lab;
import dev.clew.testing.TestRun;
import dev.clew.testing.TestWorkflow;
import dev.clew.tools.AgentTool;
import dev.clew.tools.ToolRef;
import dev.clew.value.IllegalRequestException;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Tools whose effects must not happen twice. */
final class ToolEffectsTest {
    private final Bank bank = new Bank();
    private final Script paying =
            Script.of(calls(call("c1", "pay", "payment", Map.of("to", "bob", "cents", 5))), says("Paid."));
    private final Script sending =
            Script.of(calls(call("c1", "cheque", "payment", Map.of("to", "bob", "cents", 5))), says("Sent."));

    private TestWorkflow<AgentInput, AgentResult<String>> agent(Lab lab, Script script, Middleware... middleware) {
        return agent(lab, script, BankTools.of(bank), middleware);
    }

    private static TestWorkflow<AgentInput, AgentResult<String>> agent(
            Lab lab, Script script, List<AgentTool> tools, Middleware... middleware) {
        return lab.graph(() -> Agent.builder("bank", script)
                        .tools(tools)
                        .middleware(middleware)
                        .build()
                        .graph()
                        .durability(Durability.ASYNC))
                .workflow(graph -> graph.workflow());
    }

    private static ToolMessage result(TestRun<AgentResult<String>> run) {
        return (ToolMessage) run.value().messages().get(1);
    }

    private static void lost() throws IOException {
        throw new IOException("no answer");
    }

    @ClewTest({MEMORY, SQLITE})
    void toolThatWasKilledAfterItActedIsReconciledInTheNextProcess(Lab lab) {
        var agent = agent(lab, paying);
        lab.crashAt(CrashPoint.within("attempt"));

        var done = agent.invoke(AgentInput.user("Pay bob"));

        assertThat(done.value().output()).isEqualTo("Paid.");
        assertThat(result(done).text()).isEqualTo("{\"number\":\"r-bob\",\"cents\":5}");
        assertThat(bank.begun).containsExactly("pay 1");
        assertThat(bank.booked).hasSize(1);
    }

    @ClewTest({MEMORY, SQLITE})
    void toolThatWasKilledBeforeItActedBeginsAgainOnceItsRequestHasSettled(Lab lab) {
        var agent = agent(lab, paying);
        lab.crashBefore("attempt");

        var done = agent.invoke(AgentInput.user("Pay bob"));

        assertThat(done.value().output()).isEqualTo("Paid.");
        assertThat(bank.begun).containsExactly("pay 2");
        assertThat(bank.booked).hasSize(1);
    }

    @ClewTest({MEMORY, SQLITE})
    void unknownOutcomeIsAskedAndNeverToldToTheModel(Lab lab) {
        bank.before = ToolEffectsTest::lost;
        var agent = agent(lab, sending, ToolErrors.tell());

        var question = agent.invoke(AgentInput.user("Go")).only(BankTools.CHEQUE_OUTCOME);
        assertThat(question.value().why()).contains("no answer");
        assertThat(question.value().arguments()).isEqualTo(List.of(Map.of("payment", Map.of("to", "bob", "cents", 5))));
        lab.crash();
        var done = agent.answer(BankTools.CHEQUE_OUTCOME, Resolution.succeeded(new Receipt("found", 5)));

        assertThat(result(done).text()).isEqualTo("{\"number\":\"found\",\"cents\":5}");
        assertThat(result(done).isError()).isFalse();
        assertThat(bank.begun).containsExactly("cheque 1");
        assertThat(sending.requests()).hasSize(2);
    }

    @ClewTest
    void outcomeThatIsSettledAsFailedIsToldToTheModelByTheRuleOfToolErrors(Lab lab) {
        bank.before = ToolEffectsTest::lost;
        var agent = agent(lab, sending, ToolErrors.tell(EffectFailedException.class));
        agent.invoke(AgentInput.user("Go"));

        var done = agent.answer(BankTools.CHEQUE_OUTCOME, Resolution.failed("stopped at the post office"));

        assertThat(result(done).isError()).isTrue();
        assertThat(result(done).text()).contains("stopped at the post office");
        assertThat(done.value().output()).isEqualTo("Sent.");
    }

    @ClewTest
    void withoutThatRuleTheRunFails(Lab lab) {
        bank.before = ToolEffectsTest::lost;
        var agent = agent(lab, sending);
        agent.invoke(AgentInput.user("Go"));

        var failed = agent.answer(BankTools.CHEQUE_OUTCOME, Resolution.failed("stopped at the post office"));

        assertThat(failed.failure()).isPresent();
        assertThat(sending.requests()).hasSize(1);
    }

    @ClewTest
    void personMaySayThatItIsToRunAgain(Lab lab) {
        bank.before = () -> {
            if (bank.begun.size() == 1) {
                lost();
            }
        };
        var agent = agent(lab, sending);
        agent.invoke(AgentInput.user("Go"));

        var done = agent.answer(BankTools.CHEQUE_OUTCOME, Resolution.runAgain());

        assertThat(result(done).text()).isEqualTo("{\"number\":\"c-bob\",\"cents\":5}");
        assertThat(result(done).artifact()).isEqualTo("copy");
        assertThat(bank.begun).containsExactly("cheque 1", "cheque 2");
    }

    @ClewTest
    void failureThatSaysThatNothingWasDoneIsAFailureAlsoIfItsMessageIsHidden(Lab lab) {
        bank.before = () -> {
            throw new Bank.Declined("bob@example.com has no account");
        };
        var agent = agent(lab, paying, ToolErrors.tell(Bank.Declined.class), Pii.redact(PiiKind.EMAIL));

        var done = agent.invoke(AgentInput.user("Pay bob"));

        assertThat(done.value().output()).isEqualTo("Paid.");
        assertThat(result(done).isError()).isTrue();
        assertThat(result(done).text())
                .contains("Declined")
                .contains("has no account")
                .doesNotContain("bob@");
    }

    @ClewTest
    void approvalComesBeforeTheEffectAndTheOutcomeAfterIt(Lab lab) {
        bank.before = ToolEffectsTest::lost;
        var agent = agent(lab, sending, HumanInTheLoop.on(BankTools.CHEQUE));

        agent.invoke(AgentInput.user("Go")).only(HumanInTheLoop.APPROVAL);
        assertThat(bank.begun).isEmpty();
        agent.answer(HumanInTheLoop.APPROVAL, Decision.approve()).only(BankTools.CHEQUE_OUTCOME);
        agent.answer(BankTools.CHEQUE_OUTCOME, Resolution.succeeded(new Receipt("found", 5)));

        assertThat(bank.begun).containsExactly("cheque 1");
    }

    @ClewTest({MEMORY, SQLITE})
    void forkThatWouldActAgainIsRefusedUnlessItIsWanted(Lab lab) {
        var agent = agent(
                lab,
                Script.of(
                        calls(call("c1", "pay", "payment", Map.of("to", "bob", "cents", 5))),
                        says("Paid."),
                        says("Again.")));
        agent.invoke(AgentInput.user("Pay bob"));
        RunConfig thread = agent.config();
        ForkPoint before = ForkPoint.before("node:tools#1");

        assertThatThrownBy(() -> agent.get().fork(thread, before))
                .isInstanceOfSatisfying(
                        RequestRefusedException.class,
                        refused ->
                                assertThat(refused.reason()).isEqualTo(RequestRefusedException.Reason.REPEATED_EFFECT));
        RunConfig repeated = agent.get().fork(thread.repeatEffects(), before);
        agent.get().invoke(Command.proceed(), repeated);

        assertThat(bank.booked).hasSize(2);
    }

    @ClewTest
    void toolThatOnlyRunTimeKnowsAsks(Lab lab) {
        AgentTool tool = AgentTool.of("send", "Sends.", Bank.Payment.class, (payment, context) -> {
                    throw new IOException("no answer to " + context.effectId());
                })
                .effect(Effect.ONCE);
        var agent =
                agent(lab, Script.of(calls(call("c1", "send", "to", "bob", "cents", 5)), says("Sent.")), List.of(tool));

        var question =
                agent.invoke(AgentInput.user("Go")).only(ToolRef.of("send").outcome());
        assertThat(question.value().why())
                .contains("no answer to " + question.value().effectId());
        var done = agent.answer(ToolRef.of("send").outcome(), Resolution.succeeded(Map.of("sent", true)));

        assertThat(result(done).text()).isEqualTo("{\"sent\":true}");
    }

    @Test
    void withoutACheckpointerToolErrorsDoesNotTellAnUnknownOutcome() {
        bank.before = ToolEffectsTest::lost;
        try (var graph = Agent.builder("bank", sending)
                .tools(BankTools.of(bank))
                .middleware(ToolErrors.tell())
                .build()
                .graph()
                .build()) {
            assertThatThrownBy(() -> graph.workflow().invoke(AgentInput.user("Go"), RunConfig.none()))
                    .isInstanceOfSatisfying(
                            WorkflowFailedException.class,
                            failed -> assertThat(UnknownOutcomeException.isIn(failed.failure()))
                                    .isTrue());
        }
        assertThat(sending.requests()).hasSize(1);
    }

    @Test
    void scopesAndToolsOfClientsCannotBeOnce() {
        AgentTool scope = AgentTool.scope("scope", "Asks.", Bank.Payment.class, (payment, run) -> "done");
        AgentTool client = AgentTool.client("client", "Clicks.", Map.of("type", "object"));

        assertThatThrownBy(() -> scope.effect(Effect.ONCE))
                .isInstanceOf(IllegalRequestException.class)
                .hasMessageContaining("'scope' cannot be ONCE");
        assertThatThrownBy(() -> client.effect(Effect.ONCE)).isInstanceOf(IllegalRequestException.class);
    }
}
