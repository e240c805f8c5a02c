package dev.clew.agents;

import static dev.clew.agents.Script.call;
import static dev.clew.agents.Script.calls;
import static dev.clew.agents.Script.says;
import static dev.clew.testing.Storage.MEMORY;
import static dev.clew.testing.Storage.SQLITE;
import static org.assertj.core.api.Assertions.assertThat;

import dev.clew.agents.middleware.HumanInTheLoop;
import dev.clew.agents.middleware.Pii;
import dev.clew.agents.middleware.PiiFoundException;
import dev.clew.agents.middleware.PiiKind;
import dev.clew.agents.middleware.ToolErrors;
import dev.clew.flow.Durability;
import dev.clew.flow.RunStream;
import dev.clew.messages.AiMessage;
import dev.clew.messages.ContentBlock;
import dev.clew.messages.Message;
import dev.clew.messages.MessageChunk;
import dev.clew.model.ModelClient;
import dev.clew.stream.StreamEvent;
import dev.clew.stream.StreamMode;
import dev.clew.testing.ClewTest;
import dev.clew.testing.Lab;
import dev.clew.testing.TestWorkflow;
import dev.clew.tools.AgentTool;
import dev.clew.tools.ToolRef;
import dev.clew.tools.ToolResult;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Personal data is not stored, streamed or said to the model. */
final class PiiTest {
    private static final String MAIL = "ann@example.org";

    private TestWorkflow<AgentInput, AgentResult<String>> agent(Lab lab, ModelClient model, Middleware... middleware) {
        AgentTool lookup = AgentTool.of(
                "lookup",
                "Looks up a person.",
                Travel.City.class,
                (city, context) -> ToolResult.of("mail " + MAIL).artifact(Map.of("mail", MAIL)));
        return lab.graph(() -> Agent.builder("travel", model)
                        .tools(lookup)
                        .middleware(middleware)
                        .build()
                        .graph()
                        .durability(Durability.SYNC))
                .workflow(graph -> graph.workflow());
    }

    @ClewTest(SQLITE)
    void nothingThatIsStoredHasIt(Lab lab, @TempDir Path folder) {
        Script script = Script.of(calls(call("c1", "lookup", "city", "Rome")), says("It is " + MAIL + "."));
        var agent = agent(lab, script, Pii.redact(PiiKind.EMAIL));

        AgentResult<String> result =
                agent.invoke(AgentInput.user("I am " + MAIL)).value();

        assertThat(result.output()).isEqualTo("It is [REDACTED_EMAIL].");
        assertThat(script.lastRequest().messages())
                .extracting(Message::text)
                .containsExactly("I am [REDACTED_EMAIL]", "", "mail [REDACTED_EMAIL]");
        assertThat(lab.writes()).isNotEmpty();
        agent.saveLog(folder.resolve("log.json"));
        assertThat(folder.resolve("log.json"))
                .content(StandardCharsets.UTF_8)
                .contains("REDACTED_EMAIL")
                .doesNotContain(MAIL);
    }

    @ClewTest({MEMORY, SQLITE})
    void blockedInputStoresNothing(Lab lab) {
        Script script = Script.of(says("never"));
        var agent = agent(lab, script, Pii.block(PiiKind.CARD));

        assertThat(agent.invoke(AgentInput.user("Pay with 4111 1111 1111 1111"))
                        .failure()
                        .orElseThrow())
                .isInstanceOf(PiiFoundException.class)
                .hasMessageContaining("'card' is in the input")
                .hasMessageNotContaining("4111");
        assertThat(lab.writes()).isEmpty();
        assertThat(script.requests()).isEmpty();
    }

    @ClewTest
    void blockedResultIsToldWithoutIt(Lab lab) {
        Script script = Script.of(calls(call("c1", "lookup", "city", "Rome")), says("sorry"));

        AgentResult<String> result = agent(
                        lab,
                        script,
                        Pii.block(PiiKind.EMAIL).in(TextFilter.Place.TOOL_RESULT),
                        ToolErrors.tell(PiiFoundException.class))
                .invoke(AgentInput.user("I am " + MAIL))
                .value();

        assertThat(result.messages().get(1).text())
                .contains("'email' is in the tool result")
                .doesNotContain(MAIL);
        assertThat(script.requests().get(0).messages().get(0).text()).contains(MAIL);
    }

    @ClewTest
    void streamShowsNothingThatIsCutBetweenPieces(Lab lab) throws Exception {
        String text = "a".repeat(150) + " write to " + MAIL + " or " + MAIL + ". " + "b".repeat(200);
        ModelClient model = (request, call) -> {
            for (int i = 0; i < text.length(); i += 7) {
                call.emit(MessageChunk.text(text.substring(i, Math.min(text.length(), i + 7))));
            }
            call.emit(MessageChunk.end(null));
            return Message.ai(text);
        };
        List<MessageChunk> pieces = new ArrayList<>();
        AiMessage answer;
        try (RunStream<AgentResult<String>> stream =
                agent(lab, model, Pii.redact(PiiKind.EMAIL)).stream(AgentInput.user("Go"), StreamMode.MESSAGES)) {
            stream.forEach(event -> {
                if (event instanceof StreamEvent.Message message) {
                    pieces.add(message.chunk());
                }
            });
            answer = (AiMessage) stream.result().value().messages().get(0);
        }

        StringBuilder whole = new StringBuilder();
        pieces.forEach(piece -> whole.append(piece.text()));
        assertThat(whole.toString())
                .isEqualTo(text.replace(MAIL, "[REDACTED_EMAIL]"))
                .isEqualTo(answer.text());
        assertThat(pieces).hasSizeGreaterThan(3).allMatch(piece -> answer.id().equals(piece.id()));
    }

    @ClewTest(SQLITE)
    void whatAToolThrowsIsRecordedWithoutIt(Lab lab) {
        List<String> recorded = new ArrayList<>();
        Script script = Script.of(calls(call("c1", "throws", "city", "Rome")), says("sorry"));
        AgentTool failing = AgentTool.of("throws", "Fails.", Travel.City.class, (city, context) -> {
            throw new IllegalStateException("outer", new IllegalArgumentException("nobody is " + MAIL));
        });
        var agent = lab.graph(() -> Agent.builder("travel", script)
                        .tools(failing)
                        .middleware(Pii.redact(PiiKind.EMAIL), ToolErrors.tell().text(failure -> {
                            recorded.add(failure.toString());
                            return "failed";
                        }))
                        .build()
                        .graph()
                        .durability(Durability.SYNC))
                .workflow(graph -> graph.workflow());

        agent.invoke(AgentInput.user("Go")).value();

        assertThat(recorded)
                .isNotEmpty()
                .allMatch(failure -> failure.contains("[types=[java.lang.IllegalStateException")
                        && failure.contains("message=outer,")
                        && !failure.contains(MAIL));
    }

    @ClewTest
    void messagesOfWrappersHooksAndPeopleAreFiltered(Lab lab) {
        Script script = Script.of(calls(call("c1", "lookup", "city", "Rome")), says("done"));
        Middleware chatty = Middleware.named(
                "chatty",
                hooks -> hooks.beforeAgent(
                                (state, context) -> HookResult.proceed().messages(Message.user("hook " + MAIL)))
                        .wrapToolCall((call, run, next) -> ToolAnswer.of(Message.tool(call, "wrapper " + MAIL)))
                        .wrapModelCall((request, run, next) -> {
                            AiMessage answer = next.call(request);
                            return answer.toolCalls().isEmpty() ? says("wrapper " + MAIL) : answer;
                        }));

        AgentResult<String> result = agent(lab, script, Pii.redact(PiiKind.EMAIL), chatty)
                .invoke(AgentInput.user("Go"))
                .value();

        assertThat(result.messages())
                .extracting(Message::text)
                .containsExactly("hook [REDACTED_EMAIL]", "", "wrapper [REDACTED_EMAIL]", "wrapper [REDACTED_EMAIL]");
    }

    @ClewTest
    void whatAPersonRespondsIsFiltered(Lab lab) {
        Script script = Script.of(calls(call("c1", "lookup", "city", "Rome")), says("done"));
        var agent = agent(lab, script, Pii.redact(PiiKind.EMAIL), HumanInTheLoop.on(ToolRef.of("lookup")));

        agent.invoke(AgentInput.user("Go"));
        agent.answer(HumanInTheLoop.APPROVAL, Decision.respond("ask " + MAIL)).value();

        assertThat(script.lastRequest().messages().get(2).text()).isEqualTo("ask [REDACTED_EMAIL]");
    }

    @ClewTest
    void thoughtsAndBlocksOfProvidersAreFiltered(Lab lab) {
        ModelClient model = (request, call) -> Message.ai("fine")
                .withContent(List.of(
                        new ContentBlock.Reasoning("it is " + MAIL, Map.of("signature", "s")),
                        new ContentBlock.Other("search", Map.of("query", MAIL)),
                        new ContentBlock.Text("fine")));

        AgentResult<String> result = agent(lab, model, Pii.redact(PiiKind.EMAIL))
                .invoke(AgentInput.user("Go"))
                .value();

        assertThat(result.messages().get(0).content())
                .containsExactly(
                        new ContentBlock.Reasoning("it is [REDACTED_EMAIL]"),
                        new ContentBlock.Other("search", Map.of("query", "[REDACTED_EMAIL]")),
                        new ContentBlock.Text("fine"));
    }

    @ClewTest({MEMORY, SQLITE})
    void modelOfANodeReadsTheGraphsMessagesWithoutIt(Lab lab) {
        Script sorter = Script.of(calls(call("s1", "Kind", "value", "SHORT")));
        Agent<Report.Kind> filtering = Agent.builder("sorter", sorter)
                .output(Report.Kind.class)
                .middleware(Pii.redact(PiiKind.EMAIL))
                .build();
        Agent<Report.Plan> planner =
                Agent.builder("planner", Script.of()).output(Report.Plan.class).build();
        var workflow = lab.graph(() -> ReportGraph.builder(new Report(filtering, planner)))
                .workflow(graph -> graph.workflow());

        workflow.invoke(ReportStateUpdate.update().messages(Message.user("I am " + MAIL)))
                .value();

        assertThat(sorter.requests().get(0).messages())
                .extracting(Message::text)
                .contains("I am [REDACTED_EMAIL]")
                .noneMatch(text -> text.contains(MAIL));
    }

    @ClewTest({MEMORY, SQLITE})
    void modelOfANodeIsNotAskedIfTheGraphsMessagesHaveWhatIsBlocked(Lab lab) {
        Script sorter = Script.of(calls(call("s1", "Kind", "value", "SHORT")));
        Agent<Report.Kind> blocking = Agent.builder("sorter", sorter)
                .output(Report.Kind.class)
                .middleware(Pii.block(PiiKind.EMAIL))
                .build();
        Agent<Report.Plan> planner =
                Agent.builder("planner", Script.of()).output(Report.Plan.class).build();
        var workflow = lab.graph(() -> ReportGraph.builder(new Report(blocking, planner)))
                .workflow(graph -> graph.workflow());

        assertThat(workflow.invoke(ReportStateUpdate.update().messages(Message.user("I am " + MAIL)))
                        .failure()
                        .orElseThrow())
                .hasMessageContaining("'email' is in the input");
        assertThat(sorter.requests()).isEmpty();
    }

    @ClewTest({MEMORY, SQLITE})
    void whatEarlierRunsStoredIsNotBlockedAndWhatIsNewIs(Lab lab) {
        Script script = Script.of(says("one"), says("two"), says("three"));
        AtomicBoolean isBlocking = new AtomicBoolean();
        var agent = lab.graph(() -> Agent.builder("travel", script)
                        .middleware(
                                isBlocking.get()
                                        ? new Middleware[] {Pii.block(PiiKind.EMAIL), Pii.redact(PiiKind.CARD)}
                                        : new Middleware[0])
                        .build()
                        .graph()
                        .durability(Durability.SYNC))
                .workflow(graph -> graph.workflow());
        agent.invoke(AgentInput.user("I am " + MAIL + " with 4111 1111 1111 1111"))
                .value();

        isBlocking.set(true);
        lab.crash();
        assertThat(agent.invoke(AgentInput.user("Go")).value().output()).isEqualTo("two");
        assertThat(script.lastRequest().messages().get(0).text()).isEqualTo("I am " + MAIL + " with [REDACTED_CARD]");
        assertThat(agent.invoke(AgentInput.user("Again " + MAIL)).failure().orElseThrow())
                .isInstanceOf(PiiFoundException.class);
        assertThat(agent.invoke(AgentInput.user("Go on")).value().output()).isEqualTo("three");
    }

    @ParameterizedTest
    @CsvSource({
        "email, mail a.b+c@x-y.example.org now, true",
        "email, user@host, false",
        "card, 4111-1111-1111-1111, true",
        "card, 4111-1111-1111-1112, false",
        "card, 12345678901234567890123, false",
        "email, jürgen@example.org, true",
        "email, müller.jürgen@bücher.example, true",
        "card, 4111 1111 1111 1111 12/26, true",
        "card, order 12 4111 1111 1111 1111, true",
        "card, 2024 4111-1111-1111-1111 123, true",
        "card, card4111111111111111x, true",
        "card, 1 2 3 4 5 6 7 8 9 10 11 12 13 14 15 16 17 18 19 20, false",
        "ip, at 10.0.0.255 there, true",
        "ip, version 1.2.3.4.5, false",
        "ip, at 2001:db8:0:0:0:0:0:1 there, true",
        "ip, at 10:30:45 o'clock, false",
        "url, see https://example.org/a?b=c there, true",
        "url, see HTTPS://example.org there, true",
        "url, see example there, false"
    })
    void kinds(String kind, String text, boolean isFound) {
        PiiKind known = Map.of("email", PiiKind.EMAIL, "card", PiiKind.CARD, "ip", PiiKind.IP, "url", PiiKind.URL)
                .get(kind);
        Pii unused = Pii.redact(known);

        assertThat(new dev.clew.agents.middleware.PiiProbe(known).finds(text)).isEqualTo(isFound);
        assertThat(unused.name()).isEqualTo("Pii." + kind);
    }

    @Test
    void kindOfTheUsersOwn() {
        assertThat(PiiKind.of("badge", "\\bB-[0-9]{6}\\b").name()).isEqualTo("badge");
    }
}
