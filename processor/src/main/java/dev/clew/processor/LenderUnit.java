package dev.clew.processor;

import com.palantir.javapoet.ClassName;
import com.palantir.javapoet.TypeSpec;
import dev.clew.processor.graph.MemberValidator;
import dev.clew.processor.validate.Findings;
import java.util.Map;
import java.util.Set;
import javax.lang.model.element.TypeElement;

/** A class that has nodes and is no graph: an abstract one lends them to its subclasses, for any other it is a mistake. */
record LenderUnit(FlowUnit flow) implements Unit {
    @Override
    public TypeElement type() {
        return flow.type();
    }

    @Override
    public Set<String> unresolved() {
        return flow.unresolved();
    }

    private boolean hasTasks() {
        return !flow.flow().steps().isEmpty();
    }

    @Override
    public Findings validate() {
        Findings findings = new Findings();
        MemberValidator.outside(type(), findings);
        if (hasTasks() && findings.isClean()) {
            flow.validate().forEach(findings::add);
        }
        return findings;
    }

    @Override
    public Map<ClassName, TypeSpec> types(Findings findings) {
        return hasTasks() ? flow.types(findings) : Map.of();
    }

    @Override
    public void taken() {
        flow.taken();
    }
}
