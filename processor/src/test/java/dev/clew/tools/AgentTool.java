package dev.clew.tools;

/** As much of the agents' module as generated code needs, which comes after this one in the build. */
public final class AgentTool {
    AgentTool() {}

    public static MethodTool method(String name, String description) {
        return new MethodTool();
    }
}
