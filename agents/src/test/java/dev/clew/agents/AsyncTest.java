package dev.clew.agents;

import static dev.clew.agents.Script.call;
import static dev.clew.testing.Storage.MEMORY;
import static dev.clew.testing.Storage.SQLITE;
import static org.assertj.core.api.Assertions.assertThat;

import dev.clew.flow.Durability;
import dev.clew.messages.AiMessage;
import dev.clew.messages.Message;
import dev.clew.model.ModelClient;
import dev.clew.testing.ClewTest;
import dev.clew.testing.Lab;
import java.util.concurrent.atomic.AtomicInteger;

/** In ASYNC a tool never acts on an answer that a crash can lose. */
final class AsyncTest {
    private final Travel travel = new Travel();

    @ClewTest({MEMORY, SQLITE})
    void toolActsOnlyOnAnAnswerThatIsStored(Lab lab) {
        lab.writeBehind();
        AtomicInteger asked = new AtomicInteger();
        ModelClient fickle = (request, call) -> {
            boolean isDone = request.messages().stream().anyMatch(AiMessage.class::isInstance);
            int number = asked.incrementAndGet();
            return isDone
                    ? Message.ai("done")
                    : Message.ai(
                            call("c1", "book", "to", "city " + number, "days", 1),
                            call("c2", "weather", "city", "Rome"));
        };
        var agent = lab.graph(() -> Agent.builder("travel", fickle)
                        .tools(travel.book().exclusive(), travel.weather())
                        .build()
                        .graph()
                        .durability(Durability.ASYNC))
                .workflow(graph -> graph.workflow());
        lab.crashBefore("tool:weather");

        AgentResult<String> result = agent.invoke(AgentInput.user("Go")).value();

        assertThat(result.output()).isEqualTo("done");
        assertThat(travel.done).containsExactly("book city 1 1", "book city 1 1", "weather Rome");
        assertThat(asked).hasValue(2);
    }
}
