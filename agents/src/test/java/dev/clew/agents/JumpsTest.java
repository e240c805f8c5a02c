package dev.clew.agents;

import static dev.clew.agents.Script.call;
import static dev.clew.agents.Script.calls;
import static dev.clew.agents.Script.says;
import static dev.clew.testing.Storage.MEMORY;
import static dev.clew.testing.Storage.SQLITE;
import static org.assertj.core.api.Assertions.assertThat;

import dev.clew.agents.middleware.ToolCallLimit;
import dev.clew.messages.AiMessage;
import dev.clew.messages.Message;
import dev.clew.messages.MessageUpdate;
import dev.clew.messages.RemoveMessage;
import dev.clew.messages.ToolMessage;
import dev.clew.model.ModelClient;
import dev.clew.testing.ClewTest;
import dev.clew.testing.Lab;
import dev.clew.testing.TestWorkflow;
import dev.clew.tools.AgentTool;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

/** What hooks do to a run that is under way: they send it back to the model, and remove messages. */
final class JumpsTest {
    private final Travel travel = new Travel();

    private TestWorkflow<AgentInput, AgentResult<String>> agent(
            Lab lab, ModelClient model, List<AgentTool> tools, Middleware... middleware) {
        return lab.graph(() -> Agent.builder("travel", model)
                        .tools(tools)
                        .middleware(middleware)
                        .build()
                        .graph())
                .workflow(graph -> graph.workflow());
    }

    private static Middleware rejecting() {
        return Middleware.named(
                "rejecting",
                hooks -> hooks.afterModel(
                        (state, context) -> state.modelCalls() == 1
                                ? HookResult.jump(Jump.MODEL).messages(Message.user("Do not do that."))
                                : HookResult.proceed(),
                        Jump.MODEL));
    }

    @ClewTest({MEMORY, SQLITE})
    void callsThatAHookRejectsAreNotExecuted(Lab lab) {
        Script script = Script.of(calls(call("c1", "book", "to", "Rome", "days", 1)), says("I did not."));

        AgentResult<String> result = agent(lab, script, travel.all(), rejecting())
                .invoke(AgentInput.user("Go"))
                .value();

        assertThat(travel.done).isEmpty();
        assertThat(result.output()).isEqualTo("I did not.");
        ToolMessage told = (ToolMessage) script.lastRequest().messages().get(2);
        assertThat(told.isError()).isTrue();
        assertThat(told.text()).contains("not executed").contains("rejecting.after_model");
        assertThat(script.lastRequest().messages().get(3).text()).isEqualTo("Do not do that.");
    }

    @ClewTest
    void outputThatAHookRejectsIsNone(Lab lab) {
        Script script = Script.of(calls(call("c1", "City", "city", "Rome")), calls(call("c2", "City", "city", "Oslo")));
        var agent = lab.graph(() -> Agent.builder("travel", script)
                        .output(Travel.City.class)
                        .middleware(rejecting())
                        .build()
                        .graph())
                .workflow(graph -> graph.workflow());

        assertThat(agent.invoke(AgentInput.user("Go")).value().output().city()).isEqualTo("Oslo");
    }

    @ClewTest
    void outputThatAHookRejectsAtTheEndIsForgotten(Lab lab) {
        Script script = Script.of(calls(call("c1", "City", "city", "Rome")), says("no"), says("no"));
        Middleware strict = Middleware.named(
                "strict",
                hooks -> hooks.afterAgent(
                        (state, context) ->
                                state.modelCalls() == 1 ? HookResult.jump(Jump.MODEL) : HookResult.proceed(),
                        Jump.MODEL));
        var agent = lab.graph(() -> Agent.builder("travel", script)
                        .output(Travel.City.class)
                        .middleware(strict)
                        .build()
                        .graph())
                .workflow(graph -> graph.workflow());

        assertThat(agent.invoke(AgentInput.user("Go")).value().outputIfAny()).isEmpty();
    }

    @ClewTest
    void hookAfterTheAgentSendsADirectResultBack(Lab lab) {
        Middleware again = Middleware.named(
                "again",
                hooks -> hooks.afterAgent(
                        (state, context) ->
                                state.modelCalls() == 1 ? HookResult.jump(Jump.MODEL) : HookResult.proceed(),
                        Jump.MODEL));
        Script script = Script.of(calls(call("c1", "weather", "city", "Rome")), says("Take a coat."));

        AgentResult<String> result = agent(lab, script, List.of(travel.weather().returnDirect()), again)
                .invoke(AgentInput.user("Go"))
                .value();

        assertThat(result.output()).isEqualTo("Take a coat.");
    }

    // --- messages that are removed ---

    /** Calls the weather twice in two answers, and then says something, whatever is in the conversation. */
    private static ModelClient counting(AtomicInteger asked) {
        return (request, call) -> {
            int number = asked.incrementAndGet();
            if (number > 5) {
                throw new IllegalStateException("the model is asked again and again");
            }
            return number <= 2 ? calls(call("w" + number, "weather", "city", "C" + number)) : says("done");
        };
    }

    /** Keeps a summary and the last messages. */
    private static Middleware trimming() {
        return Middleware.named(
                "trimming",
                hooks -> hooks.beforeModel((state, context) -> {
                    List<Message> all = state.messages();
                    if (all.size() < 5) {
                        return HookResult.proceed();
                    }
                    List<MessageUpdate> kept = new ArrayList<>(List.of(RemoveMessage.all(), Message.user("Earlier…")));
                    kept.addAll(all.subList(all.size() - 2, all.size()));
                    return HookResult.proceed().messages(kept.toArray(MessageUpdate[]::new));
                }));
    }

    private static AgentInput longHistory() {
        List<Message> history = new ArrayList<>();
        for (int i = 0; i < 40; i++) {
            history.add(Message.user("question " + i));
            history.add(Message.ai("answer " + i));
        }
        history.add(Message.user("Go"));
        return AgentInput.of(history.toArray(Message[]::new));
    }

    @ClewTest({MEMORY, SQLITE})
    void callsAreExecutedAfterAHookTrimmedTheConversation(Lab lab) {
        AtomicInteger asked = new AtomicInteger();

        AgentResult<String> result = agent(lab, counting(asked), travel.all(), trimming())
                .invoke(longHistory())
                .value();

        assertThat(asked).hasValue(3);
        assertThat(travel.done).containsExactly("weather C1", "weather C2");
        assertThat(result.output()).isEqualTo("done");
        assertThat(result.messages().get(0)).isInstanceOf(AiMessage.class);
    }

    @ClewTest
    void limitOfCallsCountsAfterAHookTrimmedTheConversation(Lab lab) {
        AtomicInteger asked = new AtomicInteger();
        Middleware trimmed = Middleware.named(
                "trimmed",
                hooks -> hooks.beforeModel((state, context) -> state.messages().size() < 80
                        ? HookResult.proceed()
                        : HookResult.proceed()
                                .messages(state.messages().subList(0, 79).stream()
                                        .map(message -> new RemoveMessage(String.valueOf(message.id())))
                                        .toArray(MessageUpdate[]::new))));

        agent(lab, counting(asked), travel.all(), trimmed, ToolCallLimit.perRun(1))
                .invoke(longHistory())
                .value();

        assertThat(travel.done).containsExactly("weather C1");
    }
}
