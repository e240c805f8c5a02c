package dev.clew.agents;

import static dev.clew.agents.Script.call;
import static dev.clew.agents.Script.calls;
import static dev.clew.agents.Script.says;
import static dev.clew.testing.Storage.MEMORY;
import static dev.clew.testing.Storage.SQLITE;
import static org.assertj.core.api.Assertions.assertThat;

import dev.clew.agents.middleware.HumanInTheLoop;
import dev.clew.flow.Durability;
import dev.clew.flow.RunResult;
import dev.clew.flow.WhenInterrupted;
import dev.clew.interrupt.Answer;
import dev.clew.interrupt.Command;
import dev.clew.interrupt.PendingInterrupt;
import dev.clew.messages.Message;
import dev.clew.messages.ToolMessage;
import dev.clew.testing.ClewTest;
import dev.clew.testing.Lab;
import dev.clew.testing.TestRun;
import dev.clew.testing.TestWorkflow;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import org.junit.jupiter.api.Tag;

/** Calls that a person decides about, in any process. */
final class HumanInTheLoopTest {
    private final Travel travel = new Travel();
    private final Script booking =
            Script.of(calls(call("c1", "book", "to", "Rome", "days", 3)), says("Well."), says("Another."));

    private TestWorkflow<AgentInput, AgentResult<String>> agent(Lab lab, Script script, Middleware... middleware) {
        return lab.graph(() -> Agent.builder("travel", script)
                        .tools(travel.all())
                        .middleware(middleware)
                        .build()
                        .graph()
                        .durability(Durability.SYNC))
                .workflow(graph -> graph.workflow());
    }

    private TestWorkflow<AgentInput, AgentResult<String>> agent(Lab lab) {
        return agent(lab, booking, HumanInTheLoop.on(Travel.BOOK));
    }

    private static ToolMessage result(TestRun<AgentResult<String>> run) {
        return (ToolMessage) run.value().messages().get(1);
    }

    @ClewTest({MEMORY, SQLITE})
    void callWaitsAndIsExecutedOnceWhenItIsApprovedInAnotherProcess(Lab lab) {
        var agent = agent(lab);

        var question = agent.invoke(AgentInput.user("Book")).only(HumanInTheLoop.APPROVAL);
        assertThat(question.value())
                .isEqualTo(new ToolApproval(
                        "c1",
                        "book",
                        Map.of("to", "Rome", "days", 3),
                        "Execute 'book'?",
                        Set.of(Decision.Kind.values())));
        assertThat(travel.done).isEmpty();
        lab.crash();
        var done = agent.answer(HumanInTheLoop.APPROVAL, Decision.approve());

        assertThat(done.value().output()).isEqualTo("Well.");
        assertThat(travel.done).containsExactly("book Rome 3");
        assertThat(booking.requests()).hasSize(2);
        assertThat(done.replayed("gates")).isEqualTo(1);
    }

    @ClewTest
    void rejectedCallIsNotExecutedAndTheModelIsToldWhy(Lab lab) {
        var agent = agent(lab);
        agent.invoke(AgentInput.user("Book"));

        var done = agent.answer(HumanInTheLoop.APPROVAL, Decision.reject("Too expensive."));

        assertThat(travel.done).isEmpty();
        assertThat(result(done).isError()).isTrue();
        assertThat(result(done).text()).contains("rejected").endsWith("Too expensive.");
    }

    @ClewTest
    void responseIsTheResult(Lab lab) {
        var agent = agent(lab);
        agent.invoke(AgentInput.user("Book"));

        var done = agent.answer(HumanInTheLoop.APPROVAL, Decision.respond("I booked it myself."));

        assertThat(travel.done).isEmpty();
        assertThat(result(done))
                .isEqualTo(Message.tool(call("c1", "book"), "I booked it myself.")
                        .withId(result(done).id()));
    }

    @ClewTest
    void editedCallRunsWithTheNewArgumentsAndTheModelIsTold(Lab lab) {
        var agent = agent(lab);
        agent.invoke(AgentInput.user("Book"));

        var done = agent.answer(HumanInTheLoop.APPROVAL, Decision.edit("book", Map.of("to", "Oslo", "days", 1)));

        assertThat(travel.done).containsExactly("book Oslo 1");
        assertThat(result(done).text())
                .startsWith("[A person changed the arguments; it ran with {")
                .contains("Oslo");
    }

    @ClewTest
    void editThatDoesNotFitOrChangesTheToolIsAskedAgain(Lab lab) {
        var agent = agent(lab);
        agent.invoke(AgentInput.user("Book"));

        var again = agent.answer(HumanInTheLoop.APPROVAL, Decision.edit("book", Map.of("to", "Oslo")));
        assertThat(again.only(HumanInTheLoop.APPROVAL).value().description()).contains("days: expected a value");
        var third = agent.answer(HumanInTheLoop.APPROVAL, Decision.edit("weather", Map.of("city", "Oslo")));
        assertThat(third.only(HumanInTheLoop.APPROVAL).value().description()).contains("keeps the tool 'book'");
        agent.answer(HumanInTheLoop.APPROVAL, Decision.approve());

        assertThat(travel.done).containsExactly("book Rome 3");
    }

    @ClewTest
    void editMeetsTheRulesThatDenyAgain(Lab lab) {
        Middleware notOslo = Middleware.named(
                "notOslo",
                hooks -> hooks.gate((call, state, context) ->
                        "Oslo".equals(call.args().get("to")) ? Verdict.deny("Not to Oslo.") : Verdict.allow()));
        var agent = agent(lab, booking, HumanInTheLoop.on(Travel.BOOK), notOslo);
        agent.invoke(AgentInput.user("Book"));

        var again = agent.answer(HumanInTheLoop.APPROVAL, Decision.edit("book", Map.of("to", "Oslo", "days", 1)));

        assertThat(again.only(HumanInTheLoop.APPROVAL).value().description()).contains("Not to Oslo.");
        agent.answer(HumanInTheLoop.APPROVAL, Decision.reject(""));
        assertThat(travel.done).isEmpty();
    }

    @ClewTest
    void decisionThatIsNotAllowedIsAskedAgain(Lab lab) {
        var agent =
                agent(lab, booking, HumanInTheLoop.on(Travel.BOOK).allow(Decision.Kind.APPROVE, Decision.Kind.REJECT));
        agent.invoke(AgentInput.user("Book"));

        var again = agent.answer(HumanInTheLoop.APPROVAL, Decision.respond("ok"));

        assertThat(again.only(HumanInTheLoop.APPROVAL).value().description())
                .startsWith("'respond' is not allowed here");
        agent.answer(HumanInTheLoop.APPROVAL, Decision.approve());
        assertThat(travel.done).containsExactly("book Rome 3");
    }

    @ClewTest
    void gateThatThrowsDenies(Lab lab) {
        Middleware broken = Middleware.named(
                "broken",
                hooks -> hooks.gate((call, state, context) -> {
                    throw new IllegalStateException("down");
                }));
        var done = agent(lab, booking, broken).invoke(AgentInput.user("Book"));

        assertThat(travel.done).isEmpty();
        assertThat(result(done).text()).contains("a rule that must be asked failed: down");
    }

    @ClewTest
    void denialBeatsTheQuestionOfAnotherGate(Lab lab) {
        Middleware no = Middleware.named("no", hooks -> hooks.gate((call, state, context) -> Verdict.deny("No.")));
        var done = agent(lab, booking, HumanInTheLoop.on(Travel.BOOK), no).invoke(AgentInput.user("Book"));

        assertThat(result(done).text()).isEqualTo("No.");
    }

    @ClewTest({MEMORY, SQLITE})
    void newInputInPlaceOfAnApprovalLeavesNoOpenCallAndExecutesNothing(Lab lab) {
        Script script = Script.of(calls(call("c1", "book", "to", "Rome", "days", 3)), says("Never mind."));
        var agent = agent(lab, script, HumanInTheLoop.on(Travel.BOOK));
        agent.invoke(AgentInput.user("Book"));

        var done = agent.with(config -> config.whenInterrupted(WhenInterrupted.ABANDON))
                .invoke(AgentInput.of(
                        Message.tool(call("c1", "book"), "Successfully handled tool call."),
                        Message.user("Forget it")));

        assertThat(travel.done).isEmpty();
        assertThat(done.value().output()).isEqualTo("Never mind.");
        assertThat(script.lastRequest().messages().stream().map(Message::text))
                .containsExactly("Book", "", "not executed: the conversation went on without it", "Forget it");
    }

    @ClewTest({MEMORY, SQLITE})
    @Tag("G163")
    @Tag("G165")
    void severalCallsAskAtOnceAndEachIsDecidedByItself(Lab lab) {
        Script script = Script.of(
                calls(
                        call("c1", "book", "to", "Rome", "days", 1),
                        call("c2", "weather", "city", "Rome"),
                        call("c3", "book", "to", "Oslo", "days", 2)),
                says("done"));
        var agent = agent(lab, script, HumanInTheLoop.on(Travel.BOOK));

        var paused = agent.invoke(AgentInput.user("Book"));
        var questions = ((RunResult.Interrupted<AgentResult<String>>) paused.result()).all(HumanInTheLoop.APPROVAL);
        assertThat(questions).hasSize(2);
        assertThat(travel.done).containsExactly("weather Rome");
        lab.crash();
        List<Answer> answers = new ArrayList<>();
        answers.add(questions.get(0).answer(Decision.approve()));
        answers.add(questions.get(1).answer(Decision.reject("no")));
        var done = agent.command(Command.answers(answers));

        assertThat(done.value().output()).isEqualTo("done");
        assertThat(travel.done).containsExactly("weather Rome", "book Rome 1");
    }

    /** Every call is executed once, wherever the process dies; but for one that acted just before, which is at least once. */
    @ClewTest({MEMORY, SQLITE})
    void comesToTheSameEndWhereverItsProcessCrashes(Lab lab) {
        AgentResult<String> result = lab.crashEverywhere(fresh -> {
            Travel own = new Travel();
            Script script = Script.of(
                    calls(
                            call("c1", "book", "to", "Rome", "days", 1),
                            call("c2", "weather", "city", "Rome"),
                            call("c3", "book", "to", "Oslo", "days", 2)),
                    calls(call("c1", "weather", "city", "Oslo")),
                    says("done"));
            var agent = fresh.graph(() -> Agent.builder("travel", script)
                            .tools(own.all())
                            .middleware(HumanInTheLoop.on(Travel.BOOK))
                            .build()
                            .graph()
                            .durability(Durability.SYNC))
                    .workflow(graph -> graph.workflow());
            TestRun<AgentResult<String>> run = agent.invoke(AgentInput.user("Book"));
            while (run.result() instanceof RunResult.Interrupted<AgentResult<String>> pause) {
                List<Answer> answers = new ArrayList<>();
                for (PendingInterrupt<ToolApproval, Decision> each : pause.all(HumanInTheLoop.APPROVAL)) {
                    answers.add(each.answer(
                            each.value().args().get("to").equals("Rome") ? Decision.approve() : Decision.reject("")));
                }
                run = agent.command(Command.answers(answers));
            }
            assertThat(Set.copyOf(own.done)).containsExactlyInAnyOrder("book Rome 1", "weather Rome", "weather Oslo");
            return run.value();
        });
        assertThat(result.output()).isEqualTo("done");
    }

    @ClewTest
    void callOfAClientsToolIsAQuestionWhoseAnswerIsTheResult(Lab lab) {
        Map<String, Object> schema = Map.of("type", "object", "properties", Map.of("place", Map.of("type", "string")));
        Script script = Script.of(calls(call("c1", "locate", "place", "here")), says("You are in Bern."));
        Function<Lab, TestWorkflow<AgentInput, AgentResult<String>>> agent =
                in -> in.graph(() -> Agent.builder("travel", script)
                                .tools(dev.clew.tools.AgentTool.client("locate", "Finds the user.", schema))
                                .build()
                                .graph())
                        .workflow(graph -> graph.workflow());
        var locate = agent.apply(lab);

        var question = locate.invoke(AgentInput.user("Where am I?")).only(Agent.CLIENT_CALL);
        assertThat(question.value()).isEqualTo(new ClientCall("c1", "locate", Map.of("place", "here")));
        var done = locate.answer(Agent.CLIENT_CALL, "Bern");

        assertThat(result(done).text()).isEqualTo("Bern");
        assertThat(done.value().output()).isEqualTo("You are in Bern.");
    }

    @ClewTest
    void ruleHoldsForCallsOfAToolsFormerName(Lab lab) {
        Script script = Script.of(calls(call("c1", "reserve", "to", "Rome", "days", "3")), says("Well."));
        var agent = lab.graph(() -> Agent.builder("travel", script)
                        .tools(travel.book().formerly("reserve"))
                        .middleware(HumanInTheLoop.on(Travel.BOOK))
                        .build()
                        .graph())
                .workflow(graph -> graph.workflow());

        var question = agent.invoke(AgentInput.user("Book")).only(HumanInTheLoop.APPROVAL);

        assertThat(question.value().name()).isEqualTo("book");
        assertThat(question.value().args()).isEqualTo(Map.of("to", "Rome", "days", 3));
        assertThat(travel.done).isEmpty();
        agent.answer(HumanInTheLoop.APPROVAL, Decision.edit("book", Map.of("to", "Oslo", "days", 1)));
        assertThat(travel.done).containsExactly("book Oslo 1");
    }

    @ClewTest
    void gateJudgesTheArgumentsAsTheyWillBeRead(Lab lab) {
        Script script = Script.of(calls(call("c1", "book", "to", "Rome", "days", "300")), says("Well."));
        Middleware brief = Middleware.named(
                "brief",
                hooks -> hooks.gate(
                        (call, state, context) -> call.args().get("days") instanceof Number days && days.intValue() > 10
                                ? Verdict.deny("Too long.")
                                : Verdict.allow()));

        var done = agent(lab, script, brief).invoke(AgentInput.user("Book"));

        assertThat(result(done).text()).isEqualTo("Too long.");
        assertThat(travel.done).isEmpty();
    }

    @ClewTest
    void rulesWithoutADecisionInCommonDeny(Lab lab) {
        Middleware other = Middleware.named(
                "other",
                hooks -> hooks.gate((call, state, context) -> Verdict.ask("Sure?", Set.of(Decision.Kind.REJECT))));
        var done = agent(lab, booking, HumanInTheLoop.on(Travel.BOOK).allow(Decision.Kind.APPROVE), other)
                .invoke(AgentInput.user("Book"));

        assertThat(travel.done).isEmpty();
        assertThat(result(done).text()).contains("no decision in common");
    }

    @ClewTest
    void editThatCannotBeReadIsAskedAgainAndWhatRanIsToldInJson(Lab lab) {
        var agent = agent(lab);
        agent.invoke(AgentInput.user("Book"));

        var again = agent.answer(
                HumanInTheLoop.APPROVAL, Decision.edit("book", Map.of("to", "Oslo", "days", 3_000_000_000L)));
        assertThat(again.only(HumanInTheLoop.APPROVAL).value().description()).contains("are wrong");
        var done = agent.answer(HumanInTheLoop.APPROVAL, Decision.edit("book", Map.of("to", "Oslo")));
        done = agent.answer(HumanInTheLoop.APPROVAL, Decision.edit("book", Map.of("days", 1, "to", "Oslo")));

        assertThat(result(done).text()).contains("\"to\":\"Oslo\"").contains("\"days\":1");
        assertThat(travel.done).containsExactly("book Oslo 1");
    }
}
