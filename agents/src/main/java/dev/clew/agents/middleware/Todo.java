package dev.clew.agents.middleware;

import dev.clew.value.IllegalRequestException;
import java.util.List;
import java.util.Objects;

/**
 * One entry of the list that {@link TodoList} keeps.
 *
 * <pre>{@code
 * List<Todo> todos = state.get(TodoList.STATE).todos();
 * }</pre>
 *
 * @param content what is to be done
 * @param status {@code pending}, {@code in_progress} or {@code completed}
 */
public record Todo(String content, String status) {
    static final List<String> STATUSES = List.of("pending", "in_progress", "completed");

    /** Checks the status. */
    public Todo {
        Objects.requireNonNull(content, "content");
        if (!STATUSES.contains(status)) {
            throw new IllegalRequestException("the status of a todo is one of " + STATUSES + ", not " + status);
        }
    }
}
