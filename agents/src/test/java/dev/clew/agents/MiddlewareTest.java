package dev.clew.agents;

import static dev.clew.agents.Script.call;
import static dev.clew.agents.Script.calls;
import static dev.clew.agents.Script.says;
import static dev.clew.testing.Storage.MEMORY;
import static dev.clew.testing.Storage.SQLITE;
import static org.assertj.core.api.Assertions.assertThat;

import dev.clew.agents.middleware.HumanInTheLoop;
import dev.clew.agents.middleware.ModelCallLimit;
import dev.clew.agents.middleware.ModelFallback;
import dev.clew.agents.middleware.Permissions;
import dev.clew.agents.middleware.Summarization;
import dev.clew.agents.middleware.ToolCallLimit;
import dev.clew.agents.middleware.ToolErrors;
import dev.clew.checkpoint.Checkpointer;
import dev.clew.flow.Durability;
import dev.clew.flow.RunConfig;
import dev.clew.messages.Message;
import dev.clew.messages.ToolMessage;
import dev.clew.model.ModelClient;
import dev.clew.model.ModelException;
import dev.clew.testing.ClewTest;
import dev.clew.testing.Lab;
import dev.clew.testing.TestWorkflow;
import dev.clew.tools.ToolRef;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** What comes with the agents, each with a question, a crash or both beside it. */
final class MiddlewareTest {
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

    private static List<String> texts(AgentResult<?> result) {
        return result.messages().stream().map(Message::text).toList();
    }

    @ClewTest({MEMORY, SQLITE})
    @Tag("G176")
    void limitOfModelCallsEndsTheRunWithoutOpenCalls(Lab lab) {
        Script script = Script.of(
                calls(call("c1", "weather", "city", "Rome")),
                calls(call("c2", "weather", "city", "Oslo")),
                says("next"));
        var agent = agent(lab, script, ModelCallLimit.perRun(2));

        AgentResult<String> result = agent.invoke(AgentInput.user("Go")).value();

        assertThat(result.end()).isEqualTo(End.LIMIT);
        assertThat(result.outputIfAny()).isEmpty();
        assertThat(travel.done).containsExactly("weather Rome");
        assertThat(texts(result))
                .endsWith(
                        "not executed: the limit of 2 calls of the model is reached",
                        "I cannot finish this: the limit of 2 calls of the model is reached.");
        assertThat(agent.invoke(AgentInput.user("Again")).failure())
                .isPresent(); // the script knows 3 answers, 3 were given
    }

    @ClewTest
    void limitOfModelCallsMayFailTheRun(Lab lab) {
        Script script = Script.of(calls(call("c1", "weather", "city", "Rome")), says("done"));

        assertThat(agent(lab, script, ModelCallLimit.perThread(1).orFail())
                        .invoke(AgentInput.user("Go"))
                        .failure()
                        .orElseThrow())
                .hasMessageContaining("asked 1 times");
    }

    @ClewTest
    void callsAboveTheLimitOfATool(Lab lab) {
        Script script = Script.of(
                calls(
                        call("c1", "weather", "city", "Rome"),
                        call("c2", "weather", "city", "Oslo"),
                        call("c3", "weather", "city", "Bern")),
                says("done"));

        AgentResult<String> result = agent(lab, script, ToolCallLimit.perRun(2, ToolRef.of("weather")))
                .invoke(AgentInput.user("Go"))
                .value();

        assertThat(travel.done).containsExactlyInAnyOrder("weather Rome", "weather Oslo");
        assertThat(texts(result).get(3)).isEqualTo("not executed: the limit of 2 calls of 'weather' is reached");
    }

    @ClewTest({MEMORY, SQLITE})
    void permissionsAllowAskAndDenyByName(Lab lab) {
        Script script = Script.of(
                calls(
                        call("c1", "weather", "city", "Rome"),
                        call("c2", "book", "to", "Rome", "days", 1),
                        call("c3", "refuses", "city", "Rome")),
                says("done"));
        var agent =
                agent(lab, script, Permissions.none().allow("wea*").ask("book").otherwiseDeny());

        var paused = agent.invoke(AgentInput.user("Go"));
        assertThat(paused.only(HumanInTheLoop.APPROVAL).value().name()).isEqualTo("book");
        lab.crash();
        AgentResult<String> result =
                agent.answer(HumanInTheLoop.APPROVAL, Decision.approve()).value();

        assertThat(travel.done).containsExactly("weather Rome", "book Rome 1");
        assertThat(texts(result).get(3)).isEqualTo("not executed: 'refuses' is not permitted here");
    }

    @ClewTest({MEMORY, SQLITE})
    void fallbackAsksTheOtherModelAndNoneTwiceOverACrash(Lab lab) {
        AtomicInteger first = new AtomicInteger();
        AtomicInteger second = new AtomicInteger();
        ModelClient broken = (request, call) -> {
            first.incrementAndGet();
            throw ModelException.authentication("wrong key", null);
        };
        ModelClient other = (request, call) -> {
            second.incrementAndGet();
            return Message.ai("from the other");
        };
        var agent = agent(lab, broken, ModelFallback.to(other));
        lab.crashAfter("model");

        assertThat(agent.invoke(AgentInput.user("Go")).value().output()).isEqualTo("from the other");
        assertThat(first).hasValue(1);
        assertThat(second.get()).isBetween(1, 2);
    }

    @ClewTest
    void failureThatMayPassIsTriedAgainAndAWrongKeyIsNot(Lab lab) {
        AtomicInteger calls = new AtomicInteger();
        ModelClient busy = (request, call) -> {
            if (calls.incrementAndGet() < 3) {
                throw ModelException.rateLimited("slow down", null, null);
            }
            return Message.ai("now");
        };

        assertThat(agent(lab, busy).invoke(AgentInput.user("Go")).value().output())
                .isEqualTo("now");
        assertThat(calls).hasValue(3);
    }

    @ClewTest({MEMORY, SQLITE})
    @Tag("G162")
    void toolErrorsAreToldToTheModel(Lab lab) {
        Script script = Script.of(
                calls(call("c1", "fails", "city", "Rome"), call("c2", "book", "to", "Rome", "days", 1)), says("sorry"));
        var agent = agent(lab, script, ToolErrors.tell(), HumanInTheLoop.on(Travel.BOOK));

        agent.invoke(AgentInput.user("Go"));
        lab.crash();
        AgentResult<String> result =
                agent.answer(HumanInTheLoop.APPROVAL, Decision.reject("")).value();

        ToolMessage told = (ToolMessage) result.messages().get(1);
        assertThat(told.isError()).isTrue();
        assertThat(told.text()).isEqualTo("The tool failed: IllegalStateException: no Rome");
        assertThat(result.output()).isEqualTo("sorry");
    }

    @ClewTest
    void toolErrorsOfOtherClassesFailTheRun(Lab lab) {
        Script script = Script.of(calls(call("c1", "fails", "city", "Rome")), says("never"));

        assertThat(agent(lab, script, ToolErrors.tell(java.io.IOException.class))
                        .invoke(AgentInput.user("Go"))
                        .failure())
                .isPresent();
    }

    @ClewTest({MEMORY, SQLITE})
    void summaryIsAViewAndTheMessagesStay(Lab lab) {
        String rome = "R".repeat(400);
        AtomicInteger summaries = new AtomicInteger();
        List<List<Message>> seen = new CopyOnWriteArrayList<>();
        ModelClient model = (request, call) -> {
            if (String.valueOf(request.systemPrompt()).startsWith("Summarise")) {
                summaries.incrementAndGet();
                return Message.ai("They asked of R.");
            }
            seen.add(request.messages());
            return seen.size() == 1
                    ? Message.ai(call("c1", "weather", "city", rome))
                    : seen.size() == 2 ? Message.ai(call("c2", "weather", "city", "Oslo")) : Message.ai("done");
        };
        var agent = agent(lab, model, Summarization.aboveTokens(120));

        AgentResult<String> result = agent.invoke(AgentInput.user("Go")).value();

        assertThat(summaries).hasValue(1);
        assertThat(result.messages()).hasSize(5);
        assertThat(seen.get(seen.size() - 1).get(0).text()).contains("They asked of R.");
        assertThat(seen.get(seen.size() - 1))
                .noneMatch(message -> message.text().contains(rome));
    }

    @ClewTest
    void requestThatIsTooLongIsAskedOnceMoreWithASummary(Lab lab) {
        AtomicInteger calls = new AtomicInteger();
        ModelClient model = (request, call) -> {
            if (String.valueOf(request.systemPrompt()).startsWith("Summarise")) {
                return Message.ai("short");
            }
            calls.incrementAndGet();
            if (request.messages().size() > 2) {
                throw ModelException.contextOverflow("too long", null);
            }
            return Message.ai("answer " + request.messages().size());
        };
        var agent = agent(lab, model, Summarization.aboveTokens(100_000));
        agent.invoke(AgentInput.user("one"));

        assertThat(agent.invoke(AgentInput.user("two")).value().output()).isEqualTo("answer 2");
        assertThat(calls).hasValue(3);
    }

    @ClewTest
    void callsOfAFormerNameCount(Lab lab) {
        Script script = Script.of(
                calls(call("c1", "wetter", "city", "Rome"), call("c2", "weather", "city", "Oslo")), says("done"));
        var agent = lab.graph(() -> Agent.builder("travel", script)
                        .tools(travel.weather().formerly("wetter"))
                        .middleware(ToolCallLimit.perRun(1, ToolRef.of("weather")))
                        .build()
                        .graph())
                .workflow(graph -> graph.workflow());

        agent.invoke(AgentInput.user("Go")).value();

        assertThat(travel.done).containsExactly("weather Rome");
    }

    @ClewTest
    void permissionThatDeniesBeatsOneThatAsksAndThisOneThatAllows(Lab lab) {
        Script script = Script.of(
                calls(call("c1", "weather", "city", "Rome"), call("c2", "book", "to", "Rome", "days", 1)),
                says("done"));
        var agent = agent(
                lab,
                script,
                Permissions.none().allow("*").ask("*").deny("weather"),
                Permissions.none().allow("book"));

        var paused = agent.invoke(AgentInput.user("Go"));

        assertThat(paused.only(HumanInTheLoop.APPROVAL).value().name()).isEqualTo("book");
        AgentResult<String> result =
                agent.answer(HumanInTheLoop.APPROVAL, Decision.approve()).value();
        assertThat(travel.done).containsExactly("book Rome 1");
        assertThat(texts(result).get(1)).isEqualTo("not executed: 'weather' is not permitted here");
    }

    @ClewTest
    void limitOfAThreadHoldsForTurnsWithoutCallsAndDoesNotCountItsOwnWords(Lab lab) {
        Script script = Script.of(calls(call("c1", "weather", "city", "Rome")), says("not used"), says("Hello."));
        var agent = agent(lab, script, ModelCallLimit.perRun(1), ModelCallLimit.perThread(2));

        assertThat(agent.invoke(AgentInput.user("one")).value().end()).isEqualTo(End.LIMIT);
        assertThat(agent.invoke(AgentInput.user("two")).value().output()).isEqualTo("Hello.");
        AgentResult<String> third = agent.invoke(AgentInput.user("three")).value();

        assertThat(third.end()).isEqualTo(End.LIMIT);
        assertThat(texts(third)).containsExactly("I cannot finish this: the limit of 2 calls of the model is reached.");
        assertThat(script.requests()).hasSize(2);
    }

    private static AgentInput longTalk() {
        return new AgentInput(java.util.stream.IntStream.range(0, 12)
                .<Message>mapToObj(i -> Message.user(i + "x".repeat(100)))
                .toList());
    }

    @ClewTest
    void summaryIsMadeTwiceInATurnAndByTheModelThatAnswers(Lab lab) {
        AtomicInteger summaries = new AtomicInteger();
        AtomicInteger asked = new AtomicInteger();
        ModelClient broken = (request, call) -> {
            throw ModelException.authentication("wrong key", null);
        };
        ModelClient other = (request, call) -> {
            if (String.valueOf(request.systemPrompt()).startsWith("Summarise")) {
                return Message.ai("summary " + summaries.incrementAndGet());
            }
            if (asked.incrementAndGet() == 1) {
                throw ModelException.contextOverflow("too long", null);
            }
            return Message.ai(request.messages().get(0).text());
        };
        var agent = agent(lab, broken, ModelFallback.to(other), Summarization.aboveTokens(200));

        assertThat(agent.invoke(longTalk()).value().output()).endsWith("summary 2");
        assertThat(agent.invoke(AgentInput.user("more")).value().output()).endsWith("summary 2");
        assertThat(summaries).hasValue(2);
    }

    @ClewTest
    void wrapperOutsideOfASummaryMayCallTwice(Lab lab) {
        AtomicInteger summaries = new AtomicInteger();
        ModelClient model = (request, call) -> Message.ai(
                String.valueOf(request.systemPrompt()).startsWith("Summarise")
                        ? "summary " + summaries.incrementAndGet()
                        : request.messages().get(0).text());
        Middleware twice = Middleware.named(
                "twice",
                hooks -> hooks.wrapModelCall((request, run, next) -> {
                    next.call(request);
                    return next.call(request);
                }));
        var agent = agent(lab, model, twice, Summarization.aboveTokens(200));

        assertThat(agent.invoke(longTalk()).value().output()).endsWith("summary 2");
        assertThat(agent.invoke(AgentInput.user("more")).value().output()).endsWith("summary 2");
        assertThat(summaries).hasValue(2);
    }

    @ClewTest
    void summaryIsStreamedForItsIdleTimeout(Lab lab) {
        List<Boolean> streamed = new CopyOnWriteArrayList<>();
        ModelClient model = (request, call) -> {
            if (String.valueOf(request.systemPrompt()).startsWith("Summarise")) {
                streamed.add(call.isStreamed());
            }
            return Message.ai("ok");
        };
        var agent = lab.graph(() -> Agent.builder("travel", model)
                        .modelIdleTimeout(java.time.Duration.ofMinutes(1))
                        .middleware(Summarization.aboveTokens(200))
                        .build()
                        .graph())
                .workflow(graph -> graph.workflow());

        agent.invoke(longTalk()).value();

        assertThat(streamed).containsExactly(true);
    }

    @Test
    @Tag("G176")
    void callsThatRunAloneAreNotExecutedIfThereIsNoRoomForAllOfThem() {
        Script script = Script.of(calls(
                call("c1", "weather", "city", "Rome"),
                call("c2", "weather", "city", "Oslo"),
                call("c3", "weather", "city", "Bern")));
        try (var graph = Agent.builder("travel", script)
                .tools(travel.weather().exclusive())
                .build()
                .graph()
                .checkpointer(Checkpointer.inMemory())
                .build()) {
            AgentResult<String> result = graph.workflow()
                    .invoke(AgentInput.user("Go"), RunConfig.thread("t").maxSupersteps(5))
                    .value();

            assertThat(result.end()).isEqualTo(End.LIMIT);
        }
        assertThat(travel.done).isEmpty();
    }
}
