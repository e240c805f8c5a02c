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
import dev.clew.graph.Component;
import dev.clew.graph.StateSpec;
import dev.clew.interrupt.InterruptKey;
import dev.clew.messages.Message;
import dev.clew.messages.RemoveMessage;
import dev.clew.model.ModelClient;
import dev.clew.testing.ClewTest;
import dev.clew.testing.Lab;
import dev.clew.testing.TestWorkflow;
import dev.clew.tools.ToolRef;
import dev.clew.value.IllegalRequestException;
import dev.clew.value.TypeRef;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Hooks before and after the model and the agent, their jumps, and questions about a whole answer. */
final class HooksTest {
    private static final InterruptKey<String, Boolean> FINE = InterruptKey.of("fine", String.class, Boolean.class);

    private final Travel travel = new Travel();
    private final List<String> seen = new CopyOnWriteArrayList<>();

    private TestWorkflow<AgentInput, AgentResult<String>> agent(Lab lab, ModelClient model, Middleware... middleware) {
        return lab.graph(() -> Agent.builder("travel", model)
                        .tools(travel.all())
                        .middleware(middleware)
                        .build()
                        .graph()
                        .durability(Durability.SYNC))
                .workflow(graph -> graph.workflow());
    }

    private Middleware noting(String name) {
        return Middleware.named(
                name,
                hooks -> hooks.beforeAgent((state, context) -> noted(name + " before agent"))
                        .beforeModel((state, context) -> noted(name + " before model"))
                        .afterModel((state, context) -> noted(name + " after model"))
                        .afterAgent((state, context) -> noted(name + " after agent")));
    }

    private HookResult noted(String what) {
        seen.add(what);
        return HookResult.proceed();
    }

    private static List<String> texts(AgentResult<?> result) {
        return result.messages().stream().map(Message::text).toList();
    }

    @ClewTest({MEMORY, SQLITE})
    @Tag("G177")
    void hooksRunAroundTheAgentAndEachAnswerTheFirstOutside(Lab lab) {
        Script script = Script.of(calls(call("c1", "weather", "city", "Rome")), says("done"));

        AgentResult<String> result = agent(lab, script, noting("a"), noting("b"))
                .invoke(AgentInput.user("Go"))
                .value();

        assertThat(result.output()).isEqualTo("done");
        assertThat(seen)
                .containsExactly(
                        "a before agent",
                        "b before agent",
                        "a before model",
                        "b before model",
                        "b after model",
                        "a after model",
                        "a before model",
                        "b before model",
                        "b after model",
                        "a after model",
                        "b after agent",
                        "a after agent");
    }

    @ClewTest({MEMORY, SQLITE})
    void eachHookIsRecordedOnceWhereverTheProcessDies(Lab lab) {
        Script script = Script.of(calls(call("c1", "weather", "city", "Rome")), says("done"));
        AgentResult<String> result = lab.crashEverywhere(fresh ->
                agent(fresh, script, noting("a")).invoke(AgentInput.user("Go")).value());

        assertThat(result.output()).isEqualTo("done");
        assertThat(result.messages()).hasSize(3);
    }

    @ClewTest
    void hookBeforeTheModelEndsTheRunWithItsOwnWords(Lab lab) {
        Middleware quota = Middleware.named(
                "quota",
                hooks -> hooks.beforeModel(
                        (state, context) -> HookResult.jump(Jump.END).messages(Message.ai("Not today.")), Jump.END));
        Script script = Script.of();

        AgentResult<String> result =
                agent(lab, script, quota).invoke(AgentInput.user("Go")).value();

        assertThat(result.end()).isEqualTo(End.JUMPED);
        assertThat(result.text()).isEqualTo("Not today.");
        assertThat(result.outputIfAny()).isEmpty();
        assertThat(script.requests()).isEmpty();
    }

    @ClewTest
    void hookAfterTheModelSendsItBackOnce(Lab lab) {
        Middleware again = Middleware.named(
                "again",
                hooks -> hooks.afterModel(
                        (state, context) -> state.modelCalls() == 1
                                ? HookResult.jump(Jump.MODEL).messages(Message.user("Are you sure?"))
                                : HookResult.proceed(),
                        Jump.MODEL));

        AgentResult<String> result = agent(lab, Script.of(says("Rome"), says("Oslo")), again)
                .invoke(AgentInput.user("Where?"))
                .value();

        assertThat(result.output()).isEqualTo("Oslo");
        assertThat(result.end()).isEqualTo(End.ANSWERED);
        assertThat(texts(result)).containsExactly("Rome", "Are you sure?", "Oslo");
    }

    @ClewTest
    void jumpToTheToolsPassesTheGates(Lab lab) {
        Middleware plan = Middleware.named(
                "plan",
                hooks -> hooks.beforeModel(
                        (state, context) -> state.messagesOfRun().isEmpty()
                                ? HookResult.jump(Jump.TOOLS)
                                        .messages(Message.ai(call("p1", "book", "to", "Rome", "days", 1)))
                                : HookResult.proceed(),
                        Jump.TOOLS));
        var agent = agent(lab, Script.of(says("never"), says("done")), plan, HumanInTheLoop.on(Travel.BOOK));

        agent.invoke(AgentInput.user("Go")).only(HumanInTheLoop.APPROVAL);
        AgentResult<String> result =
                agent.answer(HumanInTheLoop.APPROVAL, Decision.reject("no")).value();

        assertThat(travel.done).isEmpty();
        assertThat(result.output()).isEqualTo("done");
    }

    @ClewTest
    void jumpThatIsNotDeclaredFailsTheRun(Lab lab) {
        Middleware wrong = Middleware.named(
                "wrong", hooks -> hooks.afterModel((state, context) -> HookResult.jump(Jump.END), Jump.MODEL));

        assertThat(agent(lab, Script.of(says("x")), wrong)
                        .invoke(AgentInput.user("Go"))
                        .failure()
                        .orElseThrow())
                .hasMessageContaining("'wrong.after_model' jumps to END, which it has not declared");
    }

    @ClewTest({MEMORY, SQLITE})
    void hookThatAsksIsAnsweredAfterACrash(Lab lab) {
        Middleware judge = Middleware.named(
                "judge",
                hooks -> hooks.askAfterModel(
                        (state, run) -> run.interrupt(FINE, "fine?")
                                ? HookResult.proceed()
                                : HookResult.jump(Jump.END).messages(Message.ai("Stopped.")),
                        Jump.END));
        Script script = Script.of(calls(call("c1", "weather", "city", "Rome")));
        var agent = agent(lab, script, judge);

        agent.invoke(AgentInput.user("Go"));
        lab.crash();
        AgentResult<String> result = agent.answer(FINE, false).value();

        assertThat(result.end()).isEqualTo(End.JUMPED);
        assertThat(result.text()).isEqualTo("Stopped.");
        assertThat(travel.done).isEmpty();
        assertThat(script.requests()).hasSize(1);
    }

    @ClewTest
    void callsThatRunAlonePassTheHooksBeforeTheModel(Lab lab) {
        Script script = Script.of(
                calls(call("c1", "weather", "city", "Rome"), call("c2", "weather", "city", "Oslo")), says("done"));
        var agent = lab.graph(() -> Agent.builder("travel", script)
                        .tools(travel.weather().exclusive())
                        .middleware(noting("a"))
                        .build()
                        .graph())
                .workflow(graph -> graph.workflow());

        agent.invoke(AgentInput.user("Go")).value();

        assertThat(travel.done).containsExactly("weather Rome", "weather Oslo");
        assertThat(seen.stream().filter("a before model"::equals)).hasSize(2);
        assertThat(seen.stream().filter("a after model"::equals)).hasSize(2);
    }

    @Test
    void twoHooksOfOneKindInOneMiddlewareAreRefused() {
        Middleware twice = Middleware.named(
                "twice", hooks -> hooks.beforeModel((state, context) -> null).askBeforeModel((state, run) -> null));

        assertThatThrownBy(() ->
                        Agent.builder("travel", Script.of()).middleware(twice).build())
                .isInstanceOf(IllegalRequestException.class)
                .hasMessageContaining("'twice' registers two hooks beforeModel");
    }

    @Test
    void sectionsAreHiddenUnlessTheyAreMadeVisible() {
        Component<Integer, Integer> used = Component.lastValue("used", TypeRef.of(Integer.class), 0);
        StateSpec<Integer> section =
                StateSpec.of(Integer.class, values -> values.get(used), value -> new Object[] {value}, used);

        assertThat(shown(hooks -> hooks.state(section))).containsOnlyKeys("messages", "structured_response");
        assertThat(shown(hooks -> hooks.state(section).visible(section)))
                .containsOnlyKeys("messages", "structured_response", "used");
    }

    private static Map<String, TypeRef<?>> shown(java.util.function.Consumer<Hooks> install) {
        return Agent.builder("travel", Script.of())
                .middleware(Middleware.named("quota", install))
                .build()
                .spec()
                .state()
                .shownType()
                .members()
                .orElseThrow()
                .types();
    }

    // --- one question for an answer ---

    @ClewTest({MEMORY, SQLITE})
    void batchedAsksOnceAndNothingRunsBefore(Lab lab) {
        Script script = Script.of(
                calls(
                        call("c1", "weather", "city", "Rome"),
                        call("c2", "book", "to", "Rome", "days", 1),
                        call("c3", "book", "to", "Oslo", "days", 2)),
                says("done"));
        var agent = agent(lab, script, HumanInTheLoop.on(Travel.BOOK).batched());

        ToolApprovals asked = agent.invoke(AgentInput.user("Go"))
                .only(HumanInTheLoop.APPROVALS)
                .value();
        assertThat(asked.calls()).extracting(ToolApproval::toolCallId).containsExactly("c2", "c3");
        assertThat(travel.done).isEmpty();
        lab.crash();
        AgentResult<String> result = agent.answer(
                        HumanInTheLoop.APPROVALS,
                        Decisions.of(
                                Decision.edit("book", Map.of("to", "Bern", "days", 3)), Decision.reject("too far")))
                .value();

        assertThat(travel.done).containsExactlyInAnyOrder("weather Rome", "book Bern 3");
        assertThat(texts(result).get(3)).contains("rejected").contains("too far");
        assertThat(script.requests()).hasSize(2);
    }

    @ClewTest
    void tooFewDecisionsAreAskedAgainAndAnEditThatDoesNotFitByItself(Lab lab) {
        Script script = Script.of(
                calls(call("c1", "book", "to", "Rome", "days", 1), call("c2", "book", "to", "Oslo", "days", 2)),
                says("done"));
        var agent = agent(lab, script, HumanInTheLoop.on(Travel.BOOK).batched());

        agent.invoke(AgentInput.user("Go"));
        var again = agent.answer(HumanInTheLoop.APPROVALS, Decisions.of(Decision.approve()));
        assertThat(again.only(HumanInTheLoop.APPROVALS).value().calls().get(0).description())
                .contains("There are 2 calls, and 1 decisions were given");
        var one = agent.answer(
                HumanInTheLoop.APPROVALS,
                Decisions.of(Decision.approve(), Decision.edit("book", Map.of("to", "Oslo"))));
        assertThat(one.only(HumanInTheLoop.APPROVAL).value().description()).contains("days");
        agent.answer(HumanInTheLoop.APPROVAL, Decision.reject("")).value();

        assertThat(travel.done).containsExactly("book Rome 1");
    }

    @ClewTest({MEMORY, SQLITE})
    void nothingRunsBeforeTheQuestionWhereCallsRunAlone(Lab lab) {
        Script script = Script.of(
                calls(
                        call("c1", "weather", "city", "Rome"),
                        call("c2", "book", "to", "Rome", "days", 1),
                        call("c3", "book", "to", "Oslo", "days", 2)),
                says("done"));
        var agent = lab.graph(() -> Agent.builder("travel", script)
                        .tools(travel.weather().exclusive(), travel.book().exclusive())
                        .middleware(HumanInTheLoop.on(Travel.BOOK).batched())
                        .build()
                        .graph()
                        .durability(Durability.SYNC))
                .workflow(graph -> graph.workflow());

        assertThat(agent.invoke(AgentInput.user("Go"))
                        .only(HumanInTheLoop.APPROVALS)
                        .value()
                        .calls())
                .extracting(ToolApproval::toolCallId)
                .containsExactly("c2", "c3");
        assertThat(travel.done).isEmpty();
        lab.crash();
        agent.answer(HumanInTheLoop.APPROVALS, Decisions.of(Decision.approve(), Decision.reject("too far")))
                .value();

        assertThat(travel.done).containsExactly("weather Rome", "book Rome 1");
        assertThat(script.requests()).hasSize(2);
    }

    // --- trusted input ---

    @ClewTest({MEMORY, SQLITE})
    void trustedInputRemovesAndHasSystemMessages(Lab lab) {
        Script script = Script.of(says("one"), says("two"));
        var agent = agent(lab, script);
        agent.invoke(AgentInput.user("Go")).value();

        agent.invoke(AgentInput.trusted(RemoveMessage.all(), Message.system("Be Greek."), Message.user("Hi")))
                .failure();

        assertThat(script.lastRequest().messages()).extracting(Message::text).containsExactly("Be Greek.", "Hi");
    }

    @Test
    void removalIsRefusedInInputThatIsNotTrusted() {
        assertThatThrownBy(() -> new AgentInput(List.of(RemoveMessage.all()), false))
                .isInstanceOf(IllegalRequestException.class)
                .hasMessageContaining("trusted");
        assertThat(ToolRef.of("x").isOptional()).isFalse();
    }
}
