package dev.clew.processor.tool;

import dev.clew.processor.validate.CodedRule;
import dev.clew.processor.validate.Finding;

/** Every rule about tools: its code, which never changes its meaning, what is wrong, and what to do. */
public enum ToolRule implements CodedRule {
    TOOL_RUNTIME(301, "'%s' has tools, and clew-agents is not on the class path", "depend on clew-agents"),
    TOOL_DESCRIPTION(
            302, "%s has a blank description, by which a model could not choose it", "say in a sentence what it does"),
    TOOL_NAME(
            303,
            "'%s' is not a valid tool name: providers of models refuse it",
            "write 1 to 64 letters of ASCII, digits, _ and -"),
    TOOL_TWICE(304, "another tool of the class is named '%s' too", "write a name = \"…\" of its own for one of them"),
    TOOL_CONSTANT(305, "tools '%s' and '%s' would have the same constant '%s'", "rename one of them"),
    TOOL_ROLES(306, "'%s' is @Tool and %s", "keep one; a tool that calls a task takes the …Tasks of its class"),
    TOOL_ACTS(
            307,
            "%s takes Run and no …Tasks: what it does outside is done again when it is run again",
            "do what acts in a @Task of the class, or in a tool without Run; ask before a call with HumanInTheLoop");

    private final int number;
    private final String problem;
    private final String fix;

    ToolRule(int number, String problem, String fix) {
        this.number = number;
        this.problem = problem;
        this.fix = fix;
    }

    @Override
    public Text text() {
        return new Text(number, problem, fix);
    }

    @Override
    public Finding.Severity severity() {
        return this == TOOL_ACTS ? Finding.Severity.NOTE : Finding.Severity.ERROR;
    }
}
