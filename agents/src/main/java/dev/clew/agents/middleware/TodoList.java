package dev.clew.agents.middleware;

import dev.clew.agents.Hooks;
import dev.clew.agents.Middleware;
import dev.clew.graph.Component;
import dev.clew.graph.StateSpec;
import dev.clew.graph.StateUpdate;
import dev.clew.model.ModelRequest;
import dev.clew.tools.AgentTool;
import dev.clew.tools.ToolResult;
import dev.clew.value.TypeRef;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * Gives the model a list of what is to be done, which it writes with the tool {@code write_todos}. The list is part of the state,
 * {@code values.todos}, so that a user interface can show it, and stays over the runs of a thread.
 *
 * <pre>{@code
 * .middleware(TodoList.create())
 * }</pre>
 */
@SuppressWarnings("NullAway") // a compiler of JDK 17 does not see the nullness of type arguments in class files
public final class TodoList implements Middleware {
    /** The name of the tool. */
    public static final String TOOL = "write_todos";

    private static final Component<List<Todo>, List<Todo>> TODOS =
            Component.lastValue("todos", new TypeRef<List<Todo>>() {}, List.of());

    /** The section of the state. */
    public static final StateSpec<Section> STATE = StateSpec.of(
            Section.class, values -> new Section(values.get(TODOS)), section -> new Object[] {section.todos()}, TODOS);

    private static final String PROMPT =
            "For work of three steps or more, write a list of what is to be done with the tool '" + TOOL
                    + "' before you begin. Mark an entry in_progress when you begin it, and completed as soon as it is done.";

    private static final String DESCRIPTION =
            "Writes the list of what is to be done. Give the whole list each time: it takes"
                    + " the place of the one before.";

    private final String prompt;

    private TodoList(String prompt) {
        this.prompt = prompt;
    }

    /**
     * What the state has.
     *
     * @param todos the list, in the model's order
     */
    public record Section(List<Todo> todos) {
        /** Copies the list. */
        public Section {
            todos = List.copyOf(todos);
        }
    }

    /** Returns the middleware. */
    public static TodoList create() {
        return new TodoList(PROMPT);
    }

    /** Returns the same middleware, which tells the model this of the list. */
    public TodoList prompt(String text) {
        return new TodoList(text);
    }

    @Override
    public void install(Hooks hooks) {
        hooks.state(STATE).visible(STATE).tools(tool()).wrapModelCall((request, run, next) -> next.call(told(request)));
    }

    private ModelRequest told(ModelRequest request) {
        String before = Objects.requireNonNullElse(request.systemPrompt(), "");
        return request.withSystemPrompt(before.isEmpty() ? prompt : before + "\n\n" + prompt);
    }

    /** It runs alone, so that of two lists in one answer the later one is kept. */
    private static AgentTool tool() {
        Map<String, Object> todo = Map.of(
                "type",
                "object",
                "properties",
                Map.of("content", Map.of("type", "string"), "status", Map.of("type", "string", "enum", Todo.STATUSES)),
                "required",
                List.of("content", "status"),
                "additionalProperties",
                false);
        Map<String, Object> arguments = Map.of(
                "type",
                "object",
                "properties",
                Map.of("todos", Map.of("type", "array", "items", todo)),
                "required",
                List.of("todos"),
                "additionalProperties",
                false);
        return AgentTool.of(TOOL, DESCRIPTION, arguments, (given, context) -> written(given.get("todos")))
                .exclusive();
    }

    private static ToolResult<String> written(Object given) {
        List<Todo> todos = new ArrayList<>();
        for (Object each : (List<?>) given) {
            Map<?, ?> entry = (Map<?, ?>) each;
            todos.add(new Todo(String.valueOf(entry.get("content")), String.valueOf(entry.get("status"))));
        }
        StateUpdate<Section> update = STATE.changes().set(TODOS, todos).update();
        long open = todos.stream()
                .filter(todo -> !todo.status().equals("completed"))
                .count();
        return ToolResult.of("The list has " + todos.size() + " entries, of which " + open + " are not completed.")
                .update(update);
    }
}
