package dev.clew.processor.tool;

import dev.clew.processor.read.Location;
import dev.clew.processor.validate.Finding;
import java.util.Locale;

/** Every rule about tools: its code, which never changes its meaning, what is wrong, and what to do. */
public enum ToolRule {
    TOOL_RUNTIME(301, "'%s' has tools, and clew-agents is not on the class path", "depend on clew-agents"),
    TOOL_DESCRIPTION(
            302, "%s has a blank description, by which a model could not choose it", "say in a sentence what it does"),
    TOOL_NAME(
            303,
            "'%s' is no name of a tool: providers of models refuse it",
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

    /** The code. */
    public String code() {
        return String.format(Locale.ROOT, "CLEW%03d", number);
    }

    /** The code, what is wrong with the details filled in, and on a line of its own what to do. */
    public String message(Object... details) {
        return code() + ": " + String.format(Locale.ROOT, problem, details) + "\n  fix: "
                + String.format(Locale.ROOT, fix, details);
    }

    Finding at(Location location, Object... details) {
        return new Finding(
                code(), location, message(details), this == TOOL_ACTS ? Finding.Severity.NOTE : Finding.Severity.ERROR);
    }
}
