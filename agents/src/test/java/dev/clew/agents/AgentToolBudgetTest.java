package dev.clew.agents;

import static dev.clew.agents.Script.call;
import static dev.clew.agents.Script.calls;
import static dev.clew.agents.Script.says;
import static dev.clew.testing.Storage.MEMORY;
import static dev.clew.testing.Storage.SQLITE;
import static org.assertj.core.api.Assertions.assertThat;

import dev.clew.agents.middleware.Budget;
import dev.clew.agents.middleware.HumanInTheLoop;
import dev.clew.agents.middleware.ToolErrors;
import dev.clew.flow.Durability;
import dev.clew.messages.AiMessage;
import dev.clew.messages.Usage;
import dev.clew.model.ModelClient;
import dev.clew.model.ModelException;
import dev.clew.task.RetryPolicy;
import dev.clew.testing.ClewTest;
import dev.clew.testing.Lab;
import dev.clew.testing.TestWorkflow;
import dev.clew.tools.AgentTool;
import dev.clew.tools.ToolRef;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.UnaryOperator;

/** Budgets of agents that are tools, and what those cost. */
final class AgentToolBudgetTest {
    private static final Pricing PRICES =
            (model, usage) -> BigDecimal.valueOf(usage.total()).movePointLeft(2);

    private final Travel travel = new Travel();

    private static AiMessage costs(AiMessage answer, long in, long out) {
        return answer.withUsage(Usage.of(in, out));
    }

    private TestWorkflow<AgentInput, AgentResult<String>> lead(
            Lab lab,
            ModelClient outer,
            Agent.Builder<String> inner,
            UnaryOperator<AgentTool> options,
            Middleware... of) {
        return lab.graph(() -> Agent.builder("lead", outer)
                        .tools(options.apply(inner.build().asTool("research", "Finds facts.")))
                        .middleware(of)
                        .build()
                        .graph()
                        .durability(Durability.SYNC))
                .workflow(graph -> graph.workflow());
    }

    private static Script asking() {
        return Script.of(costs(calls(call("o1", "research", "task", "Find")), 50, 50), costs(says("done"), 50, 50));
    }

    /** A model that answers once with a call, and then fails for good. */
    private static ModelClient failing() {
        return (request, call) -> {
            if (request.messages().size() > 1) {
                throw ModelException.invalidRequest("refused", null);
            }
            return costs(calls(call("i1", "weather", "city", "Rome")), 300, 100);
        };
    }

    @ClewTest({MEMORY, SQLITE})
    void agentThatIsAToolAndFailsCounts(Lab lab) {
        var agent = lead(
                lab,
                asking(),
                Agent.builder("researcher", failing()).tools(travel.all()),
                tool -> tool,
                HumanInTheLoop.on(ToolRef.of("research")),
                ToolErrors.tell(),
                Budget.money("100", PRICES));

        agent.invoke(AgentInput.user("Go")).only(HumanInTheLoop.APPROVAL);
        lab.crash();
        AgentResult<String> result =
                agent.answer(HumanInTheLoop.APPROVAL, Decision.approve()).value();

        assertThat(result.output()).isEqualTo("done");
        assertThat(result.cost().modelCalls()).isEqualTo(4);
        assertThat(result.usage().output()).isEqualTo(200);
        assertThat(result.usage().input()).isGreaterThan(400);
        assertThat(result.cost().money()).isGreaterThan(new BigDecimal("6.00"));
        assertThat(result.messages().get(1).text())
                .isEqualTo("The tool failed: ModelException$InvalidRequest: refused");
    }

    @ClewTest({MEMORY, SQLITE})
    void eachFailedAttemptOfAnAgentThatIsAToolCounts(Lab lab) {
        AtomicInteger runs = new AtomicInteger();
        ModelClient flaky = (request, call) -> {
            if (request.messages().size() > 1 && runs.incrementAndGet() < 3) {
                throw ModelException.invalidRequest("refused", null);
            }
            return request.messages().size() > 1
                    ? costs(says("found"), 300, 100)
                    : costs(calls(call("i1", "weather", "city", "Rome")), 300, 100);
        };
        var agent = lead(
                lab,
                asking(),
                Agent.builder("researcher", flaky).tools(travel.all()),
                tool -> tool.retry(RetryPolicy.builder()
                        .maxAttempts(3)
                        .initialInterval(Duration.ofMillis(1))
                        .retryIf(failure -> true)
                        .build()));

        AgentResult<String> result = agent.invoke(AgentInput.user("Go")).value();

        assertThat(result.output()).isEqualTo("done");
        assertThat(result.cost().modelCalls()).isEqualTo(2 + 3 * 2);
        assertThat(result.usage().output()).isEqualTo(100 + 4 * 100);
    }

    @ClewTest({MEMORY, SQLITE})
    void agentThatIsAToolHasWhatIsLeftOfTheBudget(Lab lab) {
        Script inner = Script.of(
                costs(calls(call("i1", "weather", "city", "Rome")), 500, 100), costs(says("found"), 500, 100));
        var agent = lead(
                lab,
                asking(),
                Agent.builder("researcher", inner).tools(travel.all()).middleware(Budget.tokens(50_000)),
                tool -> tool,
                Budget.tokens(700));

        BudgetExceeded asked =
                agent.invoke(AgentInput.user("Go")).only(Budget.EXCEEDED).value();
        assertThat(inner.requests()).hasSize(1);
        assertThat(asked.budget()).isEqualTo("tokens.run");
        assertThat(asked.spent()).isEqualByComparingTo("600");
        assertThat(asked.limit()).isEqualByComparingTo("600");
        lab.crash();
        BudgetExceeded ofLead = agent.answer(Budget.EXCEEDED, BudgetDecision.raiseTo(2_000))
                .only(Budget.EXCEEDED)
                .value();
        assertThat(inner.requests()).hasSize(2);
        assertThat(ofLead.spent()).isEqualByComparingTo("1300");
        assertThat(ofLead.limit()).isEqualByComparingTo("700");
        assertThat(agent.answer(Budget.EXCEEDED, BudgetDecision.raiseTo(2_000))
                        .value()
                        .output())
                .isEqualTo("done");
    }

    @ClewTest
    void agentThatIsAToolWithoutABudgetIsBoundedAndMayBeEnded(Lab lab) {
        Script inner = Script.of(
                costs(calls(call("i1", "weather", "city", "Rome")), 500, 100), costs(says("found"), 500, 100));
        var agent = lead(
                lab,
                asking(),
                Agent.builder("researcher", inner).tools(travel.all()),
                tool -> tool,
                Budget.calls(9).perThread(),
                Budget.calls(2));

        BudgetExceeded asked =
                agent.invoke(AgentInput.user("Go")).only(Budget.EXCEEDED).value();
        assertThat(asked.limit()).isEqualByComparingTo("1");
        agent.answer(Budget.EXCEEDED, BudgetDecision.end()).only(Budget.EXCEEDED);
        AgentResult<String> result =
                agent.answer(Budget.EXCEEDED, BudgetDecision.raiseTo(3)).value();

        assertThat(inner.requests()).hasSize(1);
        assertThat(result.messages().get(1).text())
                .isEqualTo(
                        "no result: LIMIT: I cannot finish this: the budget 'calls.run' of 1 is spent: 1 were used.");
        assertThat(result.messages().get(2).text()).isEqualTo("done");
    }

    @ClewTest({MEMORY, SQLITE})
    void agentThatIsAToolAndIsFailedByAMiddlewareCounts(Lab lab) {
        Script inner = Script.of(costs(calls(call("i1", "weather", "city", "Rome")), 500, 100));
        var agent = lead(
                lab,
                asking(),
                Agent.builder("researcher", inner)
                        .tools(travel.all())
                        .middleware(Middleware.named(
                                "strict",
                                hooks -> hooks.afterModel((state, context) -> {
                                    throw new IllegalStateException("not so");
                                }))),
                tool -> tool,
                ToolErrors.tell());

        AgentResult<String> result = agent.invoke(AgentInput.user("Go")).value();

        assertThat(result.usage()).isEqualTo(Usage.of(600, 200));
        assertThat(result.messages().get(1).text()).isEqualTo("The tool failed: IllegalStateException: not so");
    }
}
