package dev.clew.processor;

import com.palantir.javapoet.ClassName;
import com.palantir.javapoet.TypeSpec;
import dev.clew.processor.read.FlowDeclaration;
import dev.clew.processor.tool.ToolRule;
import dev.clew.processor.tool.ToolTypes;
import dev.clew.processor.tool.ToolValidator;
import dev.clew.processor.validate.Findings;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import javax.lang.model.element.TypeElement;

/** A class with tools, and whatever else it is: a flow, a graph, or nothing. */
record ToolsUnit(FlowDeclaration tools, ToolValidator validator, ToolTypes written, Optional<Unit> other, FlowUnit flow)
        implements Unit {
    @Override
    public TypeElement type() {
        return tools.type();
    }

    @Override
    public Set<String> unresolved() {
        Set<String> unresolved = new TreeSet<>(tools.unresolved());
        unresolved.remove(tools.names().tasks().simpleName());
        unresolved.remove(tools.names().tasks().canonicalName());
        other.ifPresent(unit -> unresolved.addAll(unit.unresolved()));
        return unresolved;
    }

    @Override
    public Findings validate() {
        Findings findings = validator.validate(tools);
        if (!findings.has(ToolRule.TOOL_RUNTIME.code())) {
            other.ifPresent(unit -> unit.validate().forEach(findings::add));
        }
        return findings;
    }

    @Override
    public Map<ClassName, TypeSpec> types(Findings findings) {
        if (findings.has(ToolRule.TOOL_RUNTIME.code())) {
            return Map.of();
        }
        Map<ClassName, TypeSpec> types = new LinkedHashMap<>();
        if (tools.hasGraph()) {
            other.ifPresent(unit -> types.putAll(unit.types(findings)));
        }
        boolean isLender = !tools.hasGraph() && other.isPresent();
        types.putAll(written.of(
                tools,
                isLender
                        ? Optional.of(
                                findings.isClean()
                                        ? flow.modeller().model(flow.flow())
                                        : flow.modeller().stub(flow.flow()))
                        : Optional.empty(),
                !findings.isClean()));
        return types;
    }

    @Override
    public Map<String, String> resources(Findings findings) {
        return other.map(unit -> unit.resources(findings)).orElse(Map.of());
    }

    @Override
    public void taken() {
        other.ifPresent(Unit::taken);
    }
}
