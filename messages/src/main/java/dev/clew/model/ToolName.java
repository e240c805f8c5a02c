package dev.clew.model;

/**
 * What has the name of a tool: a {@link ToolSpec}, or the constant that generated code has for a tool.
 *
 * <pre>{@code
 * assertThat(result).calledTools(TravelTools.WEATHER, TravelTools.BOOK);
 * }</pre>
 */
@FunctionalInterface
public interface ToolName {
    /** Returns the name by which a model calls the tool. */
    String name();
}
