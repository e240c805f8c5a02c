package dev.clew.processor.graph;

import com.palantir.javapoet.CodeBlock;
import dev.clew.processor.model.PolicyModeller;
import dev.clew.processor.read.Attributes;
import dev.clew.processor.read.ResultDeclaration;
import dev.clew.processor.read.StepDeclaration;
import dev.clew.processor.read.StepKind;
import dev.clew.processor.validate.TypeNames;
import java.util.List;
import java.util.Optional;
import javax.lang.model.element.ExecutableElement;

/** How nodes are attempted: written and judged as it is for tasks. */
final class Policies {
    private final PolicyModeller modeller;

    Policies(TypeNames names) {
        this.modeller = new PolicyModeller(names);
    }

    /** The calls that set them. */
    List<CodeBlock> of(NodeDeclaration node) {
        return modeller.model(step(node.method(), node.options(), node.name()), List.of())
                .calls();
    }

    /** The calls that set those of a whole graph. */
    List<CodeBlock> of(Attributes options) {
        return modeller.calls(options);
    }

    /** The node as a step, as far as its options go. */
    static StepDeclaration step(ExecutableElement method, Attributes options, String name) {
        return new StepDeclaration(
                StepKind.NODE,
                method,
                method,
                options,
                name,
                new ResultDeclaration(method.getReturnType(), Optional.empty(), false),
                List.of());
    }
}
