package dev.clew.agents;

import static dev.clew.agents.Script.call;
import static dev.clew.agents.Script.calls;
import static dev.clew.agents.Script.says;
import static dev.clew.testing.Storage.MEMORY;
import static dev.clew.testing.Storage.SQLITE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.clew.messages.AiMessage;
import dev.clew.messages.InvalidToolCall;
import dev.clew.messages.Message;
import dev.clew.messages.ToolCall;
import dev.clew.messages.ToolMessage;
import dev.clew.testing.ClewTest;
import dev.clew.testing.Lab;
import dev.clew.testing.TestWorkflow;
import dev.clew.tools.AgentTool;
import dev.clew.value.IllegalRequestException;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The loop: what it executes, what it tells the model, and how it ends. */
final class AgentLoopTest {
    private final Travel travel = new Travel();

    private TestWorkflow<AgentInput, AgentResult<String>> agent(Lab lab, Script script, AgentTool... tools) {
        return agent(lab, script, builder -> builder.tools(tools));
    }

    private TestWorkflow<AgentInput, AgentResult<String>> agent(
            Lab lab, Script script, UnaryOperator<Agent.Builder<String>> options) {
        return lab.graph(() -> options.apply(Agent.builder("travel", script).systemPrompt("You plan trips."))
                        .build()
                        .graph())
                .workflow(graph -> graph.workflow());
    }

    private static List<String> texts(List<Message> messages) {
        return messages.stream()
                .map(message -> message.getClass().getSimpleName() + ":" + message.text())
                .toList();
    }

    @ClewTest({MEMORY, SQLITE})
    @Tag("G173")
    @Tag("G158")
    void asksTheModelAgainWithTheResultsInTheOrderOfTheCalls(Lab lab) {
        Script script = Script.of(
                calls(call("c1", "weather", "city", "Rome"), call("c2", "weather", "city", "Oslo")),
                says("Go to Rome."));

        AgentResult<String> result = agent(lab, script, travel.weather())
                .invoke(AgentInput.user("Where to?"))
                .value();

        assertThat(result.output()).isEqualTo("Go to Rome.");
        assertThat(result.end()).isEqualTo(End.ANSWERED);
        assertThat(texts(result.messages()))
                .containsExactly(
                        "AiMessage:", "ToolMessage:sun in Rome", "ToolMessage:sun in Oslo", "AiMessage:Go to Rome.");
        assertThat(script.lastRequest().systemPrompt()).isEqualTo("You plan trips.");
        assertThat(texts(script.lastRequest().messages())).startsWith("HumanMessage:Where to?");
        assertThat(result.messages().get(0).name()).isEqualTo("travel"); // G178
    }

    @ClewTest
    @Tag("G030")
    void remembersTheConversationOfItsThread(Lab lab) {
        var agent = agent(lab, Script.of(says("Hello."), says("You said hi.")), travel.weather());
        agent.invoke(AgentInput.user("hi"));

        AgentResult<String> second =
                agent.invoke(AgentInput.user("What did I say?")).value();

        assertThat(second.output()).isEqualTo("You said hi.");
        assertThat(second.messages()).hasSize(1);
    }

    @ClewTest
    @Tag("G160")
    @Tag("G161")
    void tellsTheModelOfAnUnknownToolAndOfWrongArguments(Lab lab) {
        Script script = Script.of(
                calls(call("c1", "wether"), call("c2", "book", "To", "Rome", "days", "many")), says("Sorry."));

        AgentResult<String> result = agent(lab, script, travel.weather(), travel.book())
                .invoke(AgentInput.user("Go"))
                .value();

        assertThat(travel.done).isEmpty();
        assertThat(result.messages())
                .filteredOn(ToolMessage.class::isInstance)
                .allMatch(message -> ((ToolMessage) message).isError())
                .extracting(Message::text)
                .satisfiesExactly(
                        unknown -> assertThat(unknown).contains("'wether' is not a tool", "weather", "book"),
                        wrong -> assertThat(wrong)
                                .contains("to: expected a value, given nothing")
                                .contains("To: expected no such member; there are [to, days], given \"Rome\"")
                                .contains("days: expected a whole number, given \"many\""));
    }

    @ClewTest
    @Tag("G162")
    @Tag("G163")
    void toolThatThrowsFailsTheRunAndItsSiblingsKeepTheirResults(Lab lab) {
        Script script = Script.of(
                calls(call("c1", "weather", "city", "Rome"), call("c2", "fails", "city", "Rome")), says("never"));
        var agent = agent(lab, script, travel.weather(), travel.fails());

        assertThat(agent.invoke(AgentInput.user("Go")).failure()).isPresent();
        assertThat(agent.proceed().failure()).isPresent();

        assertThat(travel.done).containsExactly("weather Rome");
    }

    @ClewTest
    void toolThatSaysThatItFailedIsToldToTheModel(Lab lab) {
        Script script = Script.of(calls(call("c1", "refuses", "city", "Rome")), says("It is not there."));

        AgentResult<String> result = agent(lab, script, travel.refuses())
                .invoke(AgentInput.user("Go"))
                .value();

        assertThat(((ToolMessage) result.messages().get(1)).isError()).isTrue();
        assertThat(result.output()).isEqualTo("It is not there.");
    }

    @ClewTest
    @Tag("G175")
    void endsWithoutTheModelIfAllCallsReturnDirectly(Lab lab) {
        Script script = Script.of(calls(call("c1", "weather", "city", "Rome")));

        AgentResult<String> result = agent(lab, script, travel.weather().returnDirect())
                .invoke(AgentInput.user("Go"))
                .value();

        assertThat(result.end()).isEqualTo(End.RETURN_DIRECT);
        assertThat(result.output()).isEqualTo("sun in Rome");
    }

    @ClewTest
    @Tag("G175")
    void asksTheModelIfOneCallDoesNotReturnDirectly(Lab lab) {
        Script mixed = Script.of(
                calls(call("c1", "weather", "city", "Rome"), call("c2", "book", "to", "Rome", "days", 1)),
                says("done"));

        AgentResult<String> result = agent(lab, mixed, travel.weather().returnDirect(), travel.book())
                .invoke(AgentInput.user("Go"))
                .value();

        assertThat(result.output()).isEqualTo("done");
    }

    @ClewTest
    void asksTheModelIfACallThatReturnsDirectlyFailed(Lab lab) {
        Script failed = Script.of(calls(call("c1", "weather", "town", "Rome")), says("sorry"));

        AgentResult<String> result = agent(lab, failed, travel.weather().returnDirect())
                .invoke(AgentInput.user("Go"))
                .value();

        assertThat(result.output()).isEqualTo("sorry");
    }

    @ClewTest
    void exclusiveCallRunsAloneInTheOrderOfTheCalls(Lab lab) {
        Script script = Script.of(
                calls(
                        call("c1", "weather", "city", "Rome"),
                        call("c2", "book", "to", "Rome", "days", 2),
                        call("c3", "weather", "city", "Oslo")),
                says("done"));

        AgentResult<String> result = agent(
                        lab, script, travel.weather(), travel.book().exclusive())
                .invoke(AgentInput.user("Go"))
                .value();

        assertThat(travel.done).containsExactly("weather Rome", "book Rome 2", "weather Oslo");
        assertThat(script.requests()).hasSize(2);
        assertThat(texts(result.messages()))
                .containsExactly(
                        "AiMessage:",
                        "ToolMessage:sun in Rome",
                        "ToolMessage:{\"booked\":\"Rome\"}",
                        "ToolMessage:sun in Oslo",
                        "AiMessage:done");
    }

    @ClewTest
    @Tag("G166")
    void callsOfOneIdInSeveralAnswersAndInOneAreAllExecuted(Lab lab) {
        Script script = Script.of(
                calls(call("call_0", "weather", "city", "Rome"), call("call_0", "weather", "city", "Oslo")),
                calls(call("call_0", "weather", "city", "Bern")),
                calls(call("", "weather", "city", "Kiel")),
                says("done"));

        AgentResult<String> result = agent(lab, script, travel.weather())
                .invoke(AgentInput.user("Go"))
                .value();

        assertThat(travel.done)
                .containsExactlyInAnyOrder("weather Rome", "weather Oslo", "weather Bern", "weather Kiel");
        assertThat(result.messages().stream()
                        .filter(AiMessage.class::isInstance)
                        .flatMap(message -> ((AiMessage) message).toolCalls().stream())
                        .map(ToolCall::id))
                .doesNotHaveDuplicates()
                .allMatch(id -> id.matches("[a-zA-Z0-9_-]{1,40}"));
    }

    @ClewTest
    void callThatIsNoJsonIsToldToTheModelAndNotExecuted(Lab lab) {
        AiMessage broken = Message.ai("")
                .withInvalidToolCalls(List.of(InvalidToolCall.of("c1", "weather", "{\"city\": \"Ro", "not closed")));
        Script script = Script.of(broken, says("done"));

        AgentResult<String> result = agent(lab, script, travel.weather())
                .invoke(AgentInput.user("Go"))
                .value();

        assertThat(result.messages().get(1).text()).contains("not a JSON object (not closed)");
        assertThat(result.output()).isEqualTo("done");
    }

    @ClewTest
    @Tag("G174")
    void callThatInputBringsIsNotExecutedAndGetsAnError(Lab lab) {
        Script script = Script.of(says("not used"), says("Hello."));
        AgentInput input = AgentInput.of(
                Message.user("earlier"),
                Message.ai(call("c9", "book", "to", "Rome", "days", 9)).withId("a9"),
                Message.user("now"));

        AgentResult<String> result =
                agent(lab, script, travel.book()).invoke(input).value();

        assertThat(travel.done).isEmpty();
        assertThat(result.output()).isEqualTo("Hello.");
        assertThat(texts(script.lastRequest().messages()))
                .containsExactly(
                        "HumanMessage:earlier",
                        "AiMessage:",
                        "ToolMessage:not executed: the conversation went on without it",
                        "HumanMessage:now");
    }

    @Test
    void resultOfACallThatTheInputDoesNotHaveIsLeftOut() {
        ToolCall ours = call("c1", "book");

        assertThat(AgentInput.of(Message.tool(ours, "Successfully handled tool call."), Message.user("thanks"))
                        .messages())
                .containsExactly(Message.user("thanks"));
        assertThat(AgentInput.of(Message.ai(ours), Message.tool(ours, "booked")).messages())
                .hasSize(2);
        assertThatThrownBy(() -> AgentInput.of(Message.system("obey")))
                .isInstanceOf(IllegalRequestException.class)
                .hasMessageContaining("systemPrompt");
    }

    @ClewTest
    void middlewareStandsAroundTheModelAndTheTools(Lab lab) {
        Script script = Script.of(calls(call("c1", "weather", "city", "Rome")), says("done"));
        Middleware brief = Middleware.named(
                "brief",
                hooks -> hooks.wrapModelCall((request, run, next) -> next.call(request.withSystemPrompt("Be brief.")))
                        .wrapToolCall((call, run, next) -> next.call(call.withArgs(Map.of("city", "Bern")))));

        agent(lab, script, builder -> builder.tools(travel.weather()).middleware(brief))
                .invoke(AgentInput.user("Go"))
                .value();

        assertThat(travel.done).containsExactly("weather Bern");
        assertThat(script.lastRequest().systemPrompt()).isEqualTo("Be brief.");
    }

    @ClewTest
    void messageOfAWrapperGetsIdsOfItsOwn(Lab lab) {
        AiMessage same = Message.ai(call("c1", "weather", "city", "Rome")).withId("a1");
        Middleware cache = Middleware.named(
                "cache",
                hooks -> hooks.wrapModelCall((request, run, next) -> request.messages().stream()
                                                .filter(AiMessage.class::isInstance)
                                                .count()
                                        < 2
                                ? same
                                : next.call(request))
                        .wrapToolCall((call, run, next) -> ToolAnswer.of(
                                Message.tool(call("other", "weather"), "sun").withId("t1"))));
        Script script = Script.of(says("not used"), says("not used"), says("done"));

        AgentResult<String> result = agent(
                        lab, script, builder -> builder.tools(travel.weather()).middleware(cache))
                .invoke(AgentInput.user("Go"))
                .value();

        assertThat(texts(result.messages()))
                .containsExactly("AiMessage:", "ToolMessage:sun", "AiMessage:", "ToolMessage:sun", "AiMessage:done");
        assertThat(result.messages().stream().map(Message::id)).doesNotHaveDuplicates();
    }

    @ClewTest
    void openCallsOfOneIdInTheInputAreAllRepaired(Lab lab) {
        Script script = Script.of(says("not used"), says("not used"), says("Hello."), says("Again."));
        var agent = agent(lab, script, travel.book());

        AgentResult<String> result = agent.invoke(AgentInput.of(
                        Message.user("one"),
                        Message.ai(call("call_0", "book")).withId("a1"),
                        Message.user("two"),
                        Message.ai(call("call_0", "book")).withId("a2"),
                        Message.user("three")))
                .value();
        agent.invoke(AgentInput.user("four")).value();

        assertThat(texts(result.messages())).containsExactly("AiMessage:Hello.");
        String error = "ToolMessage:not executed: the conversation went on without it";
        assertThat(texts(script.lastRequest().messages()))
                .containsExactly(
                        "HumanMessage:one",
                        "AiMessage:",
                        error,
                        "HumanMessage:two",
                        "AiMessage:",
                        error,
                        "HumanMessage:three",
                        "AiMessage:Hello.",
                        "HumanMessage:four");
    }

    @Test
    void personWhoSaysNothingIsRefused() {
        for (String blank : List.of("", " \n")) {
            assertThatThrownBy(() -> AgentInput.user(blank))
                    .isInstanceOf(IllegalRequestException.class)
                    .hasMessageContaining("says nothing");
        }
    }

    @ClewTest
    void longTextOfAToolIsCutWithANote(Lab lab) {
        Script script = Script.of(calls(call("c1", "weather", "city", "Rome")), says("done"));

        AgentResult<String> result = agent(
                        lab, script, travel.weather().longestText(3).exclusive())
                .invoke(AgentInput.user("Go"))
                .value();

        assertThat(result.messages().get(1).text()).isEqualTo("sun\n[cut: 8 more characters; ask for less]");
        assertThatThrownBy(() -> travel.weather().longestText(0)).isInstanceOf(IllegalRequestException.class);
    }

    @ClewTest
    void modelIsChosenByTheState(Lab lab) {
        Script first = Script.of(calls(call("c1", "weather", "city", "Rome")));
        Script second = Script.of(says("never"), says("from the second"));

        AgentResult<String> result = agent(
                        lab,
                        first,
                        builder -> builder.tools(travel.weather())
                                .model(state -> state.modelCalls() == 0 ? first : second))
                .invoke(AgentInput.user("Go"))
                .value();

        assertThat(result.output()).isEqualTo("from the second");
        assertThat(first.requests()).hasSize(1);
        assertThat(second.requests()).hasSize(1);
    }
}
