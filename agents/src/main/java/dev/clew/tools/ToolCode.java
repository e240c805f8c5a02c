package dev.clew.tools;

import org.jspecify.annotations.Nullable;

/**
 * What a tool does with its arguments.
 *
 * <pre>{@code
 * ToolCode<Map<String, Object>, TaskContext> search = (arguments, context) -> mcp.call("search", arguments);
 * }</pre>
 *
 * @param <A> the type of the arguments
 * @param <C> the handle of the attempt: {@code TaskContext} or {@code Run}
 */
@FunctionalInterface
public interface ToolCode<A, C> {
    /** One attempt of a call. It returns what {@link ToolResult#of} takes, or a {@link ToolResult}. */
    @Nullable
    Object run(A arguments, C handle) throws Throwable;
}
