package dev.clew.processor.write;

import com.palantir.javapoet.AnnotationSpec;
import com.palantir.javapoet.ClassName;
import com.palantir.javapoet.CodeBlock;
import com.palantir.javapoet.MethodSpec;
import com.palantir.javapoet.ParameterizedTypeName;
import com.palantir.javapoet.TypeSpec;
import dev.clew.processor.model.FlowModel;
import dev.clew.processor.model.StepModel;
import dev.clew.processor.read.FlowDeclaration;
import dev.clew.processor.read.RuntimeNames;
import java.util.Objects;
import javax.lang.model.element.Modifier;
import javax.lang.model.element.TypeElement;

/** Writes the {@code …Graph} of a flow. */
public final class GraphCode {
    private final FlowModel flow;
    private final ClassName graph;

    public GraphCode(FlowModel flow) {
        this.flow = flow;
        this.graph = flow.names().graph();
    }

    public TypeSpec type() {
        TypeSpec.Builder type = declaration();
        flow.entrypoints()
                .forEach(step ->
                        type.addField(TypeCode.workflow(step), step.method(), Modifier.PRIVATE, Modifier.FINAL));
        type.addMethod(constructor())
                .addMethod(builder()
                        .addStatement(contract())
                        .addStatement("$T.requireNonNull(flow, $S)", Objects.class, "flow")
                        .addStatement("return $T.of(wiring -> new $T(flow, wiring))", RuntimeNames.GRAPH_BUILDER, graph)
                        .build())
                .addMethod(ClientCode.client(graph).build())
                .addMethod(ClientCode.builder(graph)
                        .addStatement(contract())
                        .addStatement(
                                "return $T.client(wiring -> new $T(null, wiring))", RuntimeNames.GRAPH_BUILDER, graph)
                        .build());
        flow.entrypoints()
                .forEach(step -> type.addMethod(
                        accessor(step).addStatement("return $L", step.method()).build()));
        addTasks(type, flow);
        return finish(type, flow);
    }

    /** Adds what the {@code …Tasks} of a class needs of its graph. */
    public static void addTasks(TypeSpec.Builder type, FlowModel flow) {
        type.addMethod(new GraphCode(flow).tasks())
                .addType(new StepsCode(flow).type())
                .addType(new TasksCode(flow).implementation());
    }

    /** What stands in for the type while the flow has errors: code that uses it compiles. */
    public TypeSpec stub() {
        TypeSpec.Builder type = declaration()
                .addMethod(MethodSpec.constructorBuilder()
                        .addModifiers(Modifier.PRIVATE)
                        .addParameter(RuntimeNames.WIRING, "wiring")
                        .addStatement("super(wiring)")
                        .build())
                .addMethod(builder().addStatement(refusal(flow)).build())
                .addMethod(ClientCode.client(graph).build())
                .addMethod(ClientCode.builder(graph).addStatement(refusal(flow)).build());
        flow.entrypoints()
                .forEach(step -> type.addMethod(
                        accessor(step).addStatement(refusal(flow)).build()));
        return finish(type, flow);
    }

    /** The first statement of each entry, so that another runtime refuses the code before the code misses something. */
    private CodeBlock contract() {
        return CodeBlock.of(
                "$T.require($L, $S)", RuntimeNames.CONTRACT, RuntimeNames.CONTRACT_VERSION, graph.canonicalName());
    }

    private TypeSpec.Builder declaration() {
        return TypeSpec.classBuilder(graph)
                .addJavadoc("Runs the workflows of {@link $T}.\n", flow.type())
                .addModifiers(Modifier.FINAL)
                .superclass(RuntimeNames.GRAPH);
    }

    private MethodSpec constructor() {
        ClassName steps = graph.nestedClass(StepsCode.NAME);
        MethodSpec.Builder constructor = MethodSpec.constructorBuilder()
                .addModifiers(Modifier.PRIVATE)
                .addParameter(flow.type(), "flow")
                .addParameter(RuntimeNames.WIRING, "wiring")
                .addStatement("super(wiring)")
                .addStatement("$T steps = new $T(flow)", steps, steps);
        flow.entrypoints()
                .forEach(
                        step -> constructor.addStatement("this.$L = workflow(steps.$L)", step.method(), step.method()));
        return constructor.build();
    }

    private MethodSpec.Builder builder() {
        return MethodSpec.methodBuilder("builder")
                .addJavadoc("A builder of a graph that runs the steps of this object, which all runs share.\n")
                .addModifiers(Modifier.PUBLIC, Modifier.STATIC)
                .returns(ParameterizedTypeName.get(RuntimeNames.GRAPH_BUILDER, graph))
                .addParameter(flow.type(), "flow");
    }

    private MethodSpec.Builder accessor(StepModel entrypoint) {
        return MethodSpec.methodBuilder(entrypoint.method())
                .addJavadoc("The workflow {@link $T#$L}", flow.type(), entrypoint.method())
                .addJavadoc(storedAs(entrypoint.recordedName()))
                .addModifiers(Modifier.PUBLIC)
                .returns(TypeCode.workflow(entrypoint));
    }

    /** A name that would not stay inside the comment is left out. */
    private static CodeBlock storedAs(String name) {
        return name.matches("[\\p{L}\\p{N} ._:/#-]+")
                ? CodeBlock.of(", stored as {@code $L}.\n", name)
                : CodeBlock.of(".\n");
    }

    private MethodSpec tasks() {
        return MethodSpec.methodBuilder("tasks")
                .addModifiers(Modifier.STATIC)
                .returns(flow.names().tasks())
                .addParameter(flow.type(), "flow")
                .addParameter(RuntimeNames.SCOPE, "scope")
                .addStatement(contract())
                .addStatement(
                        "return new $T(new $T(flow), scope)",
                        graph.nestedClass(TasksCode.IMPLEMENTATION),
                        graph.nestedClass(StepsCode.NAME))
                .build();
    }

    /** A type that means nothing: the compiler begins another round for its sake. */
    public static TypeSpec awaiting(ClassName name, TypeElement flow) {
        return TypeSpec.interfaceBuilder(name)
                .addJavadoc(
                        "Means nothing. It was made because types in signatures of {@code $L} were unknown at first.\n",
                        FlowDeclaration.label(flow))
                .addOriginatingElement(flow)
                .build();
    }

    /** The only statement of a stub's method. */
    static CodeBlock refusal(FlowModel flow) {
        return CodeBlock.of(
                "throw new $T($S)",
                UnsupportedOperationException.class,
                flow.label() + " has errors; see what the compiler said");
    }

    /** What both generated types have in common. */
    static TypeSpec finish(TypeSpec.Builder type, FlowModel flow) {
        if (flow.isPublic()) {
            type.addModifiers(Modifier.PUBLIC);
        }
        if (!flow.suppressed().isEmpty()) {
            AnnotationSpec.Builder warnings = AnnotationSpec.builder(SuppressWarnings.class);
            flow.suppressed().forEach(name -> warnings.addMember("value", "$S", name));
            type.addAnnotation(warnings.build());
        }
        return type.addOriginatingElement(flow.origin()).build();
    }
}
