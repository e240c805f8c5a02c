package dev.clew.agents;

import static dev.clew.agents.Script.call;
import static dev.clew.agents.Script.calls;
import static dev.clew.agents.Script.says;
import static dev.clew.testing.Storage.MEMORY;
import static dev.clew.testing.Storage.SQLITE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.clew.agents.middleware.Budget;
import dev.clew.agents.middleware.HumanInTheLoop;
import dev.clew.agents.middleware.ModelCallLimit;
import dev.clew.agents.middleware.ToolCallLimit;
import dev.clew.flow.Durability;
import dev.clew.messages.AiMessage;
import dev.clew.messages.Message;
import dev.clew.messages.MessageChunk;
import dev.clew.messages.RemoveMessage;
import dev.clew.messages.ToolMessage;
import dev.clew.messages.Usage;
import dev.clew.model.ModelClient;
import dev.clew.model.ModelException;
import dev.clew.model.ModelSettings;
import dev.clew.testing.ClewTest;
import dev.clew.testing.Lab;
import dev.clew.testing.TestWorkflow;
import dev.clew.value.IllegalRequestException;
import java.math.BigDecimal;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** What a run costs, budgets, and limits of calls. */
final class BudgetTest {
    private static final Pricing PRICES =
            (model, usage) -> BigDecimal.valueOf(usage.total()).movePointLeft(2);

    private final Travel travel = new Travel();

    private TestWorkflow<AgentInput, AgentResult<String>> agent(Lab lab, ModelClient model, Middleware... middleware) {
        return lab.graph(() -> Agent.builder("travel", model)
                        .tools(travel.all())
                        .middleware(middleware)
                        .build()
                        .graph()
                        .durability(Durability.SYNC))
                .workflow(graph -> graph.workflow());
    }

    private static AiMessage costs(AiMessage answer, long in, long out) {
        return answer.withUsage(Usage.of(in, out));
    }

    @ClewTest({MEMORY, SQLITE})
    void callThatDoesNotFitIsNotStartedBeforeTheLimitIsRaised(Lab lab) {
        Script script =
                Script.of(costs(calls(call("c1", "weather", "city", "Rome")), 900, 100), costs(says("done"), 900, 100));
        var agent = agent(lab, script, Budget.tokens(1_000));

        BudgetExceeded asked =
                agent.invoke(AgentInput.user("Go")).only(Budget.EXCEEDED).value();
        assertThat(script.requests()).hasSize(1);
        assertThat(asked.budget()).isEqualTo("tokens.run");
        assertThat(asked.spent()).isEqualByComparingTo("1000");
        assertThat(asked.limit()).isEqualByComparingTo("1000");
        lab.crash();
        assertThat(agent.answer(Budget.EXCEEDED, BudgetDecision.raiseTo(1_000))
                        .only(Budget.EXCEEDED)
                        .value()
                        .spent())
                .isEqualByComparingTo("1000");
        AgentResult<String> result =
                agent.answer(Budget.EXCEEDED, BudgetDecision.raiseTo(5_000)).value();

        assertThat(result.output()).isEqualTo("done");
        assertThat(result.usage()).isEqualTo(Usage.of(1_800, 200));
        assertThat(script.requests()).hasSize(2);
    }

    @ClewTest({MEMORY, SQLITE})
    void runWhoseBudgetIsSpentEndsWithALimit(Lab lab) {
        Script script = Script.of(costs(calls(call("c1", "weather", "city", "Rome")), 900, 100));
        var agent = agent(lab, script, Budget.calls(1));

        agent.invoke(AgentInput.user("Go")).only(Budget.EXCEEDED);
        AgentResult<String> result =
                agent.answer(Budget.EXCEEDED, BudgetDecision.end()).value();

        assertThat(result.end()).isEqualTo(End.LIMIT);
        assertThat(result.text()).isEqualTo("I cannot finish this: the budget 'calls.run' of 1 is spent: 1 were used.");
        assertThat(result.cost().modelCalls()).isEqualTo(1);
    }

    @ClewTest
    void longestAnswerIsReserved(Lab lab) {
        Script script = Script.of(says("never"));
        Middleware longest = Middleware.named(
                "longest",
                hooks -> hooks.wrapModelCall((request, run, next) ->
                        next.call(request.withSettings(ModelSettings.none().withMaxOutputTokens(5_000)))));

        BudgetExceeded asked = agent(lab, script, longest, Budget.tokens(5_000))
                .invoke(AgentInput.user("Go"))
                .only(Budget.EXCEEDED)
                .value();

        assertThat(asked.reserved()).isGreaterThan(BigDecimal.valueOf(5_000));
        assertThat(script.requests()).isEmpty();
    }

    @ClewTest
    void raisedLimitOfARunHoldsForThatRunAndThatOfAThreadForAll(Lab lab) {
        Script script = Script.of(says("one"), says("two"), says("three"), says("four"));
        var agent = agent(lab, script, Budget.calls(0), Budget.calls(1).perThread());

        agent.invoke(AgentInput.user("1")).only(Budget.EXCEEDED);
        agent.answer(Budget.EXCEEDED, BudgetDecision.raiseTo(1)).value();
        assertThat(agent.invoke(AgentInput.user("2"))
                        .only(Budget.EXCEEDED)
                        .value()
                        .budget())
                .isEqualTo("calls.run");
        assertThat(agent.answer(Budget.EXCEEDED, BudgetDecision.raiseTo(9))
                        .only(Budget.EXCEEDED)
                        .value()
                        .budget())
                .isEqualTo("calls.thread");
        agent.answer(Budget.EXCEEDED, BudgetDecision.raiseTo(9)).value();
        assertThat(agent.invoke(AgentInput.user("3"))
                        .only(Budget.EXCEEDED)
                        .value()
                        .budget())
                .isEqualTo("calls.run");
        assertThat(agent.answer(Budget.EXCEEDED, BudgetDecision.raiseTo(9))
                        .value()
                        .output())
                .isEqualTo("three");
    }

    @ClewTest({MEMORY, SQLITE})
    void failedAttemptsCountWithWhatCameOfThem(Lab lab) {
        AtomicInteger attempts = new AtomicInteger();
        ModelClient flaky = (request, call) -> {
            call.emit(MessageChunk.text("x".repeat(40)));
            if (attempts.incrementAndGet() < 3) {
                throw ModelException.connection("cut", null);
            }
            return Message.ai("done").withUsage(Usage.of(10, 5));
        };

        AgentResult<String> result = agent(lab, flaky, Budget.tokens(10_000))
                .invoke(AgentInput.user("Go"))
                .value();

        assertThat(result.usage().output()).isEqualTo(5 + 2 * 10);
        assertThat(result.usage().estimated()).isTrue();
        assertThat(result.cost().modelCalls()).isEqualTo(1);
        assertThat(((AiMessage) result.messages().get(0)).metadata()).isEmpty();
    }

    @ClewTest
    void moneyIsWhatPricesSaid(Lab lab) {
        Script script =
                Script.of(costs(calls(call("c1", "weather", "city", "Rome")), 50, 50), costs(says("done"), 50, 50));

        AgentResult<String> result = agent(
                        lab,
                        script,
                        Budget.money("100", PRICES),
                        Budget.money("200", PRICES).perThread())
                .invoke(AgentInput.user("Go"))
                .value();

        assertThat(result.cost().money()).isEqualByComparingTo("2.00");
    }

    @Test
    void otherPricesAreRefused() {
        assertThatThrownBy(() -> Agent.builder("travel", Script.of())
                        .middleware(
                                Budget.money("1", PRICES),
                                Budget.money("1", (model, usage) -> BigDecimal.ONE)
                                        .perThread())
                        .build())
                .isInstanceOf(IllegalRequestException.class)
                .hasMessageContaining("other prices");
    }

    @ClewTest({MEMORY, SQLITE})
    void agentThatIsAToolCountsAsksAndIsAnsweredAfterACrash(Lab lab) {
        Script inner = Script.of(
                costs(calls(call("i1", "book", "to", "Rome", "days", 2)), 100, 10), costs(says("booked"), 200, 20));
        Script outer = Script.of(
                costs(calls(call("o1", "booking", "task", "Book Rome")), 10, 1), costs(says("all done"), 20, 2));
        var agent = lab.graph(() -> {
                    Agent<String> booker = Agent.builder("booker", inner)
                            .tools(travel.book())
                            .middleware(HumanInTheLoop.on(Travel.BOOK))
                            .build();
                    return Agent.builder("lead", outer)
                            .tools(booker.asTool("booking", "Books trips."))
                            .build()
                            .graph()
                            .durability(Durability.SYNC);
                })
                .workflow(graph -> graph.workflow());

        assertThat(agent.invoke(AgentInput.user("Go"))
                        .only(HumanInTheLoop.APPROVAL)
                        .value()
                        .toolCallId())
                .isEqualTo("i1");
        lab.crash();
        AgentResult<String> result =
                agent.answer(HumanInTheLoop.APPROVAL, Decision.approve()).value();

        assertThat(result.output()).isEqualTo("all done");
        assertThat(travel.done).containsExactly("book Rome 2");
        assertThat(result.usage()).isEqualTo(Usage.of(330, 33));
        assertThat(result.messages()).extracting(Message::text).contains("booked");
        assertThat(result.messages().get(0).name()).isEqualTo("lead");
        assertThat(inner.requests()).hasSize(2);
        assertThat(List.of(outer.requests().size())).containsExactly(2);
    }

    @ClewTest
    void limitRaisedForARunDoesNotHoldForOneAfterMessagesWereRemoved(Lab lab) {
        ModelClient model = (request, call) -> says("done");
        var agent = agent(lab, model, Budget.calls(0));

        agent.invoke(AgentInput.trusted(RemoveMessage.all(), Message.user("1"))).only(Budget.EXCEEDED);
        agent.answer(Budget.EXCEEDED, BudgetDecision.raiseTo(5)).value();

        agent.invoke(AgentInput.trusted(RemoveMessage.all(), Message.user("2"))).only(Budget.EXCEEDED);
    }

    @ClewTest({MEMORY, SQLITE})
    void parkedQuestionIsAnsweredAfterTheLimitInTheCodeChanged(Lab lab) {
        Script script =
                Script.of(costs(calls(call("c1", "weather", "city", "Rome")), 900, 100), costs(says("done"), 900, 100));
        AtomicInteger limit = new AtomicInteger(1_000);
        var agent = lab.graph(() -> Agent.builder("travel", script)
                        .tools(travel.all())
                        .middleware(Budget.tokens(limit.get()))
                        .build()
                        .graph()
                        .durability(Durability.SYNC))
                .workflow(graph -> graph.workflow());

        agent.invoke(AgentInput.user("Go")).only(Budget.EXCEEDED);
        limit.set(900);
        lab.crash();

        assertThat(agent.answer(Budget.EXCEEDED, BudgetDecision.raiseTo(5_000))
                        .value()
                        .output())
                .isEqualTo("done");
    }

    @ClewTest
    void agentThatIsAToolWithoutPricesIsPricedByOurs(Lab lab) {
        Script inner = Script.of(costs(says("found"), 300, 100));
        Script outer =
                Script.of(costs(calls(call("o1", "research", "task", "Find")), 50, 50), costs(says("done"), 50, 50));
        var agent = lab.graph(() -> Agent.builder("lead", outer)
                        .tools(Agent.builder("researcher", inner).build().asTool("research", "Finds facts."))
                        .middleware(Budget.money("100", PRICES))
                        .build()
                        .graph())
                .workflow(graph -> graph.workflow());

        assertThat(agent.invoke(AgentInput.user("Go")).value().cost().money()).isEqualByComparingTo("6.00");
    }

    @ClewTest({MEMORY, SQLITE})
    void limitsCountWhatWasRemovedFromTheConversation(Lab lab) {
        ModelClient model = (request, call) -> request.lastMessage() instanceof ToolMessage
                ? says("done")
                : calls(call("c" + request.lastMessage().text(), "weather", "city", "Rome"));
        var agent = agent(lab, model, ToolCallLimit.perThread(2), ModelCallLimit.perThread(6));
        for (String number : List.of("1", "2")) {
            agent.invoke(AgentInput.trusted(RemoveMessage.all(), Message.user(number)))
                    .value();
        }

        lab.crash();
        AgentResult<String> third = agent.invoke(AgentInput.trusted(RemoveMessage.all(), Message.user("3")))
                .value();
        assertThat(third.messages())
                .extracting(Message::text)
                .contains("not executed: the limit of 2 calls is reached");
        AgentResult<String> fourth = agent.invoke(AgentInput.trusted(RemoveMessage.all(), Message.user("4")))
                .value();

        assertThat(fourth.end()).isEqualTo(End.LIMIT);
    }
}
