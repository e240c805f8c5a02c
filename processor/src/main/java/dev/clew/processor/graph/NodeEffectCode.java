package dev.clew.processor.graph;

import com.palantir.javapoet.ClassName;
import com.palantir.javapoet.CodeBlock;
import com.palantir.javapoet.FieldSpec;
import com.palantir.javapoet.ParameterizedTypeName;
import com.palantir.javapoet.TypeName;
import dev.clew.processor.model.EffectModel;
import dev.clew.processor.model.PolicyModeller;
import dev.clew.processor.read.EffectOptions;
import dev.clew.processor.read.GraphNames;
import dev.clew.processor.validate.TypeNames;
import dev.clew.processor.write.OutcomeCode;
import dev.clew.processor.write.TypeCode;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/** Writes what a node says of its effect: that it must not happen twice, and what undoes it. */
final class NodeEffectCode {
    /** What is known of the result of what is undone. */
    private static final String KNOWN = "known";

    private final ClassName graph;
    private final ClassName update;
    private final TypeNames names;
    private final PolicyModeller policies;
    private final PolicyModeller.Effects methods;

    /**
     * Of one graph.
     *
     * @param update the class of the updates of its state
     * @param methods finds the methods of the graph by their name
     */
    NodeEffectCode(ClassName graph, ClassName update, TypeNames names, PolicyModeller.Effects methods) {
        this.graph = graph;
        this.update = update;
        this.names = names;
        this.policies = new PolicyModeller(names);
        this.methods = methods;
    }

    static boolean isUndone(NodeDeclaration node) {
        return new EffectOptions(node.options()).undo().isPresent();
    }

    static boolean isOnce(NodeDeclaration node) {
        return new EffectOptions(node.options()).isOnce();
    }

    private static String constantName(NodeDeclaration node) {
        return NodeEnumCode.constant(node.name()) + EffectModel.OUTCOME;
    }

    /** The constant that asks what became of a node. */
    FieldSpec constant(NodeDeclaration node, TypeName owner) {
        String method = node.method().getSimpleName().toString();
        return isUpdate(node)
                ? OutcomeCode.constant(
                        constantName(node),
                        node.name(),
                        owner,
                        method,
                        update,
                        CodeBlock.of("$T.resolution($T.TYPE)", GraphNames.UPDATE_OUTCOMES, update))
                : OutcomeCode.constant(constantName(node), node.name(), owner, method, result(node));
    }

    private static boolean isUpdate(NodeDeclaration node) {
        return node.answer().kind() == Answer.Kind.UPDATE;
    }

    /** What people and the outside world say that the node gave. */
    private TypeName result(NodeDeclaration node) {
        return node.answer().kind() == Answer.Kind.NOTHING
                ? ClassName.get(Void.class)
                : isUpdate(node) ? update : names.of(node.answer().written()).box();
    }

    /**
     * The calls that say it, from {@code once} or {@code undoable} on.
     *
     * @param argument what the body is given for a parameter
     */
    List<CodeBlock> calls(NodeDeclaration node, Function<NodeParameter, CodeBlock> argument) {
        List<CodeBlock> chain = new ArrayList<>();
        policies.effect(node.options(), methods).ifPresent(effect -> chain.addAll(once(node, effect, argument)));
        PolicyModeller.undo(node.options(), node.values().size(), methods).ifPresent(method -> {
            if (chain.isEmpty()) {
                chain.add(CodeBlock.of("undoable(($T value) -> $L)", result(node), made(node)));
            }
            chain.add(undo(node, method, argument));
        });
        return chain;
    }

    private List<CodeBlock> once(
            NodeDeclaration node, EffectModel effect, Function<NodeParameter, CodeBlock> argument) {
        List<CodeBlock> chain = new ArrayList<>();
        chain.add(CodeBlock.of("once($T.$L, value -> $L)", graph, constantName(node), made(node)));
        chain.addAll(effect.calls());
        if (!node.values().isEmpty()) {
            CodeBlock shown = node.values().stream().map(argument).collect(CodeBlock.joining(",$W"));
            chain.add(CodeBlock.of("shows($L -> $T.<Object>asList($L))", NodeCode.IN, Arrays.class, shown));
        }
        effect.reconciliation().ifPresent(asked -> chain.add(reconcile(node, asked, argument)));
        return chain;
    }

    /** What the node gives of what was said; the cast of a box keeps an overload that takes it from being called instead. */
    private CodeBlock made(NodeDeclaration node) {
        return switch (node.answer().kind()) {
            case NOTHING -> CodeBlock.of("null");
            case UPDATE, OTHER_UPDATE, ROUTED -> CodeBlock.of("value");
            case ROUTE -> CodeBlock.of("$T.update().goTo(value)", update);
            case WRITTEN -> {
                TypeName type = names.of(node.answer().written());
                yield CodeBlock.of(
                        "$T.update().$L($Lvalue)",
                        update,
                        node.writes().orElse(""),
                        type.isPrimitive() ? CodeBlock.of("($T) ", type) : CodeBlock.of(""));
            }
        };
    }

    /** What a method gets that is called beside a node. */
    private static CodeBlock arguments(
            NodeDeclaration node, EffectModel.Method method, Function<NodeParameter, CodeBlock> argument) {
        return method.arguments().stream()
                .map(index -> switch (index) {
                    case EffectModel.Method.CONTEXT -> CodeBlock.of(NodeCode.IN);
                    case EffectModel.Method.RESULT -> CodeBlock.of(KNOWN);
                    default -> argument.apply(node.values().get(index));
                })
                .collect(CodeBlock.joining(",$W"));
    }

    private CodeBlock undo(
            NodeDeclaration node, EffectModel.Method method, Function<NodeParameter, CodeBlock> argument) {
        CodeBlock body = CodeBlock.of(
                "($L, $L) -> $L.$L($L)",
                NodeCode.IN,
                KNOWN,
                StateGraphCode.OBJECT,
                method.method(),
                arguments(node, method, argument));
        return node.answer().kind() == Answer.Kind.NOTHING
                ? CodeBlock.of("undo($L)", body)
                : CodeBlock.of("undo($L, $L)", found(node), body);
    }

    /** How a node ends that can be undone: with what its effect gives. */
    CodeBlock gives(NodeDeclaration node, CodeBlock value) {
        if (node.answer().kind() == Answer.Kind.NOTHING) {
            return CodeBlock.of(
                    "gives($L, $L -> {$>\n$L;\nreturn null;\n$<})", TypeCode.typeRef(result(node)), NodeCode.IN, value);
        }
        CodeBlock type = isUpdate(node) ? CodeBlock.of("$T.TYPE", update) : TypeCode.typeRef(result(node));
        return CodeBlock.of("gives($L, $L -> $L)", type, NodeCode.IN, value);
    }

    private CodeBlock found(NodeDeclaration node) {
        return isUpdate(node)
                ? CodeBlock.of("$T.found($T.TYPE)", GraphNames.UPDATE_OUTCOMES, update)
                : TypeCode.typeRef(ParameterizedTypeName.get(ClassName.get(Optional.class), result(node)));
    }

    private CodeBlock reconcile(
            NodeDeclaration node, EffectModel.Method asked, Function<NodeParameter, CodeBlock> argument) {
        CodeBlock arguments = arguments(node, asked, argument);
        CodeBlock body = CodeBlock.of("$L -> $L.$L($L)", NodeCode.IN, StateGraphCode.OBJECT, asked.method(), arguments);
        if (node.answer().kind() == Answer.Kind.NOTHING) {
            return CodeBlock.of("reconcile($L)", body);
        }
        return CodeBlock.of("reconcile($L, $L)", found(node), body);
    }
}
