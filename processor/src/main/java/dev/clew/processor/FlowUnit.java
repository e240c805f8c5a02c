package dev.clew.processor;

import com.palantir.javapoet.ClassName;
import com.palantir.javapoet.TypeSpec;
import dev.clew.processor.lint.Lint;
import dev.clew.processor.model.FlowModel;
import dev.clew.processor.model.Modeller;
import dev.clew.processor.read.FlowDeclaration;
import dev.clew.processor.read.GeneratedNames;
import dev.clew.processor.read.StepDeclaration;
import dev.clew.processor.validate.Findings;
import dev.clew.processor.validate.FlowValidator;
import dev.clew.processor.validate.Rule;
import dev.clew.processor.write.GraphCode;
import dev.clew.processor.write.TasksCode;
import java.util.List;
import java.util.Map;
import java.util.Set;
import javax.lang.model.element.TypeElement;

/** A class with {@code @Task} and {@code @Entrypoint} methods. */
record FlowUnit(FlowDeclaration flow, FlowValidator validator, Modeller modeller, Lint lint) implements Unit {
    @Override
    public TypeElement type() {
        return flow.type();
    }

    @Override
    public Set<String> unresolved() {
        return flow.unresolved();
    }

    @Override
    public Findings validate() {
        return validator.validate(flow);
    }

    @Override
    public Map<ClassName, TypeSpec> types(Findings findings) {
        if (findings.has(Rule.RUNTIME_MISSING) || findings.has(Rule.RUNTIME_MISFIT)) {
            return Map.of();
        }
        if (!findings.isClean()) {
            FlowModel model = modeller.stub(flow);
            return types(model, new TasksCode(model).stub(), new GraphCode(model).stub());
        }
        if (flow.isAbstract()) {
            return Map.of();
        }
        FlowModel model = modeller.model(flow);
        return types(model, new TasksCode(model).type(), new GraphCode(model).type());
    }

    private static Map<ClassName, TypeSpec> types(FlowModel model, TypeSpec tasks, TypeSpec graph) {
        return Map.of(model.names().tasks(), tasks, model.names().graph(), graph);
    }

    @Override
    public void taken() {
        lint.expect(flow.type(), flow.names().graph().canonicalName(), inheritedScopes());
    }

    /** For each inherited task whose body is run again, the graph of the class that declares it, and its label. */
    List<String> inheritedScopes() {
        return flow.steps().stream()
                .filter(step ->
                        step.isScope() && !StepDeclaration.owner(step.method()).equals(flow.type()))
                .map(step -> GeneratedNames.of(StepDeclaration.owner(step.method()))
                                .graph()
                                .canonicalName() + " " + step.label())
                .toList();
    }
}
