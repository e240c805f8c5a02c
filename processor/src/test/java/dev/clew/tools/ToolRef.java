package dev.clew.tools;

/** What generated constants are. */
public record ToolRef(String name) {
    public static ToolRef of(String name) {
        return new ToolRef(name);
    }
}
