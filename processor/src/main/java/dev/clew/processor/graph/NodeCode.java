package dev.clew.processor.graph;

import com.palantir.javapoet.ClassName;
import com.palantir.javapoet.CodeBlock;
import dev.clew.processor.read.GraphNames;
import dev.clew.processor.state.ComponentDeclaration;
import dev.clew.processor.state.StateDeclaration;
import dev.clew.processor.state.Updates;
import dev.clew.processor.validate.TypeNames;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import javax.lang.model.type.TypeKind;
import javax.lang.model.type.TypeMirror;

/** Writes the calls that describe one node to the builder of its graph. */
final class NodeCode {
    /** What a body gets. */
    private static final String IN = "in";

    private final GraphDeclaration graph;
    private final StateDeclaration state;
    private final TypeNames names;
    private final Policies policies;

    NodeCode(GraphDeclaration graph, StateDeclaration state, TypeNames names, Policies policies) {
        this.graph = graph;
        this.state = state;
        this.names = names;
        this.policies = policies;
    }

    List<CodeBlock> node(NodeDeclaration node) {
        List<CodeBlock> chain = new ArrayList<>();
        chain.add(CodeBlock.of("node($S)", node.name()));
        chain.addAll(edges(node.after(), node.afterAll(), node.isDeferred()));
        node.sent()
                .ifPresent(sent -> chain.add(CodeBlock.of(
                        "$L($T.class)", sent.mayBeMissing() ? "mayTake" : "takes", names.of(sent.type()))));
        TypeMirror route = node.answer().route();
        if (route != null) {
            chain.add(CodeBlock.of("routes($T.class)", names.of(route)));
            chain.add(CodeBlock.of(node.answer().isMany() ? "mayBeEmpty()" : "routesOnce()"));
        }
        node.writes().ifPresent(component -> chain.add(CodeBlock.of("writes($S)", component)));
        chain.addAll(policies.of(node));
        reads(node).ifPresent(chain::add);
        graph.handler(node.name()).ifPresent(handler -> chain.addAll(handler(handler)));
        chain.add(CodeBlock.of("$L($L)", node.isScope() ? "scope" : "leaf", body(node)));
        return chain;
    }

    /** What a cached node reads is its key, unless it takes the whole state. */
    private static Optional<CodeBlock> reads(NodeDeclaration node) {
        boolean takesAll = node.parameters().stream().anyMatch(each -> each.role() == NodeParameter.Role.STATE);
        if (node.options().nested("cache").isEmpty() || takesAll) {
            return Optional.empty();
        }
        List<String> components = node.parameters().stream()
                .filter(each -> each.role() == NodeParameter.Role.COMPONENT)
                .map(NodeParameter::name)
                .toList();
        return Optional.of(CodeBlock.of("reads($L)", texts(components)));
    }

    static List<CodeBlock> edges(List<String> after, List<String> afterAll, boolean isDeferred) {
        List<CodeBlock> chain = new ArrayList<>();
        if (after.size() == 1) {
            chain.add(CodeBlock.of("after($S)", after.get(0)));
        } else if (!after.isEmpty()) {
            chain.add(CodeBlock.of("afterAny($L)", texts(after)));
        }
        if (!afterAll.isEmpty()) {
            chain.add(CodeBlock.of("afterAll($L)", texts(afterAll)));
        }
        if (isDeferred) {
            chain.add(CodeBlock.of("defer()"));
        }
        return chain;
    }

    static CodeBlock texts(List<String> texts) {
        return texts.stream().map(text -> CodeBlock.of("$S", text)).collect(CodeBlock.joining(",$W"));
    }

    private List<CodeBlock> handler(NodeDeclaration handler) {
        List<CodeBlock> chain = new ArrayList<>();
        TypeMirror route = handler.answer().route();
        if (route != null) {
            chain.add(CodeBlock.of("onErrorRoutes($T.of($T.class))", GraphNames.ROUTE_SPEC, names.of(route)));
            if (handler.answer().isMany()) {
                chain.add(CodeBlock.of("onErrorMayGoTo()"));
            }
        }
        chain.add(CodeBlock.of("$L($L)", handler.isScope() ? "onError" : "onErrorLeaf", body(handler)));
        return chain;
    }

    // --- the body: a direct call of the user's method ---

    private CodeBlock body(NodeDeclaration node) {
        CodeBlock call = CodeBlock.of(
                "$L.$L($L)",
                StateGraphCode.OBJECT,
                node.method().getSimpleName(),
                node.parameters().stream().map(this::argument).collect(CodeBlock.joining(",$W")));
        CodeBlock value = node.answer().isAwaited() ? CodeBlock.of("$L.await($L)", IN, call) : call;
        ClassName update = state.update();
        return switch (node.answer().kind()) {
            case NOTHING -> CodeBlock.of("$L -> {$>\n$L;\nreturn null;\n$<}", IN, value);
            case UPDATE, ROUTED, OTHER_UPDATE -> CodeBlock.of("$L -> $L", IN, value);
            case ROUTE -> CodeBlock.of("$L -> $T.update().goTo($L)", IN, update, value);
            case WRITTEN ->
                CodeBlock.of(
                        "$L -> $T.update().$L($L)", IN, update, node.writes().orElse(""), value);
        };
    }

    private CodeBlock argument(NodeParameter parameter) {
        return switch (parameter.role()) {
            case CONTEXT -> CodeBlock.of("$L.context($T.class)", IN, names.of(parameter.type()));
            case RUN -> CodeBlock.of("$L.run()", IN);
            case TASK_CONTEXT -> CodeBlock.of(IN);
            case TASKS -> CodeBlock.of("new Tasks($L, $L.scope())", StateGraphCode.STEPS, IN);
            case SUPERSTEP -> CodeBlock.of("$L.superstep()", IN);
            case FAILURE -> CodeBlock.of("$L.failure()", IN);
            case STATE -> CodeBlock.of("$L.state()", IN);
            case SENT -> CodeBlock.of("$L.sent()", IN);
            case SENT_OPTIONAL -> CodeBlock.of("$T.ofNullable($L.sent())", ClassName.get("java.util", "Optional"), IN);
            case COMPONENT, UNKNOWN -> component(parameter);
        };
    }

    private CodeBlock component(NodeParameter parameter) {
        ComponentDeclaration component = state.components().stream()
                .filter(each -> each.name().equals(parameter.name()))
                .findFirst()
                .orElse(null);
        if (component == null) {
            return CodeBlock.of("null"); // a stub has no bodies, and anything else has been refused
        }
        boolean isNeverNull = component.reduction().isPresent()
                || component.type().getKind().isPrimitive()
                || isOptional(component.type());
        boolean required = !isNeverNull && !parameter.isNullable();
        return CodeBlock.of(
                "$L.$L($T.$L)",
                IN,
                required ? "required" : "value",
                Updates.components(state),
                Updates.constant(state, component));
    }

    private static boolean isOptional(TypeMirror type) {
        return type.getKind() == TypeKind.DECLARED && type.toString().startsWith("java.util.Optional");
    }
}
