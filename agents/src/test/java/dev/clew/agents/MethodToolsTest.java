package dev.clew.agents;

import static dev.clew.agents.Script.call;
import static dev.clew.agents.Script.calls;
import static dev.clew.agents.Script.says;
import static dev.clew.testing.Storage.MEMORY;
import static dev.clew.testing.Storage.SQLITE;
import static org.assertj.core.api.Assertions.assertThat;

import dev.clew.agents.middleware.HumanInTheLoop;
import dev.clew.messages.ToolMessage;
import dev.clew.model.ToolSpec;
import dev.clew.testing.ClewTest;
import dev.clew.testing.Lab;
import dev.clew.testing.TestWorkflow;
import dev.clew.tools.AgentTool;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Methods with {@code @Tool}, by the class that is generated for them. */
final class MethodToolsTest {
    private final Trips trips = new Trips();

    private TestWorkflow<AgentInput, AgentResult<String>> agent(Lab lab, Script script, Middleware... middleware) {
        return lab.graph(() -> Agent.builder("trips", script)
                        .tools(TripsTools.of(trips))
                        .middleware(middleware)
                        .build()
                        .graph())
                .workflow(graph -> graph.workflow());
    }

    @Test
    void hasAToolAndAReferenceForEachMethod() {
        assertThat(TripsTools.of(trips))
                .extracting(AgentTool::name)
                .containsExactly("weather", "book", "good-bye", "cancel");
        assertThat(List.of(TripsTools.WEATHER, TripsTools.BOOK, TripsTools.GOOD_BYE, TripsTools.CANCEL))
                .extracting(Object::toString)
                .containsExactly("weather", "book", "good-bye", "cancel");
    }

    @ClewTest
    void modelIsToldTheParametersAndNotWhatIsHandedIn(Lab lab) {
        Script script = Script.of(says("Hello."));
        agent(lab, script).invoke(AgentInput.user("hi"));

        ToolSpec.Function book =
                (ToolSpec.Function) script.lastRequest().tools().get(1);
        assertThat(book.parameters().get("required")).isEqualTo(List.of("trip"));
        assertThat(((Map<?, ?>) book.parameters().get("properties"))
                        .keySet().stream().map(String::valueOf))
                .containsExactly("trip", "note", "people");
        ToolSpec.Function weather =
                (ToolSpec.Function) script.lastRequest().tools().get(0);
        assertThat(weather.parameters().get("properties"))
                .isEqualTo(Map.of("city", Map.of("type", "string", "description", "its English name")));
    }

    @ClewTest({MEMORY, SQLITE})
    @Tag("G161")
    @Tag("G170")
    void argumentsAreDecodedAndWhatIsLeftOutIsEmpty(Lab lab) {
        Script script = Script.of(
                calls(call("c1", "book", "trip", Map.of("to", "Rome", "days", "3"))),
                calls(call("c2", "book", "trip", "{\"to\": \"Oslo\", \"days\": 2.0}", "note", "sea", "people", 4)),
                says("done"));

        AgentResult<String> result =
                agent(lab, script).invoke(AgentInput.user("Go")).value();

        assertThat(trips.done).containsExactly("book Rome 3 null 1 1", "book Oslo 2 sea 4 1");
        assertThat(result.messages().get(1).text()).isEqualTo("{\"id\":\"b-1\",\"trip\":{\"to\":\"Rome\",\"days\":3}}");
    }

    @ClewTest
    void failedAttemptsAreMadeAgainByTheToolItself(Lab lab) {
        trips.failing(2);
        Script script = Script.of(calls(call("c1", "book", "trip", Map.of("to", "Rome", "days", 3))), says("done"));

        assertThat(agent(lab, script).invoke(AgentInput.user("Go")).value().output())
                .isEqualTo("done");
        assertThat(trips.done).hasSize(3).last().isEqualTo("book Rome 3 null 1 3");
    }

    @ClewTest
    void voidIsDoneAndEndsTheRunIfItReturnsDirectly(Lab lab) {
        AgentResult<String> result = agent(lab, Script.of(calls(call("c1", "good-bye"))))
                .invoke(AgentInput.user("Bye"))
                .value();

        assertThat(result.end()).isEqualTo(End.RETURN_DIRECT);
        assertThat(result.output()).isEqualTo("done");
    }

    @ClewTest({MEMORY, SQLITE})
    @Tag("G164")
    void scopeAsksAndItsTasksRunOnceOverACrash(Lab lab) {
        Script script = Script.of(calls(call("c1", "cancel", "id", "b-1")), says("Cancelled."));
        var agent = agent(lab, script, HumanInTheLoop.on(TripsTools.BOOK));

        assertThat(agent.invoke(AgentInput.user("Cancel")).only(Trips.SURE).value())
                .isEqualTo("cancel booking b-1?");
        lab.crash();
        var done = agent.answer(Trips.SURE, true);

        assertThat(((ToolMessage) done.value().messages().get(1)).text()).isEqualTo("cancelled");
        assertThat(trips.done).containsExactly("look b-1", "drop b-1");
    }
}
