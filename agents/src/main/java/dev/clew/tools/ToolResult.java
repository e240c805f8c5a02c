package dev.clew.tools;

import dev.clew.graph.StateUpdate;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What a tool returns that has more to say than a value: something for people beside what the model reads, a change of the
 * agent's state, or that it failed. Immutable.
 *
 * <pre>{@code
 * return ToolResult.of("3 rows").artifact(Map.of("rows", rows));
 * return ToolResult.error("There is no city of this name.");
 * return ToolResult.of("noted").update(TodosUpdate.update().todos("buy milk"));
 * }</pre>
 *
 * @param <R> the type of what the model reads
 */
public final class ToolResult<R extends @Nullable Object> {
    private final R content;
    private final @Nullable Object artifact;
    private final List<StateUpdate<?>> updates;
    private final boolean isError;
    private final Cost cost;

    private ToolResult(R content, @Nullable Object artifact, List<StateUpdate<?>> updates, boolean isError, Cost cost) {
        this.content = content;
        this.artifact = artifact;
        this.updates = updates;
        this.isError = isError;
        this.cost = cost;
    }

    /**
     * Returns the result that the model reads: a text as it is, blocks of content as they are, null as "done", anything else as
     * its JSON.
     */
    public static <R extends @Nullable Object> ToolResult<R> of(R content) {
        return new ToolResult<>(content, null, List.of(), false, Cost.NONE);
    }

    /** Returns the result that tells the model why the call failed. It is not tried again. */
    public static ToolResult<String> error(String text) {
        return new ToolResult<>(Objects.requireNonNull(text, "text"), null, List.of(), true, Cost.NONE);
    }

    /** Returns the same result with plain data that is stored and shown to people, and not to the model. */
    public ToolResult<R> artifact(@Nullable Object data) {
        return new ToolResult<>(content, data, updates, isError, cost);
    }

    /**
     * Returns the same result with a change of the agent's state: of a section that one of its middlewares has. Changes of
     * several calls are folded in the order of the calls.
     */
    public ToolResult<R> update(StateUpdate<?> update) {
        List<StateUpdate<?>> more = new ArrayList<>(updates);
        more.add(update);
        return new ToolResult<>(content, artifact, List.copyOf(more), isError, cost);
    }

    /** Returns the same result of a call that asked models itself: this counts as what the agent's run cost. */
    public ToolResult<R> cost(Cost spent) {
        return new ToolResult<>(content, artifact, updates, isError, spent);
    }

    /** Returns what the call cost. */
    public Cost cost() {
        return cost;
    }

    /** Returns what the model reads. */
    public R content() {
        return content;
    }

    /** Returns what people get beside it, plain data; null for nothing. */
    public @Nullable Object artifact() {
        return artifact;
    }

    /** Returns the changes of the agent's state. */
    public List<StateUpdate<?>> updates() {
        return updates;
    }

    /** Whether the call failed. */
    public boolean isError() {
        return isError;
    }
}
