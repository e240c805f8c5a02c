package dev.clew.processor.graph;

import com.palantir.javapoet.ClassName;
import com.palantir.javapoet.CodeBlock;
import com.palantir.javapoet.TypeName;
import dev.clew.processor.read.DeclarationReader;
import dev.clew.processor.read.GraphNames;
import dev.clew.processor.state.ComponentDeclaration;
import dev.clew.processor.state.StateDeclaration;
import dev.clew.processor.state.Updates;
import dev.clew.processor.validate.TypeNames;
import dev.clew.processor.write.TypeCode;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import javax.lang.model.type.TypeMirror;

/** Writes the calls that describe one node to the builder of its graph. */
final class NodeCode {
    /** What a body gets. */
    static final String IN = "in";

    private final GraphDeclaration graph;
    private final StateDeclaration state;
    private final TypeNames names;
    private final Policies policies;
    private final NodeEffectCode effects;

    NodeCode(
            GraphDeclaration graph,
            StateDeclaration state,
            TypeNames names,
            Policies policies,
            NodeEffectCode effects) {
        this.graph = graph;
        this.state = state;
        this.names = names;
        this.policies = policies;
        this.effects = effects;
    }

    List<CodeBlock> node(NodeDeclaration node) {
        List<CodeBlock> chain = new ArrayList<>();
        chain.add(CodeBlock.of("node($S)", node.name()));
        chain.addAll(edges(node));
        node.sent()
                .ifPresent(sent -> chain.add(CodeBlock.of(
                        "$L($L)", sent.mayBeMissing() ? "mayTake" : "takes", TypeCode.literal(names.of(sent.type())))));
        TypeMirror route = node.answer().route();
        if (route != null) {
            chain.add(CodeBlock.of("routes($T.class)", names.raw(route)));
            chain.add(CodeBlock.of(node.answer().isMany() ? "mayBeEmpty()" : "routesOnce()"));
        }
        node.writes().ifPresent(component -> chain.add(CodeBlock.of("writes($S)", component)));
        chain.addAll(policies.of(node));
        reads(node).ifPresent(chain::add);
        cacheKey(node).ifPresent(chain::add);
        graph.handler(node.name()).ifPresent(handler -> chain.addAll(handler(handler)));
        chain.addAll(effects.calls(node, parameter -> argument(node, parameter)));
        chain.add(
                NodeEffectCode.isUndone(node)
                        ? effects.gives(node, value(node))
                        : CodeBlock.of("$L($L)", node.isScope() ? "scope" : "leaf", body(node)));
        return chain;
    }

    /** What a cached node reads is its key, and what undoes a node gets what it read, unless it takes the whole state. */
    private static Optional<CodeBlock> reads(NodeDeclaration node) {
        boolean takesAll = node.parameters().stream().anyMatch(each -> each.role() == NodeParameter.Role.STATE);
        boolean isKept = !node.options().nested("cache").isEmpty() || NodeEffectCode.isUndone(node);
        if (!isKept || takesAll) {
            return Optional.empty();
        }
        List<String> components = node.parameters().stream()
                .filter(each -> each.role() == NodeParameter.Role.COMPONENT)
                .map(NodeParameter::name)
                .toList();
        return Optional.of(CodeBlock.of("reads($L)", texts(components)));
    }

    static List<CodeBlock> edges(GraphNode node) {
        List<String> after = node.after();
        List<String> afterAll = node.afterAll();
        List<CodeBlock> chain = new ArrayList<>();
        if (after.size() == 1) {
            chain.add(CodeBlock.of("after($S)", after.get(0)));
        } else if (!after.isEmpty()) {
            chain.add(CodeBlock.of("afterAny($L)", texts(after)));
        }
        if (!afterAll.isEmpty()) {
            chain.add(CodeBlock.of("afterAll($L)", texts(afterAll)));
        }
        if (node.isDeferred()) {
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
            chain.add(CodeBlock.of("onErrorRoutes($T.of($T.class))", GraphNames.ROUTE_SPEC, names.raw(route)));
            if (handler.answer().isMany()) {
                chain.add(CodeBlock.of("onErrorMayGoTo()"));
            }
        }
        chain.add(CodeBlock.of("$L($L)", handler.isScope() ? "onError" : "onErrorLeaf", body(handler)));
        return chain;
    }

    /** The key method stands beside the node, in the class that declares it. */
    private Optional<CodeBlock> cacheKey(NodeDeclaration node) {
        return node.options().nested("cache").stream()
                .flatMap(cached -> cached.text("key").stream())
                .filter(key -> !key.isEmpty())
                .findFirst()
                .map(key -> CodeBlock.of(
                        "cacheKey((sent, values) -> $T.$L($L))",
                        ClassName.get(GraphMembers.owner(node.method())),
                        key,
                        node.values().stream().map(this::keyArgument).collect(CodeBlock.joining(",$W"))));
    }

    private CodeBlock keyArgument(NodeParameter parameter) {
        return switch (parameter.role()) {
            case SENT -> CodeBlock.of("sent");
            case SENT_OPTIONAL -> CodeBlock.of("$T.ofNullable(sent)", Optional.class);
            case STATE -> CodeBlock.of("$T.STATE.make(values)", state.update());
            default ->
                CodeBlock.of(
                        "values.get($T.$L)",
                        Updates.components(state),
                        component(parameter.name())
                                .map(each -> Updates.constant(state, each))
                                .orElse(parameter.name()));
        };
    }

    private Optional<ComponentDeclaration> component(String name) {
        return state.components().stream()
                .filter(each -> each.name().equals(name))
                .findFirst();
    }

    // --- the body: a direct call of the user's method ---

    private CodeBlock value(NodeDeclaration node) {
        CodeBlock call = CodeBlock.of(
                "$L.$L($L)",
                StateGraphCode.OBJECT,
                node.method().getSimpleName(),
                node.parameters().stream()
                        .map(parameter -> argument(node, parameter))
                        .collect(CodeBlock.joining(",$W")));
        return node.answer().isAwaited() ? CodeBlock.of("$L.await($L)", IN, call) : call;
    }

    private CodeBlock body(NodeDeclaration node) {
        CodeBlock value = value(node);
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

    private CodeBlock argument(NodeDeclaration node, NodeParameter parameter) {
        return switch (parameter.role()) {
            case CONTEXT -> CodeBlock.of("$L.context($T.class)", IN, names.of(parameter.type()));
            case RUN -> CodeBlock.of("$L.run()", IN);
            case TASK_CONTEXT -> CodeBlock.of(IN);
            case TASKS -> CodeBlock.of("new Tasks($L, $L.scope())", StateGraphCode.STEPS, IN);
            case SUPERSTEP -> CodeBlock.of("$L.superstep()", IN);
            case FAILURE -> CodeBlock.of("$L.failure()", IN);
            case STATE -> CodeBlock.of("$L.state()", IN);
            case SENT -> CodeBlock.of("$L.sent()", IN);
            case SENT_OPTIONAL -> CodeBlock.of("$T.ofNullable($L.sent())", Optional.class, IN);
            case COMPONENT, UNKNOWN -> component(node, parameter);
        };
    }

    /** Where the name has several methods, the argument says its type: else the box could choose another one. */
    private CodeBlock component(NodeDeclaration node, NodeParameter parameter) {
        ComponentDeclaration component = component(parameter.name()).orElse(null);
        if (component == null) {
            return CodeBlock.of("null"); // a stub has no bodies, and anything else has been refused
        }
        TypeName type = names.of(parameter.written());
        return CodeBlock.of(
                "$L$L.$L$L($T.$L)",
                node.isOverloaded() && type.isPrimitive() ? CodeBlock.of("($T) ", type) : CodeBlock.of(""),
                IN,
                node.isOverloaded() ? CodeBlock.of("<$T>", type.box()) : CodeBlock.of(""),
                isRequired(component, parameter) ? "required" : "value",
                Updates.components(state),
                Updates.constant(state, component));
    }

    /** Whether a parameter must have a value that its component need not have yet. */
    static boolean isRequired(ComponentDeclaration component, NodeParameter parameter) {
        return !isNeverNull(component) && !parameter.isNullable();
    }

    /** Whether a component has a value from the start. */
    static boolean isNeverNull(ComponentDeclaration component) {
        return component.reduction().isPresent()
                || component.type().getKind().isPrimitive()
                || isOptional(component.type());
    }

    private static boolean isOptional(TypeMirror type) {
        return DeclarationReader.is(type, "java.util.Optional");
    }
}
