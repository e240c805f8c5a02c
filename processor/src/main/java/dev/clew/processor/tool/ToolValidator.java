package dev.clew.processor.tool;

import dev.clew.annotations.Entrypoint;
import dev.clew.annotations.Node;
import dev.clew.annotations.OnError;
import dev.clew.annotations.Task;
import dev.clew.processor.graph.NodeEnumCode;
import dev.clew.processor.model.EffectModel;
import dev.clew.processor.read.Attributes;
import dev.clew.processor.read.EffectOptions;
import dev.clew.processor.read.FlowDeclaration;
import dev.clew.processor.read.GeneratedNames;
import dev.clew.processor.read.Known;
import dev.clew.processor.read.Location;
import dev.clew.processor.read.Role;
import dev.clew.processor.read.StepDeclaration;
import dev.clew.processor.validate.Findings;
import dev.clew.processor.validate.FlowValidator;
import dev.clew.processor.validate.Rule;
import java.lang.annotation.Annotation;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import javax.lang.model.util.Elements;

/** Judges the tools of a class. */
public final class ToolValidator {
    private static final List<Class<? extends Annotation>> OTHER_ROLES =
            List.of(Task.class, Entrypoint.class, Node.class, OnError.class);

    private final Elements elements;
    private final Known known;
    private final FlowValidator steps;

    /** With what judges the methods themselves. */
    public ToolValidator(Elements elements, Known known, FlowValidator steps) {
        this.elements = elements;
        this.known = known;
        this.steps = steps;
    }

    /** All that is wrong with the tools of a class. */
    public Findings validate(FlowDeclaration tools) {
        Findings findings = new Findings();
        Location here = Location.of(tools.type());
        if (elements.getTypeElement(ToolNames.AGENT_TOOL.canonicalName()) == null) {
            findings.add(ToolRule.TOOL_RUNTIME.at(here, tools.label()));
            return findings;
        }
        if (known.isTaken(GeneratedNames.toolsOf(tools.type()), tools.type())) {
            findings.add(Rule.NAME_TAKEN.at(
                    here, GeneratedNames.toolsOf(tools.type()).canonicalName(), tools.label()));
        }
        steps.validateTools(tools, findings);
        Map<String, String> constants = new HashMap<>();
        for (StepDeclaration tool : tools.steps()) {
            tool(tool, findings);
            String name = tool.recordedName();
            String constant = NodeEnumCode.constant(name);
            String other = constants.putIfAbsent(constant, name);
            if (other != null && !findings.has(Rule.METHOD_OVERLOADED)) {
                findings.add(
                        other.equals(name)
                                ? ToolRule.TOOL_TWICE.at(tool.at(tool.options(), "name"), name)
                                : ToolRule.TOOL_CONSTANT.at(tool.at(tool.options(), "name"), other, name, constant));
            }
            if (new EffectOptions(tool.options()).isOnce()) {
                outcome(tool, name, constant + EffectModel.OUTCOME, constants, findings);
            }
        }
        return findings;
    }

    /** The constant of the question about a tool's outcome may be that of another tool. */
    private static void outcome(
            StepDeclaration tool, String name, String constant, Map<String, String> constants, Findings findings) {
        String other = constants.putIfAbsent(constant, name);
        if (other != null && !other.equals(name)) {
            findings.add(ToolRule.TOOL_CONSTANT.at(tool.at(tool.options(), "effect"), other, name, constant));
        }
    }

    private static void tool(StepDeclaration tool, Findings findings) {
        if (tool.options().text("value").filter(String::isBlank).isPresent()) {
            findings.add(ToolRule.TOOL_DESCRIPTION.at(tool.at(tool.options(), "value"), tool.label()));
        }
        if (!tool.recordedName().matches("[a-zA-Z0-9_-]{1,64}")) {
            findings.add(ToolRule.TOOL_NAME.at(tool.at(tool.options(), "name"), tool.recordedName()));
        }
        for (Class<? extends Annotation> role : OTHER_ROLES) {
            if (Attributes.of(tool.method(), role).isPresent()) {
                findings.add(ToolRule.TOOL_ROLES.at(tool.here(), tool.name(), "@" + role.getSimpleName()));
            }
        }
        boolean hasRun = tool.parameters().stream().anyMatch(each -> each.role() == Role.RUN);
        boolean hasTasks = tool.parameters().stream().anyMatch(each -> each.role() == Role.TASKS);
        if (hasRun && !hasTasks) {
            findings.add(ToolRule.TOOL_ACTS.at(tool.here(), tool.label()));
        }
    }
}
