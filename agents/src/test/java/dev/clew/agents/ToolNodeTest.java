package dev.clew.agents;

import static dev.clew.agents.Script.call;
import static dev.clew.agents.Script.calls;
import static dev.clew.agents.Script.says;
import static org.assertj.core.api.Assertions.assertThat;

import dev.clew.agents.middleware.TodoList;
import dev.clew.agents.middleware.ToolErrors;
import dev.clew.graph.GraphWorkflow;
import dev.clew.messages.Message;
import dev.clew.messages.ToolMessage;
import dev.clew.model.ToolSpec;
import dev.clew.task.TaskFailedException;
import dev.clew.testing.ClewTest;
import dev.clew.testing.Lab;
import dev.clew.testing.TestWorkflow;
import dev.clew.tools.AgentTool;
import dev.clew.tools.ToolResult;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Tag;

/** What LangGraph's users know of {@code ToolNode}, {@code tools_condition} and {@code wrap_tool_call}. */
final class ToolNodeTest {
    private final Travel travel = new Travel();

    private TestWorkflow<AgentInput, AgentResult<String>> agent(
            Lab lab, Script script, List<AgentTool> tools, Middleware... middleware) {
        return lab.graph(() -> Agent.builder("travel", script)
                        .tools(tools)
                        .middleware(middleware)
                        .build()
                        .graph())
                .workflow(graph -> graph.workflow());
    }

    private static List<String> results(AgentResult<String> result) {
        return result.messages().stream()
                .filter(ToolMessage.class::isInstance)
                .map(Message::text)
                .toList();
    }

    /** There are no calls or messages to hand to a node: a hook adds a message with calls, and each is executed by itself. */
    @ClewTest
    @Tag("G159")
    void callsThatAHookAddsAreExecutedAndAnsweredOneByOne(Lab lab) {
        Middleware plan = Middleware.named(
                "plan",
                hooks -> hooks.beforeModel(
                        (state, context) -> state.messagesOfRun().isEmpty()
                                ? HookResult.jump(Jump.TOOLS)
                                        .messages(Message.ai(
                                                call("p1", "weather", "city", "Rome"),
                                                call("p2", "weather", "city", "Oslo")))
                                : HookResult.proceed(),
                        Jump.TOOLS));

        AgentResult<String> result = agent(lab, Script.of(says("never"), says("done")), travel.all(), plan)
                .invoke(AgentInput.user("Go"))
                .value();

        assertThat(results(result)).containsExactly("sun in Rome", "sun in Oslo");
        assertThat(result.messages())
                .filteredOn(ToolMessage.class::isInstance)
                .extracting(message -> ((ToolMessage) message).toolCallId())
                .containsExactly("p1", "p2");
    }

    @ClewTest
    @Tag("G169")
    void noUpdateOfACallIsDroppedWhateverTheOthersOfTheTurnGive(Lab lab) {
        AgentTool notes = AgentTool.of(
                "notes",
                "Notes.",
                Travel.City.class,
                (city, context) -> ToolResult.of("noted")
                        .update(TodoList.STATE.changes().update())
                        .artifact(Map.of("city", city.city())));
        Map<String, Object> todo = Map.of("content", "one", "status", "pending");
        Script script = Script.of(
                calls(
                        call("c1", "write_todos", "todos", List.of(todo)),
                        call("c2", "notes", "city", "Rome"),
                        call("c3", "weather", "city", "Oslo")),
                says("done"));
        var agent = agent(lab, script, List.of(notes, travel.weather()), TodoList.create());

        AgentResult<String> result = agent.invoke(AgentInput.user("Go")).value();

        AgentState state = (AgentState) ((GraphWorkflow<?, ?, ?>) agent.get())
                .snapshot(agent.config().threadId().orElseThrow())
                .values();
        assertThat(state.get(TodoList.STATE).todos()).hasSize(1);
        assertThat(results(result)).hasSize(3).endsWith("noted", "sun in Oslo");
    }

    @ClewTest
    @Tag("G171")
    void wrapperSeesTheCallAndMayChangeRepeatAnswerAndAddTools(Lab lab) {
        AtomicInteger failures = new AtomicInteger(1);
        AgentTool shaky = AgentTool.of("shaky", "Fails once.", Travel.City.class, (city, context) -> {
            if (failures.getAndDecrement() > 0) {
                throw new IllegalStateException("once");
            }
            return "at last " + city.city();
        });
        Middleware wrapper = Middleware.named(
                "wrapper",
                hooks -> hooks.handleUnknownTools().wrapToolCall((call, run, next) -> {
                    if (call.name().equals("shaky")) {
                        try {
                            return next.call(call);
                        } catch (TaskFailedException failed) {
                            return next.call(call.withArgs(Map.of("city", "Bern")));
                        }
                    }
                    return call.name().equals("unknown")
                            ? ToolAnswer.of(Message.tool(call, "made up for " + call.args()))
                            : next.call(call);
                }));
        Script script = Script.of(
                calls(
                        call("c1", "shaky", "city", "Rome"),
                        call("c2", "unknown", "city", "Rome"),
                        call("c3", "weather", "city", "Rome")),
                says("done"));

        AgentResult<String> result = agent(lab, script, List.of(shaky, travel.weather()), ToolErrors.tell(), wrapper)
                .invoke(AgentInput.user("Go"))
                .value();

        assertThat(results(result)).containsExactly("at last Bern", "made up for {city=Rome}", "sun in Rome");
    }

    @ClewTest
    @Tag("G172")
    void answerWithCallsLeadsToTheToolsAndAnyOtherEndsTheRun(Lab lab) {
        Script script = Script.of(calls(call("c1", "weather", "city", "Rome")), says("It is sunny."));

        AgentResult<String> result =
                agent(lab, script, travel.all()).invoke(AgentInput.user("Go")).value();

        assertThat(result.end()).isEqualTo(End.ANSWERED);
        assertThat(script.requests()).hasSize(2);
        assertThat(travel.done).containsExactly("weather Rome");
    }

    /** The agent binds the tools itself, so a model cannot have others. */
    @ClewTest
    @Tag("G179")
    void modelIsGivenExactlyTheToolsOfTheAgentInEachRequest(Lab lab) {
        Script script = Script.of(calls(call("c1", "weather", "city", "Rome")), says("done"));

        agent(lab, script, travel.all(), TodoList.create()).invoke(AgentInput.user("Go"));

        assertThat(script.requests())
                .hasSize(2)
                .allSatisfy(request -> assertThat(request.tools())
                        .extracting(tool -> ((ToolSpec.Function) tool).name())
                        .containsExactly("weather", "book", "fails", "refuses", "write_todos"));
    }
}
