package dev.clew.processor.write;

import com.palantir.javapoet.CodeBlock;
import com.palantir.javapoet.FieldSpec;
import com.palantir.javapoet.MethodSpec;
import com.palantir.javapoet.NameAllocator;
import com.palantir.javapoet.ParameterSpec;
import com.palantir.javapoet.TypeName;
import com.palantir.javapoet.TypeSpec;
import dev.clew.processor.model.EffectModel;
import dev.clew.processor.model.FlowModel;
import dev.clew.processor.model.ParameterModel;
import dev.clew.processor.model.StepModel;
import dev.clew.processor.read.RuntimeNames;
import java.util.ArrayList;
import java.util.List;
import javax.lang.model.element.Modifier;

/** Writes the {@code …Tasks} of a flow: the interface, and the class behind it that is nested in the graph. */
public final class TasksCode {
    static final String IMPLEMENTATION = "Tasks";

    private final FlowModel flow;

    public TasksCode(FlowModel flow) {
        this.flow = flow;
    }

    public TypeSpec type() {
        return declaration(
                direct(CodeBlock.of(
                        "return $T.tasks($L, $T.with($L))",
                        flow.names().graph(),
                        directNames().get(0),
                        RuntimeNames.DIRECT_SCOPE,
                        String.join(", ", directNames().subList(1, directNames().size())))),
                CodeBlock.of("return $T.tasks(null, scope)", flow.names().graph()));
    }

    /** What stands in for the type while the flow has errors: calls of it compile. */
    public TypeSpec stub() {
        return declaration(direct(GraphCode.refusal(flow)), GraphCode.refusal(flow));
    }

    private TypeSpec declaration(MethodSpec direct, CodeBlock on) {
        TypeSpec.Builder type = TypeSpec.interfaceBuilder(flow.names().tasks())
                .addJavadoc(
                        "Calls the steps of {@link $T}. Each call starts its step and returns a future; a step that"
                                + " finished before\nis answered from the run's log.\n",
                        flow.type())
                .addFields(flow.steps().stream()
                        .filter(step -> step.policy().effect().isPresent())
                        .map(this::outcome)
                        .toList())
                .addMethods(flow.steps().stream().map(this::method).toList())
                .addMethod(direct)
                .addMethod(on(on));
        return GraphCode.finish(type, flow);
    }

    private FieldSpec outcome(StepModel step) {
        return OutcomeCode.constant(
                EffectModel.constant(step.method()),
                step.recordedName(),
                flow.type(),
                step.method(),
                step.result().value());
    }

    private MethodSpec method(StepModel step) {
        return signature(step, new NameAllocator())
                .addModifiers(Modifier.PUBLIC, Modifier.ABSTRACT)
                .addJavadoc(said(step), flow.type(), step.method())
                .build();
    }

    private static String said(StepModel step) {
        if (step.isTask()) {
            return "Starts the task {@link $T#$L}.\n";
        }
        return "Starts the " + (step.graph().isPresent() ? "graph" : "entrypoint")
                + " {@link $T#$L} as a child workflow.\n";
    }

    private static MethodSpec.Builder signature(StepModel step, NameAllocator names) {
        MethodSpec.Builder method = MethodSpec.methodBuilder(step.method()).returns(TypeCode.taskFuture(step));
        for (ParameterModel parameter : step.business()) {
            method.addParameter(parameter.type(), names.newName(parameter.name()));
        }
        return method.varargs(step.isVarargs());
    }

    private MethodSpec direct(CodeBlock statement) {
        List<String> names = directNames();
        MethodSpec.Builder direct = MethodSpec.methodBuilder("direct")
                .addJavadoc(
                        "Runs each call once, inline, without engine, retry, timeout, cache or encoding: for plain unit"
                                + " tests.\n")
                .addModifiers(Modifier.PUBLIC, Modifier.STATIC)
                .returns(flow.names().tasks())
                .addParameter(flow.type(), names.get(0));
        List<TypeName> contexts = flow.contexts();
        for (int i = 0; i < contexts.size(); i++) {
            direct.addParameter(contexts.get(i), names.get(i + 1));
        }
        return direct.addStatement(statement).build();
    }

    /** No flow stands behind these calls, so whoever takes them must not run the steps' bodies. */
    private MethodSpec on(CodeBlock statement) {
        return MethodSpec.methodBuilder("on")
                .addJavadoc(
                        "Hands each call to a scope that runs no step of its own accord: for the test kit's fakes.\n")
                .addModifiers(Modifier.PUBLIC, Modifier.STATIC)
                .returns(flow.names().tasks())
                .addParameter(RuntimeNames.SCOPE, "scope")
                .addStatement(statement)
                .build();
    }

    /** The names of the parameters of {@code direct}: the flow, then each context by its type. */
    private List<String> directNames() {
        NameAllocator allocator = new NameAllocator();
        List<String> names = new ArrayList<>(List.of(allocator.newName("flow")));
        for (TypeName context : flow.contexts()) {
            names.add(allocator.newName(TypeCode.variable(context)));
        }
        return names;
    }

    /** The class that hands calls to the scope that makes them. */
    TypeSpec implementation() {
        TypeName steps = flow.names().graph().nestedClass(StepsCode.NAME);
        return TypeSpec.classBuilder(IMPLEMENTATION)
                .addJavadoc("Hands calls to the scope that makes them.\n")
                .addModifiers(Modifier.PRIVATE, Modifier.STATIC, Modifier.FINAL)
                .addSuperinterface(flow.names().tasks())
                .addField(steps, "steps", Modifier.PRIVATE, Modifier.FINAL)
                .addField(RuntimeNames.SCOPE, "scope", Modifier.PRIVATE, Modifier.FINAL)
                .addMethod(MethodSpec.constructorBuilder()
                        .addParameter(steps, "steps")
                        .addParameter(RuntimeNames.SCOPE, "scope")
                        .addStatement("this.steps = steps")
                        .addStatement("this.scope = scope")
                        .build())
                .addMethods(flow.steps().stream().map(TasksCode::call).toList())
                .build();
    }

    private static MethodSpec call(StepModel step) {
        NameAllocator names = new NameAllocator();
        names.newName("scope");
        names.newName("steps");
        MethodSpec.Builder method =
                signature(step, names).addAnnotation(Override.class).addModifiers(Modifier.PUBLIC);
        List<ParameterSpec> parameters = method.build().parameters();
        return method.addStatement(
                        step.isTask() ? "return scope.call(steps.$L$L)" : "return scope.child(steps.$L$L)",
                        step.method(),
                        arguments(step, parameters))
                .build();
    }

    private static CodeBlock arguments(StepModel step, List<ParameterSpec> parameters) {
        if (parameters.isEmpty()) {
            return step.isTask() ? CodeBlock.of("") : CodeBlock.of(", null");
        }
        if (step.isTask()
                && parameters.size() == 1
                && TypeCode.spreads(parameters.get(0).type())) {
            return CodeBlock.of(", (Object) $N", parameters.get(0));
        }
        return parameters.stream()
                .map(parameter -> CodeBlock.of(", $N", parameter))
                .collect(CodeBlock.joining(""));
    }
}
