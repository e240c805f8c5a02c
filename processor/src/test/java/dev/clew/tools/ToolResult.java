package dev.clew.tools;

/** Stands in for the result of a tool. */
public final class ToolResult<R> {
    private ToolResult() {}

    public static <R> ToolResult<R> of(R content) {
        return new ToolResult<>();
    }
}
