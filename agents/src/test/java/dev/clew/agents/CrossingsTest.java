package dev.clew.agents;

import static dev.clew.agents.Script.call;
import static dev.clew.agents.Script.calls;
import static dev.clew.agents.Script.says;
import static dev.clew.testing.Storage.SQLITE;
import static org.assertj.core.api.Assertions.assertThat;

import dev.clew.agents.middleware.Budget;
import dev.clew.agents.middleware.ContextEditing;
import dev.clew.agents.middleware.HumanInTheLoop;
import dev.clew.agents.middleware.ModelCallLimit;
import dev.clew.agents.middleware.ModelFallback;
import dev.clew.agents.middleware.Permissions;
import dev.clew.agents.middleware.Pii;
import dev.clew.agents.middleware.PiiKind;
import dev.clew.agents.middleware.Summarization;
import dev.clew.agents.middleware.TodoList;
import dev.clew.agents.middleware.ToolCallLimit;
import dev.clew.agents.middleware.ToolErrors;
import dev.clew.flow.Durability;
import dev.clew.flow.RunConfig;
import dev.clew.graph.GraphWorkflow;
import dev.clew.graph.StateSnapshot;
import dev.clew.interrupt.Command;
import dev.clew.messages.AiMessage;
import dev.clew.messages.Message;
import dev.clew.messages.Usage;
import dev.clew.model.ModelClient;
import dev.clew.model.ModelException;
import dev.clew.testing.ClewTest;
import dev.clew.testing.Lab;
import dev.clew.testing.TestWorkflow;
import java.util.ArrayList;
import java.util.List;

/**
 * Every middleware in the same conversation, which a person interrupts, a crash cuts and a fork repeats: the result is the same,
 * each tool acted once, and the fork gives what the run gave.
 */
final class CrossingsTest {
    private final Travel travel = new Travel();

    private static Script script() {
        return Script.of(
                costs(calls(
                        call("c1", "weather", "city", "Rome"),
                        call("c2", "book", "to", "Rome", "days", 1),
                        call("c3", "fails", "city", "Oslo"))),
                costs(calls(call("c4", "weather", "city", "Bern"))),
                costs(says("done, write to ann@example.org")));
    }

    private static AiMessage costs(AiMessage answer) {
        return answer.withUsage(Usage.of(100, 10));
    }

    private AgentResult<String> crossed(Lab lab, ModelClient model, Middleware... middleware) {
        List<Middleware> all = new ArrayList<>(List.of(HumanInTheLoop.on(Travel.BOOK), ToolErrors.tell()));
        all.addAll(List.of(middleware));
        TestWorkflow<AgentInput, AgentResult<String>> agent = lab.graph(() -> Agent.builder("travel", model)
                        .tools(travel.all())
                        .middleware(all.toArray(Middleware[]::new))
                        .build()
                        .graph()
                        .durability(Durability.SYNC))
                .workflow(graph -> graph.workflow());

        agent.invoke(AgentInput.user("Go, says bob@example.org")).only(HumanInTheLoop.APPROVAL);
        lab.crash();
        AgentResult<String> result =
                agent.answer(HumanInTheLoop.APPROVAL, Decision.approve()).value();
        assertThat(travel.done).containsExactly("weather Rome", "book Rome 1", "weather Bern");

        @SuppressWarnings("unchecked")
        GraphWorkflow<AgentInput, AgentResult<String>, AgentState> workflow =
                (GraphWorkflow<AgentInput, AgentResult<String>, AgentState>) agent.get();
        StateSnapshot<AgentState> afterBooking = workflow.snapshots(
                        agent.config().threadId().orElseThrow())
                .filter(snapshot -> snapshot.values().messages().size() == 5)
                .findFirst()
                .orElseThrow();
        RunConfig fork = workflow.fork(afterBooking.config());
        AgentResult<String> again = workflow.invoke(Command.proceed(), fork).value();

        assertThat(travel.done).containsExactly("weather Rome", "book Rome 1", "weather Bern", "weather Bern");
        assertThat(again.output()).isEqualTo(result.output());
        assertThat(again.cost()).isEqualTo(result.cost());
        assertThat(again.messages()).hasSameSizeAs(result.messages());
        return result;
    }

    @ClewTest(SQLITE)
    void humanInTheLoopAndToolErrors(Lab lab) {
        assertThat(crossed(lab, script()).usage()).isEqualTo(Usage.of(300, 30));
    }

    @ClewTest(SQLITE)
    void permissions(Lab lab) {
        crossed(lab, script(), Permissions.none().allow("*"));
    }

    @ClewTest(SQLITE)
    void limits(Lab lab) {
        crossed(lab, script(), ToolCallLimit.perRun(4), ModelCallLimit.perRun(3));
    }

    @ClewTest(SQLITE)
    void fallback(Lab lab) {
        Script script = script();
        AgentResult<String> result = crossed(
                lab,
                (request, call) -> {
                    throw ModelException.authentication("wrong key", null);
                },
                ModelFallback.to(script));

        assertThat(result.cost().modelCalls()).isEqualTo(6);
        assertThat(result.usage().estimated()).isTrue();
    }

    @ClewTest(SQLITE)
    void summarization(Lab lab) {
        Script script = script();
        AgentResult<String> result = crossed(
                lab,
                (request, call) -> String.valueOf(request.systemPrompt()).startsWith("Summarise")
                        ? costs(says("short"))
                        : script.call(request.withMessages(whole(request.messages())), call),
                Summarization.aboveTokens(100_000));

        assertThat(result.cost().modelCalls()).isEqualTo(3);
    }

    private static List<Message> whole(List<Message> messages) {
        return messages;
    }

    @ClewTest(SQLITE)
    void contextEditing(Lab lab) {
        Script script = script();
        crossed(lab, script, ContextEditing.clearToolResults(20).keep(1));

        assertThat(script.lastRequest().messages())
                .extracting(Message::text)
                .contains("[cleared]")
                .contains("sun in Bern")
                .doesNotContain("sun in Rome");
    }

    @ClewTest(SQLITE)
    void todoList(Lab lab) {
        crossed(lab, script(), TodoList.create());
    }

    @ClewTest(SQLITE)
    void pii(Lab lab) {
        Script script = script();
        AgentResult<String> result = crossed(lab, script, Pii.redact(PiiKind.EMAIL));

        assertThat(result.output()).isEqualTo("done, write to [REDACTED_EMAIL]");
        assertThat(script.lastRequest().messages().get(0).text()).isEqualTo("Go, says [REDACTED_EMAIL]");
    }

    @ClewTest(SQLITE)
    void budget(Lab lab) {
        AgentResult<String> result = crossed(
                lab,
                script(),
                Budget.tokens(2_000),
                Budget.calls(3),
                Budget.calls(9).perThread());

        assertThat(result.cost().modelCalls()).isEqualTo(3);
    }

    @ClewTest(SQLITE)
    void hooks(Lab lab) {
        Middleware around = Middleware.named(
                "around", hooks -> hooks.beforeModel((state, context) -> null).afterModel((state, context) -> null));

        crossed(lab, script(), around);
    }

    @ClewTest(SQLITE)
    void allOfThem(Lab lab) {
        AgentResult<String> result = crossed(
                lab,
                script(),
                Permissions.none().allow("*"),
                ToolCallLimit.perRun(9),
                ModelCallLimit.perRun(9),
                Budget.tokens(9_000),
                Pii.redact(PiiKind.EMAIL, PiiKind.CARD),
                TodoList.create(),
                ContextEditing.clearToolResults(100_000),
                Summarization.aboveTokens(100_000));

        assertThat(result.usage()).isEqualTo(Usage.of(300, 30));
    }
}
