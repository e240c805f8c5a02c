package dev.clew.agents;

import static dev.clew.agents.Script.call;
import static dev.clew.agents.Script.calls;
import static dev.clew.agents.Script.says;
import static org.assertj.core.api.Assertions.assertThat;

import dev.clew.agents.middleware.ContextEditing;
import dev.clew.agents.middleware.Summarization;
import dev.clew.messages.AiMessage;
import dev.clew.messages.ContentBlock;
import dev.clew.messages.HumanMessage;
import dev.clew.messages.Message;
import dev.clew.messages.ToolMessage;
import dev.clew.model.ModelRequest;
import dev.clew.testing.ClewTest;
import dev.clew.testing.Lab;
import dev.clew.tools.AgentTool;
import dev.clew.tools.ToolRef;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/** Older results are hidden from the model, and stay in the state. */
final class ContextEditingTest {
    private static final AgentTool LONG =
            AgentTool.of("read", "Reads.", Travel.City.class, (city, context) -> city.city() + "x".repeat(400));

    private static Script script(int calls) {
        List<AiMessage> answers = new ArrayList<>();
        IntStream.range(0, calls).forEach(i -> answers.add(calls(call("c" + i, "read", "city", "n" + i))));
        answers.add(says("done"));
        return Script.of(answers.toArray(AiMessage[]::new));
    }

    private static AgentResult<String> run(Lab lab, Script script, Middleware... middleware) {
        return lab.graph(() -> Agent.builder("travel", script)
                        .tools(LONG)
                        .middleware(middleware)
                        .build()
                        .graph())
                .workflow(graph -> graph.workflow())
                .invoke(AgentInput.user("Go"))
                .value();
    }

    private static List<String> shown(ModelRequest request) {
        return request.messages().stream()
                .filter(ToolMessage.class::isInstance)
                .map(message -> message.text().replaceAll("x+$", ""))
                .toList();
    }

    @ClewTest
    void hidesInJumpsSoThatTheBeginningStaysTheSame(Lab lab) {
        Script script = script(6);

        AgentResult<String> result =
                run(lab, script, ContextEditing.clearToolResults(400).keep(1));

        assertThat(script.requests().stream().map(ContextEditingTest::shown))
                .containsExactly(
                        List.of(),
                        List.of("n0"),
                        List.of("n0", "n1"),
                        List.of("n0", "n1", "n2"),
                        List.of("[cleared]", "[cleared]", "[cleared]", "n3"),
                        List.of("[cleared]", "[cleared]", "[cleared]", "n3", "n4"),
                        List.of("[cleared]", "[cleared]", "[cleared]", "[cleared]", "[cleared]", "n5"));
        assertThat(result.messages())
                .filteredOn(ToolMessage.class::isInstance)
                .allMatch(message -> message.text().length() > 400);
    }

    @ClewTest
    void resultsOfSomeToolsAreNeverHidden(Lab lab) {
        Script script = script(5);

        run(lab, script, ContextEditing.clearToolResults(100).keep(0).except(ToolRef.of("read")));

        assertThat(shown(script.lastRequest())).doesNotContain("[cleared]").hasSize(5);
    }

    @ClewTest
    void hidesImagesOfOlderMessagesAndNoneThatIsAskedAbout(Lab lab) {
        Script script = Script.of(says("one"), says("two"), says("three"));
        var agent = lab.graph(() -> Agent.builder("travel", script)
                        .middleware(ContextEditing.clearToolResults(50).keep(0))
                        .build()
                        .graph())
                .workflow(graph -> graph.workflow());
        for (String question : List.of("first", "second", "third")) {
            agent.invoke(AgentInput.user(
                            new ContentBlock.Text(question),
                            ContentBlock.Image.ofUrl("https://example.org/" + question)))
                    .value();
        }

        assertThat(script.lastRequest().messages().stream()
                        .filter(HumanMessage.class::isInstance)
                        .map(message -> message.text() + " " + message.content().size()
                                + (message.content().get(1) instanceof ContentBlock.Image ? " image" : "")))
                .containsExactly("first[cleared] 2", "second[cleared] 2", "third 2 image");
    }

    @ClewTest
    void wrapperOutsideThatCallsTwiceWorks(Lab lab) {
        Script script = script(3);
        Middleware twice = Middleware.named(
                "twice",
                hooks -> hooks.wrapModelCall((request, run, next) -> {
                    AiMessage first = next.call(request);
                    AiMessage second = next.call(request);
                    return first.toolCalls().isEmpty() ? second : first;
                }));

        AgentResult<String> result = run(
                lab,
                script,
                twice,
                Summarization.aboveTokens(100_000),
                ContextEditing.clearToolResults(50).keep(0));

        assertThat(result.output()).isEqualTo("done");
        assertThat(result.cost().modelCalls()).isEqualTo(8);
        assertThat(result.messages().stream().map(Message::id).distinct()).hasSameSizeAs(result.messages());
    }
}
