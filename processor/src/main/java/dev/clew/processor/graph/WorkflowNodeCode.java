package dev.clew.processor.graph;

import com.palantir.javapoet.ClassName;
import com.palantir.javapoet.CodeBlock;
import dev.clew.processor.state.ComponentDeclaration;
import dev.clew.processor.state.StateDeclaration;
import dev.clew.processor.state.Updates;
import dev.clew.processor.validate.TypeNames;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import javax.lang.model.type.TypeMirror;
import javax.lang.model.util.Types;

/** Writes the node that a workflow with {@code @Subgraph} is: a scope that calls it as a child. */
final class WorkflowNodeCode {
    private static final String GIVEN = "given";

    private final StateDeclaration state;
    private final TypeNames names;
    private final SubgraphDeclaration node;
    private final InnerGraph workflow;
    private final WorkflowFit fit;

    WorkflowNodeCode(Types types, StateDeclaration state, TypeNames names, SubgraphDeclaration node) {
        this.state = state;
        this.names = names;
        this.node = node;
        this.workflow = Objects.requireNonNull(node.graph());
        this.fit = new WorkflowFit(types, state, node, workflow);
    }

    CodeBlock code() {
        List<CodeBlock> chain = new ArrayList<>(List.of(CodeBlock.of("node($S)", node.name())));
        chain.addAll(NodeCode.edges(node));
        if (!node.formerly().isEmpty()) {
            chain.add(CodeBlock.of("formerly($L)", NodeCode.texts(node.formerly())));
        }
        RouteTypes.Route route = node.routes();
        if (route != null) {
            chain.add(CodeBlock.of("routes($T.class)", names.raw(route.type())));
            chain.add(CodeBlock.of("routesOnce()"));
        }
        if (!node.writes().isEmpty()) {
            chain.add(CodeBlock.of("writes($S)", node.writes()));
        }
        chain.add(CodeBlock.of("scope($L -> {$>\n$L$<})", NodeCode.IN, body()));
        return CodeBlock.of("$L", CodeBlock.join(chain, "\n    ."));
    }

    /** Lines of a lambda, which stands within a statement: so they are none of their own. */
    private CodeBlock body() {
        TypeMirror output = workflow.output();
        if (output == null) {
            return CodeBlock.of("$L;\nreturn null;\n", call());
        }
        CodeBlock.Builder body =
                CodeBlock.builder().add("$T $L = $L;\n", names.of(output).box(), GIVEN, call());
        CodeBlock update = CodeBlock.of("$T.update()", state.update());
        List<ComponentDeclaration> results = fit.results();
        if (!results.isEmpty()) {
            body.add("if ($L == null) {$>\nreturn $L;\n$<}\n", GIVEN, update);
        }
        body.add("return $L", update);
        fit.written().ifPresent(each -> body.add(".$L($L)", each.name(), GIVEN));
        results.forEach(each -> body.add(".$L($L.$L())", each.name(), GIVEN, each.name()));
        if (node.routes() != null) {
            body.add(".goTo($L)", GIVEN);
        }
        return body.add(";\n").build();
    }

    private CodeBlock call() {
        CodeBlock of = CodeBlock.of("$L.$L$L", StateGraphCode.OBJECT, node.name(), node.isMethod() ? "()" : "");
        return input().map(given -> CodeBlock.of("$L.run().invoke($L,$W$L)", NodeCode.IN, of, given))
                .orElseGet(() -> CodeBlock.of("$L.run().invoke($L)", NodeCode.IN, of));
    }

    private Optional<CodeBlock> input() {
        if (workflow.input() == null) {
            return Optional.empty();
        }
        CodeBlock values = fit.arguments().stream().map(this::value).collect(CodeBlock.joining(",$W"));
        return Optional.of(fit.isMade() ? CodeBlock.of("new $T($L)", names.of(workflow.input()), values) : values);
    }

    /** One that is never null is there; one that may be must have been written before. */
    private CodeBlock value(ComponentDeclaration component) {
        ClassName components = Updates.components(state);
        return CodeBlock.of(
                "$L.$L($T.$L)",
                NodeCode.IN,
                NodeCode.isNeverNull(component) ? "value" : "required",
                components,
                Updates.constant(state, component));
    }
}
