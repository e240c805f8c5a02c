package dev.clew.agents;

import static dev.clew.agents.Script.call;
import static dev.clew.agents.Script.calls;
import static dev.clew.agents.Script.says;
import static dev.clew.testing.Storage.MEMORY;
import static dev.clew.testing.Storage.SQLITE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.clew.agents.middleware.Todo;
import dev.clew.agents.middleware.TodoList;
import dev.clew.graph.GraphWorkflow;
import dev.clew.messages.Message;
import dev.clew.testing.ClewTest;
import dev.clew.testing.Lab;
import dev.clew.value.IllegalRequestException;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** The list of what is to be done. */
final class TodoListTest {
    private static Map<String, Object> todo(String content, String status) {
        return Map.of("content", content, "status", status);
    }

    @ClewTest({MEMORY, SQLITE})
    void laterListOfAnAnswerIsKeptAndTheModelIsToldOfTheTool(Lab lab) {
        Script script = Script.of(
                calls(
                        call("c1", "write_todos", "todos", List.of(todo("one", "pending"))),
                        call(
                                "c2",
                                "write_todos",
                                "todos",
                                List.of(todo("one", "completed"), todo("two", "in_progress")))),
                says("done"));
        var agent = lab.graph(() -> Agent.builder("travel", script)
                        .systemPrompt("Plan.")
                        .middleware(TodoList.create())
                        .build()
                        .graph())
                .workflow(graph -> graph.workflow());

        AgentResult<String> result = agent.invoke(AgentInput.user("Go")).value();

        GraphWorkflow<?, ?, ?> workflow = (GraphWorkflow<?, ?, ?>) agent.get();
        AgentState state = (AgentState)
                workflow.snapshot(agent.config().threadId().orElseThrow()).values();
        assertThat(state.get(TodoList.STATE).todos())
                .containsExactly(new Todo("one", "completed"), new Todo("two", "in_progress"));
        assertThat(result.messages())
                .extracting(Message::text)
                .contains("The list has 2 entries, of which 1 are not completed.");
        assertThat(script.lastRequest().systemPrompt()).startsWith("Plan.\n\n").contains("write_todos");
        assertThat(workflow.stateSpec().shownType().members().orElseThrow().types())
                .containsKey("todos");
    }

    @ClewTest
    void wrongStatusIsToldToTheModel(Lab lab) {
        Script script =
                Script.of(calls(call("c1", "write_todos", "todos", List.of(todo("one", "maybe")))), says("done"));
        var agent = lab.graph(() -> Agent.builder("travel", script)
                        .middleware(TodoList.create())
                        .build()
                        .graph())
                .workflow(graph -> graph.workflow());

        assertThat(agent.invoke(AgentInput.user("Go")).value().messages().get(1).text())
                .contains("todos")
                .contains("status");
    }

    @Test
    void statusIsOneOfThree() {
        assertThatThrownBy(() -> new Todo("x", "done"))
                .isInstanceOf(IllegalRequestException.class)
                .hasMessageContaining("in_progress");
    }
}
