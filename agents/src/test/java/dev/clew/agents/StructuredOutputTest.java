package dev.clew.agents;

import static dev.clew.agents.Script.call;
import static dev.clew.agents.Script.calls;
import static dev.clew.agents.Script.says;
import static dev.clew.testing.Storage.MEMORY;
import static dev.clew.testing.Storage.SQLITE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.clew.agents.middleware.HumanInTheLoop;
import dev.clew.agents.middleware.ModelCallLimit;
import dev.clew.messages.InvalidToolCall;
import dev.clew.messages.Message;
import dev.clew.model.ModelProfile;
import dev.clew.model.ToolChoice;
import dev.clew.testing.ClewTest;
import dev.clew.testing.Lab;
import dev.clew.testing.TestWorkflow;
import dev.clew.value.IllegalRequestException;
import dev.clew.value.TypeRef;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Outputs with a type: how the model is made to write them, and what becomes of those that do not fit. */
@Tag("G177")
final class StructuredOutputTest {
    record Plan(String to, List<String> days) {}

    private final Travel travel = new Travel();

    private <T> TestWorkflow<AgentInput, AgentResult<T>> agent(Lab lab, Script script, TypeRef<T> output) {
        return lab.graph(() -> Agent.builder("travel", script)
                        .tools(travel.all())
                        .middleware(HumanInTheLoop.on(Travel.BOOK))
                        .output(output)
                        .build()
                        .graph())
                .workflow(graph -> graph.workflow());
    }

    private static final TypeRef<Plan> PLAN = TypeRef.of(Plan.class);

    @ClewTest({MEMORY, SQLITE})
    void isWrittenAsTheArgumentsOfAToolAfterTheOtherCalls(Lab lab) {
        Script script = Script.of(calls(
                call("c1", "Plan", "to", "Rome", "days", List.of("Forum")),
                call("c2", "book", "to", "Rome", "days", 1)));
        var agent = agent(lab, script, PLAN);

        agent.invoke(AgentInput.user("Plan"));
        lab.crash();
        AgentResult<Plan> result =
                agent.answer(HumanInTheLoop.APPROVAL, Decision.approve()).value();

        assertThat(result.output()).isEqualTo(new Plan("Rome", List.of("Forum")));
        assertThat(travel.done).containsExactly("book Rome 1");
        assertThat(script.requests()).hasSize(1);
        assertThat(script.lastRequest().tools())
                .last()
                .matches(tool -> tool.name().equals("Plan"));
    }

    @ClewTest
    void whatDoesNotFitIsToldToTheModelThreeTimesAtMost(Lab lab) {
        Script script = Script.of(
                calls(call("c1", "Plan", "to", "Rome")),
                calls(call("c2", "Plan", "to", "Rome")),
                calls(call("c3", "Plan", "to", "Rome")));

        AgentResult<Plan> result =
                agent(lab, script, PLAN).invoke(AgentInput.user("Plan")).value();

        assertThat(result.outputIfAny()).isEmpty();
        assertThatThrownBy(result::output).isInstanceOf(NoOutputException.class).hasMessageContaining("ANSWERED");
        assertThat(result.messages().get(1).text()).contains("days: expected a value, given nothing");
        assertThat(script.requests()).hasSize(3);
    }

    @ClewTest
    void modelThatAnswersInWordsIsRemindedOnce(Lab lab) {
        Script script = Script.of(says("Go to Rome."), calls(call("c1", "Plan", "to", "Rome", "days", List.of())))
                .with(ModelProfile.unknown().withForcedToolChoice(true));

        AgentResult<Plan> result =
                agent(lab, script, PLAN).invoke(AgentInput.user("Plan")).value();

        assertThat(result.output()).isEqualTo(new Plan("Rome", List.of()));
        assertThat(script.lastRequest().toolChoice()).isEqualTo(ToolChoice.named("Plan"));
    }

    @ClewTest
    void modelThatCanAnswerInTheFormIsAskedForIt(Lab lab) {
        Script script = Script.of(says("nonsense"), says("{\"to\":\"Rome\",\"days\":[\"Forum\"]}"))
                .with(ModelProfile.unknown().withStructuredOutput(true, true));

        AgentResult<Plan> result =
                agent(lab, script, PLAN).invoke(AgentInput.user("Plan")).value();

        assertThat(result.output()).isEqualTo(new Plan("Rome", List.of("Forum")));
        assertThat(String.valueOf(script.lastRequest().outputFormat())).contains("Plan");
        assertThat(script.lastRequest().lastMessage().text()).startsWith("Your answer was not taken.");
    }

    @ClewTest
    void whatIsNoObjectIsWrapped(Lab lab) {
        Script script = Script.of(calls(call("c1", "List", "value", List.of("Rome", "Oslo"))));

        assertThat(agent(lab, script, new TypeRef<List<String>>() {})
                        .invoke(AgentInput.user("Where?"))
                        .value()
                        .output())
                .containsExactly("Rome", "Oslo");
    }

    @ClewTest
    void eachInputClearsTheOutputOfTheRunBefore(Lab lab) {
        Script script = Script.of(
                calls(call("c1", "Plan", "to", "Rome", "days", List.of())), says("No plan."), says("Still none."));
        var agent = agent(lab, script, PLAN);
        agent.invoke(AgentInput.user("Plan"));

        assertThat(agent.invoke(AgentInput.of(Message.user("And now?"))).value().outputIfAny())
                .isEmpty();
    }

    @ClewTest
    void finishedOutputIsTakenAtTheLimit(Lab lab) {
        Script script = Script.of(calls(call("c1", "Plan", "to", "Rome", "days", List.of())));

        assertThat(limited(lab, script).invoke(AgentInput.user("Plan")).value().output())
                .isEqualTo(new Plan("Rome", List.of()));
    }

    @ClewTest
    void modelIsNotAskedAboveTheLimitForAnOutputThatFits(Lab lab) {
        Script script = Script.of(calls(call("c1", "Plan", "to", "Rome")));

        AgentResult<Plan> result =
                limited(lab, script).invoke(AgentInput.user("Plan")).value();

        assertThat(result.end()).isEqualTo(End.LIMIT);
        assertThat(result.outputIfAny()).isEmpty();
        assertThat(script.requests()).hasSize(1);
    }

    private TestWorkflow<AgentInput, AgentResult<Plan>> limited(Lab lab, Script script) {
        return lab.graph(() -> Agent.builder("travel", script)
                        .middleware(ModelCallLimit.perRun(1))
                        .output(Plan.class)
                        .build()
                        .graph())
                .workflow(graph -> graph.workflow());
    }

    @ClewTest
    void badlyWrittenCallDoesNotForceTheOutput(Lab lab) {
        Script script = Script.of(
                        Message.ai("").withInvalidToolCalls(List.of(InvalidToolCall.of("c1", "weather", "{", "open"))),
                        calls(call("c2", "Plan", "to", "Rome", "days", List.of())))
                .with(ModelProfile.unknown().withForcedToolChoice(true));

        agent(lab, script, PLAN).invoke(AgentInput.user("Plan")).value();

        assertThat(script.lastRequest().toolChoice()).isNotEqualTo(ToolChoice.named("Plan"));
    }

    @Test
    void toolThatReturnsDirectlyIsRefusedBesideAnOutput() {
        assertThatThrownBy(() -> Agent.builder("travel", Script.of())
                        .tools(travel.weather().returnDirect())
                        .output(Plan.class)
                        .build())
                .isInstanceOf(IllegalRequestException.class)
                .hasMessageContaining("'weather' returns directly");
    }
}
