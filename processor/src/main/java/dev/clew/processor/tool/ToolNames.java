package dev.clew.processor.tool;

import com.palantir.javapoet.ClassName;

/** Every type of the agents' module that generated code mentions, by name. */
final class ToolNames {
    static final ClassName AGENT_TOOL = ClassName.get("dev.clew.tools", "AgentTool");
    static final ClassName TOOL_REF = ClassName.get("dev.clew.tools", "ToolRef");

    private ToolNames() {}
}
