package dev.clew.processor.graph;

import com.palantir.javapoet.CodeBlock;
import dev.clew.processor.model.PolicyModeller;
import dev.clew.processor.read.Attributes;
import dev.clew.processor.read.Options;
import dev.clew.processor.validate.TypeNames;
import java.util.List;

/** How nodes are attempted: written and judged as it is for tasks. */
final class Policies {
    private final PolicyModeller modeller;

    Policies(TypeNames names) {
        this.modeller = new PolicyModeller(names);
    }

    /** The calls that set them. */
    List<CodeBlock> of(NodeDeclaration node) {
        return modeller.calls(node.options());
    }

    /** The calls that set those of a whole graph. */
    List<CodeBlock> of(Attributes options) {
        return modeller.calls(options);
    }

    /** The options of a node. */
    static Options options(NodeDeclaration node) {
        return new Options(
                node.method(),
                node.site(),
                node.options(),
                "node " + node.label(),
                node.values().stream().map(NodeParameter::written).toList());
    }

    /** The options of a whole graph. */
    static Options options(GraphDeclaration graph) {
        return new Options(graph.type(), graph.type(), graph.options(), "graph '" + graph.label() + "'", List.of());
    }
}
