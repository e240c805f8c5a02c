package dev.clew.processor.graph;

import com.palantir.javapoet.AnnotationSpec;
import com.palantir.javapoet.ClassName;
import com.palantir.javapoet.CodeBlock;
import com.palantir.javapoet.MethodSpec;
import com.palantir.javapoet.ParameterizedTypeName;
import com.palantir.javapoet.TypeName;
import com.palantir.javapoet.TypeSpec;
import dev.clew.processor.model.FlowModel;
import dev.clew.processor.model.PolicyModeller;
import dev.clew.processor.read.GraphNames;
import dev.clew.processor.read.RuntimeNames;
import dev.clew.processor.state.ComponentDeclaration;
import dev.clew.processor.state.StateDeclaration;
import dev.clew.processor.validate.TypeNames;
import dev.clew.processor.write.ClientCode;
import dev.clew.processor.write.GraphCode;
import dev.clew.processor.write.TypeCode;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import javax.lang.model.element.ExecutableElement;
import javax.lang.model.element.Modifier;
import javax.lang.model.util.Types;
import org.jspecify.annotations.Nullable;

/** Writes the {@code …Graph} of a class with {@code @StateGraph}. */
final class StateGraphCode {
    /** The object whose methods are the nodes. */
    static final String OBJECT = "nodes";

    /** The specs of its tasks. */
    static final String STEPS = "steps";

    private final Types types;
    private final GraphDeclaration graph;
    private final @Nullable StateDeclaration state;
    private final TypeNames names;
    private final boolean isPublic;
    private final List<String> suppressed;
    private final @Nullable FlowModel tasks;
    private final PolicyModeller.Effects methods;

    StateGraphCode(
            Types types,
            GraphDeclaration graph,
            TypeNames names,
            boolean isPublic,
            List<String> suppressed,
            @Nullable FlowModel tasks,
            PolicyModeller.Effects methods) {
        this.methods = methods;
        this.types = types;
        this.graph = graph;
        this.state = graph.state();
        this.names = names;
        this.isPublic = isPublic;
        this.suppressed = suppressed;
        this.tasks = tasks;
    }

    /**
     * The graph.
     *
     * @param diagram its Mermaid diagram
     */
    TypeSpec type(StateDeclaration known, String diagram) {
        TypeSpec.Builder type = declaration()
                .addJavadoc(
                        "Runs the graph {@link $T}.\n\n<pre>{@code\n$L}</pre>\n",
                        names.of(graph.type().asType()),
                        diagram)
                .addMethod(constructor())
                .addMethod(builder()
                        .addStatement(
                                "$T.require($L, $S)",
                                RuntimeNames.CONTRACT,
                                RuntimeNames.CONTRACT_VERSION,
                                graph.graph().canonicalName())
                        .addStatement("$T spec = spec($L)", spec(), OBJECT)
                        .addStatement(
                                "return $T.of(wiring -> new $T(spec, wiring))",
                                RuntimeNames.GRAPH_BUILDER,
                                graph.graph())
                        .build());
        addClient(type);
        type.addMethod(specMethod()
                        .addStatement("$T.requireNonNull($L, $S)", Objects.class, OBJECT, OBJECT)
                        .addStatement("return describe($L)", OBJECT)
                        .build())
                .addMethod(clientSpec().addStatement("return describe(null)").build())
                .addMethod(described(known));
        if (tasks != null) {
            GraphCode.addTasks(type, tasks);
        }
        return finish(type);
    }

    private void addClient(TypeSpec.Builder type) {
        type.addMethod(ClientCode.client(graph.graph()).build())
                .addMethod(ClientCode.builder(graph.graph())
                        .addStatement(
                                "$T.require($L, $S)",
                                RuntimeNames.CONTRACT,
                                RuntimeNames.CONTRACT_VERSION,
                                graph.graph().canonicalName())
                        .addStatement("$T spec = clientSpec()", spec())
                        .addStatement(
                                "return $T.client(wiring -> new $T(spec, wiring))",
                                RuntimeNames.GRAPH_BUILDER,
                                graph.graph())
                        .build());
    }

    /** What stands in for the graph while it has errors: code that uses it compiles. */
    TypeSpec stub() {
        CodeBlock refusal = CodeBlock.of(
                "throw new $T($S)",
                UnsupportedOperationException.class,
                graph.label() + " has errors; see what the compiler said");
        return finish(declaration()
                .addJavadoc(
                        "Runs the graph {@link $T}.\n", names.of(graph.type().asType()))
                .addMethod(constructor())
                .addMethod(builder().addStatement(refusal).build())
                .addMethod(ClientCode.client(graph.graph()).build())
                .addMethod(
                        ClientCode.builder(graph.graph()).addStatement(refusal).build())
                .addMethod(specMethod().addStatement(refusal).build())
                .addMethod(clientSpec().addStatement(refusal).build()));
    }

    private TypeSpec.Builder declaration() {
        TypeSpec.Builder type = TypeSpec.classBuilder(graph.graph())
                .addModifiers(Modifier.FINAL)
                .superclass(ParameterizedTypeName.get(GraphNames.COMPILED_GRAPH, input(), output(), stateType()));
        StateDeclaration known = state;
        if (known != null) {
            NodeEffectCode effects = effects(known);
            TypeName owner = names.of(graph.type().asType());
            graph.nodes().stream()
                    .filter(NodeEffectCode::isOnce)
                    .forEach(node -> type.addField(effects.constant(node, owner)));
        }
        return type;
    }

    private NodeEffectCode effects(StateDeclaration known) {
        return new NodeEffectCode(graph.graph(), known.update(), names, methods);
    }

    private TypeSpec finish(TypeSpec.Builder type) {
        if (isPublic) {
            type.addModifiers(Modifier.PUBLIC);
        }
        if (!suppressed.isEmpty()) {
            AnnotationSpec.Builder warnings = AnnotationSpec.builder(SuppressWarnings.class);
            suppressed.forEach(name -> warnings.addMember("value", "$S", name));
            type.addAnnotation(warnings.build());
        }
        return type.addOriginatingElement(graph.type()).build();
    }

    private MethodSpec constructor() {
        return MethodSpec.constructorBuilder()
                .addModifiers(Modifier.PRIVATE)
                .addParameter(spec(), "spec")
                .addParameter(RuntimeNames.WIRING, "wiring")
                .addStatement("super(spec, wiring)")
                .build();
    }

    private MethodSpec.Builder builder() {
        return MethodSpec.methodBuilder("builder")
                .addJavadoc("A builder of a graph that runs the nodes of this object, which all runs share.\n")
                .addModifiers(Modifier.PUBLIC, Modifier.STATIC)
                .returns(ParameterizedTypeName.get(RuntimeNames.GRAPH_BUILDER, graph.graph()))
                .addParameter(names.of(graph.type().asType()), OBJECT);
    }

    private MethodSpec.Builder specMethod() {
        return MethodSpec.methodBuilder("spec")
                .addJavadoc("The graph as it is described to the engine; {@code toBuilder()} adds to it.\n")
                .addModifiers(Modifier.PUBLIC, Modifier.STATIC)
                .returns(spec())
                .addParameter(names.of(graph.type().asType()), OBJECT);
    }

    private MethodSpec.Builder clientSpec() {
        return MethodSpec.methodBuilder("clientSpec")
                .addJavadoc("The graph as clients describe it: its code cannot be called.\n")
                .addModifiers(Modifier.PUBLIC, Modifier.STATIC)
                .returns(spec());
    }

    // --- types ---

    private TypeName spec() {
        return ParameterizedTypeName.get(GraphNames.GRAPH_SPEC, input(), output(), stateType());
    }

    private TypeName stateType() {
        return state == null ? ClassName.OBJECT : names.of(state.type().asType());
    }

    private TypeName input() {
        return graph.inputs().stream()
                .filter(each -> each.parameters().size() == 1)
                .findFirst()
                .map(each -> names.of(each.parameters().get(0).written()).box())
                .orElseGet(() -> state == null ? ClassName.OBJECT : state.update());
    }

    private TypeName output() {
        return graph.outputs().stream()
                .findFirst()
                .map(each -> names.of(each.answer().written()).box())
                .filter(each -> !each.equals(TypeName.VOID.box()))
                .orElseGet(this::stateType);
    }

    // --- the spec ---

    private MethodSpec described(StateDeclaration known) {
        MethodSpec.Builder method = MethodSpec.methodBuilder("describe")
                .addModifiers(Modifier.PRIVATE, Modifier.STATIC)
                .returns(spec())
                .addParameter(names.of(graph.type().asType()), OBJECT);
        if (tasks != null && usesSteps(tasks)) {
            method.addStatement("Steps $L = new Steps($L)", STEPS, OBJECT);
        }
        Policies policies = new Policies(names);
        NodeCode nodes = new NodeCode(graph, known, names, policies, effects(known));
        List<CodeBlock> lines = new ArrayList<>();
        lines.add(CodeBlock.of("$T.of($S, $T.STATE)", GraphNames.GRAPH_SPEC, graph.recordedName(), known.update()));
        lines.addAll(policies.of(graph.options()));
        lines.add(inputCode(known));
        outputCode(known, lines);
        contexts(lines);
        for (NodeDeclaration node : graph.nodes()) {
            lines.add(CodeBlock.of("$L", CodeBlock.join(nodes.node(node), "\n    .")));
        }
        graph.innerNodes()
                .forEach(each -> lines.add(
                        each.isWorkflow() ? new WorkflowNodeCode(types, known, names, each).code() : subgraph(each)));
        graph.calledGraphs().forEach(each -> lines.add(CodeBlock.of("calls($L)", specOf(each, OBJECT))));
        lines.add(CodeBlock.of("build()"));
        return method.addStatement("return $L", CodeBlock.join(lines, "\n.")).build();
    }

    private boolean usesSteps(FlowModel known) {
        return known.tasks().findFirst().isPresent()
                || graph.methods().anyMatch(method -> method.has(NodeParameter.Role.TASKS));
    }

    private CodeBlock inputCode(StateDeclaration known) {
        if (graph.inputs().isEmpty()) {
            return CodeBlock.of("input($T.TYPE, update -> update)", known.update());
        }
        ExecutableElement input = graph.inputs().get(0).method();
        return CodeBlock.of(
                "input($L, given -> $L.$L(given))", TypeCode.literal(input()), OBJECT, input.getSimpleName());
    }

    private void outputCode(StateDeclaration known, List<CodeBlock> lines) {
        graph.outputs().stream()
                .findFirst()
                .ifPresent(output -> lines.add(CodeBlock.of(
                        "output($L, state -> $L.$L($L))",
                        TypeCode.literal(output()),
                        OBJECT,
                        output.method().getSimpleName(),
                        output.parameters().stream()
                                .map(each -> outputArgument(known, output, each))
                                .collect(CodeBlock.joining(",$W")))));
    }

    /** What a node would not get either: a component that has no value yet. */
    private CodeBlock outputArgument(StateDeclaration known, NodeDeclaration output, NodeParameter parameter) {
        if (parameter.role() == NodeParameter.Role.STATE) {
            return CodeBlock.of("state");
        }
        CodeBlock value = CodeBlock.of("state.$L()", parameter.name());
        ComponentDeclaration component = known.components().stream()
                .filter(each -> each.name().equals(parameter.name()))
                .findFirst()
                .orElseThrow();
        boolean isRequired = NodeCode.isRequired(component, parameter);
        TypeName type = names.of(parameter.written());
        CodeBlock argument = isRequired
                ? CodeBlock.of(
                        "$Lrequired($S,$W$L$L)",
                        output.isOverloaded() ? CodeBlock.of("$T.<$T>", graph.graph(), type.box()) : CodeBlock.of(""),
                        parameter.name(),
                        value,
                        writers(parameter.name()))
                : value;
        boolean isUnboxed = type.isPrimitive() && !component.type().getKind().isPrimitive();
        return output.isOverloaded() && isUnboxed ? CodeBlock.of("($T) $L", type, argument) : argument;
    }

    private CodeBlock writers(String component) {
        return graph.nodes().stream()
                .filter(node -> node.writes().filter(component::equals).isPresent())
                .map(node -> CodeBlock.of(",$W$S", node.name()))
                .collect(CodeBlock.joining(""));
    }

    private void contexts(List<CodeBlock> lines) {
        Stream<TypeName> ofNodes = graph.methods()
                .flatMap(method -> method.parameters().stream())
                .filter(parameter -> parameter.role() == NodeParameter.Role.CONTEXT)
                .map(parameter -> names.of(parameter.type()));
        Stream<TypeName> ofTasks = tasks == null ? Stream.of() : tasks.contexts().stream();
        Stream.concat(ofNodes, ofTasks).distinct().forEach(type -> lines.add(CodeBlock.of("context($T.class)", type)));
        if (tasks != null && tasks.tasks().findFirst().isPresent()) {
            lines.add(CodeBlock.of(
                    "tasks($L)",
                    tasks.tasks()
                            .map(task -> CodeBlock.of("$L.$L", STEPS, task.method()))
                            .collect(CodeBlock.joining(",$W"))));
        }
        List<String> questions = graph.questions();
        if (!questions.isEmpty()) {
            lines.add(CodeBlock.of(
                    "questions($L)",
                    questions.stream()
                            .map(each ->
                                    CodeBlock.of("$T.$L", names.of(graph.type().asType()), each))
                            .collect(CodeBlock.joining(",$W"))));
        }
    }

    private CodeBlock subgraph(SubgraphDeclaration node) {
        List<CodeBlock> edges = new ArrayList<>(List.of(CodeBlock.of("edges -> edges")));
        edges.addAll(NodeCode.edges(node));
        if (!node.formerly().isEmpty()) {
            edges.add(CodeBlock.of("formerly($L)", NodeCode.texts(node.formerly())));
        }
        CodeBlock spec = node.isAgent() ? agent(node) : specOf(node, OBJECT);
        CodeBlock edge = CodeBlock.join(edges, ".");
        return node.writes().isEmpty()
                ? CodeBlock.of("subgraph($S,$W$L,$W$L)", node.name(), spec, edge)
                : CodeBlock.of("subgraph($S,$W$L,$W$L,$W$S)", node.name(), spec, edge, node.writes());
    }

    /** The spec of an agent in the graph. */
    private CodeBlock agent(SubgraphDeclaration node) {
        InnerGraph inner = Objects.requireNonNull(node.graph());
        return CodeBlock.of(
                "$T.node($L == null ? null : $L.$L$L,$W$L)",
                GraphNames.AGENT,
                OBJECT,
                OBJECT,
                node.name(),
                node.isMethod() ? "()" : "",
                TypeCode.literal(inner.outputName(names)));
    }

    /** The spec of a graph in the graph. */
    static CodeBlock specOf(SubgraphDeclaration node, String object) {
        return CodeBlock.of(
                "$L == null ? $T.clientSpec() : $T.spec($L.$L$L)",
                object,
                Objects.requireNonNull(node.graph()).graph(),
                Objects.requireNonNull(node.graph()).graph(),
                object,
                node.name(),
                node.isMethod() ? "()" : "");
    }
}
